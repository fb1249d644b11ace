/** The bodies of cases in the form of their assertions' texts, put together when everything in them was read. */
import type { CaseDraft, Collector } from './drafts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A stretch of a body that stands in it as another text: an assertion by its own, a skip or a table by none. */
interface Written {
  readonly span: Span;
  readonly text: string;
}

const LONGEST = 20_000;

export class Bodies {
  readonly #textOf: (span: Span, limit: number) => string;
  readonly #spans = new Map<CaseDraft, Span>();
  readonly #written = new Map<Collector, Written[]>();

  /** `textOf` gives the compact text of a stretch, cut at a limit. */
  constructor(textOf: (span: Span, limit: number) => string) {
    this.#textOf = textOf;
  }

  begin(draft: CaseDraft, body: Span): void {
    this.#spans.set(draft, body);
  }

  /** Says what stands for a stretch; of two that overlap the first and longer is taken. */
  write(owner: Collector, span: Span, text: string): void {
    const written = this.#written.get(owner) ?? [];
    this.#written.set(owner, written);
    written.push({ span: { from: span.from, to: span.to }, text });
  }

  /** Gives each draft its body. */
  finish(): void {
    for (const [draft, body] of this.#spans) draft.body = this.#bodyOf(draft, body);
  }

  #bodyOf(draft: CaseDraft, { from, to }: Span): string {
    const written = (this.#written.get(draft) ?? []).toSorted(
      (a, b) => a.span.from - b.span.from || b.span.to - a.span.to,
    );
    let body = '';
    let at = from;
    for (const { span, text } of written) {
      if (body.length >= LONGEST) break;
      if (span.from < at || span.to > to) continue;
      if (span.from > at) body += this.#textOf({ from: at, to: span.from }, LONGEST - body.length);
      body += text;
      at = Math.max(at, span.to);
    }
    if (to > at && body.length < LONGEST) body += this.#textOf({ from: at, to }, LONGEST - body.length);
    return body.slice(0, LONGEST);
  }
}
