/** Tests of PHP: PHPUnit, Pest, Codeception, phpspec, phpt. */
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
  focus,
  groupIn,
  type HelperDraft,
  helperNamed,
  skip,
} from './drafts';
import { assertIn, type Frame, Frames } from './frames';
import { HelperDrafts } from './helperDrafts';
import { assertedBy, expectations, type Said } from './php/assertions';
import { branchRuns, deadIn, environmentalReturn, isSwallowed } from './php/control';
import { importedBy } from './php/imports';
import { above, behind } from './php/marks';
import { type Chain, chainOf, compactOf, isInnerCallee, lastName, type Reading, stringOf } from './php/nodes';
import { readPhpt } from './php/phpt';
import { providedBy, rowsOf } from './php/tables';
import { tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readPhp: ReadTests = (source) => {
  if (source.path.endsWith('.phpt')) return readPhpt(source);
  return source.syntax === null ? null : new PhpReading(source.syntax).file();
};

const SKIPS = /^markTest(?:Skipped|Incomplete)$/;
const SKIPPED = /^(?:Skipped|Incomplete|PHPUnit_Framework_Skipped)\w*$/;
const PEST_CASE = /^(?:it|test|todo)$/;
const SETUP = /^(?:setUp\w*|_before|let|beforeEach|beforeAll)$/;
const NOTHING = { dead: null, muted: null, guarded: false, rows: undefined } as const;

class PhpReading {
  readonly #reading: Reading;
  readonly #lineOf: (offset: number) => number;
  readonly #frames: Frames;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers = new HelperDrafts();
  readonly #module = helperNamed('', 1);
  readonly #mocks = new Map<string, number>();
  readonly #imports = new Map<string, readonly string[]>();
  readonly #wholeFile = { skip: null, focus: null };
  /** Methods that may give rows, by class and name. */
  readonly #providers = new Map<string, SyntaxNode>();
  readonly #byTable: (readonly [CaseDraft, string])[] = [];

  constructor(syntax: Syntax) {
    this.#reading = { syntax, tokens: tokensOf(syntax) };
    this.#lineOf = lineIndex(syntax.text);
    this.#frames = Frames.of(this.#module);
  }

  file(): TestFile {
    this.#reading.syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    for (const [draft, key] of this.#byTable) {
      const block = this.#providers.get(key);
      const isArray = block !== undefined && block.name !== 'Block';
      addRows(draft, block === undefined ? null : (isArray ? rowsOf : providedBy)(block, this.#reading));
    }
    return {
      cases: this.#cases.map(finishCase),
      helpers: [this.#module, ...this.#helpers.all()].map(finishHelper),
      skip: null,
      mocks: this.#mocks,
      imports: this.#imports,
      patience: new Map(),
      readBy: 'syntax',
    };
  }

  #enter(ref: SyntaxNodeRef): boolean {
    const frame = this.#frames.at(ref.from);
    switch (ref.name) {
      case 'NamespaceUseDeclaration':
        for (const [module, names] of importedBy(this.#reading.syntax, ref.node)) this.#imports.set(module, names);
        return false;
      case 'ClassDeclaration':
      case 'TraitDeclaration':
        this.#class(ref.node, frame);
        return true;
      case 'MethodDeclaration':
      case 'FunctionDefinition':
        this.#function(ref.node, frame);
        return true;
      case 'FunctionExpression':
      case 'ArrowFunction':
        this.#frames.push(ref.to, { dead: null });
        return true;
      case 'Block':
        this.#block(ref.node);
        return true;
      case 'IfStatement':
        this.#condition(ref.node, frame);
        return true;
      case 'ForeachStatement':
        this.#loop(ref.node, frame);
        return true;
      case 'ThrowExpression':
        this.#thrown(ref.node, frame);
        return true;
      case 'CallExpression':
        if (!isInnerCallee(ref.node)) this.#call(chainOf(this.#reading, ref.node), frame);
        return true;
      default:
        return true;
    }
  }

  #class(declaration: SyntaxNode, frame: Frame): void {
    const name = this.#nameOf(declaration);
    const isTest = declaration.getChild('BaseClause') !== null || /(?:Tests?|TestCase|Cest|Spec)$/.test(name);
    if (frame.test !== null || !(isTest || declaration.name === 'TraitDeclaration')) return;
    const group = groupIn(frame.group, name);
    for (const mark of above(declaration, this.#lineOf, this.#reading).skips) skip(group, mark);
    this.#frames.push(declaration.to, { group, ...NOTHING });
  }

  #nameOf(declaration: SyntaxNode): string {
    const name = declaration.getChild('Name');
    return name === null ? '' : textOf(this.#reading.syntax, name);
  }

  #function(declaration: SyntaxNode, frame: Frame): void {
    if (frame.test !== null) {
      this.#frames.push(declaration.to, { dead: null });
      return;
    }
    const name = this.#nameOf(declaration);
    const said = above(declaration, this.#lineOf, this.#reading);
    const block = declaration.getChild('Block');
    const group = frame.group?.name ?? '';
    if (block !== null) this.#providers.set(`${group}::${name}`, block);
    const isMethod = declaration.name === 'MethodDeclaration' && frame.group !== null;
    if (!isMethod || !(said.isTest || this.#isCase(declaration, name, group)) || block === null) {
      this.#helper(declaration, name);
      return;
    }
    const draft = caseIn(frame.group, name, this.#lineOf((declaration.getChild('function') ?? declaration).from));
    for (const mark of said.skips) skip(draft, mark);
    if (said.rows.length > 0) addRows(draft, said.rows);
    for (const provider of said.providers) this.#byTable.push([draft, `${group}::${provider}`]);
    for (const { at, ...assertion } of said.asserted) draft.assertions.push({ ...assertion, line: at });
    this.#begin(draft, declaration, block);
  }

  /** PHPUnit manual, "Writing Tests for PHPUnit"; Codeception, "Cest Format"; phpspec, "Getting Started". */
  #isCase(declaration: SyntaxNode, name: string, group: string): boolean {
    const visibility = declaration.getChild('Visibility');
    if (visibility !== null && textOf(this.#reading.syntax, visibility).toLowerCase() !== 'public') return false;
    if (/^test/i.test(name)) return true;
    if (group.endsWith('Spec')) return /^its?_/.test(name);
    return group.endsWith('Cest') && !name.startsWith('_') && declaration.getChild('static') === null;
  }

  #helper(declaration: SyntaxNode, name: string): void {
    const body = compactOf(this.#reading, declaration, 2_000);
    const helper = this.#helpers.add(name, this.#lineOf(declaration.from), body);
    this.#frames.push(declaration.to, { owner: helper, ...NOTHING });
  }

  #begin(draft: CaseDraft, whole: SyntaxNode, body: SyntaxNode | null): void {
    if (body !== null) draft.body = compactOf(this.#reading, body);
    this.#cases.push(draft);
    this.#frames.push(whole.to, { owner: draft, test: draft, ...NOTHING });
  }

  #block(block: SyntaxNode): void {
    this.#frames.pushDead(block.to, deadIn(block));
    if (isSwallowed(block, this.#reading)) this.#frames.push(block.to, { muted: 'in a try that swallows its failure' });
    this.#frames.pushBranch(block.to, branchRuns(block, this.#reading));
  }

  #condition(statement: SyntaxNode, frame: Frame): void {
    const text = environmentalReturn(statement, this.#reading);
    if (text !== null && frame.test !== null) {
      skip(frame.test, { text, line: this.#lineOf(statement.from), conditional: true });
    }
    const [, , , only] = childrenOf(statement);
    // Without braces there is no block to say so.
    if (only === undefined && statement.lastChild?.name === 'ExpressionStatement') {
      this.#frames.push(statement.to, { guarded: true });
    }
  }

  /** A loop that asserts goes through rows. */
  #loop(statement: SyntaxNode, frame: Frame): void {
    const range = statement.getChild('ForSpec')?.firstChild?.nextSibling;
    const rows = rowsOf(range, this.#reading);
    if (rows === null || frame.test === null) return;
    const body = compactOf(this.#reading, statement.lastChild ?? statement, 5_000);
    if (/(?:^|[^\w])(?:assert|expect)\w*\(/.test(body)) addRows(frame.test, rows);
  }

  #thrown(node: SyntaxNode, frame: Frame): void {
    const created = node.getChild('NewExpression');
    const name = created?.getChild('Name') ?? created?.getChild('QualifiedName');
    if (!name || !SKIPPED.test(lastName(textOf(this.#reading.syntax, name)))) return;
    this.#skipped(node, frame);
  }

  #skipped(node: SyntaxNode, frame: Frame): void {
    const isSetup = frame.test === null && SETUP.test((frame.owner as HelperDraft).name);
    const marked = frame.test ?? (isSetup ? (frame.group ?? this.#wholeFile) : null);
    if (marked === null) return;
    const conditional = frame.guarded || frame.muted !== null;
    skip(marked, { text: compactOf(this.#reading, node, 80), line: this.#lineOf(node.from), conditional });
  }

  #call(chain: Chain, frame: Frame): void {
    const { root, links, node } = chain;
    const [first] = links;
    if (first === undefined) return;
    if (root === null && frame.test === null && this.#registered(chain, frame)) return;
    if (SKIPS.test(first.name) || (root !== null && /^\$scenario$/.test(textOf(this.#reading.syntax, root)))) {
      if (SKIPS.test(first.name) || /^(?:skip|incomplete)$/.test(first.name)) this.#skipped(node, frame);
      return;
    }
    this.#double(chain);
    for (const said of assertedBy(chain, this.#reading)) this.#assert(said, node, frame);
  }

  #assert(said: Said, node: SyntaxNode, frame: Frame): void {
    assertIn(frame, said, { from: node.from, line: this.#lineOf(node.from) });
  }

  /** `it('…', fn)`, `describe('…', fn)`, `beforeEach(fn)`, `dataset('…', […])` of Pest. */
  #registered({ links, node }: Chain, frame: Frame): boolean {
    const [first, ...rest] = links;
    const args = first?.args ?? [];
    const name = stringOf(this.#reading, args[0]);
    const body = args.find((arg) => /^(?:FunctionExpression|ArrowFunction)$/.test(arg.name)) ?? null;
    if (first === undefined) return false;
    const line = this.#lineOf(node.from);
    if (/^(?:beforeEach|beforeAll|afterEach|afterAll)$/.test(first.name) && body !== null) {
      this.#helper(node, first.name);
      return true;
    }
    if (name === null) return false;
    if (first.name === 'dataset' && args[1] !== undefined) this.#providers.set(`dataset ${name}`, args[1]);
    const said = behind(rest, line, this.#reading);
    if (first.name === 'describe' && body !== null) {
      const group = groupIn(frame.group, name);
      for (const mark of said.skips) skip(group, mark);
      focus(group, said.focus);
      this.#frames.push(node.to, { group, ...NOTHING });
      return true;
    }
    if (!PEST_CASE.test(first.name)) return false;
    const draft = caseIn(frame.group, name, line);
    for (const mark of said.skips) skip(draft, mark);
    focus(draft, said.focus);
    addRows(draft, said.rows);
    if (said.dataset !== null) this.#byTable.push([draft, `dataset ${said.dataset}`]);
    draft.assertions.push(...said.asserted.map((each) => ({ ...each, line })));
    this.#withoutBody(draft, links, body);
    this.#begin(draft, node, body);
    return true;
  }

  /** `it('…')->expect(…)->toBe(…)`, and a case that says nothing yet. */
  #withoutBody(draft: CaseDraft, links: readonly Chain['links'][number][], body: SyntaxNode | null): void {
    if (body !== null) return;
    const at = links.findIndex(({ name }) => name === 'expect');
    const looked = links[at]?.args?.[0];
    if (looked !== undefined) {
      const said = expectations(looked, links.slice(at), this.#reading);
      draft.assertions.push(...said.map((each) => ({ ...each, line: draft.line })));
    } else if (links.length === 1) skip(draft, { text: 'a case without a body', line: draft.line, conditional: false });
  }

  /** `$this->createMock(Foo::class)`, `Mockery::mock(Foo::class)`. */
  #double({ links, node }: Chain): void {
    const made = links.find(({ name }) => /^(?:createMock|createStub|prophesize|mock|spy)$/.test(name));
    const [what] = made?.args ?? [];
    if (what === undefined || what.name !== 'ScopedExpression') return;
    const [, name] = /([\w]+)::class$/.exec(textOf(this.#reading.syntax, what)) ?? [];
    if (name !== undefined && !this.#mocks.has(name)) this.#mocks.set(name, this.#lineOf(node.from));
  }
}
