/** Tests of Rust: the built-in harness, tokio's and others' attributes, rstest, insta and expect-test. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { childrenOf, lineIndex, type Syntax, textOf } from '../../syntax/parse';
import type { TestCase, TestFile } from '../model';
import type { ReadTests } from '../readers';
import { Bodies } from './bodies';
import {
  addRows,
  type CaseDraft,
  caseIn,
  finishCase,
  finishHelper,
  type Group,
  groupIn,
  type HelperDraft,
  helperNamed,
  type Mark,
  skip,
} from './drafts';
import { assertIn, type Frame, Frames } from './frames';
import { asserted, assertionsIn, isAsserting } from './rust/assertions';
import { TEST_FILE } from './rust/presence';
import { type Tokens, tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readRust: ReadTests = ({ syntax, path }) =>
  syntax === null ? null : new Reading(syntax, TEST_FILE.test(path)).file();

/** `#[test]`, `#[tokio::test]`, `#[rstest]`, `#[test_case(…)]`, `#[wasm_bindgen_test]`, `#[quickcheck]`. */
const TEST = /^(?:(?:\w+::)*(?:test|rstest|test_case|wasm_bindgen_test|quickcheck|apply|parameterized|traced_test))$/;
const ROW = /^(?:(?:\w+::)*(?:test_case|case))$/;
class Reading {
  readonly #syntax: Syntax;
  readonly #tokens: Tokens;
  readonly #lineOf: (offset: number) => number;
  readonly #frames: Frames;
  readonly #bodies: Bodies;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers: HelperDraft[] = [];
  readonly #module = helperNamed('', 1);
  readonly #isTestFile: boolean;
  /** Modules that are built for tests alone. */
  readonly #testModules = new Set<Group>();
  readonly #runs = new Map<number, 'sometimes' | 'never'>();

  constructor(syntax: Syntax, isTestFile: boolean) {
    this.#isTestFile = isTestFile;
    this.#syntax = syntax;
    this.#tokens = tokensOf(syntax);
    this.#lineOf = lineIndex(syntax.text);
    this.#frames = Frames.of(this.#module);
    this.#bodies = new Bodies((span, limit) => withCalls(this.#tokens.compact(span, limit)));
  }

  file(): TestFile {
    this.#syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    this.#bodies.finish();
    return {
      cases: this.#cases.map(finishCase).map(withoutPanic),
      helpers: (this.#isTestFile ? [this.#module, ...this.#helpers] : this.#helpers).map(finishHelper),
      skip: null,
      mocks: new Map(),
      patience: new Map(),
      readBy: 'syntax',
    };
  }

  #enter(ref: SyntaxNodeRef): boolean {
    const frame = this.#frames.at(ref.from);
    switch (ref.name) {
      case 'ModItem': {
        const group = groupIn(frame.group, this.#nameOf(ref.node));
        const attributes = this.#attributesOf(ref.node);
        for (const { mark } of attributes) skip(group, mark);
        if (this.#isOfTests(frame.group) || attributes.some(isForTests)) this.#testModules.add(group);
        this.#frames.push(ref.to, { group });
        return true;
      }
      case 'FunctionItem':
        this.#function(ref.node, frame);
        return true;
      case 'Block':
        this.#block(ref);
        return true;
      case 'IfExpression':
        this.#branches(ref.node);
        return true;
      case 'MacroDefinition':
        this.#definition(ref.node, frame);
        return false;
      case 'MacroInvocation':
        this.#macro(ref.node, frame);
        return true;
      default:
        return true;
    }
  }

  #isOfTests(group: Group | null): boolean {
    return this.#isTestFile || (group !== null && this.#testModules.has(group));
  }

  #nameOf(item: SyntaxNode): string {
    const name = item.getChild('BoundIdentifier');
    return name === null ? '' : textOf(this.#syntax, name);
  }

  #function(item: SyntaxNode, frame: Frame): void {
    const name = this.#nameOf(item);
    const line = this.#lineOf(item.from);
    const nothing = { dead: null, muted: null, guarded: false, rows: undefined };
    if (frame.test !== null) {
      this.#frames.push(item.to, nothing);
      return;
    }
    const attributes = this.#attributesOf(item);
    if (!attributes.some(({ path }) => TEST.test(path))) {
      const helper = helperNamed(name, line);
      helper.body = withCalls(this.#tokens.compact(item, 2_000));
      if (this.#isOfTests(frame.group) || attributes.some(isForTests)) this.#helpers.push(helper);
      this.#frames.push(item.to, { owner: helper, ...nothing });
      return;
    }
    const draft = caseIn(frame.group, name, line);
    for (const { path, text, mark, at } of attributes) {
      skip(draft, mark);
      if (ROW.test(path)) addRows(draft, [text]);
      if (path === 'should_panic') draft.assertions.push({ text, subject: text, trivial: false, line: at });
    }
    const body = item.getChild('Block');
    if (body !== null) this.#bodies.begin(draft, body);
    this.#cases.push(draft);
    this.#frames.push(item.to, { owner: draft, test: draft, ...nothing });
  }

  /** What stands in `#[…]` before an item; the grammar puts the item into the last of them. */
  #attributesOf(item: SyntaxNode): readonly Said[] {
    const said: Said[] = [];
    for (let around = item.parent; around?.name === 'AttributeItem'; around = around.parent) {
      for (const attribute of around.getChildren('Attribute')) {
        const text = this.#tokens.compact(attribute, 2_000).replace(/^#?\[|\]$/g, '');
        const path = /^[\w:]+/.exec(text)?.[0] ?? '';
        const at = this.#lineOf(attribute.from);
        said.push({ path, text: `#[${text}]`, mark: markOf(path, text, at), at });
      }
    }
    return said;
  }

  #block({ node, from, to }: SyntaxNodeRef): void {
    const runs = this.#runs.get(from);
    if (runs === 'sometimes') this.#frames.push(to, { guarded: true });
    if (runs === 'never') this.#frames.push(to, { muted: 'behind a condition that never holds' });
    const exit = childrenOf(node).find(
      (child) => child.name === 'ExpressionStatement' && child.firstChild?.name === 'ReturnExpression',
    );
    if (exit?.nextSibling && exit.nextSibling.name !== '}') {
      this.#frames.push(to, { dead: { from: exit.to, why: 'after a return' } });
    }
  }

  /** The blocks of an `if` that do not run whatever happens. */
  #branches(node: SyntaxNode): void {
    const condition = node.firstChild?.nextSibling;
    const text = condition?.name === 'Boolean' ? textOf(this.#syntax, condition) : '';
    node.getChildren('Block').forEach((block, index) => {
      const isNever = text === (index === 0 ? 'false' : 'true');
      const isAlways = text === (index === 0 ? 'true' : 'false');
      if (!isAlways) this.#runs.set(block.from, isNever ? 'never' : 'sometimes');
    });
  }

  /** A macro of the file that asserts is a helper; what is in it is no syntax. */
  #definition(node: SyntaxNode, { test, group }: Frame): void {
    const name = node.getChild('Identifier');
    if (name === null || test !== null || !this.#isOfTests(group)) return;
    const line = this.#lineOf(node.from);
    const helper = helperNamed(textOf(this.#syntax, name), line);
    helper.body = withCalls(this.#tokens.compact(node, 2_000));
    helper.assertions.push(...assertionsIn(helper.body).map((said) => ({ ...said, line })));
    this.#helpers.push(helper);
  }

  #macro(node: SyntaxNode, frame: Frame): void {
    const [nameNode] = childrenOf(node);
    const name = nameNode === undefined ? '' : (textOf(this.#syntax, nameNode).split('::').at(-1) ?? '');
    if (!isAsserting(name)) return;
    const list = node.lastChild?.name === ';' ? node.lastChild.prevSibling : node.lastChild;
    const args = list === null || list === undefined ? [] : this.#argumentsOf(list);
    const said = asserted(name, args);
    const place = { from: node.from, line: this.#lineOf(node.from) };
    for (const each of said) assertIn(frame, each, place);
    this.#bodies.write(frame.owner, node, said.map(({ text }) => text).join(''));
  }

  /** A macro's tokens are no syntax: its arguments are what stands between commas at the top. */
  #argumentsOf(list: SyntaxNode): string[] {
    const args: string[] = [];
    let from = list.firstChild?.to ?? list.from;
    for (const child of childrenOf(list).slice(1)) {
      const isEnd = child.nextSibling === null;
      if (child.name !== ',' && !isEnd) continue;
      const text = this.#tokens.compact({ from, to: child.from });
      if (text !== '') args.push(text);
      from = child.to;
    }
    return args;
  }
}

/** That a test is to panic is what it asserts only where it asserts nothing else. */
function withoutPanic(test: TestCase): TestCase {
  const others = test.assertions.filter(({ text }) => !text.startsWith('#[should_panic'));
  return others.length === 0 ? test : { ...test, assertions: others };
}

interface Said {
  readonly path: string;
  readonly text: string;
  readonly mark: Mark | null;
  readonly at: number;
}

function isForTests({ path, text }: Said): boolean {
  return path === 'cfg' && /\btest\b/.test(text);
}

/** The Rust Reference, "Testing attributes" and "Conditional compilation". */
function markOf(path: string, text: string, line: number): Mark | null {
  const said = `#[${text}]`.slice(0, 80);
  if (path === 'ignore') return { text: said, line, conditional: false };
  if (path === 'cfg_attr' && /,\s*ignore\b/.test(text)) return { text: said, line, conditional: true };
  if (path !== 'cfg') return null;
  const condition = text.replace(/^cfg\(|\)$/g, '');
  if (condition === 'test' || /^all\(test\)$/.test(condition)) return null;
  return { text: said, line, conditional: !/^(?:any\(\)|FALSE|false|not\(all\(\)\)|not\(test\))$/.test(condition) };
}

/** Macros are called like functions, for who looks for calls. */
function withCalls(text: string): string {
  return text.replace(/\b(\w+)!(?=[([{])/g, (call, name: string) => (isAsserting(name) ? call : name));
}
