/** The words of a command: options told apart from what is left, and programs that only start another one. */

export interface Arguments {
  /** Values of the options that were asked for, in order. */
  readonly values: readonly string[];
  readonly rest: readonly string[];
  readonly has: (option: string) => boolean;
}

/**
 * Splits arguments. `valued` are options that take a value, in the next word or behind `=`; others that begin with `-` are
 * flags. Values are collected for the options in `wanted`.
 */
export function splitArguments(words: readonly string[], valued: readonly string[], wanted = valued): Arguments {
  const values: string[] = [];
  const rest: string[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    if (word === '--') {
      rest.push(...words.slice(index + 1));
      break;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const option = equals === -1 ? word : word.slice(0, equals);
    seen.add(option);
    if (!valued.includes(option)) continue;
    const value = equals === -1 ? words[++index] : word.slice(equals + 1);
    if (value !== undefined && wanted.includes(option)) values.push(value);
  }
  return { values, rest, has: (option) => seen.has(option) };
}

interface Wrapper {
  /** The words that begin it. */
  readonly words: readonly string[];
  /** Its options that take a value. */
  readonly valued?: readonly string[];
  /** Words of its own between its options and the program. */
  readonly skip?: number;
}

const wrapper = (words: string, valued = '', skip = 0): Wrapper => ({
  words: words.split(' '),
  valued: valued === '' ? [] : valued.split(' '),
  skip,
});

/** Programs that start the program behind them (each one's own manual). */
const WRAPPERS: readonly Wrapper[] = [
  ...['time', 'nohup', 'exec', 'command', 'cross-env', 'cross-env-shell', 'wait-on', 'ionice'].map((word) =>
    wrapper(word),
  ),
  wrapper('env', '-u --unset -C --chdir -S'),
  wrapper('sudo', '-u -g'),
  wrapper('nice', '-n'),
  wrapper('timeout', '-s --signal -k --kill-after', 1),
  wrapper('xvfb-run', '-n -s --server-num --server-args'),
  wrapper('dotenv', '-e -c -v'),
  wrapper('npx', '-p --package -c'),
  ...['pnpx', 'bunx', 'bun x', 'npm exec', 'npm x', 'pnpm exec', 'pnpm dlx', 'yarn exec', 'yarn dlx'].map((word) =>
    wrapper(word, '-p --package'),
  ),
  wrapper('poetry run', '-C --directory'),
  wrapper(
    'uv run',
    '--with --extra --group -p --python --project --package --env-file --with-requirements --only-group',
  ),
  ...['pipenv run', 'rye run', 'pixi run', 'conda run', 'bundle exec', 'mise exec', 'mise x'].map((word) =>
    wrapper(word, '-n -e'),
  ),
  wrapper('c8', '--reporter -r --report-dir -o --lines --branches --functions --statements --include -n --exclude -x'),
  wrapper('nyc', '--reporter -r --report-dir --lines --branches --functions --statements --include -n --exclude -x'),
];

/** The command without the programs that only start it, outermost first; what each of them took away counts no more. */
export function unwrap(words: readonly string[]): readonly string[] {
  let left = words;
  for (let depth = 0; depth < 10; depth++) {
    const found = WRAPPERS.find((each) => each.words.every((word, index) => left[index] === word));
    if (found === undefined) return left;
    left = behind(left.slice(found.words.length), found);
  }
  return left;
}

function behind(words: readonly string[], { valued = [], skip = 0 }: Wrapper): readonly string[] {
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') return words.slice(index + 1 + skip);
    if (valued.includes(word)) index++;
    else if (!word.startsWith('-') && !/^[A-Za-z_]\w*=/.test(word)) break;
  }
  return words.slice(index + skip);
}
