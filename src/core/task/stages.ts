/** The stages of a running task. Each takes the task in its state, records what happens, and returns the task after it. */
import { composePrompt } from '../brief/prompt';
import { fail } from '../errors';
import type { AgentEvents, TurnOutcome } from '../ports';
import type { TaskContext } from './context';
import { LiveDrift } from './liveDrift';
import type { PermissionDesk } from './permissionDesk';
import type { Task, TaskIn } from './task';

/** Makes the task's folders, unless an earlier try did, and runs the brief's setup in the agent's. */
export async function prepare(context: TaskContext, task: TaskIn<'preparing'>, signal: AbortSignal): Promise<Task> {
  const { workspaces, checks, records } = context.ports;
  const { brief } = await context.terms(task);
  const fresh = task.workspace === null;
  const prepared = fresh ? await makeFolders(context, task, brief.front.copy, signal) : task;
  const workspace = workspaceOf(prepared);
  const { setup, copy } = brief.front;
  if (setup !== undefined) {
    const progress = (message: string) => context.audience.progress(task.id, message);
    const { id, slug, repository } = task;
    await checks.setup({ task: id, slug, repository, workspace, brief, folder: records.folder(id) }, progress, signal);
  }
  // Nothing in a fresh checkout is ignored: only what a setup, a copy or an earlier try left there can be.
  if (!fresh || setup !== undefined || copy.length > 0) await workspaces.settled(task.id, workspace);
  return prepared;
}

async function makeFolders(context: TaskContext, task: Task, copy: readonly string[], signal: AbortSignal) {
  const { workspaces, clock } = context.ports;
  context.audience.progress(task.id, 'making the worktree');
  const started = clock.monotonic();
  const workspace = await workspaces.prepare({ ...placeOf(task), copy }, signal);
  const seconds = (clock.monotonic() - started) / 1000;
  return context.record(task.id, { type: 'prepared', workspace, seconds });
}

/** Records that a turn begins, with how the agent is confined. */
export async function beginTurn(context: TaskContext, task: Task, kind: 'work' | 'correction'): Promise<Task> {
  const confinement = await context.ports.agents.confinement(task.agent);
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
  const { minutes } = terms.brief.front.budget;
  const live = new LiveDrift(context, task, terms, signal);
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
        prompt: task.state === 'correcting' ? task.prompt : composePrompt(terms.brief, { kind: 'work' }),
        worktree: workspaceOf(task).worktree.path,
        readable: [`${task.repository.commonDir}/objects`],
        hidden: [task.repository.root, task.repository.commonDir],
        session: task.session,
        limit: minutes === undefined ? null : minutes * 60_000,
      },
      agentEvents(context, task, desk, live, signal),
      signal,
    );
  } finally {
    await live.end();
    await transcripts.flush(task.id);
  }
  signal.throwIfAborted();
  const seconds = (clock.monotonic() - started) / 1000;
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
  desk: PermissionDesk,
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
    ask: async ({ request, what, boundary }) => {
      await context.record(id, { type: 'asked', request, what, boundary });
      const answer = context.audience.present(id)
        ? await desk.wait(id, request, signal)
        : { allow: false, by: 'nobody' };
      const decision = answer.allow ? 'allowed' : 'refused';
      const why = answer.by === 'nobody' ? 'nobody was there to answer' : 'answered by a person';
      await context.record(id, { type: 'decided', request, what, decision, by: answer.by, why });
      return answer;
    },
  };
}

/** A turn that ran out of time or whose command failed is a failed task: its folder is kept and can be taken to review. */
function refuseBrokenTurn(task: Task, { stop, exit, survivors }: TurnOutcome, seconds: number): void {
  const asItStands = `\`countersign resume ${task.id} --as-it-stands\` takes what is there to review`;
  const left = survivors.length > 0 ? `; still running: ${survivors.join(', ')}` : '';
  if (stop === 'timeout') {
    fail('AGENT_TIMEOUT', `the agent was stopped after ${Math.round(seconds)} s, the budget of the brief${left}`, {
      fix: asItStands,
    });
  }
  if (stop === 'exit' && exit !== 0) {
    const how = exit === null ? 'ended on a signal' : `exited with ${exit}`;
    fail('COMMAND_FAILED', `the command ${how}${left}`, { fix: `read \`countersign log ${task.id}\`; ${asItStands}` });
  }
}
