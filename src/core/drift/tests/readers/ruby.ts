/** Tests of Ruby: RSpec, minitest, test-unit, shoulda. There is no grammar: words, blocks and lines tell. */
import { lineIndex } from '../../syntax/parse';
import type { TestFile } from '../model';
import type { ReadTests } from '../readers';
import {
  addRows,
  type CaseDraft,
  type Collector,
  caseIn,
  finishCase,
  finishHelper,
  focus,
  type Group,
  groupIn,
  helperNamed,
  type Mark,
  type Marked,
  raise,
  skip,
} from './drafts';
import { HelperDrafts } from './helperDrafts';
import { assertedBy } from './ruby/assertions';
import { type Chain, chainOf, constantTruth, type Link, stringOf } from './ruby/chain';
import { clausesOf, swallows } from './ruby/control';
import { Source, type Span } from './ruby/source';
import { loopOf, requiredBy, rowsOf } from './ruby/tables';
import { besides, CASE, CONDITIONAL_SKIP, ENVIRONMENT, GROUP, HOOK, INCLUDED, nameOf, SKIP } from './ruby/words';

/** Reads a text whatever it is. */
export const readRuby: ReadTests = ({ text }) => new Reading(text).file();

/** Where the walk through a file is. */
interface Place {
  readonly group: Group | null;
  readonly owner: Collector;
  readonly test: CaseDraft | null;
  /** Whom a skip counts for that stands in no case: the group of a `before`. */
  readonly hook: Marked | null;
  readonly isClass: boolean;
  readonly isPrivate: boolean;
  readonly muted: string | null;
  readonly guarded: boolean;
  readonly rows: readonly string[] | null | undefined;
  readonly depth: number;
}

/** Blocks in blocks that are deeper hold no test. */
const DEEPEST = 120;
const CLEAR = { muted: null, guarded: false, rows: undefined, hook: null, isPrivate: false } as const;
const NEVER = 'behind a condition that never holds';

class Reading {
  readonly #source: Source;
  readonly #lineOf: (offset: number) => number;
  readonly #cases: CaseDraft[] = [];
  readonly #helpers = new HelperDrafts();
  readonly #module = helperNamed('', 1);
  readonly #mocks = new Map<string, number>();
  readonly #imports = new Map<string, readonly string[]>();
  readonly #tables = new Map<string, Span>();
  readonly #isTestUnit: boolean;

  constructor(text: string) {
    this.#source = new Source(text);
    this.#lineOf = lineIndex(text);
    // Its failures are caught by a bare `rescue`, those of minitest and RSpec are not.
    this.#isTestUnit = /\bTest::Unit\b|test\/unit/.test(text);
  }

  file(): TestFile {
    const place = { group: null, owner: this.#module, test: null, isClass: false, depth: 0, ...CLEAR };
    this.#walk({ from: 0, to: this.#source.length }, place);
    return {
      cases: this.#cases.map(finishCase),
      helpers: [this.#module, ...this.#helpers.all()].map(finishHelper),
      skip: null,
      mocks: this.#mocks,
      imports: this.#imports,
      patience: new Map(),
      readBy: 'lines',
    };
  }

  #line(index: number): number {
    return this.#lineOf(this.#source.tokens[index]?.from ?? 0);
  }

  /** A body with its `rescue`, `else` and `ensure`, or the statements of a file. */
  #walk(span: Span, place: Place): void {
    if (place.depth >= DEEPEST) return;
    const source = this.#source;
    const [main, ...others] = clausesOf(source, span, /^(?:rescue|else|ensure)$/);
    const isSwallowed = swallows(source, others, this.#isTestUnit);
    const muted = place.muted ?? (isSwallowed ? 'in a rescue that swallows its failure' : null);
    if (main !== undefined) this.#statements(main.body, { ...place, muted, depth: place.depth + 1 });
    for (const { word, body } of others) {
      const guarded = place.guarded || word === 'rescue';
      this.#statements(body, { ...place, guarded, depth: place.depth + 1 });
    }
  }

  #statements(span: Span, around: Place): void {
    let place = around;
    for (const statement of this.#source.statements(span)) {
      const [word, isAlone] = [this.#source.at(statement.from), statement.to === statement.from + 1];
      if (isAlone && /^(?:private|protected|public)$/.test(word)) place = { ...place, isPrivate: word !== 'public' };
      else if (this.#statement(statement, place)) place = { ...place, muted: place.muted ?? 'after a return' };
    }
  }

  /** True when nothing that follows in the body is reached. */
  #statement(span: Span, place: Place): boolean {
    const source = this.#source;
    const at = source.find({ from: source.past(span.from), to: span.to }, /^(?:if|unless|while|until|rescue)$/);
    if (at === -1) return this.#whole(span, place);
    const head = { from: span.from, to: at };
    const condition = { from: at + 1, to: span.to };
    const word = source.at(at);
    if (word !== 'if' && word !== 'unless') {
      this.#whole(head, place);
      return false;
    }
    const truth = constantTruth(source, condition);
    if (truth !== null) {
      const runs = truth === (word === 'if');
      return this.#whole(head, runs ? place : { ...place, muted: place.muted ?? NEVER }) && runs;
    }
    if (place.test !== null && source.keyword(head.from) === 'return') this.#leaves(condition, span, place.test);
    this.#whole(head, { ...place, guarded: true });
    return false;
  }

  /** `return unless ENV['CI']`: the case does not run there. */
  #leaves(condition: Span, span: Span, test: CaseDraft): void {
    if (!ENVIRONMENT.test(this.#source.compact(condition, 300))) return;
    skip(test, { text: this.#source.compact(span, 80), line: this.#line(span.from), conditional: true });
  }

  #whole(span: Span, place: Place): boolean {
    const source = this.#source;
    switch (source.keyword(span.from)) {
      case 'def':
        this.#method(span, place);
        return false;
      case 'class':
      case 'module':
        this.#class(span, place);
        return false;
      case 'if':
      case 'unless':
        this.#condition(span, place);
        return false;
      case 'return':
        this.#expression({ from: span.from + 1, to: span.to }, place);
        return true;
      default:
        this.#expression(span, place);
        return false;
    }
  }

  #condition({ from, to }: Span, place: Place): void {
    const source = this.#source;
    const end = Math.min(to, source.partner(from) === -1 ? to : source.partner(from));
    const clauses = clausesOf(source, { from: from + 1, to: end }, /^(?:elsif|else)$/);
    clauses.forEach(({ word, body: whole }, index) => {
      const split = word === 'else' ? whole.from : headerEnd(source, whole);
      const condition = source.trimmed({ from: whole.from, to: split });
      const body = { from: split, to: whole.to };
      const truth = index === 0 ? constantTruth(source, condition) : null;
      const runs = truth === null ? null : truth === (source.at(from) === 'if');
      if (index === 0 && place.test !== null && /^\W*return\b/.test(source.compact(body, 40)))
        this.#leaves(condition, { from, to: split }, place.test);
      if (runs === true) this.#walk(body, place);
      else if (runs === false) this.#walk(body, { ...place, muted: place.muted ?? NEVER });
      else this.#walk(body, { ...place, guarded: true });
    });
  }

  #class({ from, to }: Span, place: Place): void {
    const source = this.#source;
    const end = Math.min(to, source.partner(from));
    const split = headerEnd(source, { from: from + 1, to: end });
    const name = /^[\w:]*/.exec(source.compact({ from: from + 1, to: split }, 200))?.[0] ?? '';
    if (place.test !== null || name === '') {
      this.#walk({ from: split, to: end }, { ...place, depth: place.depth + 1 });
      return;
    }
    const group = groupIn(place.group, name);
    this.#registered(group, from, place);
    this.#walk({ from: split, to: end }, { ...place, ...CLEAR, group, isClass: true });
  }

  #method({ from, to }: Span, place: Place): void {
    const source = this.#source;
    const isSelf = source.at(from + 2) === '.';
    const name = source.at(from + (isSelf ? 3 : 1));
    const after = from + (isSelf ? 4 : 2);
    const isEndless = source.partner(from) === -1;
    const end = isEndless ? to : Math.min(to, source.partner(from));
    const hasParameters =
      source.at(after) === '(' ? source.past(after) > after + 2 : !source.isNewline(after) && !isEndless;
    const body = {
      from:
        source.at(after) === '('
          ? Math.min(end, source.past(after))
          : hasParameters
            ? headerEnd(source, { from: after, to: end })
            : after,
      to: end,
    };
    const clear = { ...place, ...CLEAR };
    if (place.test !== null) this.#walk(body, place);
    else if (place.isClass && /^test_/.test(name) && !isSelf && !hasParameters) {
      const draft = caseIn(place.group, name, this.#line(from));
      if (place.isPrivate) skip(draft, { text: 'a private method', line: draft.line, conditional: false });
      this.#case(draft, from, body, place);
    } else if (place.group !== null && name === 'setup') this.#walk(body, { ...clear, hook: place.group });
    else {
      const helper = this.#helpers.add(name, this.#line(from), source.compact({ from, to: end }, 2_000));
      this.#walk(body, { ...clear, owner: helper });
    }
  }

  #case(draft: CaseDraft, at: number, body: Span | null, place: Place): void {
    this.#registered(draft, at, place);
    if (place.rows !== undefined) addRows(draft, place.rows);
    this.#cases.push(draft);
    if (body === null) return;
    draft.body = this.#source.compact(body);
    this.#walk(body, { ...place, ...CLEAR, owner: draft, test: draft });
  }

  /** What stands in an `if`, or after an exit, may never be one. */
  #registered(marked: Marked, at: number, { muted, guarded }: Place): void {
    const line = this.#line(at);
    if (muted !== null) skip(marked, { text: `defined ${muted}`, line, conditional: false });
    else if (guarded) skip(marked, { text: 'defined on a condition', line, conditional: true });
  }

  #expression(whole: Span, place: Place): void {
    const source = this.#source;
    const span = this.#assigned(whole);
    const chain = chainOf(source, span);
    if (place.test === null && this.#declares(chain, place)) return;
    if (this.#skips(chain, place)) return;
    const loop = loopOf(source, chain, this.#tables);
    if (loop !== null) {
      this.#loop(loop.open, loop.rows, place);
      return;
    }
    this.#doubles(chain);
    this.#assert(span, place);
    this.#blocks(span, place);
  }

  #assert(span: Span, { owner, muted, guarded, test }: Place): void {
    for (const said of assertedBy(this.#source, span)) {
      owner.assertions.push({
        ...said,
        line: this.#line(span.from),
        ...(muted === null ? {} : { muted }),
        ...(guarded && test !== null ? { guarded: true } : {}),
      });
    }
  }

  /** `name = [1, 2]`: what follows the sign; the name stands for it from there on. */
  #assigned(span: Span): Span {
    const source = this.#source;
    if (source.tokens[span.from]?.kind !== 'word' || !/^(?:\|\||&&|[+-])?=$/.test(source.at(span.from + 1)))
      return span;
    const value = { from: span.from + 2, to: span.to };
    if (source.at(span.from + 1) === '=' && rowsOf(source, value) !== null) {
      const end = source.at(value.to - 1) === 'freeze' ? value.to - 2 : value.to;
      this.#tables.set(source.at(span.from), { from: value.from, to: end });
    } else this.#tables.delete(source.at(span.from));
    return value;
  }

  /** Walks the code in every block of an expression. */
  #blocks({ from, to }: Span, place: Place): void {
    const source = this.#source;
    for (let at = from; at < to; ) {
      const word = source.keyword(at);
      const isBlock = source.opens(at) && (source.at(at) === '{' || word !== '');
      if (!isBlock) {
        at++;
        continue;
      }
      const end = Math.min(to, source.past(at));
      if (word === 'if' || word === 'unless') this.#condition({ from: at, to: end }, place);
      else if (word === 'case') this.#cased(at, end, place);
      else if (word === 'def') this.#method({ from: at, to: end }, place);
      else this.#walk(source.inside(at), { ...place, depth: place.depth + 1 });
      at = end;
    }
  }

  #cased(at: number, end: number, place: Place): void {
    const [, ...clauses] = clausesOf(this.#source, { from: at + 1, to: end - 1 }, /^(?:when|in|else)$/);
    for (const { body } of clauses) this.#walk(body, { ...place, guarded: true });
  }

  /** A loop in a case that asserts goes through rows; around cases it gives them. */
  #loop(open: number, rows: readonly string[] | null, place: Place): void {
    const body = this.#source.inside(open);
    const { test } = place;
    const counted = test?.assertions.length ?? 0;
    const around =
      test !== null ? undefined : rows === null || place.rows === null ? null : [...(place.rows ?? []), ...rows];
    this.#walk(body, { ...place, rows: around });
    if (test !== null && rows !== null && test.assertions.length > counted) addRows(test, rows);
  }

  /** Groups, cases, hooks, requires. */
  #declares(chain: Chain, place: Place): boolean {
    const source = this.#source;
    const { root, links } = chain;
    const isRSpec = links[0]?.name === 'RSpec' || (root !== null && source.compact(root, 10) === 'RSpec');
    const link = isRSpec ? links.at(links[0]?.name === 'RSpec' ? 1 : 0) : root === null ? links[0] : undefined;
    if (link === undefined) return false;
    const required = requiredBy(source, chain);
    if (required !== null) {
      this.#imports.set(...required);
      return true;
    }
    if (GROUP.test(link.name) && link.block !== null) this.#group(link, place);
    else if (INCLUDED.test(link.name) && link.args.length > 0) this.#included(link, place);
    else if (CASE.test(link.name) && (link.block !== null || isPending(source, link))) this.#example(link, place);
    else if (HOOK.test(link.name) && link.block !== null) {
      this.#walk(source.inside(link.block), { ...place, ...CLEAR, hook: place.group });
    } else return false;
    return true;
  }

  #group(link: Link, place: Place): void {
    const group = groupIn(place.group, nameOf(this.#source, link.args));
    this.#marks(group, link);
    this.#registered(group, link.from, place);
    const body = this.#source.inside(link.block ?? link.from);
    this.#walk(body, { ...place, ...CLEAR, group, rows: place.rows, isClass: false });
  }

  #marks(marked: Marked & { readonly patience?: Map<string, number> }, link: Link): void {
    const said = besides(this.#source, link.name, link.args, this.#line(link.from));
    for (const mark of said.skips) skip(marked, mark);
    focus(marked, said.focus);
    if (marked.patience) for (const [key, value] of said.patience) raise(marked.patience, key, value);
  }

  #included(link: Link, place: Place): void {
    const name = `behaves like ${nameOf(this.#source, link.args.slice(0, 1))}`;
    const draft = caseIn(place.group, name, this.#line(link.from));
    draft.assertions.push({ text: name, subject: name, trivial: false, line: draft.line });
    this.#case(draft, link.from, null, place);
  }

  #example(link: Link, place: Place): void {
    const source = this.#source;
    const body = link.block === null ? null : source.inside(link.block);
    const named = nameOf(
      source,
      link.args.filter(({ from }) => source.tokens[from]?.kind !== 'label'),
    );
    const isUnnamed = named === '' || link.args.length === 0;
    const name =
      link.name === 'its' ? `its ${source.compact({ from: link.from + 1, to: link.block ?? link.to })}` : named;
    const draft = caseIn(
      place.group,
      isUnnamed && body !== null ? source.compact(body, 200) : name,
      this.#line(link.from),
    );
    this.#marks(draft, link);
    // `should validate(…)` is a whole case.
    if (body === null && link.name === 'should')
      this.#assert({ from: link.from, to: link.to }, { ...place, owner: draft });
    else if (body === null) skip(draft, { text: `${link.name} without a block`, line: draft.line, conditional: false });
    this.#case(draft, link.from, body, place);
  }

  #skips({ root, links, span }: Chain, place: Place): boolean {
    const [first] = links;
    const marked = place.test ?? place.hook;
    if (first === undefined || root !== null || links.length !== 1 || marked === null) return false;
    const always = SKIP.test(first.name);
    if (!always && !CONDITIONAL_SKIP.test(first.name)) return false;
    const conditional = !always || place.guarded || place.muted !== null || first.block !== null;
    const mark: Mark = { text: this.#source.compact(span, 80), line: this.#line(span.from), conditional };
    skip(marked, mark);
    return first.block === null;
  }

  /** `instance_double(Foo)`, `class_double('Foo')`. */
  #doubles({ links, span }: Chain): void {
    const made = links.find(({ name }) => /^(?:instance_double|class_double|object_double)$/.test(name));
    const [what] = made?.args ?? [];
    if (what === undefined) return;
    const name = (stringOf(this.#source, what) ?? this.#source.compact(what, 200)).split('::').at(-1) ?? '';
    if (/^\p{Lu}\w*$/u.test(name) && !this.#mocks.has(name)) this.#mocks.set(name, this.#line(span.from));
  }
}

/** `it 'does something'` without a block, and shoulda's `should validate_presence_of(:x)`. */
function isPending(source: Source, { name, args }: Link): boolean {
  if (args.length === 0) return false;
  if (name === 'should') return true;
  return /^[xf]?(?:it|specify|example|scenario)$/.test(name) && stringOf(source, args[0]) !== null;
}

/** Where the first line of a construct ends. */
function headerEnd(source: Source, { from, to }: Span): number {
  for (let at = from; at < to; at = source.past(at)) {
    if (source.isNewline(at) || source.keyword(at) === 'then') return at + 1;
  }
  return to;
}
