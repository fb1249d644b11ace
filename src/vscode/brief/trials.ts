/** Checks of the draft, tried at the base: what is at work, what came of it, and how to stop it. */
import { randomUUID } from 'node:crypto';
import { readPartialBrief } from '../../core/brief/partialBrief';
import type { ParamsIn } from '../../host/rpc';
import type { HostLink } from '../hostLink';
import { problemOf } from '../problem';
import { type CheckTrial, type CheckTrials, trialOf } from './checkRows';
import { valueAt } from './formEdits';

/** Whose check is tried. */
export interface Tried {
  readonly repo: string;
  readonly text: string;
  readonly file: string;
}

export class Trials {
  readonly #link: HostLink;
  readonly #changed: () => void;
  readonly #trials = new Map<string, CheckTrial>();
  readonly #ids = new Map<string, string>();
  readonly #hearing: { dispose(): void };

  /** @param changed called when there is something new to show */
  constructor(link: HostLink, changed: () => void) {
    this.#link = link;
    this.#changed = changed;
    this.#hearing = link.on('trial/progress', ({ trial, message }) => this.#hear(trial, message));
  }

  get all(): CheckTrials {
    return this.#trials;
  }

  /** Runs a check of the draft, by its place, to its end. Never throws: what went wrong is its result. */
  async run({ repo, text, file }: Tried, index: number): Promise<void> {
    const brief = readPartialBrief(text, file);
    const name = valueAt(brief, `checks.${index}.name`);
    const what = trialOf(brief, index);
    if (name === '' || this.#ids.size > 0) return;
    const trial = randomUUID();
    this.#ids.set(name, trial);
    this.#show(name, { state: 'running', what, since: Date.now(), words: '' });
    const outcome = await this.#try({ repo, brief: { text, file }, check: name, trial }, what);
    // Another draft may have taken the place of this one.
    if (this.#ids.get(name) !== trial) return;
    this.#ids.delete(name);
    if (outcome === null) this.#trials.delete(name);
    this.#show(name, outcome);
  }

  /** Stops the trial of a check; its result says so when it has ended. */
  async stop(name: string): Promise<void> {
    const trial = this.#ids.get(name);
    if (trial !== undefined) await this.#link.request('brief/try-stop', { trial });
  }

  /** The whole output that came of a check; null when there is none. */
  output(name: string): string | null {
    const trial = this.#trials.get(name);
    return trial?.state === 'done' ? trial.result.output : null;
  }

  /** Forgets everything and stops what is at work: the draft is another. */
  clear(): void {
    for (const trial of this.#ids.values()) void this.#link.request('brief/try-stop', { trial }).catch(() => undefined);
    this.#ids.clear();
    this.#trials.clear();
  }

  dispose(): void {
    this.clear();
    this.#hearing.dispose();
  }

  /** Null when it was stopped: then there is nothing to show. */
  async #try(params: ParamsIn<'brief/try'>, what: string): Promise<CheckTrial | null> {
    try {
      return { state: 'done', what, result: await this.#link.request('brief/try', params) };
    } catch (thrown) {
      const { code, message, fix } = problemOf(thrown);
      return code === 'STOPPED' ? null : { state: 'failed', what, text: `${message}. ${fix}` };
    }
  }

  #hear(trial: string, words: string): void {
    for (const [name, id] of this.#ids) {
      const known = this.#trials.get(name);
      if (id === trial && known?.state === 'running') this.#show(name, { ...known, words });
    }
  }

  #show(name: string, trial: CheckTrial | null): void {
    if (trial !== null) this.#trials.set(name, trial);
    this.#changed();
  }
}
