/** Asks the runner of a check for its results, without changing what it runs. */
import { cargo } from './cargo';
import { dotnet } from './dotnet';
import { go } from './go';
import { gradle, maven } from './java';
import { jest } from './jest';
import { mocha } from './mocha';
import { nextest } from './nextest';
import { node } from './node';
import { phpunit } from './phpunit';
import { programOf } from './program';
import { pytest } from './pytest';
import { rspec } from './rspec';
import { type Ask, FOLDER, FOLDER_URL, type Runner } from './runner';
import { lastCommandOf, type ScriptsOf } from './script';
import { vitest } from './vitest';

const RUNNERS: readonly Runner[] = [
  ...[node, mocha, jest, vitest, pytest, go, cargo, nextest, maven, gradle, dotnet, rspec, phpunit],
];

/** What is asked of a check, and how its words get there. */
export interface Asking extends Ask {
  /** Words before the arguments, that hand them through scripts. */
  readonly before: readonly string[];
}

/** A command with what was added to it. */
export interface AskedCommand {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** Files that must lie in the private folder, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * What to ask of a check's command; null when it is not certain that one known runner is the last that it runs.
 *
 * @param run as the brief has it
 * @param scriptsOf the scripts of the checkout that it will run in
 */
export async function askingOf(run: string, scriptsOf: ScriptsOf): Promise<Asking | null> {
  const last = await lastCommandOf(run, scriptsOf);
  const program = last === null ? null : programOf(last.words);
  if (last === null || program === null) return null;
  for (const runner of RUNNERS) {
    const ask = runner({ ...program, text: last.text });
    if (ask !== null) return { ...ask, before: last.before };
  }
  return null;
}

/** Characters of a folder's name that a shell, a URL or a configuration could take for something else. */
const RISKY = /["'`$\\!%^&|<>*?#;\n\r\t]/;

/** The command that asks, with results in `folder`; null when its name cannot be written safely. */
export function askedCommand(run: string, asking: Asking, folder: string): AskedCommand | null {
  const path = folder.replaceAll('\\', '/');
  if (RISKY.test(path)) return null;
  const url = `file://${path.startsWith('/') ? '' : '/'}${encodeURI(path)}`;
  const place = (text: string) => text.replaceAll(FOLDER_URL, url).replaceAll(FOLDER, path);
  const { nodeOptions, files } = asking;
  return {
    command: [run, ...additions(asking, place)].join(' '),
    env: nodeOptions.length === 0 ? {} : { NODE_OPTIONS: nodeOptions.map(place).map(quoted).join(' ') },
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, place(text)])),
  };
}

/** What was added, for people: the private folder is named `<report>`. Null when nothing was. */
export function describeAsking(asking: Asking): string | null {
  const plain = (text: string) => text.replaceAll(FOLDER_URL, FOLDER);
  const options = asking.nodeOptions.length === 0 ? [] : [`NODE_OPTIONS=${asking.nodeOptions.map(plain).join(' ')}`];
  const all = [...options, ...additions(asking, plain, (word) => word)];
  return all.length === 0 ? null : all.join(' ');
}

function additions(
  { args, before, together }: Asking,
  place: (text: string) => string,
  quote: (word: string) => string = quoted,
): string[] {
  const words = args.length === 0 ? [] : [...before, ...args.map(place).map(quote)];
  return [...words, ...(together ? ['2>&1'] : [])];
}

/** A word for a shell and for NODE_OPTIONS alike: neither replaces anything in it (`RISKY` is not there). */
function quoted(word: string): string {
  return /^[\w@+=:,./-]+$/.test(word) ? word : `"${word}"`;
}
