/** Starts a program of a task, confined, and ends it with everything that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../../core/errors';
import { type Confinement, UNSHARE_OPTIONS } from './confinement';
import { closeInheritable } from './descriptors';
import { confinedEnvironment, RUN_MARKER } from './environment';
import { killTree, membersLeft, reap, signal } from './reap';
import { sandboxArguments } from './sandbox';

export type Command = { readonly file: string; readonly args: readonly string[] } | { readonly shell: string };

export interface ConfinedSpec {
  readonly task: string;
  readonly command: Command;
  readonly cwd: string;
  /** Beside the allow-list of the user's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders that may be written; all absolute, all existing. */
  readonly writable: readonly string[];
  /** Folders and files that may be read beside the system's own and the toolchains. */
  readonly readable: readonly string[];
  /** Folders of which nothing may be seen but what is granted, wherever they lie (in bubblewrap only). */
  readonly hidden: readonly string[];
  /** The private folder that becomes HOME; made when it is not there. */
  readonly home: string;
  /** Without it a loopback of its own is all there is (in bubblewrap only). */
  readonly network: boolean;
  readonly stdin: 'pipe' | 'ignore';
  /** Wall-clock limit in milliseconds, after which it is stopped. */
  readonly limitMs?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  /** Processes that could not be ended, described; normally empty. */
  readonly survivors: readonly string[];
}

export interface Running {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Null when the spec says `ignore`. */
  readonly stdin: Writable | null;
  /** Resolves when the program has ended and all that it started is gone. Never rejects. */
  readonly exited: Promise<Exit>;
  /** Asks it to end, waits for the grace, then kills. Resolves with what could not be ended. Call it as often as you like. */
  stop(graceMs: number): Promise<readonly string[]>;
}

/** Grace of a run that reached its limit. */
const LIMIT_GRACE_MS = 2_000;
/** How long after SIGKILL the exit must be seen. */
const KILLED_WITHIN_MS = 3_000;
/** How long output may still come after everything was killed: what is left then is held by a survivor. */
const DRAIN_WITHIN_MS = 1_000;

const LAUNCHERS: ReadonlySet<string> = new Set(['bwrap', 'unshare']);

/**
 * Ends the process group when the pipe on descriptor 3 ends, that is when the host died, however it died; for the means
 * that do not do so by themselves.
 */
const WATCHED = '(read -r _ <&3; kill -9 -$$) >/dev/null 2>&1 & exec "$@" 3<&-';
/** The first process of a namespace: the shell stays it, so that the program gets the signals that it expects. */
const FIRST = '"$@"; exit $?';

/**
 * Starts `spec.command`, with standard input, output and error for its only open files. Spawning happens on the main
 * thread: a sandbox would die with a worker.
 * @param user the user's environment: what of it is passed on is chosen here
 * @throws COMMAND_FAILED when the program could not be started at all
 */
export async function startConfined(
  confinement: Confinement,
  spec: ConfinedSpec,
  user: NodeJS.ProcessEnv = process.env,
): Promise<Running> {
  await mkdir(spec.home, { recursive: true, mode: 0o700 });
  const run = randomUUID();
  const environment = confinedEnvironment(user, { ...spec, run, privateTmp: confinement.kind === 'bwrap' });
  const [file, ...args] = launch(confinement, spec, environment, user);
  closeInheritable();
  const child = spawn(file!, args, {
    cwd: spec.cwd,
    // Given to the launcher too: /proc/1/environ shows what the sandbox itself was started with.
    env: environment,
    stdio: [spec.stdin, 'pipe', 'pipe', confinement.kind === 'bwrap' ? 'ignore' : 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
    // cmd.exe takes the rest of its line as it is; Node's quoting is for other programs.
    windowsVerbatimArguments: 'shell' in spec.command,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  }).catch((cause: Error) => fail('COMMAND_FAILED', `${describe(spec.command)}: ${cause.message}`, { cause }));
  return watch(child, spec, `${RUN_MARKER}=${run}`);
}

function launch(
  confinement: Confinement,
  spec: ConfinedSpec,
  environment: Record<string, string>,
  user: NodeJS.ProcessEnv,
): string[] {
  const command = commandLine(spec.command);
  if (process.platform === 'win32') return command;
  switch (confinement.kind) {
    case 'bwrap':
      return [confinement.file, ...sandboxArguments(confinement, { ...spec, environment }, user), ...command];
    case 'pid-namespace':
      return watched([confinement.file, ...UNSHARE_OPTIONS, '/bin/sh', '-c', FIRST, 'sh', ...command]);
    case 'none':
      return watched(command);
  }
}

function watched(command: readonly string[]): string[] {
  return ['/bin/sh', '-c', WATCHED, 'sh', ...command];
}

function commandLine(command: Command): string[] {
  if ('file' in command) return [command.file, ...command.args];
  return process.platform === 'win32'
    ? [process.env.ComSpec ?? 'cmd.exe', '/d', '/s', '/c', `"${command.shell}"`]
    : ['/bin/sh', '-c', command.shell];
}

function describe(command: Command): string {
  return 'file' in command ? command.file : command.shell;
}

function watch(child: ChildProcess, spec: ConfinedSpec, marker: `${string}=${string}`): Running {
  const pid = child.pid!;
  let timedOut = false;
  let over = false;
  let stopping: Promise<void> | null = null;
  const stdout = kept(child.stdout!);
  const stderr = kept(child.stderr!);
  child.on('error', () => {}); // A signal that found nobody: the exit tells.
  child.stdin?.on('error', () => {}); // A program that ends without reading its input is no error of ours.

  const gone = new Promise<Pick<Exit, 'code' | 'signal'>>((resolve) => {
    child.once('exit', (code, name) => resolve({ code, signal: name }));
  });
  const limit = spec.limitMs === undefined ? null : setTimeout(expire, spec.limitMs);
  const exited = gone.then(async (exit): Promise<Exit> => {
    over = true;
    if (limit !== null) clearTimeout(limit);
    // Its group may live on after it, and as long as one member does, the id cannot be given to another.
    const survivors = await reap(marker, pid);
    closeLate(child);
    return { ...exit, timedOut, survivors };
  });

  function expire(): void {
    timedOut = true;
    stopping ??= end(LIMIT_GRACE_MS);
  }
  async function end(graceMs: number): Promise<void> {
    if (over) return; // The id may be another's by now.
    await askToEnd(pid, marker);
    if ((await Promise.race([gone, sleep(graceMs, 'late', { ref: false })])) !== 'late') return;
    if (process.platform === 'win32') return killTree(pid);
    signal(-pid, 'SIGKILL');
    await reap(marker, pid);
  }
  return {
    pid,
    stdout,
    stderr,
    stdin: child.stdin,
    exited,
    async stop(graceMs) {
      stopping ??= end(graceMs);
      await stopping;
      const exit = await Promise.race([exited, sleep(KILLED_WITHIN_MS, null, { ref: false })]);
      return exit?.survivors ?? [`${describe(spec.command)} (pid ${pid})`];
    },
  };
}

/**
 * SIGTERM for everything inside. The launcher itself is left out: it would end at once and take the namespace, and so
 * the grace, with it.
 */
async function askToEnd(pid: number, marker: `${string}=${string}`): Promise<void> {
  for (const row of await membersLeft(marker, pid)) {
    if (!LAUNCHERS.has(row.name)) signal(row.pid, 'SIGTERM');
  }
}

/**
 * A stream that waits for its reader: Node throws away what a child printed when nobody has begun to read by the time
 * that it exits. It ends, with all that came, also when the source is destroyed.
 */
function kept(source: Readable): Readable {
  const stream = new PassThrough();
  source.pipe(stream);
  source.once('close', () => stream.end());
  return stream;
}

/**
 * Streams end by themselves once all writers are gone; one that a survivor holds must not keep readers waiting. What is
 * still to be read stays.
 */
function closeLate(child: ChildProcess): void {
  child.stdio[3]?.destroy();
  for (const stream of [child.stdout!, child.stderr!]) {
    const timer = setInterval(() => {
      if (stream.readableLength === 0) stream.destroy();
    }, DRAIN_WITHIN_MS).unref();
    stream.once('close', () => clearInterval(timer));
  }
}
