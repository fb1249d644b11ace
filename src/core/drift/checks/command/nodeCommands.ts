/** npm, pnpm, yarn, bun, deno and the runners of their scripts: which scripts a command starts. */
import { folderFrom, pathFrom } from '../../../shell/paths';
import { splitArguments } from '../../../shell/words';
import { EVERY_WORKSPACE, type Place, type Reference } from './reference';

/** Settings of npm that decide how scripts run (npm docs, "config"). */
const SHELL_SETTINGS = ['script-shell', 'node-options', 'shell-emulator'];
/** What an installation runs of the project's own (npm docs, "Life Cycle Scripts"); `deps/install-script` reports them. */
const INSTALLATION = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

const FOLDERS = ['--prefix', '-C', '--dir', '--cwd'];
const WORKSPACES = ['-w', '--workspace', '--filter', '-F', '--scope'];
const VALUED = [...FOLDERS, ...WORKSPACES, '--reporter', '--loglevel', '--concurrency', '--parallel-jobs', '-j'];
const EVERYWHERE = ['--workspaces', '-ws', '-r', '--recursive', '--workspaces=true'];

/** What the program starts, or null when it is none of these. `nested` reads a shell text. */
export function nodeReferences(
  program: string,
  args: readonly string[],
  folder: string,
  nested: (text: string) => readonly Reference[],
): readonly Reference[] | null {
  switch (program) {
    case 'npm':
    case 'pnpm':
    case 'yarn':
      return managerReferences(program, args, folder);
    case 'bun':
      return bunReferences(args, folder);
    case 'deno':
      return denoReferences(args, folder);
    case 'npm-run-all':
    case 'npm-run-all2':
    case 'run-s':
    case 'run-p':
      return splitArguments(args, ['--max-parallel'], []).rest.flatMap((name) =>
        scripts(folder, name.split(' ')[0] ?? ''),
      );
    case 'concurrently':
    case 'wsrun':
      return splitArguments(args, ['-n', '--names', '-c', '--prefix-colors'], []).rest.flatMap((text) =>
        text.startsWith('npm:') ? scripts(folder, text.slice(4).split(' ')[0] ?? '') : nested(text),
      );
    case 'turbo':
    case 'lerna':
    case 'nx':
    case 'ultra':
      return workspaceRunner(args, folder);
    default:
      return null;
  }
}

/**
 * A script with those that run before and after it, and the settings that decide how. It is demanded where no program of
 * that name would run instead.
 */
function scripts(place: Place, name: string, demanded = false): readonly Reference[] {
  if (name === '') return [];
  const around = ['pre', 'post'].map((prefix) => prefix + name);
  return [
    { source: 'npm', place, name, file: null, demanded },
    ...around.map((each): Reference => ({ source: 'npm', place, name: each, file: null })),
    ...SHELL_SETTINGS.map((setting): Reference => ({ source: 'npmrc', place, name: setting, file: null })),
    // It leaves out what runs before and after; a script that is named runs all the same (npm docs, "ignore-scripts").
    { source: 'npmrc', place, name: 'ignore-scripts', file: null, mattersFor: around },
  ];
}

function managerReferences(program: string, args: readonly string[], folder: string): readonly Reference[] {
  const { rest, has } = splitArguments(args, VALUED, []);
  const folders = splitArguments(args, VALUED, FOLDERS).values;
  const workspaces = splitArguments(args, VALUED, WORKSPACES).values;
  const [command = 'install', ...others] = rest;
  const inside = folders[0] === undefined ? folder : folderFrom(folder, folders[0]);
  if (inside === null) return [];
  const everywhere = EVERYWHERE.some(has) || command === 'recursive' || command === 'workspaces';
  const places: readonly Place[] = everywhere
    ? [EVERY_WORKSPACE]
    : workspaces.length > 0
      ? workspaces.map((workspace) => ({ workspace }))
      : [inside];
  return places.flatMap((place) => managerCommand(program, command, others, place));
}

function managerCommand(program: string, command: string, args: readonly string[], place: Place): readonly Reference[] {
  switch (command) {
    case 'run':
    case 'run-script':
    case 'rum':
    case 'urn':
    case 'recursive':
      return scripts(place, args[0] ?? '', program === 'npm');
    case 't':
    case 'tst':
    case 'test':
      return scripts(place, 'test', program === 'npm');
    case 'install-test':
    case 'it':
      return [...scripts(place, 'test'), ...installation(place)];
    case 'install':
    case 'i':
    case 'ci':
    case 'clean-install':
      return installation(place);
    case 'workspace':
      return managerCommand(program, args[1] ?? '', args.slice(2), { workspace: args[0] ?? '' });
    case 'workspaces':
      return scripts(place, args.find((word) => word !== 'foreach' && word !== 'run') ?? '');
    default:
      return program === 'npm' && !['start', 'stop', 'restart'].includes(command) ? [] : scripts(place, command);
  }
}

function installation(place: Place): readonly Reference[] {
  return INSTALLATION.map((name): Reference => ({ source: 'npm', place, name, file: null, quiet: true }));
}

function bunReferences(args: readonly string[], folder: string): readonly Reference[] {
  const { rest } = splitArguments(args, ['--cwd', '--filter', '-r', '--preload'], []);
  const [command = '', name = ''] = rest;
  if (command === 'install' || command === 'i' || command === 'ci') return installation(folder);
  // `bun test` is a runner of its own.
  if (command === 'test') return [];
  const wanted = command === 'run' ? name : command;
  const path = pathFrom(folder, wanted);
  return [
    ...scripts(folder, wanted),
    ...(path ? [{ source: 'file', place: folder, name: '', file: path } as const] : []),
  ];
}

function denoReferences(args: readonly string[], folder: string): readonly Reference[] {
  const { rest } = splitArguments(args, ['-c', '--config', '--cwd', '--import-map'], []);
  const [command, name] = rest;
  if (name === undefined) return [];
  if (command === 'task') return [{ source: 'deno', place: folder, name, file: null }, ...scripts(folder, name)];
  const path = command === 'run' ? pathFrom(folder, name) : null;
  return path === null ? [] : [{ source: 'file', place: folder, name: '', file: path }];
}

/** `turbo run test`, `turbo test`, `lerna run test`, `nx run-many -t test`, `nx run app:test`. */
function workspaceRunner(args: readonly string[], folder: string): readonly Reference[] {
  const valued = ['-t', '--target', '--targets', '--filter', '--scope', '--concurrency', '--projects', '-p', '--since'];
  const { values } = splitArguments(args, valued, ['-t', '--target', '--targets']);
  const words = splitArguments(args, valued, []).rest.filter((word) => !['run', 'run-many', 'affected'].includes(word));
  const names = [...values.flatMap((value) => value.split(',')), ...words.map((word) => word.split(':')[1] ?? word)];
  return names.flatMap((name) => [...scripts(EVERY_WORKSPACE, name), ...scripts(folder, name)]);
}
