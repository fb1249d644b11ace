/**
 * Asked of YAML that came from outside, before it is composed: composing recurses, thousands of levels overflow the
 * stack, and where V8 compiles a regular expression just then, the whole process dies without an exception.
 */
import { Lexer, Parser } from 'yaml';

/** Columns, and indicators on one line, that no file of people or tools comes near. */
const SUSPICIOUS = 100;

/** Whether the text nests deeper than `limit` levels. Cheap for what is plainly flat; measured for the rest. */
export function nestsDeeperThan(limit: number, text: string): boolean {
  return mayNest(text) && measure(limit, text);
}

/** A level of block nesting costs a column or an indicator on its line, one of flow nesting an open bracket. */
function mayNest(text: string): boolean {
  let open = 0;
  let line = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x0a: // \n
        line = 0;
        break;
      case 0x5b: // [
      case 0x7b: // {
        open += 1;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        // A bracket inside a string may close what it did not open: never below nothing.
        open = Math.max(0, open - 1);
        break;
      case 0x20: // space: of the indentation, or behind an indicator
      case 0x09: // tab
        line += 1;
        break;
      default:
        continue;
    }
    if (open + line > SUSPICIOUS) return true;
  }
  return false;
}

/** The parser of syntax keeps a stack of its own, which is what is measured. */
function measure(limit: number, text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > limit) return true;
  }
  return false;
}
