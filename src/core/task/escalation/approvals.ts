/** The questions of one turn's agent to a person: one open at a time, few in all, and none twice. */
import type { ToolAnswer } from '../../agent/tools/tools';
import { toCountersignError } from '../../errors';
import { amendmentWords } from '../../review/amendment';
import { visible } from '../../visible';
import type { Answer } from '../permissionDesk';
import { patiently } from './patience';
import type { Question } from './wishes';

export interface ApprovalLimits {
  /** Questions that reach a person in one turn. */
  readonly questions: number;
  /** How long a call waits for the person, in milliseconds. */
  readonly patienceMs: number;
}

export class Approvals {
  readonly #ask: (question: Question, ordinal: number) => Promise<Answer>;
  readonly #limits: ApprovalLimits;
  /** What people answered, by what was asked: the reason given does not make it another question. */
  readonly #answered = new Map<string, ToolAnswer>();
  #open: { readonly key: string; readonly answer: Promise<ToolAnswer> } | null = null;
  #asked = 0;

  constructor(ask: (question: Question, ordinal: number) => Promise<Answer>, limits: ApprovalLimits) {
    this.#ask = ask;
    this.#limits = limits;
  }

  /** Puts the question to a person, unless it was answered or is being asked. Never rejects. */
  async request(question: Question, waiting: (waits: boolean) => void): Promise<ToolAnswer> {
    const { change, allow } = question.amendment;
    const key = JSON.stringify([change.toSorted(), allow]);
    const answered = this.#answered.get(key);
    if (answered !== undefined) return { ...answered, text: `You asked that before. ${answered.text}` };
    if (this.#open !== null && this.#open.key !== key) {
      return { code: 'BUSY', text: 'A person is being asked something else: wait for that answer first.' };
    }
    if (this.#open === null) {
      if (this.#asked >= this.#limits.questions) {
        const text = `You asked a person ${this.#limits.questions} times in this turn, which is all. ${LEAVE}`;
        return { code: 'SPENT', text };
      }
      this.#asked += 1;
      this.#open = { key, answer: this.#put(question, key, this.#asked) };
    }
    waiting(true);
    try {
      return await patiently(this.#open.answer, this.#limits.patienceMs, NOT_YET);
    } finally {
      waiting(false);
    }
  }

  /** Resolves when no question is open any more; whoever calls it has aborted what they wait for. */
  async end(): Promise<void> {
    await this.#open?.answer;
  }

  async #put(question: Question, key: string, ordinal: number): Promise<ToolAnswer> {
    try {
      const { allow, by } = await this.#ask(question, ordinal);
      const answer = answerOf(question, allow, by);
      // Nobody's silence is no answer: somebody may be there when it is asked again.
      if (by !== NOBODY) this.#answered.set(key, answer);
      return answer;
    } catch (thrown) {
      return {
        code: 'FAILED',
        text: `The question could not be asked: ${visible(toCountersignError(thrown).message)}`,
      };
    } finally {
      this.#open = null;
    }
  }
}

const NOBODY = 'nobody';
const LEAVE = 'Leave it undone, and say so when you stop.';

const NOT_YET: ToolAnswer = {
  code: null,
  text: 'Nobody has answered yet; the question stays open. Call this again with the same paths or boundary to go on waiting, or go on with other work.',
};

function answerOf({ amendment }: Question, allow: boolean, by: string): ToolAnswer {
  if (allow) {
    return {
      code: null,
      text: `Yes. ${visible(by)} widened the brief for this task: ${amendmentWords(amendment, 50)}. It is on record, and the result is judged by it.`,
    };
  }
  if (by === NOBODY) return { code: 'REFUSED', text: `No: nobody answered. ${LEAVE}` };
  return { code: 'REFUSED', text: `No. ${visible(by)} refused it. ${LEAVE}` };
}
