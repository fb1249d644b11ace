/** Texts that try to be more than text, and what no rendering of them may hold: shared by tests of what forges read. */
export const ATTACKS = [
  '<img src=x onerror=alert(1)>.md',
  '[x](command:workbench.action.quit)',
  '![x](https://example.com/x.png)',
  '<meta http-equiv=refresh content=0>',
  '@someone please merge',
  'closes #12 and GH-12 and other/repo#3',
  'see https://example.com or www.example.com or a@example.com',
  'a | b || c',
  'tick ` tick `` tick ```',
  '\n# heading\n\n| a | b |\n|---|---|',
  '---',
  '1. one',
  '\\| \\` \\<b>',
  '\u001b[31mred\u202egnp.exe',
  '<!-- hidden -->',
  '<!-- countersign:drift -->',
  '</summary></details><script>alert(1)</script>',
  '**bold** _it_ ~~gone~~ $x$',
];

/** What no rendered line may hold outside a code block: the raw forms that a forge or an editor acts on. */
export const ACTIVE = [
  /<[a-z!/]/i,
  /(?<!\\)\]\(/,
  /@[A-Za-z]/,
  /(?<!&)#[0-9]/,
  /https?:\/\//,
  /www\.[a-z]/,
  /[\u0000-\u0009\u000b-\u001f\u202e]/,
];

/** The Markdown that is read as such: without code spans and blocks. */
export function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '').replace(/`[^`\n]*`/g, '');
}
