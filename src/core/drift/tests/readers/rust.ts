/** Tests of Rust: the built-in harness, tokio's and others' attributes, rstest, insta and expect-test. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { lineIndex, type Syntax, textOf } from '../../syntax/parse';
import type { Assertion, Strength, TestFile } from '../model';
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
  type Mark,
  skip,
} from './drafts';
import { type Frame, Frames } from './frames';
import { childrenOf } from './nodes';
import { type Tokens, tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readRust: ReadTests = ({ syntax }) => (syntax === null ? null : new Reading(syntax).file());

/** `#[test]`, `#[tokio::test]`, `#[rstest]`, `#[test_case(…)]`, `#[wasm_bindgen_test]`, `#[quickcheck]`. */
const TEST = /^(?:(?:\w+::)*(?:test|rstest|test_case|wasm_bindgen_test|quickcheck|apply|parameterized|traced_test))$/;
const ROW = /^(?:(?:\w+::)*(?:test_case|case))$/;
/** Macros that make a test fail, by how much they say. Those of `debug_` do only in builds with checks. */
const MACROS: readonly (readonly [RegExp, Strength | undefined])[] = [
  [/^(?:debug_)?assert_eq$|^assert_(?:json|yaml|debug|display|compact_json|csv|toml|ron)?_?eq$/, 'exact'],
  [/^(?:debug_)?assert$/, 'truth'],
  [/^(?:debug_)?assert_ne$|^assert_(?:matches|lt|le|gt|ge|relative_eq|ulps_eq|abs_diff_eq|approx_eq)$/, 'partial'],
  [/^assert_(?:\w+_)?snapshot$/, 'exact'],
  [/^(?:prop_assert|assert_that|assert_ok|assert_err|ensure)\w*$/, undefined],
];
const SNAPSHOTS = /^(?:expect|expect_file|assert_(?:\w+_)?snapshot)$/;

class Reading {
  readonly #syntax: Syntax;
  readonly #tokens: Tokens;
  readonly #lineOf: (offset: number) => number;
  readonly #frames: Frames;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers: HelperDraft[] = [];
  readonly #module = helperNamed('', 1);

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    this.#tokens = tokensOf(syntax);
    this.#lineOf = lineIndex(syntax.text);
    this.#frames = Frames.of(this.#module);
  }

  file(): TestFile {
    this.#syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    return {
      cases: this.#cases.map(finishCase),
      helpers: [this.#module, ...this.#helpers].map(finishHelper),
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
        for (const { mark } of this.#attributesOf(ref.node)) skip(group, mark);
        this.#frames.push(ref.to, { group });
        return true;
      }
      case 'FunctionItem':
        this.#function(ref.node, frame);
        return true;
      case 'Block':
        this.#block(ref);
        return true;
      case 'MacroInvocation':
        this.#macro(ref.node, frame);
        return true;
      default:
        return true;
    }
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
      helper.body = this.#tokens.compact(item, 2_000);
      this.#helpers.push(helper);
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
    if (body !== null) draft.body = this.#tokens.compact(body);
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

  #block({ node, to }: SyntaxNodeRef): void {
    const exit = childrenOf(node).find(
      (child) => child.name === 'ExpressionStatement' && child.firstChild?.name === 'ReturnExpression',
    );
    if (exit?.nextSibling && exit.nextSibling.name !== '}') {
      this.#frames.push(to, { dead: { from: exit.to, why: 'after a return' } });
    }
  }

  #macro(node: SyntaxNode, frame: Frame): void {
    const [nameNode] = childrenOf(node);
    const name = nameNode === undefined ? '' : (textOf(this.#syntax, nameNode).split('::').at(-1) ?? '');
    const known = MACROS.find(([form]) => form.test(name));
    const isSnapshot = SNAPSHOTS.test(name);
    if (known === undefined && !isSnapshot) return;
    const list = node.lastChild?.name === ';' ? node.lastChild.prevSibling : node.lastChild;
    const args = list === null || list === undefined ? [] : this.#argumentsOf(list);
    frame.owner.assertions.push({
      ...assertionOf(name, args, known?.[1]),
      line: this.#lineOf(node.from),
      ...(isSnapshot ? { snapshot: true } : {}),
      ...(frame.dead !== null && node.from >= frame.dead.from ? { muted: frame.dead.why } : {}),
    });
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

interface Said {
  readonly path: string;
  readonly text: string;
  readonly mark: Mark | null;
  readonly at: number;
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

function assertionOf(name: string, args: readonly string[], strength: Strength | undefined): Omit<Assertion, 'line'> {
  const [first = '', second] = args;
  const isComparison = /(?:eq|ne|lt|le|gt|ge)$/.test(name) && second !== undefined;
  const compared = isComparison ? [first, second] : [first];
  // Left is the actual value by custom, and where one side is a literal it is the other one.
  const about = isComparison && isLiteral(first) ? second : first;
  return {
    text: `${name}!(${compared.join(',')})`,
    subject: isComparison || SNAPSHOTS.test(name) ? `${name}!(${about}` : `${name}!(${compared.join(',')})`,
    about,
    trivial: (/assert$/.test(name) && first === 'true') || (isComparison && /eq$/.test(name) && first === second),
    ...(strength === undefined ? {} : { strength }),
  };
}

const isLiteral = (text: string) => /^(?:-?\d|["'`]|true$|false$|None$|Some\(|Ok\(|vec!|&?\[)/.test(text);
