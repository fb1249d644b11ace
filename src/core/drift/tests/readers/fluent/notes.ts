/** What a reader of a language with braces collects while it goes through a file. */
import type { TestFile } from '../../model';
import { Bodies } from '../bodies';
import {
  addRows,
  type CaseDraft,
  type Collector,
  finishCase,
  finishHelper,
  type HelperDraft,
  helperNamed,
  type Mark,
  type Marked,
  skip,
} from '../drafts';
import { assertIn, type Frame, Frames } from '../frames';
import type { Said, Span, TextOf } from './chain';

interface Reading {
  readonly textOf: TextOf;
  readonly lineOf: (position: number) => number;
  readonly readBy: TestFile['readBy'];
}

/** Assertions in assertions that are deeper are part of the one around. */
const DEEPEST = 8;
const NOTHING = { dead: null, muted: null, guarded: false, rows: undefined } as const;

export class Notes {
  readonly frames: Frames;
  readonly wholeFile: Marked = { skip: null, focus: null };
  readonly mocks = new Map<string, number>();
  readonly imports = new Map<string, string[]>();
  readonly #reading: Reading;
  readonly #module = helperNamed('', 1);
  readonly #cases: CaseDraft[] = [];
  readonly #helpers: HelperDraft[] = [];
  readonly #bodies: Bodies;
  readonly #setups = new Set<Collector>();
  readonly #tables = new Map<string, readonly string[] | null>();
  readonly #byTable: (readonly [CaseDraft, string])[] = [];
  readonly #open: number[] = [];

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#bodies = new Bodies((span, limit) => withCalls(reading.textOf(span, limit)));
    this.frames = Frames.of(this.#module);
  }

  lineOf(position: number): number {
    return this.#reading.lineOf(position);
  }

  import(module: string, names: readonly string[]): void {
    this.imports.set(module, [...(this.imports.get(module) ?? []), ...names]);
  }

  mock(name: string, position: number): void {
    if (name !== '' && !this.mocks.has(name)) this.mocks.set(name, this.lineOf(position));
  }

  beginCase(draft: CaseDraft, whole: Span, body: Span | null): void {
    if (body !== null) this.#bodies.begin(draft, body);
    this.#cases.push(draft);
    this.frames.push(whole.to, { owner: draft, test: draft, ...NOTHING });
  }

  /**
   * Begins a function that is no case. A name with a dot is one that tests do not call: a method that a library calls.
   * `isSetup`: what is skipped in it is skipped for the group.
   */
  beginHelper(name: string, whole: Span, isSetup: boolean): void {
    if (this.frames.top.owner !== this.#module) {
      // A function in a function is a part of it.
      this.frames.push(whole.to, { dead: null });
      return;
    }
    const helper = helperNamed(name, this.lineOf(whole.from));
    helper.body = withCalls(this.#reading.textOf(whole, 2_000));
    this.#helpers.push(helper);
    if (isSetup) this.#setups.add(helper);
    this.frames.push(whole.to, { owner: helper, ...NOTHING });
  }

  /** Whether more assertions stand around a position than are looked at. */
  isDeep(position: number): boolean {
    while (this.#open.length > 0 && (this.#open.at(-1) ?? 0) <= position) this.#open.pop();
    return this.#open.length >= DEEPEST;
  }

  says(said: readonly Said[], span: Span, frame: Frame, more: string | null = null): void {
    this.#open.push(span.to);
    const place = { from: span.from, line: this.lineOf(span.from) };
    for (const each of said) assertIn({ ...frame, muted: frame.muted ?? more }, each, place);
    this.#bodies.write(frame.owner, span, said.map(({ text }) => text).join(''));
  }

  /** A skip that is said where the code runs. */
  skips(mark: Mark, span: Span, frame: Frame): void {
    const { test, group, owner, guarded, muted, dead } = frame;
    if (dead !== null && span.from >= dead.from) return;
    const marked = test ?? (this.#setups.has(owner) ? (group ?? this.wholeFile) : null);
    if (marked === null) return;
    skip(marked, { ...mark, conditional: mark.conditional || guarded || muted !== null });
    this.#bodies.write(owner, span, '');
  }

  /** Rows that a name stands for; null when they cannot be told. */
  table(name: string, rows: readonly string[] | null): void {
    this.#tables.set(name, rows);
  }

  /** A case whose rows a name stands for, which may be said further down. */
  rowsFrom(draft: CaseDraft, table: string): void {
    this.#byTable.push([draft, table]);
  }

  finish(patience: ReadonlyMap<string, number> = new Map()): TestFile {
    for (const [draft, table] of this.#byTable) addRows(draft, this.#tables.get(table) ?? null);
    this.#bodies.finish();
    const { skip: mark } = this.wholeFile;
    return {
      cases: this.#cases.map(finishCase),
      helpers: [this.#module, ...this.#helpers].map(finishHelper),
      skip: mark?.text ?? null,
      ...(mark ? { skipLine: mark.line, conditional: mark.conditional } : {}),
      mocks: this.mocks,
      imports: this.imports,
      patience,
      readBy: this.#reading.readBy,
    };
  }
}

/** Calls as everywhere else, for who looks for them: `check<T>(x)` and `check { … }` call check. */
function withCalls(text: string): string {
  return text.replace(/<[\w.,?[\] ]{1,80}>(?=[({])/g, '').replace(/(?<=[\p{L}\p{N}_])\{/gu, '(){');
}
