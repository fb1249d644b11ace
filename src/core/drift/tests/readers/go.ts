/** Tests of Go: the package testing, testify, Ginkgo and Gomega, quicktest, gocheck. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { lineIndex, type Syntax, textOf } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import { identifiersIn } from '../texts';
import { Bodies } from './bodies';
import {
  addRows,
  type CaseDraft,
  caseIn,
  finishCase,
  finishHelper,
  focus,
  type Group,
  groupIn,
  type HelperDraft,
  helperNamed,
  type Mark,
  type Marked,
  skip,
} from './drafts';
import { assertIn, type Frame, Frames } from './frames';
import { failureSaid, gomegaSaid, isKnown, librarySaid, type Said } from './go/assertions';
import { argumentsOf, beforeCondition, conditionOf, decidingIf, isMade, rowsOf } from './go/nodes';
import { type Tokens, tokensOf } from './tokens';

/** Reads a parsed file; null without a syntax tree. */
export const readGo: ReadTests = ({ syntax }) => (syntax === null ? null : new Reading(syntax).file());

/** The command go, "Testing functions": the letter after the prefix is no small one. */
const TEST_NAME = /^(?:Test|Fuzz)(?!\p{Ll})/u;
/** Methods of testing.T, B and F that make a test fail. */
const FAILS = /^(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;
const SKIPS = /^(?:Skip|Skipf|SkipNow)$/;
/** Receivers whose methods assert: packages of testify, and suites that embed them. */
const LIBRARIES = /^!?(?:[\w.]+\.)?(?:assert|require|is|must|should|Assert\(\)|Require\(\)|qt|check)$/;
const SUITES = /^!?(?:s|suite|ts|ass|req|a|r|assert\w*|require\w*|is|c)$/;
const GINKGO = /^(?:F|P|X)?(?:Describe|Context|When|It|Specify)$/;
const ENVIRONMENT = /\bruntime\.GO(?:OS|ARCH)\b|\bos\.(?:Getenv|LookupEnv)\(|\btesting\.Short\(/;
/** Names of tables whose rows are plain values. */
const TABLE_NAME = /^(?:tests?|cases?|tt|table|tc|inputs?|\w*(?:Tests|Cases|Inputs))$/;
const NOTHING = { dead: null, muted: null, guarded: false, rows: undefined } as const;

class Reading {
  readonly #syntax: Syntax;
  readonly #tokens: Tokens;
  readonly #lineOf: (offset: number) => number;
  readonly #frames: Frames;
  readonly #bodies: Bodies;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers: HelperDraft[] = [];
  readonly #module = helperNamed('', 1);
  readonly #wholeFile: Marked = { skip: null, focus: null };
  readonly #imports = new Map<string, string[]>();
  /** Slices and maps by the names that they are given. */
  readonly #tables = new Map<string, SyntaxNode>();

  constructor(syntax: Syntax) {
    this.#syntax = syntax;
    this.#tokens = tokensOf(syntax);
    this.#lineOf = lineIndex(syntax.text);
    this.#frames = Frames.of(this.#module);
    this.#bodies = new Bodies((span, limit) => this.#tokens.compact(span, limit));
  }

  file(): TestFile {
    this.#constraints();
    this.#syntax.tree.iterate({ enter: (ref) => this.#enter(ref) });
    this.#bodies.finish();
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

  /** Build constraints stand above the package clause, in a new and an old form (the command go, "Build constraints"). */
  #constraints(): void {
    const clause = /^package\s/m.exec(this.#syntax.text)?.index ?? 0;
    const head = this.#syntax.text.slice(0, clause);
    const found = /^\/\/go:build (.+)$/m.exec(head) ?? /^\/\/ \+build (.+)$/m.exec(head);
    const [text, constraint = ''] = found ?? [];
    if (found === null || text === undefined) return;
    const condition = constraint.trim();
    skip(this.#wholeFile, { text: text.trim(), line: this.#lineOf(found.index), conditional: condition !== 'ignore' });
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
      case 'IfStatement':
        this.#environment(ref.node, frame);
        return true;
      case 'TypedLiteral':
        this.#literal(ref.node);
        return true;
      case 'RangeClause':
        this.#range(ref.node, frame);
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
    if (!TEST_NAME.test(name) || name === 'TestMain') {
      const helper = helperNamed(name, line);
      helper.body = this.#tokens.compact(declaration, 2_000);
      if (name === 'TestMain' && runsNothing(helper.body)) {
        skip(this.#wholeFile, { text: 'TestMain does not run its tests', line, conditional: false });
      }
      this.#helpers.push(helper);
      this.#frames.push(declaration.to, { owner: helper, ...NOTHING });
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
    if (body !== null) this.#bodies.begin(draft, body);
    this.#cases.push(draft);
    this.#frames.push(whole.to, { owner: draft, test: draft, ...NOTHING });
  }

  /** What stands after a `return` of the same block is never reached. */
  #block({ node, to }: SyntaxNodeRef): void {
    const exit = node.getChild('ReturnStatement');
    const next = exit?.nextSibling;
    if (exit && next && next.name !== '}') this.#frames.push(to, { dead: { from: exit.to, why: 'after a return' } });
    if (node.parent?.name !== 'IfStatement') return;
    const condition = conditionOf(node.parent);
    const isFirst = node.parent.getChild('Block')?.from === node.from;
    const text = condition === null ? '' : textOf(this.#syntax, condition);
    if (isFirst && text === 'false') this.#frames.push(to, { muted: 'behind a condition that never holds' });
    else if (text !== 'true' || !isFirst) this.#frames.push(to, { guarded: true });
  }

  /** `if runtime.GOOS == "windows" { return }` leaves the test for the place where it runs. */
  #environment(statement: SyntaxNode, { test }: Frame): void {
    const condition = conditionOf(statement);
    const first = statement.getChild('Block')?.firstChild?.nextSibling;
    if (test === null || condition === null || first?.name !== 'ReturnStatement') return;
    const text = this.#tokens.compact(condition, 200);
    if (!ENVIRONMENT.test(text)) return;
    skip(test, { text: `if ${text} { return }`, line: this.#lineOf(statement.from), conditional: true });
  }

  #literal(literal: SyntaxNode): void {
    const { parent } = literal;
    const name = parent?.getChild('DefName') ?? parent?.getChild('VariableName');
    if (!name || rowsOf(literal) === null || !/^(?:VarDecl|VarSpec|Assignment)$/.test(parent?.name ?? '')) return;
    this.#tables.set(textOf(this.#syntax, name), literal);
  }

  /** The rows of a table test are what it goes through. */
  #range(clause: SyntaxNode, { test }: Frame): void {
    const range = clause.getChild('range')?.nextSibling;
    if (test === null || !range) return;
    const name = range.name === 'VariableName' ? textOf(this.#syntax, range) : '';
    const literal = range.name === 'TypedLiteral' ? range : this.#tables.get(name);
    const rows = literal === undefined ? null : rowsOf(literal);
    if (literal === undefined || rows === null || !(TABLE_NAME.test(name) || rows.every(isMade))) return;
    addRows(
      test,
      rows.map((element) => this.#tokens.compact(element, 2_000)),
    );
    this.#bodies.write(test, literal, '');
  }

  #call(call: SyntaxNode, frame: Frame): void {
    const callee = call.firstChild;
    const list = call.getChild('Arguments');
    if (callee === null || list === null) return;
    const args = argumentsOf(list);
    const field = callee.lastChild?.name === 'FieldName' ? callee.lastChild : null;
    const method = field === null ? '' : textOf(this.#syntax, field);
    const receiver =
      field === null ? '' : this.#tokens.compact({ from: callee.from, to: field.prevSibling?.from ?? callee.from });
    if (method === 'Run' && args.at(-1)?.name === 'FunctionLiteral' && args.length === 2) {
      this.#subtest(call, args, frame);
      return;
    }
    if (field === null || receiver === 'ginkgo') this.#ginkgo(call, callee, args, frame);
    if (field === null && textOf(this.#syntax, callee) !== 'Skip') return;
    if (SKIPS.test(method) || field === null) {
      this.#skip(call, frame);
      return;
    }
    if (FAILS.test(method) && /^(?:t|tb|b|f|c|s\.T\(\)|suite\.T\(\))$/.test(receiver)) {
      this.#failure(call, method, frame);
      return;
    }
    const said = this.#assertion(receiver, method, args);
    for (const each of said) this.#says(each, call, frame, frame.guarded);
    if (said.length > 0) this.#bodies.write(frame.owner, call, said.map(({ text }) => text).join(''));
  }

  #says(said: Said, { from }: SyntaxNode, frame: Frame, guarded: boolean): void {
    assertIn({ ...frame, guarded }, said, { from, line: this.#lineOf(from) });
  }

  #subtest(call: SyntaxNode, [name, body]: readonly SyntaxNode[], frame: Frame): void {
    if (name === undefined || body === undefined || frame.test === null) return;
    const text = textOf(this.#syntax, name).replace(/^["`]|["`]$/g, '');
    // A name that a table gives: the case is the table's, and its assertions are those of the case around.
    if (name.name !== 'String') return;
    const group = groupIn(frame.test.group, frame.test.name);
    skip(group, frame.test.skip);
    this.#begin(caseIn(group, text, this.#lineOf(call.from)), call, body.getChild('Block'));
  }

  /** `Describe("…", func() { … })` and `It` of Ginkgo, focused with F and pending with P or X. */
  #ginkgo(call: SyntaxNode, callee: SyntaxNode, args: readonly SyntaxNode[], frame: Frame): void {
    const word = textOf(this.#syntax, callee.lastChild?.name === 'FieldName' ? callee.lastChild : callee);
    const [title] = args;
    const body = args.find(({ name }) => name === 'FunctionLiteral');
    if (!GINKGO.test(word) || title?.name !== 'String' || body === undefined || frame.test !== null) return;
    const name = textOf(this.#syntax, title).replace(/^["`]|["`]$/g, '');
    const line = this.#lineOf(call.from);
    const mark: Mark = { text: word, line, conditional: false };
    const isCase = /(?:It|Specify)$/.test(word);
    const draft: CaseDraft | Group = isCase ? caseIn(frame.group, name, line) : groupIn(frame.group, name);
    if (/^[PX]/.test(word)) skip(draft, mark);
    if (/^F/.test(word)) focus(draft, mark);
    if ('patience' in draft) this.#begin(draft, call, body.getChild('Block'));
    else this.#frames.push(call.to, { group: draft });
  }

  #skip(call: SyntaxNode, { test, dead }: Frame): void {
    if (test === null || (dead !== null && call.from >= dead.from)) return;
    const around = call.parent?.parent?.parent?.name ?? '';
    const isTop = /^(?:FunctionDecl|FunctionLiteral|MethodDecl)$/.test(around);
    skip(test, { text: this.#tokens.compact(call, 80), line: this.#lineOf(call.from), conditional: !isTop });
    this.#bodies.write(test, call, '');
  }

  #assertion(receiver: string, method: string, args: readonly SyntaxNode[]): readonly Said[] {
    if (LIBRARIES.test(receiver) || (isKnown(method) && SUITES.test(receiver))) {
      return librarySaid(
        method,
        args.map((arg) => this.#tokens.compact(arg)),
      );
    }
    const isGomega = /^(?:To|ToNot|NotTo|Should|ShouldNot)$/.test(method);
    if (!isGomega || !/^(?:\w+\.)?(?:Expect|ExpectWithOffset|Ω|Eventually|Consistently)\(/.test(receiver)) return [];
    const [matcher] = args;
    return [gomegaSaid(receiver, method, matcher === undefined ? '' : this.#tokens.compact(matcher))];
  }

  /** `if got != want { t.Errorf(…) }`: the message says nothing that counts. */
  #failure(call: SyntaxNode, method: string, frame: Frame): void {
    const statement = decidingIf(call);
    const condition = statement === null ? null : conditionOf(statement);
    this.#bodies.write(frame.owner, call, `t.${method.replace(/^(?:Fatal|Error)f?$/, 'Error')}`);
    if (statement === null || condition === null) {
      const text = 't.Error(…)';
      this.#says({ text, subject: text, trivial: false }, call, frame, frame.guarded);
      return;
    }
    const before = beforeCondition(statement);
    const said = failureSaid({
      before: before === null ? '' : this.#tokens.compact(before),
      condition: this.#tokens.compact(condition),
    });
    this.#says(said, call, frame, false);
    this.#bodies.write(frame.owner, { from: statement.from, to: condition.to }, said.text);
  }
}

/** `func TestMain(m *testing.M)` must call `m.Run()`, or hand `m` on (package testing, "Main"). */
function runsNothing(body: string): boolean {
  const [signature, name] = /\((\w+) ?\*testing\.M\)/.exec(body) ?? [];
  if (signature === undefined || name === undefined) return false;
  return !identifiersIn(body.slice(body.indexOf(signature) + signature.length)).has(name);
}
