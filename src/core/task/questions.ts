/** The questions of one turn to a person, on record with their answers. One at a time: a task waits for one answer. */
import type { Brief } from '../brief/brief';
import type { EventOf } from '../events';
import type { PermissionQuestion } from '../ports/agents';
import type { TaskContext } from './context';
import type { AskPerson } from './escalation/toolDesk';
import type { Answer, PermissionDesk } from './permissionDesk';
import type { Task } from './task';

const NOBODY: Answer = { allow: false, by: 'nobody' };

export class Questions {
  readonly #context: TaskContext;
  readonly #task: string;
  readonly #desk: PermissionDesk;
  readonly #amended: () => void;
  #brief: Brief;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param brief as it is when the turn begins
   * @param amended told when a person widened it
   */
  constructor(context: TaskContext, task: Pick<Task, 'id'>, brief: Brief, desk: PermissionDesk, amended: () => void) {
    this.#context = context;
    this.#task = task.id;
    this.#brief = brief;
    this.#desk = desk;
    this.#amended = amended;
  }

  /** The brief as people have widened it by now. */
  get brief(): Brief {
    return this.#brief;
  }

  /** Asks for one action: a yes lets the agent do it, and changes nothing else. */
  ask(question: PermissionQuestion, signal: AbortSignal): Promise<Answer> {
    return this.#inTurn(() => this.#put({ type: 'asked', ...question }, signal));
  }

  /** Asks for an amendment: a yes is one, from then on. */
  readonly askAmendment: AskPerson = ({ request, what, boundary, amendment }, signal) =>
    this.#inTurn(() => this.#put({ type: 'asked', request, what, boundary, amendment }, signal));

  async #put(asked: EventOf<'asked'>, signal: AbortSignal): Promise<Answer> {
    const { request, what, amendment } = asked;
    const context = this.#context;
    if (signal.aborted) return NOBODY;
    await context.record(this.#task, asked);
    const answer = context.audience.present(this.#task) ? await this.#desk.wait(this.#task, request, signal) : NOBODY;
    const { allow, by } = answer;
    // Before the decision: a host that dies in between has lost a question, and no answer.
    if (allow && amendment !== undefined) await this.#amend({ type: 'amended', request, by, amendment });
    const decision = allow ? 'allowed' : 'refused';
    const why = by === NOBODY.by ? 'nobody was there to answer' : 'answered by a person';
    await context.record(this.#task, { type: 'decided', request, what, decision, by, why });
    return answer;
  }

  async #amend(event: EventOf<'amended'>): Promise<void> {
    const task = await this.#context.record(this.#task, event);
    this.#brief = (await this.#context.terms(task)).brief;
    this.#amended();
  }

  #inTurn<T>(question: () => Promise<T>): Promise<T> {
    const answer = this.#last.then(question);
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
