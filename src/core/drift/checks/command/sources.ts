/** The files that hold what commands name, in one table: where each program looks, and how the file is read. */
import type { Entries, SourceName } from './reference';
import { readJustfile, readMakefile } from './sources/makefile';
import { readComposerScripts, readDenoTasks, readNpmrc, readScripts } from './sources/packageJson';
import { readPythonFunctions, readScriptFile } from './sources/programs';
import { readCargoAliases, readTaskfile, readTomlTasks, readTomlTox, readTox } from './sources/tasks';

type Read = (text: string, path: string) => Entries | Promise<Entries>;

export interface Source {
  /** What a finding calls an entry. */
  readonly noun: string;
  /** Names of files, the first that is there counts, and how each is read. */
  readonly files: readonly (readonly [name: string, read: Read])[];
  /** Whether it is read as a whole and may hold much that no check runs: its changes are warnings. */
  readonly coarse?: boolean;
}

const files = (read: Read, ...names: readonly string[]): Source['files'] => names.map((name) => [name, read] as const);

export const SOURCES: Readonly<Record<SourceName, Source>> = {
  npm: { noun: 'script', files: files(readScripts, 'package.json') },
  npmrc: { noun: 'setting', files: files(readNpmrc, '.npmrc') },
  deno: { noun: 'task', files: files(readDenoTasks, 'deno.json', 'deno.jsonc') },
  make: { noun: 'target', files: files(readMakefile, 'GNUmakefile', 'makefile', 'Makefile') },
  just: { noun: 'recipe', files: files(readJustfile, 'justfile', '.justfile', 'Justfile', 'JUSTFILE') },
  task: {
    noun: 'task',
    files: files(readTaskfile, 'Taskfile.yml', 'taskfile.yml', 'Taskfile.yaml', 'taskfile.yaml', 'Taskfile.dist.yml'),
  },
  tox: {
    noun: 'section',
    files: [...files(readTox, 'tox.ini'), ...files(readTomlTox, 'pyproject.toml'), ...files(readTox, 'setup.cfg')],
  },
  nox: { noun: 'session', files: files(readPythonFunctions, 'noxfile.py') },
  invoke: { noun: 'task', files: files(readPythonFunctions, 'tasks.py') },
  pythonTasks: { noun: 'task', files: files(readTomlTasks, 'pyproject.toml', 'hatch.toml', 'Pipfile') },
  composer: { noun: 'script', files: files(readComposerScripts, 'composer.json') },
  cargo: { noun: 'alias', files: files(readCargoAliases, '.cargo/config.toml', '.cargo/config') },
  rake: { noun: 'file', files: files(readScriptFile, 'Rakefile', 'rakefile', 'Rakefile.rb'), coarse: true },
  file: { noun: 'file', files: [] },
};

/** How a file that a command names itself is read. */
export function readerOf(source: SourceName): Read {
  return source === 'file' ? readScriptFile : (SOURCES[source].files.at(-1)?.[1] ?? readScriptFile);
}
