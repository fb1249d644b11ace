/** What speaks to the preprocessor in C and C++, taken out of the text with the code that it leaves out. */
import { CPP } from '../lines/lexical';
import { piecesOf } from '../lines/pieces';

/** Code that is compiled on a condition. */
export interface Region {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Preprocessed {
  /** As long as before, with blanks for directives and for what `#if 0` stands around. */
  readonly text: string;
  /** In the order of their beginnings. */
  readonly regions: readonly Region[];
  readonly includes: readonly string[];
}

interface Directive {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly rest: string;
}

const DIRECTIVE = /#[ \t]*([a-z]+)((?:[^\n\\]|\\[\s\S])*)/y;

export function preprocessed(text: string): Preprocessed {
  const directives = directivesOf(text);
  const { regions, never } = regionsOf(directives, text.length);
  const includes = directives.flatMap(({ name, rest }) => {
    const path = /^(?:include|import)$/.test(name) ? /^\s*[<"]([^>"\n]{1,300})[>"]/.exec(rest)?.[1] : undefined;
    return path === undefined ? [] : [path];
  });
  return { text: blank(text, [...directives, ...never]), regions, includes };
}

/** The lines that begin with a number sign and stand in no comment or string. */
function directivesOf(text: string): readonly Directive[] {
  const found: Directive[] = [];
  const pieces = piecesOf(text, CPP);
  let next = 0;
  for (const line of text.matchAll(/^[ \t]*#/gm)) {
    const from = line.index + line[0].length - 1;
    if (from < (found.at(-1)?.to ?? 0)) continue;
    while (next < pieces.length && (pieces[next]?.to ?? 0) <= from) next++;
    if ((pieces[next]?.from ?? Infinity) <= from) continue;
    DIRECTIVE.lastIndex = from;
    const [whole = '#', name = '', rest = ''] = DIRECTIVE.exec(text) ?? [];
    // A comment that goes on behind the line stays one.
    const comment = whole.lastIndexOf('/*');
    const isOpen = comment !== -1 && !whole.includes('*/', comment);
    found.push({ from, to: from + (isOpen ? comment : whole.length), name, rest: rest.replace(/\/[/*].*/, '').trim() });
  }
  return found;
}

interface Open {
  readonly at: number;
  readonly from: number;
  readonly text: string;
  readonly isNever: boolean;
}

function regionsOf(directives: readonly Directive[], length: number) {
  const regions: Region[] = [];
  const never: Region[] = [];
  const open: Open[] = [];
  const close = (to: number): void => {
    const { from, text, isNever } = open.pop() as Open;
    (isNever ? never : regions).push({ from, to, text });
  };
  directives.forEach(({ name, rest, from, to }, at) => {
    if (/^if(?:n?def)?$/.test(name)) {
      open.push({
        at,
        from: to,
        text: `#${name} ${rest}`.slice(0, 80),
        isNever: name === 'if' && /^(?:0|false)$/.test(rest),
      });
    } else if (/^(?:else|elif|elifdef|elifndef|endif)$/.test(name) && open.length > 0) {
      const { at: begin, text } = open.at(-1) as Open;
      const isGuard = name === 'endif' && isIncludeGuard(directives, begin);
      if (isGuard) open.pop();
      else close(from);
      if (name !== 'endif') open.push({ at: begin, from: to, text, isNever: /^#if (?:1|true)$/.test(text) });
    }
  });
  while (open.length > 0) {
    if (isIncludeGuard(directives, (open.at(-1) as Open).at)) open.pop();
    else close(length);
  }
  const some = regions.filter(({ text }) => !/^#if (?:0|1|true|false)$/.test(text));
  return { regions: some.toSorted((a, b) => a.from - b.from), never };
}

function isIncludeGuard(directives: readonly Directive[], at: number): boolean {
  const [first, second] = directives.slice(at, at + 2);
  const guard = first?.name === 'ifndef' ? first.rest : /^!\s*defined\s*\(?\s*(\w+)/.exec(first?.rest ?? '')?.[1];
  return guard !== undefined && guard !== '' && second?.name === 'define' && second.rest.split(/\s/)[0] === guard;
}

function blank(text: string, spans: readonly { readonly from: number; readonly to: number }[]): string {
  let result = '';
  let at = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (to <= at) continue;
    const start = Math.max(at, from);
    result += text.slice(at, start) + text.slice(start, to).replace(/[^\n]/g, ' ');
    at = to;
  }
  return result + text.slice(at);
}
