/**
 * Results of pure installers, kept for the next task with the same lockfile. No task can write what another one gets:
 * a result is made in a folder of its own from the base's files alone, never where an agent's files lie; the store is in
 * no sandbox; what is handed out is a copy.
 */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, realpath, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { dependsOnlyOnLockfile, type PureInstall, pureInstallOf } from '../../core/verify/pureInstall';
import { identifyFolder, makeFolder, removeFolder } from '../git/folders';
import { readRegularFile } from '../git/regularFile';
import { findProgram } from '../process/confinement';
import { copyTree } from './copyTree';

const MODULES = 'node_modules';
const MAX_INPUT_BYTES = 64 * 1024 * 1024;
/** Results that are kept; the one that was not used for longest goes first. */
const MAX_ENTRIES = 8;
/** What an installer may leave in HOME and not be missed: its own download caches. */
const CACHES = new Set(['.npm', '.cache/node', '.cache/node-gyp', '.cache/yarn', '.cache/pnpm', '.cache/corepack']);
const HOLDERS = new Set(['.cache']);

/** The files that decide a result, read from a folder in which they are the base's. */
export interface SetupInput {
  readonly key: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Prefix of entries that are being made; what is left of one was never finished. */
export const MAKING = '.making-';

/** Runs the setup command in a folder with a private HOME. Returns whether it succeeded. */
export type Install = (folder: string, home: string) => Promise<boolean>;

export class SetupCache {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * What the result of `command` in `folder` depends on; null when that is more than a cache may answer for.
   * @param unchanged whether these paths are those of the base
   */
  async inputOf(
    command: string,
    folder: string,
    unchanged: (paths: readonly string[]) => Promise<boolean>,
  ): Promise<SetupInput | null> {
    const install = pureInstallOf(command);
    if (install === null) return null;
    const { manifest, lockfile, settings, obstacles } = install;
    for (const obstacle of [...obstacles, MODULES]) if (await exists(join(folder, obstacle))) return null;
    if (!(await unchanged([manifest, lockfile, settings, ...obstacles]))) return null;
    const files = await readInput(folder, install);
    if (files === null) return null;
    const text = (name: string) => new TextDecoder().decode(files.get(name));
    return dependsOnlyOnLockfile(text(manifest), text(lockfile)) ? { key: await keyOf(command, files), files } : null;
  }

  /**
   * Fills `folder` from a kept result, or makes one first.
   * @returns null when the command must run in the folder itself; `made`: it was not there yet
   */
  async fill(folder: string, input: SetupInput, install: Install): Promise<'kept' | 'made' | null> {
    const entry = join(this.#root, input.key);
    const found = await exists(join(entry, MODULES));
    if (!found && !(await this.#make(entry, input, install))) return null;
    const now = new Date();
    await utimes(entry, now, now).catch(() => undefined);
    const copied = await copyTree(join(entry, MODULES), join(folder, MODULES)).then(
      () => true,
      () => false,
    );
    if (!copied) return null;
    await this.#evict();
    return found ? 'kept' : 'made';
  }

  async #make(entry: string, input: SetupInput, install: Install): Promise<boolean> {
    const staging = await makeFolder(this.#root, `${MAKING}${input.key.slice(0, 16)}`);
    try {
      const folder = join(staging.path, 'folder');
      const home = join(staging.path, 'home');
      for (const made of [folder, home]) await mkdir(made, { mode: 0o700 });
      for (const [name, bytes] of input.files) await writeFile(join(folder, name), bytes, { mode: 0o600 });
      if (!(await install(folder, home)) || !(await isPure(folder, home, input))) return false;
      // The packages alone: settings may hold a token.
      const result = join(staging.path, 'result');
      await mkdir(result, { mode: 0o700 });
      await rename(join(folder, MODULES), join(result, MODULES));
      // Two tasks may make the same result at once: the first one in is kept.
      await rename(result, entry).catch(() => undefined);
      return await exists(join(entry, MODULES));
    } finally {
      await removeFolder(staging);
    }
  }

  async #evict(): Promise<void> {
    const names = (await readdir(this.#root)).filter((name) => /^[0-9a-f]{64}$/.test(name));
    const entries = await Promise.all(
      names.map(async (name) => ({ name, used: (await stat(join(this.#root, name)).catch(() => null))?.mtimeMs ?? 0 })),
    );
    for (const { name } of entries.sort((a, b) => b.used - a.used).slice(MAX_ENTRIES)) {
      await identifyFolder(join(this.#root, name))
        .then(removeFolder)
        .catch(() => undefined);
    }
  }
}

async function readInput(folder: string, install: PureInstall): Promise<Map<string, Buffer> | null> {
  const files = new Map<string, Buffer>();
  for (const name of [install.manifest, install.lockfile, install.settings]) {
    const bytes = await readRegularFile(join(folder, name), MAX_INPUT_BYTES);
    if (bytes !== null) files.set(name, bytes);
    else if (name !== install.settings || (await exists(join(folder, name)))) return null;
  }
  return files;
}

/** The command, its input, and the programs that carry it out. */
async function keyOf(command: string, files: ReadonlyMap<string, Buffer>): Promise<string> {
  const hash = createHash('sha256');
  const add = (part: string | Buffer) => hash.update(`${Buffer.byteLength(part)}:`).update(part);
  for (const part of [command.trim(), platform(), arch()]) add(part);
  for (const program of ['node', command.trim().split(' ')[0]!]) {
    const file = await realpath(findProgram(program) ?? '').catch(() => '');
    add(`${file} ${(await stat(file).catch(() => null))?.mtimeMs}`);
  }
  for (const [name, bytes] of files) {
    add(name);
    add(bytes);
  }
  return hash.digest('hex');
}

/** Whether the installer wrote packages and nothing else that could be missed: neither beside them nor in HOME. */
async function isPure(folder: string, home: string, input: SetupInput): Promise<boolean> {
  if (!(await exists(join(folder, MODULES)))) return false;
  const beside = (await readdir(folder)).filter((name) => name !== MODULES && !input.files.has(name));
  if (beside.length > 0) return false;
  for (const name of await readdir(home)) {
    const names = HOLDERS.has(name) ? (await readdir(join(home, name))).map((inner) => `${name}/${inner}`) : [name];
    if (!names.every((path) => CACHES.has(path))) return false;
  }
  return true;
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}
