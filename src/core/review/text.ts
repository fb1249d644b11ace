/**
 * Outside text made safe inside Markdown, as GitHub, GitLab and VS Code read it: it can neither format, nor break a
 * table, nor link, nor mention anybody, nor bring in HTML. Literal text stays literal text.
 */
import { visible, visibleText } from '../visible';

/**
 * A zero-width space: it splits what forges turn into mentions, references and links after Markdown was read. `visible`
 * leaves none in the text, so every one of these is ours.
 */
const SPLIT = '\u200b';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '|': '&#124;',
  [SPLIT]: '&#8203;',
};

/** One line of outside text, as prose. Newlines become blanks. */
export function prose(text: string): string {
  return splitUp(text)
    .replace(/[\\`*_[\]~$]|^[-+=#]|(?<=^\d{1,9})[.)](?=\s|$)/g, '\\$&')
    .replace(/[&<>|\u200b]/g, (character) => ENTITIES[character] ?? character);
}

/** One line of outside text inside of HTML, where nothing is read as Markdown. */
export function html(text: string): string {
  return splitUp(text).replace(/[&<>"|\u200b]/g, (character) => ENTITIES[character] ?? character);
}

/** One visible line in which nothing is a mention, a reference or a link for a forge that reads it. */
function splitUp(text: string): string {
  return visible(text.trim().replace(/\s+/g, ' '))
    .replace(/[@#!](?=[\p{L}\p{N}_-])/gu, `$&${SPLIT}`)
    .replace(/\bGH(?=-\d)/gi, `$&${SPLIT}`)
    .replace(/:(?=\/\/)/g, `$&${SPLIT}`)
    .replace(/\b(?:www(?=\.)|(?:mailto|xmpp|javascript|command|data|vscode)(?=:))/gi, `$&${SPLIT}`);
}

/**
 * A path, a name or a command as code. What cannot stand in a code span inside a table (a back-tick, a bar) is written
 * as prose instead.
 */
export function code(text: string): string {
  const shown = visible(text);
  if (shown.trim() === '') return '';
  return /[`|]/.test(shown) ? prose(shown) : `\`${shown}\``;
}

/** Outside text of several lines as a quote block of literal lines. */
export function quote(text: string): string {
  return visibleText(text)
    .trim()
    .split('\n')
    .map((line) => `> ${prose(line)}`.trimEnd())
    .join('\n>\n')
    .replace(/^>\n(?:>\n)*>$/gm, '>');
}

/** Lines of output as a code block that no line of them can end. */
export function block(text: string): string {
  const shown = visibleText(text).trimEnd();
  const longest = (shown.match(/`{3,}/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}

/** A table. The cells are Markdown already: they come from `prose` and `code`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}
