/** Puts a wish before an agent that may only read, in a clean checkout, and holds its answer against the repository. */

import { CountersignError, fail, toCountersignError } from '../../core/errors';
import type { Usage } from '../../core/events';
import type { Offer, SeenPlace } from '../../core/plan/offer';
import type { Plan, Wish } from '../../core/plan/plan';
import type { Planner } from '../../core/plan/planner';
import { askForPlan } from '../../core/plan/shape';
import type { AgentPort, Consultation } from '../../core/ports/agents';
import type { Clock, Progress } from '../../core/ports/machine';
import type { RepositoryFacts } from '../../core/ports/repository';
import { usageOfBoth } from '../../core/spending';
import { openPlanRoom, type PlanRoom, type RoomOptions } from './planRoom';

/** Minutes for both answers together, unless somebody says otherwise. */
export const PLAN_MINUTES = 10;

export interface PlanningOptions extends RoomOptions {
  readonly agents: Pick<AgentPort, 'consult' | 'confinement'>;
  readonly clock: Clock;
}

export interface PlanQuestion {
  readonly repository: RepositoryFacts;
  readonly wish: Wish;
  readonly places: readonly SeenPlace[];
  readonly offer: Offer;
  readonly planner: Extract<Planner, { kind: 'agent' }>;
  readonly minutes: number;
}

/**
 * The plan of an agent. Whatever becomes of it, no process and no folder of it is left.
 *
 * @throws PLAN_NONE when there is no answer of use, STOPPED when `signal` fires, AGENT_*, COMMAND_FAILED,
 *   SANDBOX_REQUIRED, SURVIVORS, CHECKOUT_FAILED, STORAGE_FAILED and what git says
 */
export async function consultPlanner(
  options: PlanningOptions,
  question: PlanQuestion,
  progress: Progress,
  signal: AbortSignal,
): Promise<Plan> {
  await options.agents.confinement(question.planner.agent);
  progress('opening a clean checkout');
  const begun = options.clock.monotonic();
  const room = await openPlanRoom(options, question.repository, signal);
  try {
    const talk = new Talk(options, question, { room, begun, progress, signal });
    const { wish, places, offer } = question;
    const material = { wish, places, offer, run: crypto.randomUUID(), reads: true };
    const proposal = await askForPlan(material, (prompt) => talk.ask(prompt), progress);
    // Whatever the sandbox holds: a reader that wrote read something else in the end.
    if (!(await room.isUntouched())) {
      fail('PLAN_NONE', 'the planner changed files of its checkout; what it said is void');
    }
    const seconds = Math.round(options.clock.monotonic() - begun) / 1000;
    return { schema: 1, ...proposal, intent: wish.intent, base: question.repository.head, seconds, ...talk.record };
  } catch (thrown) {
    signal.throwIfAborted();
    throw advised(thrown);
  } finally {
    await room.close();
  }
}

interface Place {
  readonly room: PlanRoom;
  readonly begun: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** One conversation of at most two questions, and what is known of it. */
class Talk {
  readonly #options: PlanningOptions;
  readonly #question: PlanQuestion;
  readonly #place: Place;
  readonly #refused: string[] = [];
  #last: Consultation | null = null;
  #usage: Usage | null = null;

  constructor(options: PlanningOptions, question: PlanQuestion, place: Place) {
    this.#options = options;
    this.#question = question;
    this.#place = place;
  }

  get record(): Pick<Plan, 'planner' | 'usage' | 'confinement' | 'refused'> {
    const { agent } = this.#question.planner;
    const { name = agent, version = null } = this.#last?.agent ?? {};
    return {
      planner: { kind: 'agent', id: agent, name, version },
      usage: this.#usage === null ? null : { tokens: { ...this.#usage.tokens }, costUsd: this.#usage.costUsd },
      confinement: this.#last?.confinement ?? null,
      refused: [...this.#refused],
    };
  }

  async ask(prompt: string): Promise<string | null> {
    const { planner, repository, minutes } = this.#question;
    const { room, begun, progress, signal } = this.#place;
    const limit = minutes * 60_000 - (this.#options.clock.monotonic() - begun);
    const late = `the planner gave no answer within ${minutes} min`;
    if (limit <= 0) fail('PLAN_NONE', late);
    progress(`${planner.agent} reads the repository`);
    const said = await this.#options.agents.consult(
      {
        ...{ task: room.name, agent: planner.agent, command: planner.command, prompt, limit, purpose: 'plan' },
        folder: room.folder,
        readable: room.readable,
        hidden: [repository.root, repository.commonDir],
        progress,
      },
      signal,
    );
    this.#hear(said);
    signal.throwIfAborted();
    if (said.stop === 'timeout') fail('PLAN_NONE', late);
    if (said.survivors.length > 0) {
      fail('SURVIVORS', `processes of the planner could not be ended: ${said.survivors.join(', ')}`);
    }
    return said.stop === 'too-long' ? null : said.text;
  }

  #hear(said: Consultation): void {
    this.#last = said;
    this.#refused.push(...said.refused);
    this.#usage = usageOfBoth(this.#usage, said.usage);
  }
}

const OTHER = 'name another planner, or shape without one; `countersign brief shape --planner none` asks nobody';

/** What to do about a planner that failed is another thing than about a task. */
function advised(thrown: unknown): CountersignError {
  const { code, message } = toCountersignError(thrown);
  const isPlanners = ['AGENT_FAILED', 'AGENT_PROTOCOL', 'AGENT_STEERED', 'AGENT_TIMEOUT', 'COMMAND_FAILED'].includes(
    code,
  );
  return isPlanners ? new CountersignError(code, message, { fix: OTHER, cause: thrown }) : toCountersignError(thrown);
}
