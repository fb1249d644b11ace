/**
 * Tests of C and C++: GoogleTest, Catch2, doctest, Boost.Test, CppUnit, CppUTest, Unity, cmocka, Check. A grammar takes
 * their macros for calls with a block behind them, or for errors: words and brackets tell more.
 */
import { lineIndex } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import { assertionOf } from './cpp/assertions';
import { fixtureAround } from './cpp/fixtures';
import { type Preprocessed, preprocessed, type Region } from './cpp/preprocessor';
import { decorated, INSTANTIATES, namedBy, REGISTERS, SKIP, skipIn } from './cpp/words';
import {
  addRows,
  type CaseDraft,
  caseIn,
  finishCase,
  finishHelper,
  type Group,
  groupIn,
  helperNamed,
  type Mark,
  raise,
  skip,
} from './drafts';
import { assertIn, type Frame, Frames } from './frames';
import { HelperDrafts } from './helperDrafts';
import { CPP } from './lines/lexical';
import { Stream } from './lines/stream';

/** Reads a text whatever it is. */
export const readCpp: ReadTests = ({ text }) => new CppReading(text).file();

const NOTHING = { dead: null, muted: null, guarded: false, rows: undefined } as const;
const LONGEST_BODY = 20_000;
/** How far behind its brackets the body of a case or function may begin. */
const LONGEST_HEAD = 80;
/** Tokens of a statement without braces that hangs on a condition. */
const LONGEST_STATEMENT = 200;
/** Sections in sections that are deeper belong to the one around. */
const DEEPEST = 20;
const KEYWORD = /^(?:if|for|while|switch|catch|return|sizeof|decltype|alignof|new|delete|throw|constexpr|else|do)$/;
/** Functions that runners of C are told of by name. */
const FUNCTION = /^(?:test_?\w|Test_|\w+_test$)/;

class CppReading {
  readonly #stream: Stream;
  readonly #source: Preprocessed;
  readonly #lineOf: (offset: number) => number;
  readonly #frames: Frames;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers = new HelperDrafts();
  readonly #module = helperNamed('', 1);
  /** Cases that are plain functions: they run only where something names them. */
  readonly #functions = new Set<CaseDraft>();
  readonly #registered = new Set<string>();
  readonly #bySuite: (readonly [CaseDraft, string])[] = [];
  readonly #values = new Map<string, readonly string[] | null>();
  /** Conditions of the preprocessor that are open, and how many have begun. */
  readonly #regions: Region[] = [];
  #nextRegion = 0;
  /** Fixtures whose SetUp skips. */
  readonly #fixtures: Group[] = [];
  /** Suites that begin and end with a macro. */
  readonly #suites: Group[] = [];

  constructor(text: string) {
    this.#source = preprocessed(text);
    this.#stream = new Stream(this.#source.text, CPP);
    this.#lineOf = lineIndex(text);
    this.#frames = Frames.of(this.#module);
  }

  file(): TestFile {
    for (let at = 0; at < this.#stream.length; at++) at = this.#visit(at, this.#frames.at(at));
    for (const [draft, suite] of this.#bySuite) addRows(draft, this.#values.get(suite));
    for (const { name, skip: mark } of this.#fixtures) {
      for (const draft of this.#cases) if (draft.group?.name === name) skip(draft, mark);
    }
    const cases = this.#cases.filter((draft) => this.#isCase(draft));
    const kept = new Set(cases);
    const others = this.#cases.filter((draft) => !kept.has(draft));
    return {
      cases: cases.map(finishCase),
      helpers: [this.#module, ...this.#helpers.all(), ...others].map(finishHelper),
      skip: null,
      mocks: new Map(),
      imports: importsOf(this.#source.includes),
      patience: new Map(),
      readBy: 'lines',
    };
  }

  /** A function that looks like a test is one where it asserts, and where a list names others it is skipped. */
  #isCase(draft: CaseDraft): boolean {
    if (!this.#functions.has(draft)) return true;
    if (this.#registered.has(draft.name)) return true;
    if (draft.assertions.length === 0) return false;
    if (this.#registered.size > 0) {
      skip(draft, { text: 'no runner is told of it', line: draft.line, conditional: false });
    }
    return true;
  }

  #line(at: number): number {
    return this.#lineOf(this.#stream.offset(at));
  }

  /** Looks at a token; gives the one that was looked at last. */
  #visit(at: number, frame: Frame): number {
    const stream = this.#stream;
    if (stream.kindOf(at) !== 'word') return at;
    const word = stream.at(at);
    if (word === 'return') this.#return(at, frame);
    else if (word === 'if' || word === 'else' || word === 'catch') this.#branch(at, word);
    if (stream.at(at + 1) !== '(' || KEYWORD.test(word)) return at;
    return this.#called(at, word, frame);
  }

  #called(at: number, word: string, frame: Frame): number {
    const stream = this.#stream;
    if (REGISTERS.test(word)) {
      for (const [index, name] of this.#argumentsOf(at).entries()) if (index < 2) this.#registered.add(bare(name));
      return at;
    }
    if (INSTANTIATES.test(word)) {
      this.#instantiate(at);
      return Math.max(at, Math.min(stream.partner(at + 1), stream.length - 1));
    }
    if (/^BOOST_(?:AUTO|FIXTURE)_TEST_SUITE$|^TEST_SUITE(?:_BEGIN)?$/.test(word)) this.#suite(at, word, frame);
    else if (word === 'BOOST_AUTO_TEST_SUITE_END' || word === 'TEST_SUITE_END') this.#suites.pop();
    else if (SKIP.test(word) && frame.test !== null) skip(frame.test, this.#skipAt(at, frame));
    else if (SKIP.test(word) && fixtureAround(stream, at) !== null) {
      const fixture = groupIn(null, fixtureAround(stream, at) ?? '');
      skip(fixture, this.#skipAt(at, frame));
      this.#fixtures.push(fixture);
    } else if (!this.#declares(at, word, frame)) this.#assert(at, frame);
    return at;
  }

  #skipAt(at: number, { guarded, muted }: Frame): Mark {
    const text = this.#stream.compact({ from: at, to: this.#stream.partner(at + 1) + 1 }, 80);
    return { text, line: this.#line(at), conditional: guarded || muted !== null };
  }

  #argumentsOf(at: number): readonly string[] {
    return this.#stream.elements(at + 1).map((span) => this.#stream.compact(span));
  }

  #suite(at: number, word: string, frame: Frame): void {
    const stream = this.#stream;
    const group = groupIn(frame.group ?? this.#suites.at(-1) ?? null, bare(this.#argumentsOf(at)[0] ?? ''));
    const close = stream.partner(at + 1);
    const open = this.#bodyBehind(close);
    const { skip: mark } = decorated(stream, at + 2, open ?? close, this.#line(at));
    skip(group, mark);
    if (word === 'TEST_SUITE' && open !== null) this.#frames.push(stream.partner(open), { group });
    else this.#suites.push(group);
  }

  /** The brace that opens a body behind brackets; null when a statement ends before. */
  #bodyBehind(close: number): number | null {
    const stream = this.#stream;
    for (let at = close + 1; at < Math.min(stream.length, close + LONGEST_HEAD); at++) {
      const sign = stream.at(at);
      if (sign === '{') return at;
      if (sign === ';' || sign === '}' || sign === '=' || sign === ',') return null;
      if (sign === '(') at = Math.max(at, stream.partner(at));
    }
    return null;
  }

  /** A case or a function that begins here. */
  #declares(at: number, word: string, frame: Frame): boolean {
    const stream = this.#stream;
    const close = stream.partner(at + 1);
    const open = this.#bodyBehind(close);
    if (open === null) return false;
    const args = this.#argumentsOf(at);
    const macro = /^(?:IGNORE|XFAIL)_TEST$/.test(word) ? 'TEST' : word;
    const named = namedBy(macro, args);
    if (named !== null && (frame.test === null || (named.nested && (frame.test.group?.depth ?? 0) < DEEPEST))) {
      const around = named.nested && frame.test !== null ? groupIn(frame.test.group, frame.test.name) : frame.group;
      const group = named.path
        .slice(0, -1)
        .reduce((parent, name) => groupIn(parent, name), around ?? this.#suites.at(-1) ?? null);
      const draft = caseIn(group, named.path.at(-1) ?? '', this.#line(at));
      skip(draft, skipIn(word, args, draft.line));
      const { skip: mark, timeout } = decorated(stream, at + 2, open, draft.line);
      skip(draft, mark);
      raise(draft.patience, 'timeout', timeout);
      if (named.suite !== null) this.#bySuite.push([draft, named.suite]);
      this.#begin(draft, open);
      return true;
    }
    if (frame.test !== null || frame.owner !== this.#module || !/^\w+$/.test(word) || /^[A-Z_0-9]+$/.test(word))
      return false;
    if (FUNCTION.test(word) && /^(?:void|int|bool|::|static)$/.test(stream.at(at - 1))) {
      const draft = caseIn(frame.group, word, this.#line(at));
      this.#functions.add(draft);
      this.#begin(draft, open);
      return true;
    }
    const body = canonical(stream.compact({ from: at, to: stream.partner(open) }, 2_000));
    const helper = this.#helpers.add(word, this.#line(at), body);
    this.#frames.push(stream.partner(open), { owner: helper, ...NOTHING });
    return true;
  }

  #begin(draft: CaseDraft, open: number): void {
    const stream = this.#stream;
    const to = stream.partner(open);
    draft.body = canonical(stream.compact({ from: open + 1, to }, LONGEST_BODY));
    const region = this.#regionAt(stream.offset(open));
    if (region !== undefined) skip(draft, { text: region.text, line: draft.line, conditional: true });
    this.#cases.push(draft);
    this.#frames.push(to, { owner: draft, test: draft, ...NOTHING });
  }

  /** The innermost condition of the preprocessor around a place; places come in order. */
  #regionAt(offset: number): Region | undefined {
    const { regions } = this.#source;
    for (
      let next = regions[this.#nextRegion];
      next !== undefined && next.from <= offset;
      next = regions[this.#nextRegion]
    ) {
      this.#regions.push(next);
      this.#nextRegion++;
    }
    while (this.#regions.length > 0 && (this.#regions.at(-1)?.to ?? 0) <= offset) this.#regions.pop();
    return this.#regions.at(-1);
  }

  /** What follows a `return` in its block is never reached, unless the `return` hangs on a condition. */
  #return(at: number, frame: Frame): void {
    const stream = this.#stream;
    if (!/^[;{}]$/.test(stream.at(at - 1)) || frame.test === null || frame.dead !== null) return;
    const block = stream.parent(at);
    if (stream.at(block) !== '{') return;
    this.#frames.push(stream.partner(block), { dead: { from: at, why: 'after a return' } });
  }

  #branch(at: number, word: string): void {
    const stream = this.#stream;
    let open = at + 1;
    if (stream.at(open) === 'constexpr') open++;
    if (word !== 'else' && stream.at(open) !== '(') return;
    const behind = word === 'else' ? at + 1 : stream.partner(open) + 1;
    const condition = word === 'if' ? stream.compact({ from: open + 1, to: stream.partner(open) }, 20) : '';
    const to = stream.at(behind) === '{' ? stream.partner(behind) + 1 : this.#statementEnd(behind);
    if (/^(?:false|0)$/.test(condition)) this.#frames.push(to, { muted: 'behind a condition that never holds' });
    else if (!/^(?:true|1)$/.test(condition)) this.#frames.push(to, { guarded: true });
  }

  #statementEnd(from: number): number {
    const stream = this.#stream;
    const most = Math.min(stream.length, from + LONGEST_STATEMENT);
    for (let at = from; at < most; at++) {
      if (/^[;}]$/.test(stream.at(at))) return at;
      if (/^[([{]$/.test(stream.at(at))) at = Math.max(at, stream.partner(at));
    }
    return most;
  }

  #assert(at: number, frame: Frame): void {
    const stream = this.#stream;
    const word = stream.at(at);
    // A member or a name of another namespace is no macro.
    if (/^(?:\.|->)$/.test(stream.at(at - 1))) return;
    if (word === 'GENERATE' && frame.test !== null) {
      const rows = this.#argumentsOf(at);
      if (rows.length > 1) addRows(frame.test, rows);
      return;
    }
    const said = assertionOf(stream, at, canonical);
    if (said === null) return;
    assertIn(frame, said, { from: at, line: this.#line(at) });
  }

  /** `INSTANTIATE_TEST_SUITE_P(Name, Suite, ::testing::Values(1, 2))`. */
  #instantiate(at: number): void {
    const stream = this.#stream;
    const [, suite, generator] = stream.elements(at + 1);
    if (suite === undefined || generator === undefined) return;
    const name = stream.compact(suite);
    const open = [...Array(Math.min(8, generator.to - generator.from)).keys()]
      .map((index) => generator.from + index)
      .find((index) => stream.at(index) === '(');
    const isValues =
      open !== undefined && stream.at(open - 1) === 'Values' && stream.partner(open) === generator.to - 1;
    const rows = isValues ? stream.elements(open).map((span) => stream.compact(span)) : null;
    const known = this.#values.get(name);
    const all = rows === null || known === null ? null : [...(known ?? []), ...rows];
    this.#values.set(name, all);
  }
}

/** Both kinds of an assertion fail the case: one goes on behind it. */
function canonical(text: string): string {
  return text.replace(/\bASSERT_(?=[A-Z])/g, 'EXPECT_').replace(/\b((?:BOOST_)?)REQUIRE(?=[_(]|$)/g, '$1CHECK');
}

function bare(name: string): string {
  return name.replace(/^&/, '').replace(/^"|"$/g, '').replace(/^.*::/, '');
}

/** Headers without their ending, with the names that they are likely to declare. */
function importsOf(includes: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    includes.map((path) => {
      const module = path.replace(/\.\w+$/, '');
      const last = module.slice(module.lastIndexOf('/') + 1);
      const words = last.split(/[_-]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1));
      return [module, [last, words.join('')]] as const;
    }),
  );
}
