/**
 * Shell text into its simple commands, as far as that can be told without a shell (POSIX, Shell Command Language): enough
 * to see which programs and files a line names, and what happens to their exit codes.
 */

export interface SimpleCommand {
  /** Words without quotes, assignments and redirections. */
  readonly words: readonly string[];
  /** What stands before the command: an operator, or a line end as `;`; the first has none. */
  readonly before: string;
  /** What stands behind it. */
  readonly after: string;
}

/** Commands of a text beyond this many are not looked at. */
const MOST_COMMANDS = 2_000;

/** Words of the grammar: what follows them is a command of its own. */
const GRAMMAR = new Set(['if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'while', 'until', '!', '{', '}', 'esac']);

/**
 * A piece of the text: a joined line, white space, a comment, a redirection, an operator, or a word with its quotes. What
 * does not end, ends with the text, so that no input makes the search start over.
 */
const PIECES =
  /\\\r?\n|[ \t\r]+|#[^\n]*|\d*(?:>>|>&|<&|&>>|&>|<<-|<<|<|>)\d*-?|&&|\|\||;;|[;&|\n()]|(?:\\[\s\S]?|"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|'[^']*(?:'|$)|[^\s\\"';&|()<>])+|[\s\S]/g;

/** The simple commands of a shell text, in order. Words behind `<`, `>` are dropped; subshells are flattened. */
export function commandsOf(text: string): readonly SimpleCommand[] {
  const commands: { words: string[]; before: string; after: string }[] = [];
  let words: string[] = [];
  let before = '';
  let redirected = false;
  const end = (operator: string) => {
    if (words.length > 0) {
      commands.push({ words, before, after: operator });
      words = [];
      before = operator;
    } else if (operator !== ';' || before === '') {
      // `a ||` at the end of a line goes on: the line end says nothing then.
      before = operator;
    }
    redirected = false;
  };
  for (const [piece] of text.matchAll(PIECES)) {
    if (commands.length >= MOST_COMMANDS) break;
    if (/^(?:\\\r?\n|[ \t\r]|#)/.test(piece)) continue;
    if (/^(?:&&|\|\||[;&|\n])/.test(piece)) end(piece === '\n' || piece === ';;' ? ';' : piece);
    else if (piece === '(' || piece === ')') {
      if (words.length > 0) end(';');
    } else if (/^\d*[<>]|^&>/.test(piece)) redirected = !/\d-?$|-$/.test(piece.replace(/^\d+/, ''));
    else if (redirected) redirected = false;
    else if (words.length > 0 || !isPrefix(piece)) words.push(unquote(piece));
  }
  end('');
  return commands;
}

/** The text without comment lines, joined lines and white space that means nothing: what two sides are compared by. */
export function plainShell(text: string): string {
  return text
    .replace(/\\\r?\n[ \t]*/g, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/[ \t]+/g, ' '))
    .filter((line, index) => line !== '' && (!line.startsWith('#') || (index === 0 && line.startsWith('#!'))))
    .join('\n');
}

function isPrefix(word: string): boolean {
  return GRAMMAR.has(word) || /^[A-Za-z_]\w*\+?=/.test(word);
}

function unquote(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\[\s\S])*)"?|'([^']*)'?|\\([\s\S]?)/g,
    (_, double?: string, single?: string, escaped?: string) =>
      double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? '',
  );
}
