/** What the host does for the methods about the shape of a brief. */
import { fail } from '../../core/errors';
import { guessPlan } from '../../core/plan/guess';
import type { Plan, Wish } from '../../core/plan/plan';
import { choosePlanner, type Planner } from '../../core/plan/planner';
import { askAgain, composePlanPrompt, isFinal } from '../../core/plan/prompt';
import { readPlan } from '../../core/plan/shape';
import type { RepositoryFacts } from '../../core/ports/repository';
import type { TaskContext } from '../../core/task/context';
import type { AskedQuestions } from '../../node/briefs/askedQuestions';
import type { CommitReader } from '../../node/briefs/commitFacts';
import { readOffer, seePlaces } from '../../node/briefs/offer';
import { consultPlanner, PLAN_MINUTES, type PlanningOptions } from '../../node/briefs/planning';
import type { Caller, Params, TaskHandlers } from '../rpc';
import type { SHAPING } from '../rpc/shaping';
import { Errands } from './errands';

export interface PlanDeskOptions extends PlanningOptions {
  readonly context: Pick<TaskContext, 'liveScopes'> & {
    readonly ports: Pick<TaskContext['ports'], 'repositories' | 'agents'>;
  };
  readonly commits: CommitReader;
  readonly asked: AskedQuestions;
  /** As the user's configuration says; null where it says nothing. */
  readonly planner: string | null;
  /** The agent of a brief that names none. */
  readonly worker: string | null;
}

/** Each reads a repository, and costs whoever asks. */
const MOST_PLANS = 4;

/** The plans that are being made now. None outlives its client or the host. */
export class PlanDesk {
  readonly #options: PlanDeskOptions;
  readonly #errands = new Errands('plan', MOST_PLANS);

  constructor(options: PlanDeskOptions) {
    this.#options = options;
  }

  get handlers(): Pick<TaskHandlers, keyof typeof SHAPING> {
    return {
      'brief/shape': (params, caller) =>
        this.#errands.run(params.plan, caller, (signal) => this.#shape(params, caller, signal)),
      'brief/shape-stop': async ({ plan }, caller) => {
        this.#errands.stop(plan, caller);
        return {};
      },
      'brief/shape-prompt': async (params) => {
        const run = crypto.randomUUID();
        return { prompt: composePlanPrompt({ ...(await this.#material(params)), run, reads: false }), run };
      },
      'brief/shape-answer': (params) => this.#hold(params),
      'brief/shape-planner': async () => {
        const planner = await this.#choose(null, null);
        return { planner: planner.kind === 'agent' ? planner.agent : null };
      },
    };
  }

  /** Stops all, for the host's end. */
  close(): Promise<void> {
    return this.#errands.close();
  }

  async #shape(params: Params<'brief/shape'>, caller: Caller, signal: AbortSignal): Promise<Plan> {
    const planner = await this.#choose(params.planner ?? null, params.command ?? null);
    const { repository, ...material } = await this.#material(params);
    const progress = (message: string) => caller.notify('plan/progress', { plan: params.plan, message });
    const plan =
      planner.kind === 'none'
        ? guessed(material, repository, planner.why)
        : await consultPlanner(
            this.#options,
            { ...material, repository, planner, minutes: params.minutes ?? PLAN_MINUTES },
            progress,
            signal,
          );
    // The questions of the first round stay: their answers may be given anew.
    if (!isFinal(material.wish)) {
      const questions = plan.questions.map(({ text }) => text);
      await this.#options.asked.keep(repository.id, params.intent, questions);
    }
    return plan;
  }

  async #choose(asked: string | null, command: string | null): Promise<Planner> {
    const { planner: configured, worker, context } = this.#options;
    const { agents } = context.ports;
    return choosePlanner({ asked, command, configured, worker, installed: await agents.installed() });
  }

  async #hold(params: Params<'brief/shape-answer'>) {
    const { run, text, model, seconds, intent } = params;
    const { repository, ...material } = await this.#material(params);
    const { proposal, problem } = readPlan(text, { ...material, run });
    if (proposal === null) {
      const again = askAgain(composePlanPrompt({ ...material, run, reads: false }), problem, run);
      return { plan: null, problem, again };
    }
    const planner = { kind: 'editor', ...model, version: null } as const;
    const nothing = { usage: null, confinement: null, refused: [] };
    const plan: Plan = { schema: 1, ...proposal, intent, planner, base: repository.head, seconds, ...nothing };
    return { plan, problem: null, again: null };
  }

  /** What every planner is asked with. */
  async #material({ repo, intent, places, answers, final }: Params<'brief/shape-prompt'>) {
    const { context, commits } = this.#options;
    const repository = await context.ports.repositories.identify(repo);
    const commit = await commits.of(repository);
    const around = { ...repository, paths: commit.paths, policy: commit.policy() };
    const live = await context.liveScopes.of(repository.id);
    const [offer, seen, given] = await Promise.all([
      readOffer(around, live),
      seePlaces(places, around),
      this.#answers(repository, intent, answers),
    ]);
    const wish: Wish = { intent, places: seen.map(({ path, line }) => ({ path, line })), answers: given, final };
    return { repository, wish, places: seen, offer };
  }

  /** Answers with the words of their questions. Throws USAGE for a number that was not asked. */
  async #answers(repository: RepositoryFacts, intent: string, answers: Params<'brief/shape-prompt'>['answers']) {
    if (answers.length === 0) return [];
    const asked = await this.#options.asked.of(repository.id, intent);
    return answers.map(({ question, answer }) => {
      if (typeof question === 'string') return { question, answer };
      const words = asked[question - 1];
      if (words !== undefined) return { question: words, answer };
      return fail('USAGE', `there is no question ${question} about this sentence`, {
        fix: 'shape it without answers first, and answer what is asked',
      });
    });
  }
}

function guessed(
  { wish, places, offer }: Pick<Parameters<typeof composePlanPrompt>[0], 'wish' | 'places' | 'offer'>,
  repository: RepositoryFacts,
  why: string | null,
): Plan {
  const proposal = guessPlan(wish, places, offer);
  const nobody = why === null ? [] : [`nobody was asked: ${why}`];
  return {
    ...{ schema: 1, ...proposal, notes: [...nobody, ...proposal.notes], intent: wish.intent },
    planner: { kind: 'none', id: 'none', name: 'no model', version: null },
    ...{ base: repository.head, seconds: 0, usage: null, confinement: null, refused: [] },
  };
}
