/** Tests of Go: the package testing, testify, Gomega, quicktest, gocheck. */
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
  type Marked,
  skip,
} from './drafts';
import { type Frame, Frames } from './frames';
import { childrenOf } from './nodes';
import { type Tokens, tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readGo: ReadTests = ({ syntax }) => (syntax === null ? null : new Reading(syntax).file());

/** The command go, "Testing functions": the letter after the prefix is no small one. */
const TEST_NAME = /^(?:Test|Fuzz)(?!\p{Ll})/u;
/** Methods of testing.T, B and F that make a test fail. */
const FAILS = /^(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;
const SKIPS = /^(?:Skip|Skipf|SkipNow)$/;
/** Methods of testify, gocheck and quicktest, and matchers of Gomega, by how much they say. */
const STRENGTHS: readonly (readonly [RegExp, Strength])[] = [
  [/^(?:Equal|EqualValues|Exactly|JSONEq|YAMLEq|EqualError|Same|DeepEquals|Equals)f?$/, 'exact'],
  [/^(?:NotNil|NotEmpty|NoError|Nil|Empty|Error|FileExists|DirExists|NotZero)f?$/, 'exists'],
  [/^(?:True|False)f?$/, 'truth'],
  [
    /^(?:Contains|ElementsMatch|Subset|Len|Greater|Less|Regexp|InDelta|ErrorIs|ErrorAs|ErrorContains|IsType|Panics)\w*$/,
    'partial',
  ],
];
/** Receivers whose methods assert: packages of testify, and suites that embed them. */
const LIBRARIES = /(?:^|\.)(?:assert|require|is|must|should|Assert\(\)|Require\(\)|qt|check)$/;
const SUITE_METHODS =
  /^(?:Equal|NotEqual|True|False|Nil|NotNil|NoError|Error|ErrorIs|ErrorAs|ErrorContains|EqualError|Contains|NotContains|Len|Empty|NotEmpty|Panics|NotPanics|ElementsMatch|JSONEq|Greater|Less|Zero|NotZero|Regexp|InDelta|IsType|Same|EqualValues|Exactly)f?$/;

class Reading {
  readonly #syntax: Syntax;
  readonly #tokens: Tokens;
  readonly #lineOf: (offset: number) => number;
  readonly #frames: Frames;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers: HelperDraft[] = [];
  readonly #module = helperNamed('', 1);
  readonly #wholeFile: Marked = { skip: null, focus: null };
  readonly #imports = new Map<string, string[]>();

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    this.#tokens = tokensOf(syntax);
    this.#lineOf = lineIndex(syntax.text);
    this.#frames = Frames.of(this.#module);
  }

  file(): TestFile {
    this.#constraints();
    this.#syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    const { skip: mark } = this.#wholeFile;
    return {
      cases: this.#cases.map(finishCase),
      helpers: [this.#module, ...this.#helpers].map(finishHelper),
      skip: mark?.text ?? null,
      ...(mark ? { skipLine: mark.line, conditional: mark.conditional } : {}),
      mocks: new Map(),
      imports: this.#imports,
      patience: new Map(),
      readBy: 'syntax',
    };
  }

  /** Build constraints stand above the package clause (the command go, "Build constraints"). */
  #constraints(): void {
    const head = /^[\s\S]*?^package\s/m.exec(this.#syntax.text)?.[0] ?? '';
    const [, constraint] = /^\/\/go:build (.+)$/m.exec(head) ?? [];
    if (constraint === undefined) return;
    const line = this.#lineOf(head.indexOf('//go:build'));
    skip(this.#wholeFile, {
      text: `//go:build ${constraint.trim()}`,
      line,
      conditional: constraint.trim() !== 'ignore',
    });
  }

  #enter(ref: SyntaxNodeRef): boolean {
    const frame = this.#frames.at(ref.from);
    switch (ref.name) {
      case 'ImportSpec': {
        const path = ref.node.getChild('String');
        if (path !== null) this.#imports.set(textOf(this.#syntax, path).slice(1, -1), []);
        return false;
      }
      case 'FunctionDecl':
      case 'MethodDecl':
        this.#function(ref.node, frame);
        return true;
      case 'Block':
        this.#block(ref);
        return true;
      case 'TypedLiteral':
        this.#table(ref.node, frame);
        return true;
      case 'CallExpr':
        this.#call(ref.node, frame);
        return true;
      default:
        return true;
    }
  }

  #function(declaration: SyntaxNode, frame: Frame): void {
    const nameNode = declaration.getChild('DefName') ?? declaration.getChild('FieldName');
    const name = nameNode === null ? '' : textOf(this.#syntax, nameNode);
    const line = this.#lineOf(declaration.from);
    const nothing = { dead: null, muted: null, guarded: false, rows: undefined };
    if (!TEST_NAME.test(name) || name === 'TestMain') {
      const helper = helperNamed(name, line);
      helper.body = this.#tokens.compact(declaration, 2_000);
      this.#helpers.push(helper);
      this.#frames.push(declaration.to, { owner: helper, ...nothing });
      return;
    }
    const suite = declaration.name === 'MethodDecl' ? this.#receiverOf(declaration) : null;
    const draft = caseIn(suite === null ? frame.group : groupIn(frame.group, suite), name, line);
    this.#begin(draft, declaration, declaration.getChild('Block'));
  }

  #receiverOf(method: SyntaxNode): string | null {
    const receiver = method.getChild('Parameters');
    if (receiver === null) return null;
    return /(\w+)(?:\[[^\]]*\])?\s*\)$/.exec(textOf(this.#syntax, receiver))?.[1] ?? null;
  }

  #begin(draft: CaseDraft, whole: SyntaxNode, body: SyntaxNode | null): void {
    if (body !== null) draft.body = this.#tokens.compact(body);
    this.#cases.push(draft);
    const nothing = { dead: null, muted: null, guarded: false, rows: undefined };
    this.#frames.push(whole.to, { owner: draft, test: draft, ...nothing });
  }

  /** What stands after a `return` of the same block is never reached. */
  #block({ node, to }: SyntaxNodeRef): void {
    const statements = childrenOf(node);
    const exit = statements.find(({ name }) => name === 'ReturnStatement');
    const next = exit?.nextSibling;
    if (exit && next && next.name !== '}') this.#frames.push(to, { dead: { from: exit.to, why: 'after a return' } });
    if (node.parent?.name !== 'IfStatement') return;
    const condition = conditionOf(node.parent);
    const text = condition === null ? '' : textOf(this.#syntax, condition);
    if (text === 'false') this.#frames.push(to, { muted: 'behind a condition that never holds' });
  }

  /** The rows of a table test: a slice or map of literals in the function that goes through it. */
  #table(literal: SyntaxNode, frame: Frame): void {
    const type = literal.firstChild?.name;
    const value = literal.getChild('LiteralValue');
    if (frame.test === null || value === null || (type !== 'SliceType' && type !== 'MapType')) return;
    const rows = value.getChildren('Element').map((element) => this.#tokens.compact(element, 2_000));
    if (rows.length > 1 && literal.parent?.name === 'VarDecl') addRows(frame.test, rows);
  }

  #call(call: SyntaxNode, frame: Frame): void {
    const callee = call.firstChild;
    const list = call.getChild('Arguments');
    if (callee === null || list === null) return;
    const args = childrenOf(list).filter(({ name }) => !/^[(),]$|Comment$/.test(name));
    const method = callee.lastChild?.name === 'FieldName' ? textOf(this.#syntax, callee.lastChild) : '';
    const receiver =
      method === ''
        ? ''
        : this.#tokens.compact({ from: callee.from, to: callee.lastChild?.prevSibling?.from ?? callee.from });
    if (method === 'Run' && args.at(-1)?.name === 'FunctionLiteral' && args.length === 2) {
      this.#subtest(call, args, frame);
      return;
    }
    if (SKIPS.test(method) && frame.owner !== this.#module) {
      const target = frame.test ?? null;
      if (target !== null) skip(target, this.#skipped(call));
      return;
    }
    const found = this.#assertion({ call, callee, receiver, method, args });
    if (found === null) return;
    const isDead = frame.dead !== null && call.from >= frame.dead.from;
    const muted = isDead ? (frame.dead?.why ?? null) : frame.muted;
    frame.owner.assertions.push({ ...found, line: this.#lineOf(call.from), ...(muted === null ? {} : { muted }) });
  }

  #subtest(call: SyntaxNode, [name, body]: readonly SyntaxNode[], frame: Frame): void {
    if (name === undefined || body === undefined || frame.test === null) return;
    const text = textOf(this.#syntax, name).replace(/^["`]|["`]$/g, '');
    // A name that a table gives: the case is the table's, and its assertions are those of the case around.
    if (name.name !== 'String') return;
    const group = groupIn(frame.test.group, frame.test.name);
    this.#begin(caseIn(group, text, this.#lineOf(call.from)), call, body.getChild('Block'));
  }

  #skipped(call: SyntaxNode) {
    const around = call.parent?.parent;
    const isTop =
      around?.parent?.name === 'FunctionDecl' ||
      around?.parent?.name === 'FunctionLiteral' ||
      around?.parent?.name === 'MethodDecl';
    return { text: this.#tokens.compact(call, 80), line: this.#lineOf(call.from), conditional: !isTop };
  }

  #assertion({ call, callee, receiver, method, args }: Called): Omit<Assertion, 'line'> | null {
    if (FAILS.test(method) && /^(?:t|tb|b|f|c|s\.T\(\)|suite\.T\(\))$/.test(receiver))
      return this.#failure(call, method);
    const text = this.#tokens.compact(call);
    if (
      LIBRARIES.test(receiver) ||
      (SUITE_METHODS.test(method) && /^(?:s|suite|ts|ass|req|a|r|assert\w*|require\w*|is|c)$/.test(receiver))
    ) {
      return this.#library({ callee, method, args, text });
    }
    if (
      /^(?:To|ToNot|NotTo|Should|ShouldNot)$/.test(method) &&
      /^(?:Expect|ExpectWithOffset|Ω|Eventually|Consistently)\(/.test(receiver)
    ) {
      const [matcher] = args;
      const name = matcher === undefined ? '' : textOf(this.#syntax, matcher.firstChild ?? matcher);
      return { text, subject: `${receiver}.${method}(${name}`, about: receiver, trivial: false };
    }
    return null;
  }

  /** `if got != want { t.Errorf(…) }` says what it wants in its condition. */
  #failure(call: SyntaxNode, method: string): Omit<Assertion, 'line'> {
    for (let node = call.parent, depth = 0; node !== null && depth < 4; node = node.parent, depth++) {
      if (node.name !== 'IfStatement') continue;
      const condition = conditionOf(node);
      if (condition === null) break;
      const before = childrenOf(node).find(({ name }) => name === 'VarDecl' || name === 'Assignment');
      const about = `${before === undefined ? '' : this.#tokens.compact(before)};${this.#sideOf(condition)}`;
      const text = `if ${before === undefined ? '' : `${this.#tokens.compact(before)};`}${this.#tokens.compact(condition)}`;
      const comparison = condition.getChild('CompareOp');
      return {
        text,
        subject: comparison === null ? text : `if ${about}${textOf(this.#syntax, comparison)}`,
        trivial: /^(?:if false|if (.+)!=\1)$/.test(text),
      };
    }
    const text = `t.${method}`;
    return { text, subject: text, trivial: false };
  }

  #sideOf(condition: SyntaxNode): string {
    const [left] = childrenOf(condition);
    return condition.name === 'BinaryExp' && left !== undefined
      ? this.#tokens.compact(left)
      : this.#tokens.compact(condition);
  }

  /** `assert.Equal(t, expected, actual)`; a suite's and `is` of `is := assert.New(t)` leave the `t` out. */
  #library({
    callee,
    method,
    args,
    text,
  }: Pick<Called, 'callee' | 'method' | 'args'> & { text: string }): Omit<Assertion, 'line'> {
    const own = args.filter((arg, at) => at > 0 || !/^(?:t|tb|b|c|s\.T\(\))$/.test(textOf(this.#syntax, arg)));
    const [first, second] = own.map((arg) => this.#tokens.compact(arg));
    const strength = STRENGTHS.find(([form]) => form.test(method))?.[1];
    const isComparison = strength === 'exact' && second !== undefined;
    const about = isComparison ? second : (first ?? '');
    const isTrue = /^True/.test(method) && first === 'true';
    return {
      text: text.replace(/^\w+/, ''),
      subject: `${this.#tokens.compact(callee).replace(/^\w+/, '')}(${about}`,
      about,
      trivial: isTrue || (/^False/.test(method) && first === 'false') || (isComparison && first === second),
      ...(strength === undefined ? {} : { strength }),
    };
  }
}

interface Called {
  readonly call: SyntaxNode;
  readonly callee: SyntaxNode;
  readonly receiver: string;
  readonly method: string;
  readonly args: readonly SyntaxNode[];
}

/** The condition of an `if`, which stands last before its block. */
function conditionOf(statement: SyntaxNode): SyntaxNode | null {
  const condition = statement.getChild('Block')?.prevSibling ?? null;
  return condition?.name === 'if' ? null : condition;
}
