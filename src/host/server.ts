/** The host's side of the socket: one host per state directory, many clients, and an end of its own when nobody needs it. */
import { createServer, type Server, type Socket } from 'node:net';
import { fail } from '../core/errors';
import type { Audience } from '../core/task/context';
import type { Activity } from '../core/task/summary';
import { VERSION } from '../core/version';
import { type Lock, tryLock } from '../node/store/lock';
import type { StateDirectory } from '../node/store/stateDirectory';
import { storageFailure } from '../node/store/storageFailure';
import { chooseSocket, protectSocket, publishAddress, withdrawAddress } from './address';
import { Broadcast } from './broadcast';
import { Channel } from './channel';
import {
  type Caller,
  METHODS,
  type Method,
  type Params,
  PROTOCOL,
  type Result,
  type Sent,
  type TaskHandlers,
  TIMELESS,
} from './rpc';

/** How long a client may stay silent before its first words. */
const HELLO_MS = 10_000;
const MINUTE_MS = 60_000;

/** The right to be the host of a state directory, held by this process until it is released or ends. */
export interface HostClaim {
  readonly directory: StateDirectory;
  readonly lock: Lock;
}

/** Claims a state directory, or returns null when another process is its host. Before anything in it is read. */
export async function claimHost(directory: StateDirectory): Promise<HostClaim | null> {
  const lock = await tryLock(`${directory.host}/lock`);
  return 'release' in lock ? { directory, lock } : null;
}

/** What the composer of the host gives to its server. */
export interface Work {
  readonly handlers: TaskHandlers;
  /** Tasks at work or waiting for their turn, now. */
  active(): number;
  /** All tasks. */
  tasks(): number;
  /** The last person who could answer a task's requests went away. */
  unattended(task: string): void;
  /** Called once, when no request comes in any more: interrupts what is at work and closes the store. */
  close(): Promise<void>;
}

type Answers = { readonly [M in Method]: (params: Params<M>, caller: Caller) => Promise<Sent<Result<M>>> };

export class HostServer {
  readonly #claim: HostClaim;
  readonly #idleMs: number;
  readonly #startedAt = new Date().toISOString();
  readonly #broadcast = new Broadcast((task) => this.#work?.unattended(task));
  readonly #channels = new Set<Channel>();
  readonly #server: Server;
  #work: Work | null = null;
  #idle: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;
  #ended: (closing: Promise<void>) => void = () => undefined;
  /** Resolves when the host has ended: its lock is free, its clients are gone. Rejects when its work could not be closed. */
  readonly ended: Promise<void>;

  /** @param idleMinutes without client and task at work, after which the host ends itself */
  constructor(claim: HostClaim, idleMinutes: number) {
    this.#claim = claim;
    this.#idleMs = idleMinutes * MINUTE_MS;
    this.#server = createServer((socket) => this.#accept(socket));
    this.ended = new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  /** Where the controller tells what happens; may be used before the server listens. */
  get audience(): Audience {
    return {
      event: (task, event) => {
        this.#idle?.refresh();
        this.#broadcast.event(task, event);
      },
      update: (task, update) => this.#broadcast.update(task, update),
      progress: (task, message) => this.#broadcast.progress(task, message),
      deleted: (task) => this.#broadcast.deleted(task),
      present: (task) => this.#broadcast.attended(task),
    };
  }

  /** The last sign of life of a task; null when it gave none. */
  activityOf(task: string): Activity | null {
    return this.#broadcast.activities.of(task);
  }

  /**
   * Opens the socket, once.
   *
   * @throws STORAGE_FAILED when the socket cannot be made
   */
  async listen(work: Work): Promise<void> {
    this.#work = work;
    const folder = this.#claim.directory.host;
    try {
      await withdrawAddress(folder);
      const socket = await chooseSocket(folder);
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject).listen(socket, resolve);
      });
      await protectSocket(socket);
      await publishAddress(folder, { pid: process.pid, socket });
    } catch (cause) {
      return storageFailure(`the host cannot listen below ${folder}`, cause);
    }
    this.#idle = setTimeout(() => this.#endIfIdle(), this.#idleMs);
  }

  /** Ends the host: no new requests, the work is closed, the lock is freed, the clients are let go. */
  close(): Promise<void> {
    if (this.#closing === null) {
      this.#closing = this.#close();
      this.#ended(this.#closing);
    }
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#server.close();
    try {
      await withdrawAddress(this.#claim.directory.host);
      await this.#work?.close();
    } finally {
      await this.#claim.lock.release();
      await Promise.all([...this.#channels].map((channel) => channel.end()));
    }
  }

  #endIfIdle(): void {
    if (this.#channels.size === 0 && (this.#work?.active() ?? 0) === 0) void this.close();
    else this.#idle?.refresh();
  }

  #accept(socket: Socket): void {
    const channel = new Channel(socket);
    this.#channels.add(channel);
    const silence = setTimeout(() => channel.close(), HELLO_MS);
    void channel.closed.then(() => {
      clearTimeout(silence);
      this.#channels.delete(channel);
      this.#broadcast.leave(channel);
      this.#idle?.refresh();
    });
    let protocol: number | null = null;
    const answers = this.#answers(channel, async (hello) => {
      clearTimeout(silence);
      protocol = hello.protocol;
      if (protocol === PROTOCOL) this.#broadcast.join(channel);
      return { version: VERSION, protocol: PROTOCOL, pid: process.pid, startedAt: this.#startedAt };
    });
    for (const method of Object.keys(METHODS) as Method[]) this.#answer(channel, method, answers, () => protocol);
    channel.listen();
  }

  #answer<M extends Method>(channel: Channel, method: M, answers: Answers, protocol: () => number | null): void {
    channel.answer(method, (params) => {
      if (!TIMELESS.has(method)) this.#admit(protocol());
      return answers[method](params, channel);
    });
  }

  #admit(protocol: number | null): void {
    if (protocol === null) fail('RPC_INVALID', 'a client says hello first');
    if (protocol !== PROTOCOL) {
      fail('HOST_VERSION', `the host ${VERSION} speaks protocol ${PROTOCOL}, the client ${protocol}`);
    }
    if (this.#closing !== null) fail('HOST_UNREACHABLE', 'the host is ending');
  }

  #answers(channel: Channel, hello: Answers['hello']): Answers {
    const work = this.#work;
    if (work === null) throw new Error('the server listens without work');
    return {
      ...work.handlers,
      hello,
      'host/status': async () => ({
        pid: process.pid,
        version: VERSION,
        startedAt: this.#startedAt,
        clients: this.#channels.size,
        active: work.active(),
        tasks: work.tasks(),
      }),
      'host/stop': async ({ force }) => {
        const active = work.active();
        if (active > 0 && !force) fail('HOST_BUSY', `${active} ${active === 1 ? 'task is' : 'tasks are'} at work`);
        void this.close();
        return {};
      },
      'task/watch': async ({ id, on, answers, updates, grace }) => {
        this.#broadcast.watch(channel, id, on ? { answers, updates, graceMs: grace * 1_000 } : null);
        return {};
      },
    };
  }
}
