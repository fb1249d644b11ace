/** `#if` and what belongs to it: code that the compiler leaves out, always or on a condition. */
import type { Mark } from '../drafts';
import type { Notes } from '../fluent/notes';
import type { Stream } from './stream';

const IF_DIRECTIVE = /^#[ \t]*if\b(.*)$/;
/** Conditions that nobody defines. */
const NEVER = /^(?:false|0|NEVER|DISABLED|IGNORE|SKIP|TODO)$/i;
/** Conditions in conditions that are kept. */
const DEEPEST = 20;

export class Directives {
  readonly #stream: Stream;
  readonly #notes: Notes;
  readonly #ends: ReadonlyMap<number, number>;
  #open: { readonly to: number; readonly mark: Mark }[] = [];

  constructor(stream: Stream, notes: Notes) {
    this.#stream = stream;
    this.#notes = notes;
    this.#ends = directiveEnds(stream);
  }

  /** Reads a directive: around cases it is a skip, in one it keeps what is inside from running. */
  begin(index: number): void {
    const text = this.#stream.tokens[index]?.text ?? '';
    const [, condition = ''] = IF_DIRECTIVE.exec(text) ?? [];
    const end = this.#ends.get(index);
    if (condition === '' || end === undefined) return;
    const never = NEVER.test(condition.trim());
    const { top } = this.#notes.frames;
    if (top.test !== null) {
      const to = Math.min(end, top.to);
      this.#notes.frames.push(to, never ? { muted: 'behind a condition that never holds' } : { guarded: true });
    } else if (this.at(index).length < DEEPEST) {
      const mark = { text: text.trim(), line: this.#notes.lineOf(index), conditional: !never };
      this.#open.push({ to: end, mark });
    }
  }

  /** What keeps the code at a token from being compiled. */
  at(index: number): readonly Mark[] {
    this.#open = this.#open.filter(({ to }) => to > index);
    return this.#open.map(({ mark }) => mark);
  }
}

/** Where each `#if` ends: with its `#else` or `#endif`. */
function directiveEnds({ tokens }: Stream): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'directive') return;
    if (IF_DIRECTIVE.test(text)) open.push(index);
    const last = open.at(-1);
    if (last === undefined || !/^#[ \t]*(?:else|elif|elseif|endif)\b/.test(text)) return;
    if (!ends.has(last)) ends.set(last, index);
    if (/endif\b/.test(text)) open.pop();
  });
  return ends;
}
