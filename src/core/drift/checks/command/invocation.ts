/** From a shell text to what it names: scripts, targets, sessions, files and configurations. */

import { commandsOf } from '../../../shell/commands';
import { folderFrom, pathFrom } from '../../../shell/paths';
import { splitArguments, unwrap } from '../../../shell/words';
import { configsOf } from './namedConfigs';
import { nodeReferences } from './nodeCommands';
import type { NamedConfig, Place, Reference, SourceName } from './reference';

export interface Invocations {
  readonly references: readonly Reference[];
  readonly configs: readonly NamedConfig[];
}

const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ash', 'ksh']);
/** Programs that run the file that they are given, and their options that take a value. */
const INTERPRETERS: Readonly<Record<string, readonly string[]>> = {
  node: ['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions', '--env-file'],
  tsx: ['-r', '--require', '--import', '--tsconfig'],
  'ts-node': ['-r', '--require', '-P', '--project'],
  ruby: ['-I', '-r'],
  perl: ['-I', '-M'],
  php: ['-d', '-c'],
  pwsh: [],
  powershell: [],
  Rscript: [],
  lua: [],
};
/** Options that load a module before anything else runs. */
const PRELOADS = ['-r', '--require', '--import', '--loader', '--experimental-loader', '--file'];
const PRELOADING = new Set([
  'node',
  'tsx',
  'ts-node',
  'mocha',
  'ava',
  'nyc',
  'c8',
  'tape',
  'jasmine',
  'electron-mocha',
]);
const MOST_NESTED = 5;

/** Everything that a shell text, run in `folder`, names. Folders are followed through `cd`. */
export function invocationsOf(text: string, folder: string, depth = 0): Invocations {
  const references: Reference[] = [];
  const configs: NamedConfig[] = [];
  let current: string | null = folder;
  for (const { words } of commandsOf(text)) {
    if (words[0] === 'cd' || words[0] === 'pushd') {
      current = current === null ? null : folderFrom(current, words[1] ?? '');
      continue;
    }
    // Where a subshell ends is not followed: what stands behind a `cd` is looked for in both folders.
    for (const place of new Set([folder, ...(current === null ? [] : [current])])) {
      const command = unwrap(words);
      references.push(...preloads(words, place), ...referencesOf(command, place, depth));
      configs.push(...configsOf(command, place));
    }
  }
  return { references, configs };
}

/** One reference, to a folder. */
function entry(source: SourceName, place: Place, name: string, file: string | null = null): Reference {
  return { source, place, name, file };
}

function fileReference(folder: string, word: string | undefined): readonly Reference[] {
  const path = word === undefined ? null : pathFrom(folder, word);
  return path === null || path === '' ? [] : [entry('file', folder, '', path)];
}

function preloads(words: readonly string[], folder: string): readonly Reference[] {
  if (!words.some((word) => PRELOADING.has(word))) return [];
  const { values } = splitArguments(words, PRELOADS);
  return values.filter((value) => /^\.{1,2}\//.test(value)).flatMap((value) => fileReference(folder, value));
}

function referencesOf(words: readonly string[], folder: string, depth: number): readonly Reference[] {
  const [path = '', ...args] = words;
  const program = path.replace(/\.(?:exe|cmd)$/, '');
  const nested = (text: string) => (depth < MOST_NESTED ? invocationsOf(text, folder, depth + 1).references : []);
  const node = nodeReferences(program, args, folder, nested);
  if (node !== null) return node;
  if (SHELLS.has(program)) return shellReferences(args, folder, nested);
  if (/^python[\d.]*$/.test(program) || program === 'py') return pythonReferences(args, folder);
  if (Object.hasOwn(INTERPRETERS, program)) return scriptReferences(args, INTERPRETERS[program] ?? [], folder);
  const named = namedEntries(program, args, folder);
  if (named !== null) return named;
  if (program === '.' || program === 'source') return fileReference(folder, args[0]);
  return program.includes('/') ? fileReference(folder, path) : [];
}

function shellReferences(args: readonly string[], folder: string, nested: (text: string) => readonly Reference[]) {
  const script = args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  if (script !== -1) return nested(args[script + 1] ?? '');
  return fileReference(folder, splitArguments(args, ['-o', '-O']).rest[0]);
}

function scriptReferences(args: readonly string[], valued: readonly string[], folder: string): readonly Reference[] {
  const { rest, has } = splitArguments(args, valued, []);
  // With these the words are code, or files of tests, which other rules look at.
  if (has('--test') || has('-e') || has('--eval') || has('-p') || has('--print')) return [];
  return rest[0] === undefined || rest[0] === '' ? [] : fileReference(folder, rest[0]);
}

function pythonReferences(args: readonly string[], folder: string): readonly Reference[] {
  const module = args.indexOf('-m');
  if (module === -1) {
    return args.includes('-c') ? [] : fileReference(folder, splitArguments(args, ['-W', '-X'], []).rest[0]);
  }
  const [name = '', ...rest] = args.slice(module + 1);
  const known = namedEntries(name, rest, folder);
  if (known !== null) return known;
  if (name === 'coverage' && rest[0] === 'run') return pythonReferences(rest.slice(1), folder);
  const path = name.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__main__.py`, `src/${path}.py`, `src/${path}/__main__.py`].flatMap((file) =>
    fileReference(folder, file),
  );
}

/** Entries of programs that read a file of their own; null for another program. */
function namedEntries(program: string, args: readonly string[], folder: string): readonly Reference[] | null {
  const each = (source: SourceName, names: readonly string[], place = folder, file: string | null = null) =>
    names.map((name) => entry(source, place, name, file));
  switch (program) {
    case 'make':
    case 'gmake':
      return makeReferences(args, folder);
    case 'just':
      return each('just', defaulted(splitArguments(args, ['-f', '--justfile', '-d', '--working-directory'], []).rest));
    case 'task':
    case 'go-task': {
      const { rest } = splitArguments(args, ['-t', '--taskfile', '-d', '--dir'], []);
      return [...each('task', rest.length > 0 ? rest : ['default']), ...each('pythonTasks', rest)];
    }
    case 'tox':
      return toxReferences(args, folder);
    case 'nox':
      return noxReferences(args, folder);
    case 'inv':
    case 'invoke':
      return each(
        'invoke',
        splitArguments(args, ['-c', '--collection']).rest.map((name) => name.replaceAll('-', '_')),
      );
    case 'hatch':
    case 'pdm':
    case 'poe':
      return each('pythonTasks', pythonTasks(program, args));
    case 'composer':
      return each('composer', args[0] === 'run' || args[0] === 'run-script' ? args.slice(1, 2) : args.slice(0, 1));
    case 'cargo':
      return each(
        'cargo',
        splitArguments(
          args.filter((arg) => !arg.startsWith('+')),
          ['--config', '-Z', '-C'],
          [],
        ).rest.slice(0, 1),
      );
    case 'rake':
      return each('rake', ['']);
    case 'coverage':
      return args[0] === 'run' ? pythonReferences(args.slice(1), folder) : [];
    default:
      return null;
  }
}

function defaulted(names: readonly string[]): readonly string[] {
  return names.length > 0 ? names : [''];
}

function makeReferences(args: readonly string[], folder: string): readonly Reference[] {
  const valued = ['-C', '--directory', '-f', '--file', '--makefile', '-I', '-o', '-W'];
  const place = splitArguments(args, valued, ['-C', '--directory']).values[0];
  const file = splitArguments(args, valued, ['-f', '--file', '--makefile']).values[0];
  const inside = place === undefined ? folder : folderFrom(folder, place);
  if (inside === null) return [];
  const path = file === undefined ? null : pathFrom(inside, file);
  const targets = splitArguments(args, valued, []).rest.filter((word) => !/=|^\d+$/.test(word));
  return defaulted(targets).map((name) => entry('make', inside, name, path));
}

function toxReferences(args: readonly string[], folder: string): readonly Reference[] {
  const { values } = splitArguments(args, ['-e', '--env', '-c', '--conf', '-f', '-x'], ['-e', '--env']);
  const names = values.flatMap((value) => value.split(',')).map((name) => name.trim());
  // Without names every environment of the list runs.
  const sections = names.length > 0 ? names.map((name) => `testenv:${name}`) : ['testenv:*'];
  return ['tox', 'testenv', ...sections].map((name) => entry('tox', folder, name));
}

function noxReferences(args: readonly string[], folder: string): readonly Reference[] {
  const names: string[] = [];
  let taking = false;
  for (const arg of args) {
    if (arg.startsWith('-')) taking = ['-s', '-e', '--session', '--sessions'].includes(arg);
    else if (taking) names.push(arg.replace(/[-(]\d.*$/, ''));
  }
  return (names.length > 0 ? names : ['*']).map((name) => entry('nox', folder, name));
}

/** Names of tasks in pyproject.toml; `hatch run env:script` and `hatch run +py=3.12 env:script` name a script of an environment. */
function pythonTasks(program: string, args: readonly string[]): readonly string[] {
  const rest = args.filter((arg) => !/^[-+]/.test(arg));
  if (program === 'poe') return rest.slice(0, 1);
  if (rest[0] === 'test' && program === 'hatch') return ['hatch-test:*'];
  return rest[0] === 'run' ? rest.slice(1, 2) : rest.slice(0, 1);
}
