/** Commands of a CMake file and their arguments (CMake's documentation, cmake-language(7)). */
import { Unreadable } from '../document';

export interface Argument {
  readonly text: string;
  /** Only what is written without quotes can be a keyword. */
  readonly isQuoted: boolean;
}

export interface Command {
  /** In lower case: names of commands have no case. */
  readonly name: string;
  readonly arguments: readonly Argument[];
}

/** The longest text, in UTF-16 units: nobody writes more by hand. */
const LONGEST = 1_000_000;
const BLANK = /\s+/y;
const LINE_COMMENT = /#[^\n]*/y;
const BRACKET = /\[(=*)\[/y;
const NAME = /([A-Za-z_]\w*)[ \t]*\(/y;
const QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y;
const UNQUOTED = /(?:[^\s()#"\\]|\\[\s\S])[^\s()#"\\]*(?:\\[\s\S][^\s()#"\\]*)*/y;

/** Every command of a text. Throws Unreadable. */
export function commandsOf(text: string): readonly Command[] {
  if (text.length > LONGEST) throw new Unreadable('it is too large');
  const commands: Command[] = [];
  for (let at = blankEnd(text, 0); at < text.length; at = blankEnd(text, at)) {
    const name = matched(NAME, text, at);
    if (name === null) throw new Unreadable('it is not in the language of CMake');
    const read = argumentsFrom(text, at + name[0].length);
    commands.push({ name: (name[1] ?? '').toLowerCase(), arguments: read.arguments });
    at = read.end;
  }
  return commands;
}

/** Up to the bracket that ends the command; brackets within, as of conditions, are arguments. */
function argumentsFrom(text: string, start: number): { readonly arguments: readonly Argument[]; readonly end: number } {
  const found: Argument[] = [];
  let depth = 1;
  for (let at = blankEnd(text, start); at < text.length; at = blankEnd(text, at)) {
    const character = text.charAt(at);
    if (character === '(' || character === ')') {
      depth += character === '(' ? 1 : -1;
      at++;
      if (depth === 0) return { arguments: found, end: at };
      found.push({ text: character, isQuoted: false });
      continue;
    }
    const bracketed = bracketEnd(text, at);
    const quoted = bracketed === null ? matched(QUOTED, text, at) : null;
    const plain = bracketed === null && quoted === null ? matched(UNQUOTED, text, at) : null;
    if (bracketed !== null) {
      found.push({ text: text.slice(bracketed.from, bracketed.to), isQuoted: true });
      at = bracketed.end;
    } else if (quoted !== null) {
      found.push({ text: (quoted[1] ?? '').replace(/\\([\s\S])/g, '$1'), isQuoted: true });
      at += quoted[0].length;
    } else if (plain !== null) {
      found.push({ text: plain[0], isQuoted: false });
      at += plain[0].length;
    } else break;
  }
  throw new Unreadable('it has a command that does not end');
}

/** Behind white space and comments. */
function blankEnd(text: string, start: number): number {
  for (let at = start; ; ) {
    const blank = matched(BLANK, text, at);
    if (blank !== null) at += blank[0].length;
    else if (text.charAt(at) !== '#') return at;
    else at = bracketEnd(text, at + 1)?.end ?? at + (matched(LINE_COMMENT, text, at)?.[0].length ?? 1);
  }
}

/** `[==[ … ]==]`: where its content is and where it ends, or null when none begins here. */
function bracketEnd(
  text: string,
  at: number,
): { readonly from: number; readonly to: number; readonly end: number } | null {
  const opened = matched(BRACKET, text, at);
  if (opened === null) return null;
  const close = `]${opened[1] ?? ''}]`;
  const from = at + opened[0].length;
  const to = text.indexOf(close, from);
  if (to === -1) throw new Unreadable('it has a bracket that does not end');
  return { from, to, end: to + close.length };
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
