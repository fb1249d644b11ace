/** The checks that one turn's agent has run for itself: a help, and nothing that counts. */
import type { ToolAnswer } from '../../agent/tools/tools';
import type { Check } from '../../brief/brief';
import { toCountersignError } from '../../errors';
import { duration, failureLine, failurePlace, shortOid } from '../../review/words';
import type { CheckResult } from '../../verify/verification';
import { visible, visibleText } from '../../visible';
import { patiently } from './patience';

export interface CheckRunLimits {
  /** Runs in one turn. */
  readonly runs: number;
  /** How long a call waits for the end of a run, in milliseconds. */
  readonly patienceMs: number;
}

export class CheckRuns {
  readonly #run: (check: Check) => Promise<CheckResult>;
  readonly #limits: CheckRunLimits;
  #running: { readonly name: string; readonly answer: Promise<ToolAnswer> } | null = null;
  /** Ended, and not told yet. */
  readonly #untold = new Map<string, ToolAnswer>();
  #runs = 0;

  constructor(run: (check: Check) => Promise<CheckResult>, limits: CheckRunLimits) {
    this.#run = run;
    this.#limits = limits;
  }

  /** Runs a check of the brief, or waits for the run of it that is under way. Never rejects. */
  async run(name: string, checks: readonly Check[]): Promise<ToolAnswer> {
    const check = checks.find((candidate) => candidate.name === name);
    if (check === undefined) {
      const known = checks.map((one) => one.name).join(', ');
      return { code: 'BAD_INPUT', text: `The brief has no such check; it has ${known === '' ? 'none' : known}.` };
    }
    const ended = this.#untold.get(name);
    if (ended !== undefined) return this.#tell(name, ended);
    if (this.#running !== null && this.#running.name !== name) {
      return { code: 'BUSY', text: `The check ${this.#running.name} is running: one at a time.` };
    }
    if (this.#running === null) {
      const { runs } = this.#limits;
      if (this.#runs >= runs) {
        return {
          code: 'SPENT',
          text: `You ran ${runs} checks in this turn, which is all. They are run again when you stop.`,
        };
      }
      this.#runs += 1;
      this.#running = { name, answer: this.#carryOut(check) };
    }
    const answer = await patiently(this.#running.answer, this.#limits.patienceMs, STILL_RUNNING);
    return answer === STILL_RUNNING ? answer : this.#tell(name, answer);
  }

  /** Resolves when nothing runs any more; whoever calls it has aborted it. */
  async end(): Promise<void> {
    await this.#running?.answer;
  }

  #tell(name: string, answer: ToolAnswer): ToolAnswer {
    this.#untold.delete(name);
    return answer;
  }

  async #carryOut(check: Check): Promise<ToolAnswer> {
    let answer: ToolAnswer;
    try {
      answer = { code: null, text: resultWords(await this.#run(check)) };
    } catch (thrown) {
      answer = { code: 'FAILED', text: `The check could not be run: ${visible(toCountersignError(thrown).message)}` };
    }
    this.#running = null;
    this.#untold.set(check.name, answer);
    return answer;
  }
}

const STILL_RUNNING: ToolAnswer = {
  code: null,
  text: 'It is still running. Call this again with the same name to go on waiting.',
};

const FAILURES_SHOWN = 20;
const FAILURE_LENGTH = 300;
const TAIL_SHOWN = 8_000;

function resultWords(result: CheckResult): string {
  const { name, status, exit, seconds, tree, counts, failures, note, log } = result;
  const output = `${log.head}${log.tail}`.trimEnd();
  const shown = output.slice(-TAIL_SHOWN);
  const lines = failures.slice(0, FAILURES_SHOWN).map((failed) => {
    const place = failurePlace(failed);
    const said = failureLine(failed);
    const line = `${failed.name}${place === '' ? '' : ` (${place})`}${said === '' ? '' : `: ${said}`}`;
    return `- ${visible(line.slice(0, FAILURE_LENGTH))}`;
  });
  const more = Math.max(counts?.failed ?? 0, failures.length) - lines.length;
  return [
    `${name}: ${status}${exit === null ? '' : `, exit ${exit}`}, after ${duration(seconds)}, on the folder as it was when the run began (tree ${shortOid(tree)}).`,
    ...(note === null ? [] : [visible(note)]),
    ...(counts === null ? [] : [`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped.`]),
    ...(lines.length === 0 ? [] : ['Failed:', ...lines, ...(more > 0 ? [`- and ${more} more`] : [])]),
    ...(shown === ''
      ? ['It printed nothing.']
      : [shown === output ? 'Output:' : 'The end of its output:', visibleText(shown)]),
  ].join('\n');
}
