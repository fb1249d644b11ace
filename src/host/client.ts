/** The client's side: finds the host of a state directory, starts one where there is none, and speaks with it. */
import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CountersignError, fail, toCountersignError } from '../core/errors';
import { VERSION } from '../core/version';
import type { StateDirectory } from '../node/store/stateDirectory';
import { readAddress } from './address';
import { Channel } from './channel';
import { hostEnvironment } from './environment';
import type { Method, Notification, NotificationOf, ParamsIn, Result } from './rpc';
import { PROTOCOL } from './rpc';
import { clearStartFailure, readStartFailure } from './startFailure';

/** How long a start may take on a machine that is busy with agents. */
const START_MS = 30_000;
/** How long a host that listens may take to say who it is. */
const HELLO_MS = 10_000;
const POLL_MS = { first: 10, most: 250 };
const MAX_LOG_BYTES = 4 * 1024 * 1024;

/** Where the host of this user is found; clients need to know nothing more of the machine. */
export { openStateDirectory } from '../node/store/stateDirectory';

export type HostIdentity = Result<'hello'>;

/** A connection to the host, ready for calls. */
export class HostConnection {
  readonly #channel: Channel;
  readonly host: HostIdentity;

  constructor(channel: Channel, host: HostIdentity) {
    this.#channel = channel;
    this.host = host;
  }

  /** Resolves when the connection has ended, whoever ended it. */
  get closed(): Promise<void> {
    return this.#channel.closed;
  }

  /** @throws what the host threw, with its code; HOST_UNREACHABLE when the host ends meanwhile */
  request<M extends Method>(method: M, params: ParamsIn<M>): Promise<Result<M>> {
    return this.#channel.request(method, params);
  }

  /** Hears a notification from now on; one listener for each. */
  on<N extends Notification>(name: N, listener: (value: NotificationOf<N>) => void): void {
    this.#channel.hear(name, listener);
  }

  close(): void {
    this.#channel.close();
  }
}

/** How to start the host: a Node (also one inside VS Code) and its arguments, the host's file last. */
export interface HostProgram {
  readonly execPath: string;
  readonly args: readonly string[];
}

/**
 * The running host, whatever its version: to look at it and to stop it.
 *
 * @returns null when none runs
 */
export async function findHost(directory: StateDirectory): Promise<HostConnection | null> {
  const address = await readAddress(directory.host);
  if (address === null) return null;
  const socket = await reach(address.socket);
  if (socket === null) return null;
  const channel = new Channel(socket);
  channel.listen();
  const silence = setTimeout(() => channel.close(), HELLO_MS);
  try {
    return new HostConnection(channel, await channel.request('hello', { version: VERSION, protocol: PROTOCOL }));
  } catch (error) {
    channel.close();
    if (toCountersignError(error).code === 'HOST_UNREACHABLE') return null;
    throw error;
  } finally {
    clearTimeout(silence);
  }
}

/**
 * The running host, or one that is started now and goes on after this process.
 *
 * @throws HOST_VERSION when a host of another protocol runs; CONFIG_INVALID, or whatever else the host could not start
 *   for; HOST_UNREACHABLE, naming the log, when it did not say
 */
export async function connectHost(
  directory: StateDirectory,
  program: HostProgram,
  env: NodeJS.ProcessEnv = process.env,
): Promise<HostConnection> {
  const log = join(directory.host, 'log');
  const deadline = performance.now() + START_MS;
  let starting: Start | null = null;
  for (let pause = POLL_MS.first; performance.now() < deadline; pause = Math.min(2 * pause, POLL_MS.most)) {
    const connection = await findHost(directory);
    if (connection !== null) return sameProtocol(connection);
    if (starting?.failure) {
      const why = await readStartFailure(directory.host);
      throw (
        why ??
        new CountersignError('HOST_UNREACHABLE', `the host did not start (${starting.failure}); its log is ${log}`)
      );
    }
    // One that ended in peace left the place to another host, which may itself be about to end.
    if (starting === null || starting.ended) starting = await start(directory, program, env, log);
    await sleep(pause);
  }
  return fail('HOST_UNREACHABLE', `no host answers after ${START_MS / 1_000} seconds; its log is ${log}`);
}

function sameProtocol(connection: HostConnection): HostConnection {
  const { protocol, version, pid } = connection.host;
  if (protocol === PROTOCOL) return connection;
  connection.close();
  return fail(
    'HOST_VERSION',
    `the host that runs (version ${version}, process ${pid}) speaks protocol ${protocol}, this is ${PROTOCOL} of ${VERSION}`,
  );
}

function reach(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

/** What became of a host that was started. */
interface Start {
  ended: boolean;
  /** Why it ended, when not in peace. */
  failure: string | null;
}

async function start(
  directory: StateDirectory,
  { execPath, args }: HostProgram,
  env: NodeJS.ProcessEnv,
  log: string,
): Promise<Start> {
  const state: Start = { ended: false, failure: null };
  // A configuration that is wrong is told at once, before a process is started for it. Loaded only here: most calls find
  // a host that runs.
  const { readConfig } = await import('../node/store/config');
  await readConfig(env);
  await clearStartFailure(directory.host);
  await rotate(log);
  const output = await open(log, 'a', 0o600);
  try {
    const child = spawn(execPath, args, {
      cwd: directory.root,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: hostEnvironment(env, directory.root),
      windowsHide: true,
    });
    child.on('error', (error) => {
      state.failure = error.message;
    });
    child.on('exit', (code, signal) => {
      state.ended = true;
      if (code !== 0) state.failure = signal === null ? `exit ${code}` : `ended by ${signal}`;
    });
    child.unref();
  } finally {
    await output.close();
  }
  return state;
}

async function rotate(log: string): Promise<void> {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await rename(log, `${log}.1`);
}
