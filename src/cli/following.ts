/** Waits with a person for a task: shows what it does, passes on questions and Ctrl-C, until the task rests. */
import type { TaskEvent } from '../core/events';
import type { TaskState } from '../core/task/task';
import { visible } from '../core/visible';
import type { NotificationOf, ParamsIn, Result } from '../host/rpc';
import { connectionLost } from './host';
import type { Output } from './output';
import { Progress } from './progress';

/** How a task came to rest, as far as waiting for it can tell. */
export interface Rest {
  readonly id: string;
  /** The last that was heard of. */
  readonly state: TaskState;
  /** `stopped`, `host-died` of an interrupted task; `detached` when the person did not wait for the end. */
  readonly cause: 'stopped' | 'host-died' | 'detached' | null;
}

/** What following needs of the host; the client fits. */
export interface FollowedHost {
  request<M extends 'task/stop' | 'task/answer' | 'task/watch'>(method: M, params: ParamsIn<M>): Promise<Result<M>>;
  on<N extends 'task/event' | 'task/progress'>(name: N, listener: (value: NotificationOf<N>) => void): void;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;
}

type News = NotificationOf<'task/event'>;

/** Starts something and resolves to the task's id; what it has to say meanwhile goes through `note`. */
export type Begin = (note: (text: string) => void) => Promise<string>;

/** The person at the terminal. */
export interface Attendant {
  readonly output: Output;
  /** Who answers, for the record; null when nobody is there to be asked. */
  readonly by: string | null;
  /** Asks yes or no; the signal takes the question back. */
  ask(question: string, signal: AbortSignal): Promise<boolean>;
  /** Calls back at every Ctrl-C until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
}

/** States in which nothing happens before somebody decides. */
export const AT_REST: ReadonlySet<string> = new Set<TaskState>([
  'ready',
  'signed',
  'delivered',
  'rejected',
  'failed',
  'interrupted',
]);

/**
 * Starts something with `begin` and waits until its task rests, or until `isEnd` says so. The first Ctrl-C stops the task
 * and waits for its end, the second stops waiting.
 */
export async function followTask(
  host: FollowedHost,
  attendant: Attendant,
  begin: Begin,
  isEnd: (news: News) => boolean = ({ state }) => AT_REST.has(state),
): Promise<Rest> {
  using progress = new Progress(attendant.output, 'waiting for the host');
  const following = new Following(host, attendant, progress, isEnd);
  try {
    return await Promise.race([following.rest(begin), connectionLost(host)]);
  } finally {
    following.end();
  }
}

class Following {
  readonly #host: FollowedHost;
  readonly #attendant: Attendant;
  readonly #progress: Progress;
  readonly #isEnd: (news: News) => boolean;
  readonly #rested: Promise<Rest>;
  #settle: (rest: Rest) => void = () => undefined;
  readonly #release: () => void;
  /** News that came before the task's id was known. */
  #early: News[] = [];
  #id: string | null = null;
  #state: TaskState = 'queued';
  #interrupts = 0;
  #question: { readonly request: string; readonly taken: AbortController } | null = null;

  constructor(host: FollowedHost, attendant: Attendant, progress: Progress, isEnd: (news: News) => boolean) {
    this.#isEnd = isEnd;
    this.#host = host;
    this.#attendant = attendant;
    this.#progress = progress;
    this.#rested = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#release = attendant.onInterrupt(() => this.#interrupt());
    host.on('task/event', (news) => this.#hear(news));
    host.on('task/progress', ({ id, message }) => {
      if (id === this.#id && this.#interrupts === 0) progress.stage(message);
    });
  }

  async rest(begin: Begin): Promise<Rest> {
    const id = await begin((text) => {
      this.#progress.pause();
      this.#attendant.output.note(text);
      this.#progress.resume();
    });
    this.#id = id;
    await this.#host.request('task/watch', { id, on: true, answers: this.#attendant.by !== null });
    if (this.#interrupts > 0) this.#stop(id);
    for (const news of this.#early) this.#hear(news);
    this.#early = [];
    return this.#rested;
  }

  end(): void {
    this.#release();
    this.#question?.taken.abort();
  }

  #hear(news: News): void {
    if (this.#id === null) {
      this.#early.push(news);
      return;
    }
    if (news.id !== this.#id) return;
    const { event, state } = news;
    this.#state = state;
    this.#show(state, event);
    if (event.type === 'asked') this.#ask(event);
    if (event.type === 'decided' && event.request === this.#question?.request) this.#question.taken.abort();
    if (this.#isEnd(news)) {
      this.#settle({ id: news.id, state, cause: event.type === 'interrupted' ? event.cause : null });
    }
  }

  #show(state: TaskState, event: TaskEvent): void {
    if (this.#interrupts === 0) this.#progress.stage(event.type === 'review-started' ? 'reviewing' : STAGES[state]);
    if (event.type === 'drifting') {
      const { verdict, files, paths } = event;
      const where = paths.length === 0 ? '' : `: ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''}`;
      this.#progress.warn(verdict === 'clean' ? '' : `drift ${verdict} (${files} files changed)${where}`);
    }
    if (event.type === 'snapshot') this.#progress.warn('');
  }

  #ask({ request, what, boundary }: Extract<TaskEvent, { type: 'asked' }>): void {
    const { by } = this.#attendant;
    const id = this.#id;
    if (by === null || id === null) return;
    const taken = new AbortController();
    this.#question = { request, taken };
    this.#progress.pause();
    const class_ = boundary === null ? '' : ` (${visible(boundary)})`;
    this.#attendant
      .ask(`The agent asks${class_}: ${visible(what)}\nAllow it? [y/N] `, taken.signal)
      .then((allow) => this.#host.request('task/answer', { id, request, allow, by }))
      // Answered elsewhere, or the task ended meanwhile: the journal says what counts.
      .catch(() => undefined)
      .finally(() => this.#progress.resume());
  }

  #interrupt(): void {
    this.#interrupts += 1;
    this.#question?.taken.abort();
    const id = this.#id;
    if (this.#interrupts === 1) {
      this.#progress.stage('stopping (Ctrl-C again: do not wait)');
      if (id !== null) this.#stop(id);
    } else if (id !== null) {
      this.#progress.pause();
      this.#attendant.output.note(`task ${id} goes on stopping; look at it with \`countersign show ${id}\``);
      this.#settle({ id, state: this.#state, cause: 'detached' });
    }
  }

  #stop(id: string): void {
    // A task that came to rest meanwhile cannot be stopped any more, and its own end has been told.
    this.#host.request('task/stop', { id }).catch(() => undefined);
  }
}

const STAGES: Readonly<Record<TaskState, string>> = {
  draft: 'a draft',
  queued: 'waiting for its turn',
  preparing: 'preparing the worktree',
  running: 'the agent works',
  correcting: 'the agent corrects',
  verifying: 'verifying: snapshot, drift, checks',
  ready: 'ready',
  signed: 'signed off',
  delivered: 'delivered',
  rejected: 'rejected',
  failed: 'failed',
  interrupted: 'interrupted',
};
