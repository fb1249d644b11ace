/** The program that a shell command line would start, as far as that can be told without a shell. */

/** What a shell does itself; the next command of the line is looked at instead. */
const BUILTINS = new Set(
  '. : [ alias cd echo exit export false popd printf pushd pwd read set shift source test trap true type ulimit umask unalias unset wait'.split(
    ' ',
  ),
);
/** Words that run the command that follows them. */
const PREFIXES = new Set(['command', 'env', 'exec', 'nohup', 'time']);
/** Where grammar begins that only a shell understands. */
const GRAMMAR = new Set('! [[ case do done else eval fi for function if select then until while { }'.split(' '));

/**
 * The name or path of the first real program of a command line: after assignments (`CI=1`), prefixes (`env`, `time`)
 * and commands of the shell itself (`cd x &&`). Null when there is none or only a shell could tell.
 */
export function programOf(commandLine: string): string | null {
  for (const words of simpleCommands(commandLine)) {
    const program = words.find((word) => !/^[A-Za-z_]\w*=/.test(word) && !PREFIXES.has(word));
    if (program === undefined || program === '' || BUILTINS.has(program)) continue;
    return GRAMMAR.has(program) || /[$`()<>*?-]/.test(program[0]!) || /[$`()]/.test(program) ? null : program;
  }
  return null;
}

/** The words of each command between `&&`, `||`, `;`, `|`, `&` and line ends, quotes removed, comments dropped. */
function simpleCommands(commandLine: string): string[][] {
  const commands: string[][] = [[]];
  const token = /\\\n|(?:[^\s;&|"'\\]|\\[^\n]|"(?:[^"\\]|\\.)*"|'[^']*')+|[;&|\n]+|\s/gsu;
  let inComment = false;
  for (const [text] of commandLine.matchAll(token)) {
    if (/^[;&|\n]/.test(text)) {
      if (!inComment || text.includes('\n')) {
        inComment = false;
        commands.push([]);
      }
    } else if (text.startsWith('#')) {
      inComment = true;
    } else if (!inComment && !/^(?:\s|\\\n)/.test(text)) {
      commands[commands.length - 1]!.push(unquote(text));
    }
  }
  return commands;
}

function unquote(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gsu,
    (_, double, single, escaped) => double ?? single ?? escaped,
  );
}
