/** Tests of JavaScript and TypeScript: Jest, Vitest, Mocha, Jasmine, node:test, AVA, tap, QUnit, Deno, Playwright, Cypress. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { lineIndex, type Syntax, textOf } from '../../syntax/parse';
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
  raise,
  skip,
} from './drafts';
import { assertIn, type Frame, Frames } from './frames';
import { assertionsIn } from './javascript/assertions';
import { type Chain, chainAt, isFunction, isLink, numberOf, type Step } from './javascript/chain';
import {
  type Branch,
  branchesOf,
  deadIn,
  environmentalReturn,
  isBehindOperator,
  isSwallowed,
  swallowsRejection,
  whyMuted,
} from './javascript/control';
import { markRegistered } from './javascript/marks';
import { Names } from './javascript/names';
import type { Found } from './javascript/reading';
import { inBodySkip, type Registration, registrationOf } from './javascript/registrations';
import { rowsOf, type TableReading, textsOf } from './javascript/rows';
import { mockOf, readOptions, readPatience } from './javascript/settings';
import { Suspects, suspectedIn } from './javascript/suspects';
import { type Tokens, tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readJavaScript: ReadTests = ({ syntax }) => (syntax === null ? null : new Reading(syntax).file());

const LOOPS = /^(?:forEach|map|flatMap)$/;

class Reading {
  readonly #syntax: Syntax;
  readonly #tokens: Tokens;
  readonly #lineOf: (offset: number) => number;
  readonly #names: Names;
  readonly #frames: Frames;
  readonly #cases: { draft: CaseDraft; bodyOf: () => string | undefined }[] = [];
  readonly #suspects = new Suspects();
  /** Of the `if` that were entered, by where they begin. */
  readonly #branches = new Map<number, Branch>();
  readonly #helpers: HelperDraft[] = [];
  readonly #module: HelperDraft = helperNamed('', 1);
  readonly #wholeFile: Marked = { skip: null, focus: null };
  readonly #patience = new Map<string, number>();
  readonly #mocks = new Map<string, number>();

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    this.#tokens = tokensOf(syntax);
    this.#lineOf = lineIndex(syntax.text);
    this.#names = new Names(syntax);
    this.#frames = Frames.of(this.#module);
  }

  file(): TestFile {
    this.#syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    this.#settleSuspects(Infinity);
    const { skip: mark } = this.#wholeFile;
    return {
      cases: this.#cases.map(({ draft, bodyOf }) => {
        draft.body = bodyOf();
        return finishCase(draft);
      }),
      helpers: [this.#module, ...this.#helpers].map(finishHelper),
      skip: mark?.text ?? null,
      ...(mark ? { skipLine: mark.line, conditional: mark.conditional } : {}),
      mocks: this.#mocks,
      imports: this.#names.imports,
      patience: this.#patience,
      readBy: 'syntax',
    };
  }

  #enter(ref: SyntaxNodeRef): boolean {
    const frame = this.#frames.at(ref.from);
    this.#settleSuspects(ref.from);
    switch (ref.name) {
      case 'TypeAnnotation':
      case 'TypeAliasDeclaration':
      case 'InterfaceDeclaration':
        return false;
      case 'ImportDeclaration':
        this.#names.importFrom(ref.node);
        return false;
      case 'VariableDeclaration':
        this.#names.declare(ref.node);
        this.#functionIn(ref.node);
        break;
      case 'FunctionDeclaration':
      case 'MethodDeclaration':
        this.#function(ref.node, ref.node, frame);
        break;
      case 'IfStatement':
        this.#environment(ref.node, frame);
        for (const branch of branchesOf(this.#syntax, ref.node)) this.#branches.set(branch.from, branch);
        break;
      case 'ForStatement':
        this.#loop(ref.node, frame);
        break;
      case 'ThrowStatement':
        this.#thrown(ref.node, frame);
        break;
    }
    this.#control(ref);
    if (isLink(ref.name)) this.#link(ref.node, this.#frames.top);
    return true;
  }

  /** Blocks, branches and handlers change what becomes of the assertions in them. */
  #control(ref: SyntaxNodeRef): void {
    const { name, to } = ref;
    if (name === 'Script' || name === 'Block') {
      this.#frames.pushDead(to, deadIn(this.#syntax, ref.node));
      if (name === 'Block' && isSwallowed(this.#syntax, ref.node)) {
        this.#frames.push(to, { muted: 'in a try that swallows its failure' });
      }
    }
    const branch = this.#branches.get(ref.from);
    if (branch === undefined || branch.to !== to) return;
    this.#branches.delete(ref.from);
    this.#frames.pushBranch(to, branch.runs);
  }

  #link(node: SyntaxNode, frame: Frame): void {
    const chain = chainAt(this.#syntax, node);
    if (chain === null) return;
    const registration = registrationOf(chain, this.#names.aliases, this.#syntax, this.#tokens);
    if (registration !== null) {
      this.#register(registration, chain, frame);
      return;
    }
    if (this.#skipInBody(chain, frame)) return;
    readPatience(this.#syntax, chain, frame.test?.patience ?? this.#patience);
    const mock = mockOf(this.#syntax, chain);
    if (mock !== null && !this.#mocks.has(mock)) this.#mocks.set(mock, this.#lineOf(node.from));
    const found = assertionsIn(chain, { syntax: this.#syntax, tokens: this.#tokens, imported: this.#names.assertions });
    for (const each of found) this.#assert(each, chain, frame);
    if (found.length > 0) return;
    if (swallowsRejection(this.#syntax, chain)) {
      this.#frames.push(node.to, { muted: 'in a promise whose failure is swallowed' });
    }
    this.#iteration(chain, frame);
    this.#suspect(chain, frame);
  }

  #assert(found: Found, chain: Chain, frame: Frame): void {
    const { node, ...assertion } = found;
    const from = this.#lastName(chain, node);
    const muted = whyMuted(this.#syntax, chain, frame);
    assertIn({ ...frame, dead: null, muted }, assertion, { from, line: this.#lineOf(from) });
  }

  /** Fluent chains run over many lines: the assertion is where its own word is. */
  #lastName(chain: Chain, node: SyntaxNode): number {
    return node === chain.top ? node.from : (node.getChild('ArgList')?.from ?? node.from);
  }

  #register(registration: Registration, chain: Chain, frame: Frame): void {
    const line = this.#lineOf(chain.top.from);
    const name = registration.name === '' ? `(${registration.kind} without a name)` : registration.name;
    const target =
      registration.kind === 'group' ? groupIn(frame.group, name) : caseIn(this.#groupOf(frame), name, line);
    markRegistered(target, registration, {
      syntax: this.#syntax,
      tokens: this.#tokens,
      line,
      at: chain.top.from,
      frame,
    });
    const rows = this.#rowsOf(registration.table, frame);
    const to = chain.top.to;
    if (!('assertions' in target)) {
      readOptions(this.#syntax, registration.options, this.#patience);
      this.#frames.push(to, { group: target, muted: null, dead: null, rows });
      return;
    }
    readOptions(this.#syntax, registration.options, target.patience);
    readPatience(this.#syntax, chain, target.patience);
    raise(target.patience, 'timeout', numberOf(this.#syntax, registration.args[2]));
    addRows(target, rows);
    const { body } = registration;
    this.#cases.push({ draft: target, bodyOf: () => (body === null ? undefined : this.#bodyOf(body)) });
    if (body === null && !/[.](?:todo|skip)$/.test(registration.words)) {
      skip(target, { text: `${registration.words} without a body`, line, conditional: false });
    }
    this.#frames.push(to, { owner: target, test: target, muted: null, guarded: false, dead: null, rows: undefined });
  }

  /** A case in a case is a group to those inside. */
  #groupOf(frame: Frame) {
    return frame.test === null ? frame.group : groupIn(frame.test.group, frame.test.name);
  }

  #rowsOf(table: Step | null, frame: Frame): readonly string[] | null | undefined {
    return table === null || table.kind === 'member' ? frame.rows : rowsOf(table, this.#tableReading);
  }

  #textsOf(node: SyntaxNode): readonly string[] | null {
    return textsOf(node, this.#tableReading);
  }

  get #tableReading(): TableReading {
    return { syntax: this.#syntax, tokens: this.#tokens, names: this.#names };
  }

  /** `this.skip()`, `t.skip()`, `test.skip(condition)`. */
  #skipInBody(chain: Chain, frame: Frame): boolean {
    const when = inBodySkip(chain, this.#syntax);
    if (when === null) return false;
    const target = frame.test ?? frame.group ?? this.#wholeFile;
    const text = this.#tokens.compact(chain.top, 80);
    skip(target, {
      text,
      line: this.#lineOf(chain.top.from),
      conditional: when === 'sometimes' || frame.guarded || isBehindOperator(chain.top),
    });
    return true;
  }

  #environment(statement: SyntaxNode, frame: Frame): void {
    const text = environmentalReturn(this.#syntax, statement);
    if (text === null || frame.test === null) return;
    skip(frame.test, { text, line: this.#lineOf(statement.from), conditional: true });
  }

  /** `for (const row of rows) it(…)`, and rows inside a case. */
  #loop(statement: SyntaxNode, frame: Frame): void {
    const spec = statement.getChild('ForOfSpec') ?? statement.getChild('ForInSpec');
    const range = spec?.lastChild?.prevSibling;
    this.#iterate(range ? this.#textsOf(range) : null, statement.to, frame);
  }

  #iteration(chain: Chain, frame: Frame): void {
    const at = chain.steps.findIndex((step) => step.kind === 'member' && LOOPS.test(step.name));
    const object = chain.steps[at]?.node.firstChild;
    const call = chain.steps[at + 1];
    if (!object || call?.kind !== 'call' || !isFunction(call.args[0])) return;
    const rows = this.#textsOf(object);
    if (rows !== null || frame.test === null) this.#iterate(rows, chain.top.to, frame);
  }

  #iterate(rows: readonly string[] | null, to: number, frame: Frame): void {
    if (frame.test === null) this.#frames.push(to, { rows });
    else if (rows !== null) addRows(frame.test, rows);
  }

  /** `if (…) throw …` in a case is an assertion without a library. */
  #thrown(statement: SyntaxNode, frame: Frame): void {
    const parent = statement.parent?.name === 'Block' ? statement.parent.parent : statement.parent;
    if (parent?.name !== 'IfStatement' || frame.test === null) return;
    const condition = parent.getChild('ParenthesizedExpression');
    const text = `if${condition ? this.#tokens.compact(condition) : ''}throw`;
    frame.owner.assertions.push({ text, subject: text, trivial: false, line: this.#lineOf(statement.from) });
  }

  /** `const check = (x) => { … }` outside a case. */
  #functionIn(declaration: SyntaxNode): void {
    const name = declaration.getChild('VariableDefinition');
    const value = declaration.lastChild?.name === ';' ? declaration.lastChild.prevSibling : declaration.lastChild;
    if (name !== null && value && isFunction(value))
      this.#function(value, declaration, this.#frames.top, textOf(this.#syntax, name));
  }

  #function(node: SyntaxNode, whole: SyntaxNode, frame: Frame, given?: string): void {
    if (frame.test !== null) {
      this.#frames.push(node.to, { dead: null });
      return;
    }
    const nameNode = node.getChild('VariableDefinition') ?? node.getChild('PropertyDefinition');
    const name = given ?? (nameNode === null ? '' : textOf(this.#syntax, nameNode));
    const helper = helperNamed(name, this.#lineOf(whole.from));
    this.#helpers.push(helper);
    helper.body = this.#tokens.compact(node, 2_000);
    this.#frames.push(node.to, { owner: helper, dead: null, muted: null, guarded: false, rows: undefined });
  }

  #bodyOf(body: SyntaxNode): string {
    return body.name === 'VariableName' ? `${textOf(this.#syntax, body)}()` : this.#tokens.compact(body);
  }

  /** Any call with a name and a function that asserts is a test, whatever it is called. */
  #suspect(chain: Chain, frame: Frame): void {
    const suspected = frame.test === null ? suspectedIn(chain, this.#syntax) : null;
    if (suspected === null) return;
    const { name, body } = suspected;
    const { from, to } = chain.top;
    const draft = caseIn(frame.group, name, this.#lineOf(from));
    addRows(draft, frame.rows);
    this.#suspects.add({ to, draft, body });
    const group = groupIn(frame.group, name);
    this.#frames.push(to, { owner: draft, group, muted: null, guarded: false, dead: null });
  }

  #settleSuspects(from: number): void {
    for (const { draft, body } of this.#suspects.settledBefore(from)) {
      this.#cases.push({ draft, bodyOf: () => this.#bodyOf(body) });
    }
  }
}
