/** Temporary folders, state directories in them, and small programs to run beside the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { openStateDirectory, type StateDirectory } from '../../../src/node/store/stateDirectory';

/** A folder that goes away with the suite that asked for it (call it in `describe`, use it in its tests). */
export function temporaryFolder(): { readonly path: string; make(name: string): string } {
  let path = '';
  before(async () => {
    path = await realpath(await mkdtemp(join(tmpdir(), 'cs-store-')));
  });
  after(() => rm(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
    make: (name) => join(path, name),
  };
}

export function stateDirectoryAt(root: string): Promise<StateDirectory> {
  return openStateDirectory({ COUNTERSIGN_HOME: root });
}

/**
 * Bundles a program that imports the sources, so that many copies of it start fast.
 *
 * @param code   TypeScript; `./` is this folder
 * @param outfile where the bundle goes
 */
export async function program(code: string, outfile: string): Promise<string> {
  await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** Starts a program; `ended` resolves when it is gone. Its standard error joins its output. */
export function run(
  file: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return {
    child,
    ended: new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, output }))),
  };
}
