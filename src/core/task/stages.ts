/** The stages of a running task. Each takes the task in its state, records what happens, and returns the task after it. */
import { composePrompt, withTools } from '../brief/prompt';
import { fail } from '../errors';
import type { AgentEvents, TurnOutcome } from '../ports/agents';
import type { TaskContext } from './context';
import { ToolDesk } from './escalation/toolDesk';
import { LiveDrift } from './liveDrift';
import type { PermissionDesk } from './permissionDesk';
import { Questions } from './questions';
import type { Task, TaskIn } from './task';
import { requireSaved } from './unsaved';

/** Makes the task's folders, unless an earlier try did, and runs the brief's setup in the agent's. */
export async function prepare(context: TaskContext, task: TaskIn<'preparing'>, signal: AbortSignal): Promise<Task> {
  const { brief } = await context.terms(task);
  const fresh = task.workspace === null;
  const prepared = fresh ? await makeFolders(context, task, brief.front.copy, signal) : task;
  await setUp(context, prepared, fresh, signal);
  return prepared;
}

/** Makes the folders of work that is adopted, in the place of those that the task has. Its setup waits for an agent. */
export async function takeOver(context: TaskContext, task: TaskIn<'preparing'>, signal: AbortSignal): Promise<Task> {
  const { workspace } = task;
  if (workspace !== null) {
    await requireSaved(context, task);
    for (const path of await context.ports.workspaces.touched(workspace)) {
      context.audience.progress(task.id, `${path} was kept: somebody changed something in it`);
    }
  }
  const { brief } = await context.terms(task);
  return makeFolders(context, task, brief.front.copy, signal);
}

/** Runs the brief's setup in the agent's folder, and notes what is there before the agent begins. */
async function setUp(context: TaskContext, task: Task, fresh: boolean, signal: AbortSignal): Promise<void> {
  const { workspaces, checks, records } = context.ports;
  const { brief } = await context.terms(task);
  const workspace = workspaceOf(task);
  const { setup, copy } = brief.front;
  if (setup !== undefined) {
    const progress = (message: string) => context.audience.progress(task.id, message);
    const { id, slug, repository, snapshots } = task;
    const place = { task: id, slug, repository, workspace, folder: records.folder(id) };
    await checks.setup({ ...place, brief, tree: snapshots.at(-1)?.tree ?? null }, progress, signal);
  }
  // Nothing in a fresh checkout is ignored: only what a setup, a copy or an earlier try left there can be.
  if (!fresh || setup !== undefined || copy.length > 0) await workspaces.settled(task.id, workspace);
}

async function makeFolders(context: TaskContext, task: Task, copy: readonly string[], signal: AbortSignal) {
  const { workspaces, clock } = context.ports;
  context.audience.progress(task.id, 'making the worktree');
  const started = clock.monotonic();
  const adopted = task.adopting === null ? {} : { start: task.adopting.commit, instead: task.workspace };
  const worked = await wasWorkedOn(context, task);
  const workspace = await workspaces.prepare({ ...placeOf(task), copy, worked, ...adopted }, signal);
  const seconds = (clock.monotonic() - started) / 1000;
  return context.record(task.id, { type: 'prepared', workspace, seconds });
}

/** Records that a turn begins, with how the agent is confined. */
export async function beginTurn(
  context: TaskContext,
  task: Task,
  kind: 'work' | 'correction',
  signal: AbortSignal,
): Promise<Task> {
  const confinement = await context.ports.agents.confinement(task.agent);
  // The first agent in a folder of adopted work, or of a person's.
  if ((task.adopted !== null || task.handed !== null) && task.confinement === null) {
    await setUp(context, task, true, signal);
    signal.throwIfAborted();
  }
  return context.record(task.id, { type: 'turn-started', turn: task.turns + 1, kind, confinement });
}

/** Lets the agent work until it stops, watching drift meanwhile. */
export async function runTurn(
  context: TaskContext,
  task: TaskIn<'running'> | TaskIn<'correcting'>,
  desk: PermissionDesk,
  signal: AbortSignal,
): Promise<Task> {
  const { agents, clock, transcripts } = context.ports;
  const terms = await context.terms(task);
  const { minutes, tokens, usd } = terms.brief.front.budget;
  const live = new LiveDrift(context, task, signal);
  const questions = new Questions(context, task, terms.brief, desk, () => live.wrote());
  const tools = agents.takesTools?.(task.agent) ? new ToolDesk(context, task, questions.askAmendment, signal) : null;
  const work = composePrompt(terms.brief, { kind: 'work' });
  // A correction is sent as the person saw it.
  const prompt = task.state === 'correcting' ? task.prompt : tools === null ? work : withTools(work);
  const started = clock.monotonic();
  let outcome: TurnOutcome;
  try {
    outcome = await agents.turn(
      {
        task: task.id,
        turn: task.turns,
        kind: task.state === 'correcting' ? 'correction' : 'work',
        agent: task.agent,
        brief: terms.brief,
        briefNow: () => questions.brief,
        prompt,
        worktree: workspaceOf(task).worktree.path,
        readable: [`${task.repository.commonDir}/objects`],
        hidden: [task.repository.root, task.repository.commonDir],
        session: task.session,
        limit: minutes === undefined ? null : minutes * 60_000,
        spending: { tokens: tokens ?? null, usd: usd ?? null, before: task.usage },
      },
      { ...agentEvents(context, task, questions, live, signal), ...(tools === null ? {} : { tools }) },
      signal,
    );
  } finally {
    await tools?.end();
    await live.end();
    await transcripts.flush(task.id);
  }
  const seconds = (clock.monotonic() - started) / 1000;
  const { usage: cost } = outcome;
  if (cost !== null && (signal.aborted || isBroken(outcome))) {
    await context.record(task.id, { type: 'spent', turn: task.turns, seconds, usage: cost });
  }
  signal.throwIfAborted();
  refuseBrokenTurn(task, outcome, seconds);
  const { stop, exit, usage, survivors } = outcome;
  return context.record(task.id, {
    type: 'turn-ended',
    turn: task.turns,
    stop,
    exit,
    seconds,
    usage,
    survivors: [...survivors],
  });
}

/** Whether a turn of the task so far was more than an adoption: its agent's, a revert, or a person's. */
export async function wasWorkedOn(context: TaskContext, { id, turns }: Task): Promise<boolean> {
  const history = await context.ports.records.history(id);
  const adoptions = history.filter((event) => event.type === 'adopted' && event.turn <= turns);
  return turns > adoptions.length;
}

/** The names and places that the workspace port needs of a task. */
export function placeOf({ id, slug, repository, base, branch }: Task) {
  return { task: id, slug, repository, base, branch };
}

/** The task's folders. Throws TASK_STATE when they are gone. */
export function workspaceOf(task: Task) {
  return task.workspace ?? fail('TASK_STATE', `task ${task.id} has no folder any more`, { fix: 'restore it first' });
}

function agentEvents(
  context: TaskContext,
  { id }: Task,
  questions: Questions,
  live: LiveDrift,
  signal: AbortSignal,
): AgentEvents {
  return {
    update: (update) => context.say(id, update),
    wrote: () => live.wrote(),
    session: async (session, agent) => {
      await context.record(id, { type: 'session', session, agent });
    },
    decided: async (event) => {
      await context.record(id, event);
    },
    ask: (question) => questions.ask(question, signal),
  };
}

/** Whether a turn did not come to its own end: no snapshot is taken of it unless a person says so. */
function isBroken({ stop, exit }: TurnOutcome): boolean {
  return stop === 'timeout' || stop === 'budget' || (stop === 'exit' && exit !== 0);
}

/** A turn that ran out of its budget or whose command failed is a failed task: its folder is kept and can be taken to review. */
function refuseBrokenTurn(task: Task, outcome: TurnOutcome, seconds: number): void {
  const { stop, exit, survivors } = outcome;
  const asItStands = `\`countersign resume ${task.id} --as-it-stands\` takes what is there to review`;
  const left = survivors.length > 0 ? `; still running: ${survivors.join(', ')}` : '';
  if (!isBroken(outcome)) return;
  if (stop === 'timeout') {
    fail('AGENT_TIMEOUT', `the agent was stopped after ${Math.round(seconds)} s, the budget of the brief${left}`, {
      fix: asItStands,
    });
  }
  if (stop === 'budget') {
    const used = outcome.over ?? 'more than the budget of the brief';
    fail('AGENT_BUDGET', `the agent was stopped: it reported ${used}${left}`, {
      fix: `${asItStands}; \`countersign resume ${task.id}\` lets it go on, with the same budget again`,
    });
  }
  const how = exit === null ? 'ended on a signal' : `exited with ${exit}`;
  fail('COMMAND_FAILED', `the command ${how}${left}`, { fix: `read \`countersign log ${task.id}\`; ${asItStands}` });
}
