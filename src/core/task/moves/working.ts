/** The moves of a task at work: folders made, turns begun and ended, what is noted meanwhile. */
import type { Adoption, EventOf, TaskEvent } from '../../events';
import { statusOf } from '../parts';
import type { Task, TaskIn } from '../task';
import { renewed } from './byHand';
import { type Move, refuse } from './move';

/** Folders are made while preparing, and made again for a task that was restored after its folders were cleaned away. */
export function prepared(task: Task, event: EventOf<'prepared'>): Move {
  const possible: readonly Task['state'][] = ['queued', 'ready', 'signed', 'failed', 'interrupted', 'rejected'];
  const isHandedIn = task.state === 'verifying' && task.handing !== null;
  if (task.state !== 'preparing' && !isHandedIn && !possible.includes(task.state)) refuse(task, event);
  if (task.state === 'preparing' && task.adopting !== null) return taken(task.adopting, event);
  if (task.state === 'verifying' && task.handing !== null) return renewed(task, task.handing, event.workspace);
  if (task.workspace !== null) refuse(task, event, 'it has its folders already');
  return { status: statusOf(task), facts: { workspace: event.workspace } };
}

/** What is adopted needs no agent: its files are the turn. Folders of work that it takes the place of are gone by then. */
function taken({ turn }: Adoption, { workspace }: EventOf<'prepared'>): Move {
  return {
    status: { state: 'verifying', turn, snapshot: null },
    facts: {
      workspace,
      turns: turn,
      confinement: null,
      session: null,
      agentVersion: null,
      lastTurn: null,
      usage: null,
    },
  };
}

export function turnStarted(task: Task, event: EventOf<'turn-started'>): Move {
  if (task.workspace === null) refuse(task, event, 'it has no folders');
  if (task.adopting !== null) refuse(task, event, 'it has something to adopt first');
  if (event.turn !== task.turns + 1) refuse(task, event, `the next turn is ${task.turns + 1}, not ${event.turn}`);
  const facts = { turns: event.turn, confinement: event.confinement, lastTurn: null, asking: null, drifting: null };
  const prompt = pendingCorrection(task);
  if (event.kind === 'correction') {
    if (prompt === null) refuse(task, event, 'no correction was asked for');
    return { status: { state: 'correcting', turn: event.turn, prompt }, facts };
  }
  const workMayStart = task.state === 'preparing' || (task.state === 'queued' && task.next === 'turn');
  if (!workMayStart || prompt !== null) refuse(task, event);
  return { status: { state: 'running', turn: event.turn }, facts };
}

/** The prompt of a correction whose turn may start now, or null. */
function pendingCorrection(task: Task): string | null {
  if (task.state === 'correcting') return task.turn > task.turns ? task.prompt : null;
  return task.state === 'queued' && task.next === 'turn' ? task.prompt : null;
}

/** The task, if its agent is at work: a turn has started and not ended. */
function atWork(task: Task, event: TaskEvent): TaskIn<'running'> | TaskIn<'correcting'> {
  const working = task.state === 'running' || task.state === 'correcting';
  if (!working || task.turns !== task.turn) refuse(task, event);
  return task;
}

export function noted(
  task: Task,
  event: EventOf<'session'> | EventOf<'asked'> | EventOf<'decided'> | EventOf<'drifting'>,
): Move {
  const status = statusOf(atWork(task, event));
  switch (event.type) {
    case 'session':
      return { status, facts: { session: event.session, agentVersion: event.agent.version } };
    case 'asked':
      return {
        status,
        facts: { asking: event },
      };
    case 'decided':
      return {
        status,
        facts: {
          asking: task.asking?.request === event.request ? null : task.asking,
          refused: task.refused + (event.decision === 'refused' ? 1 : 0),
        },
      };
    case 'drifting':
      return { status, facts: { drifting: { verdict: event.verdict, files: event.files, paths: event.paths } } };
  }
}

/** Only what was asked can be granted: the amendment is the one that the person saw. */
export function amended(task: Task, event: EventOf<'amended'>, at: string): Move {
  const { turn, asking, grants } = atWork(task, event);
  const { request, by, amendment } = event;
  if (asking?.request !== request) refuse(task, event, 'nobody asked for it');
  if (JSON.stringify(asking.amendment) !== JSON.stringify(amendment))
    refuse(task, event, 'something else was asked for');
  return { status: statusOf(task), facts: { grants: [...grants, { ...amendment, request, turn, by, at }] } };
}

/** A turn that breaks off leaves what it cost; what becomes of the task is the next event's to say. */
export function spent(task: Task, event: EventOf<'spent'>): Move {
  const { turn } = atWork(task, event);
  if (event.turn !== turn) refuse(task, event, `turn ${turn} is under way, not ${event.turn}`);
  return { status: statusOf(task), facts: { usage: event.usage } };
}

export function turnEnded(task: Task, event: EventOf<'turn-ended'>): Move {
  const { turn } = atWork(task, event);
  if (event.turn !== turn) refuse(task, event, `turn ${turn} is under way, not ${event.turn}`);
  return {
    status: { state: 'verifying', turn, snapshot: null },
    facts: {
      lastTurn: { stop: event.stop, exit: event.exit, survivors: event.survivors },
      usage: event.usage ?? task.usage,
      asking: null,
    },
  };
}
