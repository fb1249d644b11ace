/** What makes a command succeed whatever it finds. */
import { commandsOf, type SimpleCommand } from '../../../shell/commands';

/** Options that turn findings, or the lack of tests, into success (each tool's own `--help`). */
const FORGIVING = new Set([
  '--passWithNoTests',
  '--pass-with-no-tests',
  '--exit-zero',
  '--no-error-on-unmatched-pattern',
]);
const PRINTERS = new Set(['echo', 'printf']);
/** Statements of programs that end them with success: JavaScript, Python, Ruby and PHP. */
const EXITS = /\b(?:process\.exit|sys\.exit|os\._exit|exit)\s*\(\s*(?:0|true)?\s*\)/;

/**
 * The construct of a shell text that lets it succeed when its program fails, in the text's own words: `|| true`,
 * `; exit 0`, `--passWithNoTests`, or nothing but `echo`. Null when there is none.
 */
export function swallowsFailure(text: string): string | null {
  const commands = commandsOf(text);
  for (const [index, command] of commands.entries()) {
    const { words, before, after } = command;
    const option = words.find((word) => FORGIVING.has(word.replace(/=(?:true|1)$/, '')));
    if (option !== undefined) return option;
    const last = index === commands.length - 1;
    // `|| { echo failed; exit 1; }` fails all the same: what is printed counts only as the end of it.
    if (before === '||' && (succeeds(words) || (prints(words) && after === ''))) return `|| ${words.join(' ')}`;
    if (before === '|' && last && succeeds(words)) return `| ${words.join(' ')}`;
    if (before === ';' && last && index > 0 && succeeds(words)) return `; ${words.join(' ')}`;
    if (last && after === '&') return '&';
  }
  return commands.length > 0 && doesNothing(text) ? commands.map(({ words }) => words.join(' ')).join('; ') : null;
}

/** A statement of a program that ends it with success, or null. */
export function exitsWithSuccess(text: string): string | null {
  return EXITS.exec(text)?.[0] ?? null;
}

/** Whether the text does nothing that can fail: it is empty, only prints, or only succeeds. */
export function doesNothing(text: string): boolean {
  return commandsOf(text).every(({ words }: SimpleCommand) => prints(words) || succeeds(words));
}

function succeeds([program, code]: readonly string[]): boolean {
  if (program === 'true' || program === ':') return true;
  return (program === 'exit' || program === 'return') && code === '0';
}

function prints([program]: readonly string[]): boolean {
  return PRINTERS.has(program ?? '');
}
