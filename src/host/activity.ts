/**
 * The last sign of life of each task at work: what it just said, did, or was told to do, in a few words. It is kept in
 * memory alone. Signs come in floods, so they are put into words only when somebody is told.
 */
import type { AgentUpdate } from '../core/ports/transcript';
import type { Activity } from '../core/task/summary';
import { visible } from '../core/visible';

/** Between two tellings of one task, in milliseconds. */
const PACE_MS = 2_000;
/** Characters of the words (the contract's limit). */
const MOST = 400;
/** Characters of a text that are looked at for its last line. */
const TAIL = 2_000;

type Sign = AgentUpdate | { readonly kind: 'progress'; readonly message: string };

interface Living {
  at: number;
  sign: Sign;
  /** What one speaker said so far, its end: updates cut it anywhere. */
  said: string;
  /** Told less than a pace ago. */
  resting: boolean;
  /** Something came since it was told. */
  news: boolean;
}

/** Runs something once, later; never keeps the process alive for it. */
export type Later = (milliseconds: number, run: () => void) => void;

export class Activities {
  readonly #living = new Map<string, Living>();
  readonly #tell: (task: string, activity: Activity) => void;
  readonly #later: Later;

  /** @param tell told at most once in two seconds a task */
  constructor(tell: (task: string, activity: Activity) => void, later: Later = laterUnref) {
    this.#tell = tell;
    this.#later = later;
  }

  update(task: string, update: AgentUpdate): void {
    this.#sign(task, update);
  }

  progress(task: string, message: string): void {
    this.#sign(task, { kind: 'progress', message });
  }

  /** The task rests or is gone: it gives no signs any more. */
  end(task: string): void {
    this.#living.delete(task);
  }

  /** The last sign of a task; null when it gave none since the host began. */
  of(task: string): Activity | null {
    const living = this.#living.get(task);
    return living === undefined ? null : activityOf(living);
  }

  #sign(task: string, sign: Sign): void {
    let living = this.#living.get(task);
    if (living === undefined) {
      living = { at: 0, sign, said: '', resting: false, news: false };
      this.#living.set(task, living);
    }
    living.said = saidSoFar(living, sign);
    living.sign = sign;
    living.at = Date.now();
    living.news = true;
    if (!living.resting) this.#say(task, living);
  }

  #say(task: string, living: Living): void {
    const activity = activityOf(living);
    living.news = false;
    living.resting = true;
    this.#later(PACE_MS, () => {
      living.resting = false;
      if (living.news && this.#living.get(task) === living) this.#say(task, living);
    });
    if (activity !== null) this.#tell(task, activity);
  }
}

function laterUnref(milliseconds: number, run: () => void): void {
  setTimeout(run, milliseconds).unref();
}

function activityOf({ at, sign, said }: Living): Activity | null {
  const words = wordsOf(sign, said);
  return words === null ? null : { at: new Date(at).toISOString(), words };
}

function saidSoFar({ sign: before, said }: Living, sign: Sign): string {
  if (!('text' in sign)) return '';
  const goesOn = before.kind === sign.kind && speakerOf(before) === speakerOf(sign);
  return (goesOn ? said + sign.text : sign.text).slice(-TAIL);
}

function speakerOf(sign: Sign): string {
  if (sign.kind === 'text') return sign.role;
  return sign.kind === 'output' ? 'output' : sign.kind;
}

/**
 * A sign in words, for one line of a list; null when it says nothing.
 *
 * @param said the end of what its speaker said so far
 */
export function wordsOf(sign: Sign, said: string): string | null {
  switch (sign.kind) {
    case 'text':
      return quoted({ agent: 'says', thought: 'thinks', user: 'is told' }[sign.role], said);
    case 'output':
      return quoted('prints', said);
    case 'note':
      return quoted('note', said);
    case 'tool':
      return toolWords(sign);
    case 'plan': {
      const current = sign.entries.find(({ status }) => status === 'in_progress') ?? sign.entries[0];
      return current === undefined ? null : quoted('plans', current.text);
    }
    case 'progress':
      return short(sign.message);
  }
}

function toolWords({ title, status, paths }: Extract<Sign, { kind: 'tool' }>): string | null {
  const what = lastLine(title) || (paths[0] ?? '');
  if (what === '') return null;
  const named = paths.length > 0 && !what.includes(paths[0]!) ? `${what} (${paths[0]})` : what;
  switch (status) {
    case 'completed':
      return short(`done: ${named}`);
    case 'failed':
      return short(`failed: ${named}`);
    default:
      return short(`doing: ${named}`);
  }
}

function quoted(verb: string, text: string): string | null {
  const line = lastLine(text);
  return line === '' ? null : short(`${verb}: ${line}`);
}

function lastLine(text: string): string {
  return (
    text
      .slice(-TAIL)
      .trimEnd()
      .split(/\r\n|\r|\n/)
      .at(-1)
      ?.trim() ?? ''
  );
}

function short(words: string): string {
  const shown = visible(words.slice(0, MOST));
  return shown.length <= MOST ? shown : `${shown.slice(0, MOST - 1)}…`;
}
