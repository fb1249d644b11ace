/** Expressions in a stream of tokens: chains of calls, what stands before an infix function, where a statement ends. */
import type { Chain, Link, Span } from '../fluent/chain';
import type { Stream } from './stream';

/** Longer ones are nothing that somebody wrote as one expression; looking on would not be linear. */
const MOST_STEPS = 400;
const MOST_LINKS = 100;
const LONGEST_TYPES = 40;
const CONTINUES =
  /^(?:[.)\]},:*/%<>=]|\?\.|\?:|\?\?|&&|\|\||\+|-|->|=>|==|!=|===|!==|<=|>=|\.\.|\.\.<|\+=|-=|\*=|\/=|as|is|in|else|catch|finally|where)$/;
const EXPECTS_MORE =
  /^(?:[.([{,:=*/%<>]|\?\.|\?:|\?\?|&&|\|\||\+|-|->|=>|==|!=|===|!==|<=|>=|\.\.|\.\.<|\+=|-=|\*=|\/=|as|is|in|else|try|await|throw)$/;
/** Words that an operand can begin behind. */
const KEYWORD =
  /^(?:return|throw|await|try|else|in|is|as|and|or|not|yield|if|when|switch|case|while|do|val|var|let|new|guard|for|where|default)$/;

/** Where the statement that a token stands in ends: a semicolon, its bracket, or a line that does not go on. */
export function statementEnd(stream: Stream, from: number, bySemicolon: boolean): number {
  const around = stream.parent(from);
  let index = from;
  for (let steps = 0; steps < MOST_STEPS && index < stream.length; steps++) {
    if (stream.parent(index) !== around || stream.at(index) === ';') return index;
    if (index > from && !bySemicolon && stream.isFirst(index) && isNew(stream, index)) return index;
    index = behind(stream, index);
  }
  return index;
}

function isNew(stream: Stream, index: number): boolean {
  return !CONTINUES.test(stream.at(index)) && !EXPECTS_MORE.test(stream.at(index - 1));
}

/** Behind a token, or behind the bracket that it opens. */
export function behind(stream: Stream, index: number): number {
  const partner = stream.partner(index);
  return partner > index ? partner + 1 : index + 1;
}

/** Whether a value ends with a token, so that an infix function or a bracket behind it belongs to it. */
export function endsOperand(stream: Stream, index: number): boolean {
  const kind = stream.kindOf(index);
  if (kind === 'word') return !KEYWORD.test(stream.at(index));
  return kind === 'number' || kind === 'string' || /^(?:[)\]}]|!!)$/.test(stream.at(index));
}

/** Where the expression begins that ends before an infix function: the statement, or what is behind `=` and brackets. */
export function operandStart(stream: Stream, before: number): number {
  const around = stream.parent(before);
  let index = before - 1;
  for (let steps = 0; steps < MOST_STEPS && index > around; steps++) {
    const partner = stream.partner(index);
    const from = partner !== -1 && partner < index ? partner : index;
    const previous = stream.at(from - 1);
    if (from - 1 <= around || /^(?:[;,=]|->|=>|&&|\|\||return|else)$/.test(previous)) return from;
    if (stream.isFirst(from) && isNew(stream, from)) return from;
    index = from - 1;
  }
  return Math.max(index + 1, around + 1);
}

/** `<Foo, Bar<Baz>>` behind a name: where it ends, when a call or member follows; null: it is a comparison. */
function typesEnd(stream: Stream, open: number): number | null {
  let depth = 0;
  for (let index = open; index < Math.min(stream.length, open + LONGEST_TYPES); index++) {
    const text = stream.at(index);
    if (text === '<') depth++;
    else if (text === '>' && --depth === 0) return /^(?:[({.]|\?\.|::)$/.test(stream.at(index + 1)) ? index + 1 : null;
    else if (stream.kindOf(index) !== 'word' && !/^[>.,?*[\]:&]$/.test(text)) return null;
  }
  return null;
}

export interface ChainRules {
  /** Whether a block behind a call is its last argument. */
  readonly trailing: boolean;
  /** Braces that belong to something else: a class, a condition. */
  readonly isTaken: (brace: number) => boolean;
}

/** The chain that begins with a token: a name, or a value with a member behind it; null: there is none. */
export function chainAt(stream: Stream, from: number, rules: ChainRules): Chain | null {
  const links: Link[] = [];
  let root: Span | null = null;
  let index = from;
  if (stream.kindOf(from) !== 'word') {
    index = behind(stream, from);
    root = { from, to: index };
    if (!isDot(stream.at(index))) return null;
    index++;
  }
  while (links.length < MOST_LINKS && stream.kindOf(index) === 'word') {
    const link = linkAt(stream, index, rules);
    links.push(link);
    index = link.span.to;
    if (!isDot(stream.at(index)) || stream.kindOf(index + 1) !== 'word') break;
    index++;
  }
  const last = links.at(-1);
  return last === undefined ? null : { root, links, span: { from, to: last.span.to } };
}

export function isDot(text: string): boolean {
  return text === '.' || text === '?.' || text === '::';
}

function linkAt(stream: Stream, name: number, rules: ChainRules): Link {
  let index = name + 1;
  let types = '';
  const end = stream.at(index) === '<' ? typesEnd(stream, index) : null;
  if (end !== null) {
    types = stream.compact({ from: index + 1, to: end - 1 });
    index = end;
  }
  let args: Span[] | null = null;
  if (stream.at(index) === '(' && !(stream.isFirst(index) && rules.trailing)) {
    args = [...stream.elements(index)];
    index = behind(stream, index);
  }
  if (rules.trailing && stream.at(index) === '{' && !stream.isFirst(index) && !rules.isTaken(index)) {
    args = [...(args ?? []), { from: index, to: behind(stream, index) }];
    index = behind(stream, index);
    // Swift puts a label before each further one.
    while (stream.kindOf(index) === 'word' && stream.at(index + 1) === ':' && stream.at(index + 2) === '{') {
      args.push({ from: index + 2, to: behind(stream, index + 2) });
      index = behind(stream, index + 2);
    }
  }
  while (/^(?:!!|!|\?|\[)$/.test(stream.at(index)) && !stream.isFirst(index) && stream.at(index + 1) !== '=') {
    if (stream.at(index) === '?' && !isDot(stream.at(index + 1))) break;
    index = behind(stream, index);
  }
  const text = stream.at(name).replace(/^`|`$/g, '').replace(/^@/, '');
  return { name: text, types, args, span: { from: name, to: Math.min(index, stream.length) } };
}
