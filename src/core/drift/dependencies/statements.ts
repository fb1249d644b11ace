/** Build files that are programs, cut into statements: what stands on a line, and inside which blocks. */
import { Unreadable } from './document';
import { lex, type Syntax, type Token } from './lexer';

/** A statement without its line breaks; what opens a block is a statement, too. */
export interface Statement {
  readonly tokens: readonly Token[];
  /** What opened the block around it; null = the file itself. */
  readonly within: Statement | null;
  /** How many blocks it is in. */
  readonly depth: number;
}

/** Blocks in blocks: build files have ten or so. */
const DEEPEST = 100;
const OPENING = new Set(['(', '[']);
const CLOSING = new Set([')', ']']);
/** Signs that go on with the statement on the next line. */
const CONTINUING = new Set([',', '=', '+', '.', '%', ':', '?']);

interface Frame {
  readonly opener: Statement | null;
  /** Parentheses and brackets that are open: line breaks in them end nothing. */
  open: number;
}

/** Cuts a text into statements. Throws Unreadable when its braces do not match, or nest too deeply. */
export function statementsOf(text: string, syntax: Syntax): readonly Statement[] {
  const statements: Statement[] = [];
  const frames: Frame[] = [{ opener: null, open: 0 }];
  let tokens: Token[] = [];
  const frame = () => frames.at(-1) as Frame;
  const end = (isOpener: boolean): Statement | null => {
    if (tokens.length === 0 && !isOpener) return null;
    const statement = { tokens, within: frame().opener, depth: frames.length - 1 };
    statements.push(statement);
    tokens = [];
    return statement;
  };
  const all = lex(text, syntax);
  for (const [index, token] of all.entries()) {
    const { kind, text: sign } = token;
    if (kind === 'line') {
      if (frame().open === 0 && !goesOn(tokens, all, index)) end(false);
    } else if (kind !== 'sign') tokens.push(token);
    else if (sign === ';') end(false);
    else if (sign === '{') {
      frames.push({ opener: end(true), open: 0 });
      if (frames.length > DEEPEST) throw new Unreadable('it is nested too deeply');
    } else if (sign === '}') {
      end(false);
      frames.pop();
      if (frames.length === 0) throw new Unreadable('its braces do not match');
    } else {
      if (OPENING.has(sign)) frame().open += 1;
      if (CLOSING.has(sign)) frame().open = Math.max(0, frame().open - 1);
      tokens.push(token);
    }
  }
  end(false);
  if (frames.length > 1) throw new Unreadable('its braces do not match');
  return statements;
}

function goesOn(tokens: readonly Token[], all: readonly Token[], index: number): boolean {
  const last = tokens.at(-1);
  if (last?.kind === 'sign' && CONTINUING.has(last.text)) return true;
  const next = all[index + 1];
  return next?.kind === 'sign' && (next.text === '.' || next.text === '?');
}

/** A name with dots from a token on (`a.b.c`), and the index of the token behind it. */
export function dottedName(tokens: readonly Token[], from: number): { readonly name: string; readonly next: number } {
  let name = '';
  let next = from;
  for (; ; next += 1) {
    const token = tokens[next];
    const wantsWord = name === '' || name.endsWith('.');
    if (token?.kind === 'word' && wantsWord) name += token.text;
    else if (token?.kind === 'text' && name.endsWith('.')) name += token.text;
    else if (token?.kind === 'sign' && token.text === '.' && !wantsWord) name += '.';
    else break;
  }
  return name.endsWith('.') ? { name: name.slice(0, -1), next: next - 1 } : { name, next };
}

/** Whether the token is that sign. */
export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

/** The tokens as one text that does not tell how they were laid out. */
export function flat(tokens: readonly Token[]): string {
  let text = '';
  let last: Token | undefined;
  for (const token of tokens) {
    const piece = token.kind === 'text' ? `"${token.text}"` : token.text;
    text += last !== undefined && last.kind !== 'sign' && token.kind !== 'sign' ? ` ${piece}` : piece;
    last = token;
  }
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
