/** An expression of calls and members in a row, as every reader of a language with braces puts it. */
import type { Assertion } from '../../model';

/** A stretch of a file, in whatever a reader counts. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Link {
  readonly name: string;
  /** `<Foo>` without the brackets; `` for none. */
  readonly types: string;
  /** Null: a member that is not called. A lambda behind the brackets is the last. */
  readonly args: readonly Span[] | null;
  readonly span: Span;
}

/** `root.name(args).name`: `root` is what no name can be told of, null where the first link stands for itself. */
export interface Chain {
  readonly root: Span | null;
  readonly links: readonly Link[];
  readonly span: Span;
}

/** The compact text of a stretch. */
export type TextOf = (span: Span, limit?: number) => string;

export type Said = Omit<Assertion, 'line' | 'muted' | 'guarded'>;

/** The text before a link, without the dot. */
export function before({ root, links, span }: Chain, index: number, textOf: TextOf): string {
  const previous = links[index - 1];
  if (previous !== undefined) return textOf({ from: span.from, to: previous.span.to }).replace(/[?!]+$/, '');
  return root === null ? '' : textOf(root).replace(/[?!]+$/, '');
}

export function argumentsOf({ args }: Link, textOf: TextOf): readonly string[] {
  return (args ?? []).map((span) =>
    textOf(span).replace(/^Boolean\.(TRUE|FALSE)$/, (_, value: string) => value.toLowerCase()),
  );
}

/** An assertion that is only known to be one. */
export function plain(text: string): Said {
  return { text, subject: text, trivial: false };
}
