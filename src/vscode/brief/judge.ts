/** Readiness of the draft as it is typed: the host is asked when the typing pauses, and only its newest answer counts. */
import { inspectBrief, type ReadinessFacts } from '../../core/brief/readiness';
import type { HostLink } from '../hostLink';
import { problemOf } from '../problem';
import type { Translate } from '../translate';
import type { Judgement } from './readinessWords';

/** After so long without a change the host is asked, in milliseconds. */
const PAUSE_MS = 250;

/** What is judged: `file` is for messages. */
export interface Judged {
  readonly repo: string;
  readonly text: string;
  readonly file: string;
}

const UNKNOWN: ReadinessFacts = {
  paths: null,
  commandExists: () => null,
  liveTasks: [],
  policy: null,
  knownAgents: null,
};

export class Judge {
  readonly #link: HostLink;
  readonly #mayAsk: () => boolean;
  readonly #t: Translate;
  readonly #changed: () => void;
  #newest: Judged | null = null;
  #judgement: Judgement | null = null;
  /** What the judgement is of: the text may be another by now. */
  #judged: Judged | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isAsking = false;
  #isReachable = true;

  /**
   * @param mayAsk  whether the host may be asked: not in a workspace that nobody trusts
   * @param changed called when there is another judgement
   */
  constructor(link: HostLink, mayAsk: () => boolean, t: Translate, changed: () => void) {
    this.#link = link;
    this.#mayAsk = mayAsk;
    this.#t = t;
    this.#changed = changed;
  }

  /** Whether the host answered, or has not been asked yet. */
  get isReachable(): boolean {
    return this.#isReachable;
  }

  /** The newest judgement of a draft; the host's, of a moment ago, while it is asked anew. */
  of(judged: Judged): Judgement {
    const isKnown = this.#newest !== null && sameText(this.#newest, judged);
    const isOther = this.#newest?.repo !== judged.repo || this.#newest.file !== judged.file;
    if (!isKnown) {
      this.#newest = judged;
      if (isOther || this.#judgement?.by !== 'host') this.#take(judged, this.#here(judged));
      this.#askSoon();
    }
    return this.#judgement ?? this.#here(judged);
  }

  /** Whether the judgement is of an earlier text than this: what it says may be mended already. */
  isOld(judged: Judged): boolean {
    return this.#judged !== null && !sameText(this.#judged, judged);
  }

  /** Asks again though nothing was typed: the surroundings changed. */
  again(): void {
    this.#isReachable = true;
    if (this.#newest !== null) this.#askSoon(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#newest = null;
  }

  #take(judged: Judged, judgement: Judgement): void {
    this.#judged = judged;
    this.#judgement = judgement;
  }

  #here({ text, file }: Judged): Judgement {
    const why = this.#mayAsk()
      ? this.#t('Judged without the host so far: files, programs and the policy are not known.')
      : this.#t(
          'Judged without the host, because this workspace is not trusted: files, programs and the policy are not known.',
        );
    return { findings: inspectBrief(text, file, UNKNOWN).findings, patterns: null, by: 'here', why };
  }

  #askSoon(pause = PAUSE_MS): void {
    // One that cannot be reached is not asked with every key, only when somebody says so.
    if (!this.#mayAsk() || !this.#isReachable) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    // One question at a time: the answer to this one asks for the newest text.
    if (this.#isAsking || this.#newest === null) return;
    const asked = this.#newest;
    this.#isAsking = true;
    const judgement = await this.#askHost(asked);
    this.#isAsking = false;
    if (this.#newest === null) return;
    if (!sameText(this.#newest, asked)) return this.#askSoon(0);
    this.#take(asked, judgement);
    this.#changed();
  }

  async #askHost(asked: Judged): Promise<Judgement> {
    try {
      const { repo, text, file } = asked;
      const { findings, patterns } = await this.#link.request('brief/inspect', { repo, brief: { text, file } });
      this.#isReachable = true;
      return { findings, patterns, by: 'host', why: '' };
    } catch (thrown) {
      const { code, message } = problemOf(thrown);
      this.#isReachable = code !== 'HOST_UNREACHABLE' && code !== 'HOST_VERSION';
      return { ...this.#here(asked), why: this.#t('Judged without the host: {0}', message) };
    }
  }
}

function sameText(one: Judged, other: Judged): boolean {
  return one.text === other.text && one.file === other.file && one.repo === other.repo;
}
