/** Tests of Java: JUnit 3 to 6, TestNG, jqwik, and the assertion libraries around them. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { childrenOf, lineIndex, type Syntax, textOf } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import { addRows, caseIn, type Group, groupIn, type Mark, type Marked, raise, skip } from './drafts';
import type { Annotation, Marks } from './fluent/annotations';
import { plain } from './fluent/chain';
import { Notes } from './fluent/notes';
import { conditionSaid, throwing } from './fluent/said';
import type { Frame } from './frames';
import { branchesOf, deadIn, environmentalReturn, isSwallowed } from './java/control';
import { annotationsOf, chainOf, nameOf, rowsReturned } from './java/nodes';
import { isTestAnnotation, readAnnotation } from './jvm/annotations';
import { type Dialect, dialectOf, jvmAssertions } from './jvm/assertions';
import { skippedBy } from './jvm/skips';
import { type Tokens, tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readJava: ReadTests = ({ syntax }) => (syntax === null ? null : new Reading(syntax).file());

/** How long the text of one operand may be. */
const LONGEST = 2_000;

class Reading {
  readonly #syntax: Syntax;
  readonly #tokens: Tokens;
  readonly #notes: Notes;
  readonly #branches = new Map<number, 'sometimes' | 'never'>();
  /** Groups of JUnit 3, in which a name makes a test, and of TestNG, in which all methods are tests. */
  readonly #byName = new Set<Group>();
  readonly #all = new Set<Group>();
  #dialect: Dialect = { messageFirst: false, actualFirst: false };

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    this.#tokens = tokensOf(syntax);
    this.#notes = new Notes({ textOf: this.#textOf, lineOf: lineIndex(syntax.text), readBy: 'syntax' });
  }

  readonly #textOf = (span: { readonly from: number; readonly to: number }, limit = LONGEST) =>
    this.#tokens.compact(span, limit);

  file(): TestFile {
    for (const node of childrenOf(this.#syntax.tree.topNode)) if (node.name === 'ImportDeclaration') this.#import(node);
    this.#dialect = dialectOf(this.#notes.imports.keys());
    this.#syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    return this.#notes.finish();
  }

  #enter(ref: SyntaxNodeRef): boolean {
    const frame = this.#notes.frames.at(ref.from);
    const branch = this.#branches.get(ref.from);
    if (branch !== undefined && /^(?:Block|.*Statement)$/.test(ref.name)) {
      this.#branches.delete(ref.from);
      this.#notes.frames.push(
        ref.to,
        branch === 'sometimes' ? { guarded: true } : { muted: 'behind a condition that never holds' },
      );
    }
    switch (ref.name) {
      case 'ImportDeclaration':
      case 'PackageDeclaration':
        return false;
      case 'ClassDeclaration':
      case 'RecordDeclaration':
      case 'InterfaceDeclaration':
      case 'EnumDeclaration':
        this.#class(ref.node, frame);
        return true;
      case 'MethodDeclaration':
        this.#method(ref.node, frame);
        return true;
      case 'FieldDeclaration':
        this.#field(ref.node);
        return true;
      case 'Block':
        this.#block(ref.node);
        return true;
      case 'IfStatement':
        this.#condition(ref.node, this.#notes.frames.top);
        return true;
      case 'AssertStatement':
        this.#assert(ref.node);
        return true;
      case 'ThrowStatement':
        this.#throw(ref.node);
        return true;
      case 'MethodInvocation':
        this.#call(ref.node);
        return true;
      default:
        return true;
    }
  }

  #import(node: SyntaxNode): void {
    const [, isStatic, name = '', star] =
      /^import\s+(static\s+)?([\w.\s]*?)(\s*\.\s*\*)?\s*;?$/.exec(textOf(this.#syntax, node).slice(0, 500)) ?? [];
    const path = name.replace(/\s/g, '');
    const last = path.slice(path.lastIndexOf('.') + 1);
    const owner = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    if (star !== undefined) this.#notes.import(path, isStatic === undefined ? [] : [last]);
    else if (isStatic !== undefined) this.#notes.import(owner, [last]);
    else this.#notes.import(path, [last]);
  }

  #annotations(node: SyntaxNode): readonly Annotation[] {
    return annotationsOf(node).map((each) => {
      const list = each.getChild('AnnotationArgumentList');
      const named = list === null ? [] : childrenOf(list).filter(({ name }) => !/^[(),]$|Comment$/.test(name));
      return {
        name: nameOf(this.#syntax, each),
        args: named.map((node) => {
          const isPair = node.name === 'ElementValuePair' && node.firstChild !== null && node.lastChild !== null;
          const value = isPair ? (node.lastChild as SyntaxNode) : node;
          const elements =
            value.name === 'ElementValueArrayInitializer'
              ? childrenOf(value).filter(({ name }) => !/^[{},]$|Comment$/.test(name))
              : [value];
          return {
            name: isPair ? textOf(this.#syntax, node.firstChild as SyntaxNode) : 'value',
            values: elements.map((element) => this.#textOf(element)),
          };
        }),
        text: this.#textOf(each, 80),
        line: this.#notes.lineOf(each.from),
      };
    });
  }

  #class(node: SyntaxNode, { group: around, test }: Frame): void {
    if (test !== null) return;
    const group = groupIn(around, nameOf(this.#syntax, node));
    const said = this.#annotations(node).map(readAnnotation);
    for (const each of said) skip(group, each.skip);
    const base = node.getChild('Superclass');
    if (base !== null && /\bTestCase\s*$/.test(textOf(this.#syntax, base))) this.#byName.add(group);
    if (said.some((each) => each.isTest)) this.#all.add(group);
    this.#notes.frames.push(node.to, { group, dead: null, muted: null, guarded: false });
  }

  #method(node: SyntaxNode, { group, test }: Frame): void {
    if (test !== null) {
      this.#notes.frames.push(node.to, { dead: null });
      return;
    }
    const name = nameOf(this.#syntax, node);
    const annotations = this.#annotations(node);
    const said = annotations.map(readAnnotation);
    const body = node.getChild('Block');
    const rows = body === null ? null : rowsReturned(body, this.#textOf);
    if (rows !== null) this.#notes.table(name, rows);
    for (const { provides } of said) if (provides !== null) this.#notes.table(provides, rows);
    if (!this.#isTest(node, name, group, annotations, said)) {
      const isSetup = annotations.some((each) => /^Before/.test(each.name));
      const isOverride = annotations.some((each) => each.name === 'Override');
      // What a library calls is no function that tests call.
      this.#notes.beginHelper(isOverride ? `.${name}` : name, node, isSetup || /^set_?up/i.test(name));
      return;
    }
    const draft = caseIn(group, name, this.#notes.lineOf(node.getChild('Definition')?.from ?? node.from));
    this.#mark(draft, said);
    for (const each of said) {
      addRows(draft, each.rows);
      for (const table of each.tables) this.#notes.rowsFrom(draft, table === '' ? name : table);
      raise(draft.patience, 'timeout', each.timeout);
      raise(draft.patience, 'retries', each.retries);
    }
    this.#notes.beginCase(draft, node, body);
    for (const { expects, text } of said) {
      if (expects === null) continue;
      const thrown = throwing(text, 'expects', expects, body === null ? '' : this.#textOf(body, 500));
      draft.assertions.push({ ...thrown, line: draft.line });
    }
  }

  #isTest(
    node: SyntaxNode,
    name: string,
    group: Group | null,
    annotations: readonly Annotation[],
    said: readonly Marks[],
  ): boolean {
    if (annotations.some((each) => isTestAnnotation(each.name))) return true;
    if (group === null) return false;
    const isPublic = /\bpublic\b/.test(
      this.#textOf(node.getChild('Modifiers') ?? { from: node.from, to: node.from }, 300),
    );
    if (isPublic && this.#byName.has(group) && /^test/.test(name)) return hasNoParameters(node);
    return (
      this.#all.has(group) &&
      isPublic &&
      said.every(({ provides }) => provides === null) &&
      !annotations.some((each) => /^(?:Before|After|Data)/.test(each.name))
    );
  }

  #mark(marked: Marked, said: readonly Marks[]): void {
    for (const each of said) skip(marked, each.skip);
  }

  #field(node: SyntaxNode): void {
    const isMock = annotationsOf(node).some((each) =>
      /^(?:Mock|MockBean|MockitoBean|MockK|Mocked)$/.test(nameOf(this.#syntax, each)),
    );
    const type = childrenOf(node).find(({ name }) => /Type(?:Name)?$/.test(name));
    if (isMock && type) this.#notes.mock(this.#textOf(type, 200).replace(/<.*/, ''), node.from);
  }

  #block(block: SyntaxNode): void {
    this.#notes.frames.pushDead(block.to, deadIn(this.#syntax, block));
    if (isSwallowed(this.#syntax, block))
      this.#notes.frames.push(block.to, { muted: 'in a try that swallows its failure' });
  }

  #condition(statement: SyntaxNode, frame: Frame): void {
    for (const { from, runs } of branchesOf(this.#syntax, statement)) this.#branches.set(from, runs);
    const text = environmentalReturn(this.#syntax, statement);
    if (text !== null)
      this.#notes.skips(
        { text, line: this.#notes.lineOf(statement.from), conditional: true },
        { from: statement.from, to: statement.from },
        frame,
      );
  }

  #assert(statement: SyntaxNode): void {
    const condition = childrenOf(statement).find(({ name }) => !/^assert$|Comment$/.test(name));
    if (condition === undefined) return;
    this.#notes.says(conditionSaid('assert', this.#textOf(condition), true), statement, this.#notes.frames.top);
  }

  /** `throw new SkipException(…)` of TestNG, `throw new AssertionError(…)` on a condition. */
  #throw(statement: SyntaxNode): void {
    const text = this.#textOf(statement, 200);
    const frame = this.#notes.frames.top;
    const line = this.#notes.lineOf(statement.from);
    if (
      /^throw new (?:\w+\.)*(?:SkipException|TestAbortedException|AssumptionViolatedException|TestSkippedException)\(/.test(
        text,
      )
    ) {
      this.#notes.skips({ text: text.slice(0, 80), line, conditional: isInHandler(statement) }, statement, frame);
    } else if (/^throw new (?:\w+\.)*Assertion(?:Failed)?Error\(/.test(text) && !isInStub(statement)) {
      this.#notes.says([plain('fail(…)')], statement, { ...frame, guarded: false });
    }
  }

  #call(node: SyntaxNode): void {
    const chain = chainOf(this.#syntax, node);
    if (chain === null || this.#notes.isDeep(node.from)) return;
    const frame = this.#notes.frames.top;
    const skipped = skippedBy(chain, this.#textOf);
    if (skipped !== null) {
      if (skipped.conditional === null) return;
      const conditional = skipped.conditional || isInHandler(node.parent ?? node);
      const mark: Mark = { text: skipped.text, line: this.#notes.lineOf(node.from), conditional };
      this.#notes.skips(mark, node, frame);
      return;
    }
    for (const link of chain.links) {
      const [arg] = link.args ?? [];
      if (!/^(?:mock|mockStatic|mockConstruction)$/.test(link.name) || arg === undefined) continue;
      const text = this.#textOf(node, 500);
      if (!text.includes('CALLS_REAL_METHODS'))
        this.#notes.mock(this.#textOf(arg, 200).replace(/\.class$/, ''), node.from);
    }
    const said = jvmAssertions(chain, this.#textOf, this.#dialect);
    if (said !== null && said.length > 0) this.#notes.says(said, node, frame);
  }
}

function isInHandler(node: SyntaxNode): boolean {
  return node.parent?.parent?.name === 'CatchClause' || node.parent?.name === 'CatchClause';
}

function hasNoParameters(method: SyntaxNode): boolean {
  const list = method.getChild('FormalParameters');
  return list !== null && childrenOf(list).every(({ name }) => /^[()]$|Comment$/.test(name));
}

/** Whether a statement stands in a method of an anonymous class: what is never to be called. */
function isInStub(statement: SyntaxNode): boolean {
  const method = statement.parent?.parent;
  return method?.name === 'MethodDeclaration' && method.parent?.parent?.name === 'ObjectCreationExpression';
}
