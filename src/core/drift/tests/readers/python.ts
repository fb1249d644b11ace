/** Tests of Python: pytest, unittest, and what is built on them. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { childrenOf, lineIndex, type Syntax, textOf } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import {
  addRows,
  type CaseDraft,
  caseIn,
  finishCase,
  finishHelper,
  groupIn,
  type HelperDraft,
  helperNamed,
  type Marked,
  skip,
} from './drafts';
import { assertIn, type Frame, Frames } from './frames';
import { assertedIn, assertionOf, type Found } from './python/assertions';
import { type Branch, branchesOf, deadIn, environmentalReturn, isSwallowed } from './python/control';
import { isFixture, isInHandler, isInnerCallee, isMethod, markByPlace } from './python/definitions';
import { importedBy } from './python/imports';
import { decoratorOf, marksOf, raiseAll, readMark, type Said } from './python/marks';
import { argumentsOf, calleeOf, constantTruth, stringOf, unwrapped } from './python/nodes';
import { type Tokens, tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readPython: ReadTests = ({ syntax }) => (syntax === null ? null : new Reading(syntax).file());

/** pytest `python_functions` and unittest's `testMethodPrefix`. */
const TEST_NAME = /^test/;
/** Calls in a body that end it as skipped. */
const SKIP_CALL = /^(?:pytest\.(?:skip|xfail)|self\.skipTest|(?:unittest\.)?SkipTest)$/;
const IMPORT_OR_SKIP = /^pytest\.importorskip$/;

class Reading {
  readonly #syntax: Syntax;
  readonly #tokens: Tokens;
  readonly #lineOf: (offset: number) => number;
  readonly #frames: Frames;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers: HelperDraft[] = [];
  readonly #module = helperNamed('', 1);
  readonly #wholeFile: Marked = { skip: null, focus: null };
  readonly #patience = new Map<string, number>();
  readonly #mocks = new Map<string, number>();
  readonly #imports = new Map<string, string[]>();
  readonly #tables = new Map<string, SyntaxNode>();
  readonly #branches = new Map<number, Branch>();

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    this.#tokens = tokensOf(syntax);
    this.#lineOf = lineIndex(syntax.text);
    this.#frames = Frames.of(this.#module);
  }

  file(): TestFile {
    this.#syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    const { skip: mark } = this.#wholeFile;
    return {
      cases: this.#cases.map(finishCase),
      helpers: [this.#module, ...this.#helpers].map(finishHelper),
      skip: mark?.text ?? null,
      ...(mark ? { skipLine: mark.line, conditional: mark.conditional } : {}),
      mocks: this.#mocks,
      imports: this.#imports,
      patience: this.#patience,
      readBy: 'syntax',
    };
  }

  #enter(ref: SyntaxNodeRef): boolean {
    const frame = this.#frames.at(ref.from);
    switch (ref.name) {
      case 'ImportStatement':
        for (const [module, names] of importedBy(this.#syntax, ref.node)) {
          this.#imports.set(module, [...(this.#imports.get(module) ?? []), ...names]);
        }
        return false;
      case 'AssignStatement':
        this.#assignment(ref.node, frame);
        return true;
      case 'ClassDefinition':
        this.#class(ref.node, frame);
        return true;
      case 'FunctionDefinition':
        this.#function(ref.node, frame);
        return true;
      case 'Script':
      case 'Body':
        this.#block(ref);
        return true;
      case 'IfStatement':
        this.#condition(ref.node, frame);
        return true;
      case 'ForStatement':
        this.#loop(ref.node, frame);
        return true;
      case 'AssertStatement':
        for (const found of assertedIn(ref.node, this.#reading)) this.#assert(found, frame);
        return true;
      case 'RaiseStatement':
        this.#raise(ref.node, frame);
        return true;
      case 'CallExpression':
        this.#call(ref.node, frame);
        return true;
      default:
        return true;
    }
  }

  get #reading() {
    return { syntax: this.#syntax, tokens: this.#tokens };
  }

  #assert({ node, ...assertion }: Found, frame: Frame): void {
    assertIn(frame, assertion, { from: node.from, line: this.#lineOf(node.from) });
  }

  #block(ref: SyntaxNodeRef): void {
    const { node, from, to } = ref;
    this.#frames.pushDead(to, deadIn(this.#syntax, node));
    if (isSwallowed(this.#syntax, node)) this.#frames.push(to, { muted: 'in a try that swallows its failure' });
    this.#frames.pushBranch(to, this.#branches.get(from)?.runs);
  }

  #condition(statement: SyntaxNode, frame: Frame): void {
    for (const branch of branchesOf(this.#syntax, statement)) this.#branches.set(branch.from, branch);
    const text = environmentalReturn(this.#syntax, statement);
    if (text !== null && frame.test !== null) {
      skip(frame.test, { text, line: this.#lineOf(statement.from), conditional: true });
    }
  }

  #loop(statement: SyntaxNode, frame: Frame): void {
    const children = childrenOf(statement);
    const range = children[children.findIndex(({ name }) => name === 'in') + 1];
    const rows = range === undefined ? null : this.#elementsOf(range);
    if (rows !== null && frame.test !== null)
      addRows(
        frame.test,
        rows.map((row) => this.#tokens.compact(row, 2_000)),
      );
  }

  #elementsOf = (node: SyntaxNode): readonly SyntaxNode[] | null => {
    const inner = unwrapped(node);
    if (/^(?:Array|Tuple|Set)Expression$/.test(inner.name)) {
      const elements = childrenOf(inner).filter(({ name }) => !/^(?:[[\](){},]|Comment)$/.test(name));
      return elements.some(({ name }) => name === '*') ? null : elements;
    }
    const table = inner.name === 'VariableName' ? this.#tables.get(textOf(this.#syntax, inner)) : undefined;
    return table === undefined || table.name === 'VariableName' ? null : this.#elementsOf(table);
  };

  #assignment(statement: SyntaxNode, frame: Frame): void {
    const [target] = childrenOf(statement);
    const value = statement.lastChild;
    if (target?.name !== 'VariableName' || value === null) return;
    const name = textOf(this.#syntax, target);
    if (/^(?:Array|Tuple|Set)Expression$/.test(value.name)) this.#tables.set(name, value);
    if (frame.test !== null) return;
    const marked = frame.group ?? this.#wholeFile;
    const line = this.#lineOf(statement.from);
    if (name === '__test__' && constantTruth(this.#syntax, value) === false) {
      skip(marked, { text: '__test__ = False', line, conditional: false });
    }
    if (name !== 'pytestmark') return;
    for (const mark of marksOf(this.#syntax, value)) {
      const said = this.#readMark(mark.name, mark.list, line);
      skip(marked, said.skip);
      raiseAll(this.#patience, said);
    }
  }

  #readMark(name: string, list: SyntaxNode | null, line: number): Said {
    const said = readMark(name, list, {
      syntax: this.#syntax,
      tokens: this.#tokens,
      line,
      elementsOf: this.#elementsOf,
    });
    if (said.mock !== null && !this.#mocks.has(said.mock)) this.#mocks.set(said.mock, line);
    return said;
  }

  /** What the decorators above a definition say. */
  #decorators(definition: SyntaxNode): readonly Said[] {
    const whole = definition.parent;
    if (whole?.name !== 'DecoratedStatement') return [];
    return whole.getChildren('Decorator').map((decorator) => {
      const { name, list } = decoratorOf(this.#syntax, decorator);
      return this.#readMark(name, list, this.#lineOf(decorator.from));
    });
  }

  #class(definition: SyntaxNode, frame: Frame): void {
    const name = this.#nameOf(definition);
    const bases = definition.getChild('ArgList');
    const isTest =
      /Tests?(?:Case)?$|^Test/.test(name) || (bases !== null && argumentsOf(this.#syntax, bases).positional.length > 0);
    if (!isTest || frame.test !== null) return;
    const group = groupIn(frame.group, name);
    for (const said of this.#decorators(definition)) {
      skip(group, said.skip);
      raiseAll(this.#patience, said);
    }
    markByPlace(group, definition, this.#lineOf(definition.from), frame);
    this.#frames.push(definition.to, { group, dead: null, muted: null, guarded: false });
  }

  #nameOf(definition: SyntaxNode): string {
    const name = definition.getChild('VariableName');
    return name === null ? '' : textOf(this.#syntax, name);
  }

  #function(definition: SyntaxNode, frame: Frame): void {
    if (frame.test !== null) {
      this.#frames.push(definition.to, { dead: null });
      return;
    }
    const name = this.#nameOf(definition);
    const line = this.#lineOf(definition.from);
    const decorators = this.#decorators(definition);
    if (
      !TEST_NAME.test(name) ||
      isFixture(this.#syntax, definition) ||
      (frame.group === null && isMethod(definition))
    ) {
      const helper = helperNamed(name, line);
      helper.body = this.#tokens.compact(definition, 2_000);
      this.#helpers.push(helper);
      this.#frames.push(definition.to, { owner: helper, dead: null, muted: null, guarded: false });
      return;
    }
    const draft = caseIn(frame.group, name, line);
    for (const said of decorators) {
      skip(draft, said.skip);
      addRows(draft, said.rows);
      raiseAll(draft.patience, said);
    }
    markByPlace(draft, definition, line, frame);
    const body = definition.getChild('Body');
    if (body !== null) draft.body = this.#tokens.compact(body);
    this.#cases.push(draft);
    this.#frames.push(definition.to, { owner: draft, test: draft, dead: null, muted: null, guarded: false });
  }

  #call(call: SyntaxNode, frame: Frame): void {
    const { name, list } = calleeOf(this.#syntax, call);
    const line = this.#lineOf(call.from);
    if (
      SKIP_CALL.test(name) ||
      (name === 'skip' && this.#imports.get('pytest')?.includes('skip')) ||
      IMPORT_OR_SKIP.test(name)
    ) {
      this.#skipped(call, frame, IMPORT_OR_SKIP.test(name));
      return;
    }
    if (/(?:^|\.)patch$/.test(name)) {
      const target = stringOf(this.#syntax, argumentsOf(this.#syntax, list).positional[0]);
      if (target !== null && !this.#mocks.has(target)) this.#mocks.set(target, line);
    }
    if (isInnerCallee(call)) return;
    const found = assertionOf(call, this.#reading);
    if (found !== null) this.#assert(found, frame);
  }

  #skipped(node: SyntaxNode, frame: Frame, conditional: boolean): void {
    const marked = frame.test ?? frame.group ?? this.#wholeFile;
    if (frame.owner !== this.#module && frame.test === null && !/^set_?up/i.test((frame.owner as HelperDraft).name))
      return;
    const isConditional = conditional || frame.guarded || frame.muted !== null || isInHandler(node);
    skip(marked, { text: this.#tokens.compact(node, 80), line: this.#lineOf(node.from), conditional: isConditional });
  }

  /** `if …: raise AssertionError(…)` is an assertion; `raise SkipTest` is a skip, which the call in it shows. */
  #raise(statement: SyntaxNode, frame: Frame): void {
    const raised = statement.firstChild?.nextSibling;
    if (!raised || frame.test === null) return;
    const { name } = calleeOf(this.#syntax, raised);
    if (/(?:^|\.)SkipTest$/.test(name) && raised.name !== 'CallExpression') this.#skipped(raised, frame, false);
    if (name !== 'AssertionError') return;
    const text = this.#tokens.compact(statement);
    this.#assert({ node: statement, text, subject: text, trivial: false }, frame);
  }
}
