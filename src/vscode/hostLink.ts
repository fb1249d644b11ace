/** The extension's one line to the host. It holds no truth: whoever is told that it came or went asks anew. */
import { CountersignError, fail } from '../core/errors';
import type { Method, Notification, NotificationOf, ParamsIn, Result } from '../host/rpc';

/** What the link needs of a connection; the client's fits. */
export interface Connection {
  request<M extends Method>(method: M, params: ParamsIn<M>): Promise<Result<M>>;
  on<N extends Notification>(name: N, listener: (value: NotificationOf<N>) => void): void;
  readonly closed: Promise<void>;
  close(): void;
}

/** A connection to the host; null when none runs and `start` does not allow to start one. */
export type Dial = (start: boolean) => Promise<Connection | null>;

export type News = NotificationOf<'task/event'>;
export type Pulse = NotificationOf<'task/alive'>;

export interface LinkListener {
  /** A connection stands: everything seen before may be old. */
  connected(): void;
  /** The connection ended: what is shown is no longer kept up to date. */
  lost(): void;
  event(news: News): void;
}

/**
 * What changes something, runs something or grants something. None of it leaves a window whose workspace nobody trusts,
 * also where another window started the host: there tasks can only be looked at, put aside, and stopped.
 */
const ACTING: ReadonlySet<Method> = new Set<Method>([
  ...([
    'task/run',
    'task/adopt',
    'task/resume',
    'task/correct',
    'task/revert',
    'task/checkout',
    'task/take-over',
    'task/hand-in',
    'task/split',
  ] as const),
  ...([
    'task/signoff',
    'task/reject',
    'task/restore',
    'task/delete',
    'brief/try',
    'brief/shape',
    'brief/shape-prompt',
    'agents/define',
    'task/review',
    'task/accept-criterion',
  ] as const),
]);

/** Pauses before each look for a host that went; after the last one only a person's action connects again. */
const LOOK_AGAIN_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 60_000, 60_000];

export class HostLink {
  readonly #dial: Dial;
  readonly #trusted: () => boolean;
  readonly #pauses: readonly number[];
  readonly #listeners = new Set<LinkListener>();
  readonly #hearers = new Map<Notification, Set<(value: never) => void>>();
  #connection: Connection | null = null;
  #dialing: Promise<Connection | null> | null = null;
  #look: NodeJS.Timeout | undefined;
  #disposed = false;

  /** @param trusted whether the workspace is: else no host is started, and nothing is asked for that acts */
  constructor(dial: Dial, trusted: () => boolean, pauses = LOOK_AGAIN_MS) {
    this.#dial = dial;
    this.#trusted = trusted;
    this.#pauses = pauses;
  }

  get connected(): boolean {
    return this.#connection !== null;
  }

  /** @returns how to stop hearing */
  listen(listener: LinkListener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /**
   * Hears one kind of notification, over every connection there will be.
   *
   * @returns how to stop hearing
   */
  on<N extends Notification>(name: N, listener: (value: NotificationOf<N>) => void): { dispose(): void } {
    const known = this.#hearers.get(name);
    const hearers = known ?? new Set();
    hearers.add(listener);
    this.#hearers.set(name, hearers);
    if (known === undefined && this.#connection !== null) this.#hear(this.#connection, name);
    return { dispose: () => hearers.delete(listener) };
  }

  /**
   * Connects unless it is connected, starting the host where that is allowed.
   *
   * @returns whether a connection stands
   * @throws HOST_UNREACHABLE, HOST_VERSION
   */
  async connect(): Promise<boolean> {
    return (await this.#reach(this.#trusted())) !== null;
  }

  /**
   * Connects to a host that runs, and starts none.
   *
   * @returns whether a connection stands
   * @throws HOST_UNREACHABLE, HOST_VERSION
   */
  async look(): Promise<boolean> {
    return (await this.#reach(false)) !== null;
  }

  /**
   * Calls the host, connecting first.
   *
   * @throws what the host threw, with its code; HOST_UNREACHABLE when there is none; CONFIG_INVALID for what needs trust
   */
  async request<M extends Method>(method: M, params: ParamsIn<M>): Promise<Result<M>> {
    if (!this.#trusted() && acts(method, params)) {
      return fail('CONFIG_INVALID', 'this workspace is not trusted: here tasks can be read only', {
        fix: 'trust this workspace first',
      });
    }
    const connection = await this.#reach(this.#trusted());
    if (connection === null) {
      return fail('HOST_UNREACHABLE', 'the background host is not running', {
        fix: 'trust this workspace, so that it may be started',
      });
    }
    return connection.request(method, params);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#look);
    this.#connection?.close();
    this.#listeners.clear();
    this.#hearers.clear();
  }

  async #reach(start: boolean): Promise<Connection | null> {
    if (this.#connection !== null) return this.#connection;
    // Whoever may only look cannot do the work of one who may start.
    if (this.#dialing !== null) {
      const found = await this.#dialing;
      if (found !== null || !start || this.#connection !== null) return found ?? this.#connection;
    }
    this.#dialing ??= this.#dialed(start).finally(() => {
      this.#dialing = null;
    });
    return this.#dialing;
  }

  async #dialed(start: boolean): Promise<Connection | null> {
    const connection = await this.#dial(start);
    if (connection === null) return null;
    if (this.#disposed) {
      connection.close();
      throw new CountersignError('HOST_UNREACHABLE', 'the extension is ending');
    }
    clearTimeout(this.#look);
    this.#connection = connection;
    connection.on('task/event', (news) => this.#tell((listener) => listener.event(news)));
    for (const name of this.#hearers.keys()) this.#hear(connection, name);
    void connection.closed.then(() => this.#lose());
    this.#tell((listener) => listener.connected());
    return connection;
  }

  #hear<N extends Notification>(connection: Connection, name: N): void {
    connection.on(name, (value) => {
      for (const hearer of this.#hearers.get(name) ?? []) (hearer as (value: NotificationOf<N>) => void)(value);
    });
  }

  #lose(): void {
    this.#connection = null;
    if (this.#disposed) return;
    this.#tell((listener) => listener.lost());
    this.#lookAgain(0);
  }

  /** Looks for a host that somebody else started. Never starts one: whoever ended it may have meant it. */
  #lookAgain(attempt: number): void {
    const pause = this.#pauses[attempt];
    if (pause === undefined) return;
    this.#look = setTimeout(() => {
      this.#reach(false).then(
        (found) => found ?? this.#lookAgain(attempt + 1),
        () => this.#lookAgain(attempt + 1),
      );
    }, pause);
    this.#look.unref();
  }

  #tell(what: (listener: LinkListener) => void): void {
    for (const listener of this.#listeners) what(listener);
  }
}

/** To refuse an agent something needs no trust; to allow it does. */
function acts<M extends Method>(method: M, params: ParamsIn<M>): boolean {
  return ACTING.has(method) || (method === 'task/answer' && (params as ParamsIn<'task/answer'>).allow);
}
