/** Taking over what somebody else pushed: as a new task, or as the next turn of the one that adopted it before. */
import { ADOPTED } from '../agent/adopted';
import { applyPolicy } from '../brief/applyPolicy';
import { parseBrief } from '../brief/parse';
import type { ReadinessFinding } from '../brief/readiness';
import { fail, toCountersignError } from '../errors';
import type { FoundWork } from '../ports/adoption';
import type { RepositoryFacts } from '../ports/repository';
import { visible } from '../visible';
import type { TaskContext } from './context';
import { type Admission, chooseAgent, type HandOff, requireReadiness } from './handOff';
import { requireNotTakenOver } from './takingOver';
import { RESTING_STATES, type Task } from './task';
import { requireSaved } from './unsaved';

export interface AdoptionWish extends Omit<HandOff, 'agent'> {
  /** A branch, a revision or a pull request, as the person names it. `base` is what it is compared with; null = HEAD. */
  readonly named: string;
}

/** What was found, before anything is made of it. */
export interface FoundAdoption {
  readonly repository: RepositoryFacts;
  readonly found: FoundWork;
  /** Of the brief. */
  readonly hash: string;
}

/** `again`: it is the next turn of a task that there was. */
export interface Adopted {
  readonly task: Task;
  readonly warnings: Admission['warnings'];
  readonly again: boolean;
}

/** The longest that a person waits for work to be found and looked through, in milliseconds. */
const FIND_LIMIT_MS = 600_000;

/**
 * Finds the work. The brief is read first: what is wrong with it is told before anything is fetched.
 * @throws BRIEF_*, REVISION_NOT_FOUND, ADOPT_EMPTY, ADOPT_UNREACHABLE, ADOPT_REFUSED, and what `identify` throws
 */
export async function findWork(
  context: TaskContext,
  { folder, brief, base, named }: AdoptionWish,
): Promise<FoundAdoption> {
  const { repositories, adoptions } = context.ports;
  const { hash } = parseBrief(brief.text, brief.file);
  const repository = await repositories.identify(folder);
  const against = base === null ? repository.head : await repositories.resolve(repository, base);
  try {
    const found = await adoptions.find({ repository, named, against }, AbortSignal.timeout(FIND_LIMIT_MS));
    return { repository, found, hash };
  } catch (thrown) {
    const error = toCountersignError(thrown);
    if (error.code !== 'STOPPED') throw error;
    const limit = `${FIND_LIMIT_MS / 60_000} minutes`;
    return fail('GIT_FAILED', `looking through ${visible(named)} did not end within ${limit}`, { cause: thrown });
  }
}

/**
 * Makes the work a queued task, or the next turn of the one that has it.
 * @throws POLICY_INVALID, BRIEF_NOT_READY, ADOPT_LIVE, TASK_STATE
 */
export async function takeWork(context: TaskContext, wish: AdoptionWish, work: FoundAdoption): Promise<Adopted> {
  const live = await adopterOf(context, work);
  if (live !== null) {
    await requireNewTurn(context, live, work);
    return { task: await take(context, live, work), warnings: [], again: true };
  }
  const { created, brief, warnings } = await judgeAdoption(context, wish, work);
  const draft = await take(context, await context.ports.records.create(created, brief), work);
  return { task: await context.record(draft.id, { type: 'queued' }), warnings, again: false };
}

async function take(context: TaskContext, { id, repository, turns }: Task, { found }: FoundAdoption): Promise<Task> {
  const { name, commit } = found.work;
  await context.ports.adoptions.keep(repository, id, commit);
  const task = await context.record(id, { type: 'adopted', turn: turns + 1, ...found.work });
  context.say(id, { kind: 'note', text: `adopted from ${visible(name)} at ${commit}: no agent of this task wrote it` });
  return task;
}

/** Throws TASK_STATE for a draft whose adoption was never recorded: without it there is nothing to take to review. */
export function requireAdoption({ id, state, agent, adopting }: Task): void {
  if (state !== 'draft' || agent !== ADOPTED || adopting !== null) return;
  fail('TASK_STATE', `task ${id} is a draft, and what it was to adopt is not known`, {
    fix: `adopt it again, and reject this one: \`countersign reject ${id} --reason TEXT\``,
  });
}

/**
 * The agent of a correction of adopted work, as the event names it; nothing where the agent at work stays.
 * @throws AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_REQUIRED, saying how else it can be corrected
 */
export async function workerOf(
  context: TaskContext,
  task: Task,
  defaultAgent: string | null,
): Promise<{ readonly agent?: string }> {
  if (task.agent !== ADOPTED) return {};
  const { brief } = await context.terms(task);
  try {
    const agent = chooseAgent(brief, null, defaultAgent);
    await context.ports.agents.confinement(agent);
    return { agent };
  } catch (thrown) {
    const { code, message } = toCountersignError(thrown);
    const name = visible(task.adopted?.name ?? 'the branch');
    return fail(code, `nobody can correct adopted work here: ${message}`, {
      fix: `have a new commit pushed to ${name}, then adopt it again with the same brief; it becomes the next turn`,
      cause: thrown,
    });
  }
}

/**
 * What a new task of the work begins with. Nobody needs to be able to work on it: no agent is asked for.
 * @throws POLICY_INVALID, BRIEF_NOT_READY
 */
async function judgeAdoption(
  context: TaskContext,
  { brief, origin }: AdoptionWish,
  { repository: { branch: target, head: _, ...repository }, found }: FoundAdoption,
): Promise<Admission> {
  const { repositories } = context.ports;
  const policy = await context.policy(repository, found.base);
  const parsed = parseBrief(brief.text, brief.file);
  const terms = policy === null ? parsed : applyPolicy(parsed, policy).brief;
  const [before, after, liveTasks] = await Promise.all([
    repositories.pathsAt(repository, found.base),
    repositories.pathsAt(repository, found.work.commit),
    context.liveScopes.of(repository.id),
  ]);
  const paths = [...new Set([...before, ...after])];
  const facts = { paths, policy, liveTasks, commandExists: () => null, knownAgents: null };
  const warnings = requireReadiness(parsed, brief.file, facts).filter(isAboutWork);
  return {
    brief: parsed.source,
    warnings,
    created: {
      type: 'created',
      title: terms.title,
      repository,
      brief: parsed.hash,
      base: found.base,
      target,
      agent: ADOPTED,
      reviewer: terms.front.reviewer ?? null,
      origin,
    },
  };
}

/** What would steer an agent is of no matter where none works. */
function isAboutWork({ rule }: ReadinessFinding): boolean {
  return rule !== 'readiness/agent-steering' && rule !== 'readiness/unknown-agent';
}

/** The unfinished task that adopted the same branch, pull request or commit; null when there is none. */
async function adopterOf(context: TaskContext, { repository, found }: FoundAdoption): Promise<Task | null> {
  const { ref, commit } = found.work;
  const live = await context.ports.records.live();
  const isIt = (task: Task) => {
    const last = task.adopting ?? task.adopted;
    if (last === null || task.repository.id !== repository.id) return false;
    return !RESTING_STATES.has(task.state) && (ref === null ? last.commit === commit : last.ref === ref);
  };
  return live.find(isIt) ?? null;
}

/**
 * Whether the work may become the next turn of the task that adopted it before.
 * @throws ADOPT_LIVE when it is the same, another brief binds the task, its base is another, or it is not under review;
 *   TASK_STATE when its folder holds what no snapshot has
 */
async function requireNewTurn(context: TaskContext, task: Task, { found, hash }: FoundAdoption): Promise<void> {
  const { id, state, base } = task;
  const { work } = found;
  const name = visible(work.name);
  const last = task.adopting ?? task.adopted;
  if (last?.commit === work.commit) {
    fail('ADOPT_LIVE', `${name} is adopted already, at this very commit, by task ${id}, which is ${state}`);
  }
  if (task.brief !== hash) {
    fail('ADOPT_LIVE', `${name} is adopted already, with another brief, by task ${id}`, {
      fix: `adopt it with the brief of that task, or reject that one first: \`countersign reject ${id} --reason TEXT\``,
    });
  }
  if (state !== 'ready') {
    const fix =
      state === 'failed' || state === 'interrupted'
        ? `resume or reject it first: \`countersign resume ${id}\``
        : state === 'signed'
          ? `deliver it first: \`countersign signoff ${id}\``
          : 'wait until it is ready, then adopt again';
    fail('ADOPT_LIVE', `${name} is adopted already by task ${id}, which is ${state}`, { fix });
  }
  if (base !== found.base) {
    const from = `${base.slice(0, 12)} to ${found.base.slice(0, 12)}`;
    fail('ADOPT_LIVE', `${name} is adopted already by task ${id}, and its base moved from ${from}`, {
      fix: `reject that task and adopt again: \`countersign reject ${id} --reason "rebased"\`; or name its base with --base`,
    });
  }
  requireNotTakenOver(task);
  await requireSaved(context, task);
}
