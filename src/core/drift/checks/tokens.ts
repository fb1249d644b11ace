/** The text of a program without comments and white space that means nothing. */
import type { Syntax } from '../syntax/parse';

/** Nodes that are taken whole: what is inside them is text, not tokens. */
const WHOLE = /String|Template|RegExp|Char|Raw/;

/** Tokens of a stretch of source, joined by single spaces, on lines as the source has them; Python's blocks in braces. */
export function tokensOf({ tree, text, language }: Syntax, from: number, to: number): string {
  const lines: string[] = [];
  let line: string[] = [];
  let last = from;
  const take = (start: number, token: string) => {
    if (text.slice(last, start).includes('\n') && line.length > 0) {
      lines.push(line.join(' '));
      line = [];
    }
    line.push(token);
    last = start;
  };
  const isBlock = (name: string) => language === 'python' && name === 'Body';
  tree.iterate({
    from,
    to,
    enter: (node) => {
      if (node.to <= from || node.from >= to) return false;
      if (/Comment/.test(node.name)) return false;
      if (isBlock(node.name)) take(node.from, '{');
      if (node.node.firstChild !== null && !WHOLE.test(node.name)) return true;
      if (node.to > node.from) take(node.from, text.slice(Math.max(node.from, from), Math.min(node.to, to)));
      last = Math.max(last, node.to);
      return false;
    },
    leave: (node) => {
      if (isBlock(node.name)) line.push('}');
    },
  });
  if (line.length > 0) lines.push(line.join(' '));
  return lines.join('\n');
}

/** Tokens in the form by which they are compared: formatters move lines, add commas and change quotes. */
export function sameForFormatters(tokens: string): string {
  return tokens
    .replace(/\s+/g, ' ')
    .replace(/ ?;/g, '')
    .replace(/, (?=[)\]}])/g, '')
    .replace(/"([^"'\\]*)"/g, "'$1'");
}
