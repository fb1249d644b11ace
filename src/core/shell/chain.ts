/** Command lines of which it is certain what runs last: simple commands joined by `&&`, and nothing else. */
import { commandsOf } from './commands';

/** Characters of a command line that is looked at. */
const LONGEST = 10_000;
/** Text in quotes in which a shell replaces nothing. */
const QUOTED = /'[^']*'|"[^"\\$`]*"/g;
/** What could make another command of it: operators, redirections, substitutions, comments, quotes that do not end. */
const UNCERTAIN = /["'`\\;|<>()#\n\r]|\$\(/;
/** Words of the grammar, which change what a command's exit code means. */
const GRAMMAR = /(?:^|\s)(?:!|\{|\}|if|then|else|elif|fi|for|while|until|do|done|case|esac)(?:\s|$)/;

/**
 * The words of each command of `a && b && c`, without quotes and assignments; null for every other text. What is written
 * behind such a text goes to its last command.
 */
export function chainOf(text: string): readonly (readonly string[])[] | null {
  if (text.length > LONGEST) return null;
  const plain = text.replace(QUOTED, '_');
  if (UNCERTAIN.test(plain) || GRAMMAR.test(plain)) return null;
  const parts = plain.split('&&');
  if (parts.some((part) => part.trim() === '' || part.includes('&'))) return null;
  const commands = commandsOf(text).map(({ words }) => words);
  return commands.length === parts.length ? commands : null;
}
