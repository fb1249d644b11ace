/** The server of a real VS Code, as a process. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EditorServer, editorServer } from './install';
import type { Places } from './places';

/** How long a server may take on a busy machine, in milliseconds; it takes one second on an idle one. */
const PATIENCE_MS = 60_000;

export interface RunningServer {
  readonly process: ChildProcess;
  /** Where its windows are: `http://127.0.0.1:PORT`. */
  readonly origin: string;
}

/** Finds the program, and installs it first where it is missing: told on stderr, because it takes a while. */
function program(): Promise<EditorServer> {
  return editorServer((line) => process.stderr.write(`${line}\n`));
}

function command(main: string, { folder }: Places): string[] {
  const dir = (name: string) => join(folder, name);
  const data = ['--server-data-dir', dir('server'), '--user-data-dir', dir('user')];
  return [main, ...data, '--extensions-dir', dir('extensions')];
}

/**
 * Installs a packaged extension.
 *
 * @throws when the server refuses it
 */
export async function installExtension(vsix: string, places: Places): Promise<void> {
  const { node, main } = await program();
  const args = [...command(main, places), '--install-extension', vsix, '--force'];
  await promisify(execFile)(node, args, { env: places.env });
}

/** Every folder is trusted. */
export const TRUSTING = '--disable-workspace-trust';
/** Only a server with its driver runs extensions from their folder, and tests; but it shows no notifications. */
export const DRIVEN = '--enable-smoke-test-driver';

/**
 * Starts the server on a free port, and waits until it listens.
 *
 * @param flags `TRUSTING`, `DRIVEN`
 * @throws when it ends before, or takes too long: with what it said
 */
export async function startServer(places: Places, flags: readonly string[]): Promise<RunningServer> {
  const { node, main } = await program();
  const child = spawn(
    ...mortal(node, [
      ...command(main, places),
      ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
      ...['--telemetry-level', 'off'],
      // The editor's own assistant is not started, and nothing waits for a window that is gone.
      ...['--agent-host-bridge-path', join(places.folder, 'no-assistant'), '--reconnection-grace-time', '1'],
      ...flags,
    ]),
    { env: places.env, cwd: places.folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const port = await listening(child);
  return { process: child, origin: `http://127.0.0.1:${port}` };
}

/** A server whose test program was killed must not stay: where the system can see to that, it does. */
function mortal(program: string, args: readonly string[]): [string, string[]] {
  const setpriv = '/usr/bin/setpriv';
  return existsSync(setpriv) ? [setpriv, ['--pdeathsig', 'TERM', program, ...args]] : [program, [...args]];
}

/** The port, from the line in which the server tells it. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let words = '';
    const giveUp = (why: string) => {
      child.kill();
      failed(new Error(`the editor's server ${why}:\n${words}`));
    };
    const late = setTimeout(() => giveUp(`was not ready after ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
    const hear = (chunk: Buffer) => {
      words = `${words}${chunk}`.slice(-20_000);
      const port = /Extension host agent listening on (\d+)/.exec(words)?.[1];
      if (port === undefined) return;
      clearTimeout(late);
      found(port);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('error', failed);
    child.on('exit', (code) => {
      clearTimeout(late);
      giveUp(`ended with ${code}`);
    });
  });
}
