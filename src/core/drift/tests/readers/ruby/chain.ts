/** Calls in a row in Ruby, with and without brackets. */
import type { Source, Span } from './source';

export interface Link {
  readonly name: string;
  readonly args: readonly Span[];
  /** Whether it has brackets or arguments: a name alone may be a variable. */
  readonly called: boolean;
  /** The index of what opens its block. */
  readonly block: number | null;
  readonly from: number;
  readonly to: number;
}

export interface Chain {
  /** What the first link is called on, where it is no call itself. */
  readonly root: Span | null;
  readonly links: readonly Link[];
  readonly span: Span;
  /** Where the chain ends; before the end of the span where an operator follows. */
  readonly to: number;
}

/** Longest row of calls that is told. */
const LONGEST = 300;

/** Takes an expression apart as far as it is a row of calls. */
export function chainOf(source: Source, span: Span): Chain {
  const links: Link[] = [];
  let { from: at } = span;
  let root: Span | null = null;
  if (isName(source, at)) {
    const link = linkAt(source, at, span.to);
    links.push(link);
    at = link.to;
  } else {
    root = { from: at, to: Math.min(span.to, pastRoot(source, at)) };
    at = root.to;
  }
  while (at < span.to && links.length < LONGEST) {
    const sign = source.at(at);
    if (sign === '[' && source.tokens[at]?.space === false) {
      const to = Math.min(span.to, source.past(at));
      links.push({
        name: '[]',
        args: source.elements({ from: at + 1, to: to - 1 }),
        called: true,
        block: null,
        from: at,
        to,
      });
      at = to;
    } else if (/^(?:\.|&\.|::)$/.test(sign) && source.tokens[at + 1]?.kind === 'word') {
      const link = linkAt(source, at + 1, span.to);
      links.push(link);
      at = link.to;
    } else break;
  }
  return { root, links, span, to: at };
}

function isName(source: Source, at: number): boolean {
  const token = source.tokens[at];
  return token?.kind === 'word' && source.keyword(at) === '' && !source.opens(at);
}

function pastRoot(source: Source, at: number): number {
  // `!x` and `-x` are no rows of calls.
  return /^(?:!|-|\*|&|not)$/.test(source.at(at)) ? at + 1 : source.past(at);
}

function linkAt(source: Source, from: number, end: number): Link {
  const name = source.at(from);
  let at = from + 1;
  let args: readonly Span[] = [];
  let called = false;
  const command = source.command(from);
  if (source.at(at) === '(' && source.tokens[at]?.space === false) {
    const close = Math.min(end, source.partner(at));
    args = source.elements({ from: at + 1, to: close });
    at = Math.min(end, close + 1);
    called = true;
  } else if (command !== null) {
    const isBracketed = source.at(at) === '(' && source.past(at) === command.to;
    const inner = isBracketed
      ? { from: at + 1, to: command.to - 1 }
      : { from: command.from, to: Math.min(end, command.to) };
    args = source.elements(inner);
    at = Math.min(end, command.to);
    called = true;
  }
  let block: number | null = null;
  const opener = source.at(at);
  if (at < end && (opener === '{' || opener === 'do') && source.opens(at)) {
    block = at;
    at = Math.min(end, source.past(at));
  }
  return { name, args, called, block, from, to: at };
}

/** The text of what a link is called on; `` for nothing. */
export function before(source: Source, { span, links, root }: Chain, index: number): string {
  const previous = links[index - 1];
  const to = previous?.to ?? root?.to ?? span.from;
  return source.compact({ from: span.from, to }).replace(/^self$/, '');
}

/** `skip: true` among arguments: the value of a label. */
export function labelled(source: Source, args: readonly Span[], label: string): Span | null {
  for (const { from, to } of args) {
    if (source.at(from) === `${label}:`) return { from: from + 1, to };
    const token = source.tokens[from];
    if (token?.kind === 'symbol' && token.text === `:${label}` && source.at(from + 1) === '=>') {
      return { from: from + 2, to };
    }
  }
  return null;
}

/** Whether one of the arguments is a symbol alone: `:focus`. */
export function hasSymbol(source: Source, args: readonly Span[], name: string): boolean {
  return args.some(({ from, to }) => to === from + 1 && source.tokens[from]?.text === `:${name}`);
}

/** The value of a string; null for anything else. */
export function stringOf(source: Source, span: Span | undefined): string | null {
  const token = span === undefined || span.to !== span.from + 1 ? undefined : source.tokens[span.from];
  return token?.kind === 'string' && /^["']/.test(token.text) ? token.text.slice(1, -1) : null;
}

/** What an expression is, whatever happens; null when it depends. */
export function constantTruth(source: Source, { from, to }: Span): boolean | null {
  if (to !== from + 1) return null;
  const token = source.tokens[from];
  if (token?.kind === 'string' || token?.kind === 'symbol' || token?.kind === 'number') return true;
  if (token?.text === 'true') return true;
  return token?.text === 'false' || token?.text === 'nil' ? false : null;
}
