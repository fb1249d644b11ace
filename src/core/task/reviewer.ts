/** Who reviews a task's result. */
import type { Brief } from '../brief/brief';
import { fail } from '../errors';
import type { TaskContext } from './context';
import type { Task } from './task';

export interface Reviewer {
  readonly agent: string;
  /** Of the `command` agent; else null. */
  readonly command: string | null;
  /** It is the agent that made the change. */
  readonly same: boolean;
}

/**
 * The reviewer: the one asked for, the brief's, the configured one, any other agent than the one that did the work, and
 * that one itself where there is no other.
 *
 * @throws AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_REQUIRED
 */
export async function chooseReviewer(context: TaskContext, task: Task, asked: string | null): Promise<Reviewer> {
  const { agents } = context.ports;
  const { brief } = await context.terms(task);
  const named = asked ?? reviewerOf(brief) ?? context.reviews.agent;
  const agent = named ?? otherThan(task.agent, await agents.installed());
  if (agent === null) {
    fail('AGENT_UNKNOWN', 'there is no agent on this machine that could review', {
      fix: 'install one (`countersign agents`), or give the brief a `review: { command: … }`',
    });
  }
  const command = agent === 'command' ? commandOf(brief) : null;
  await agents.confinement(agent);
  const same = agent === task.agent && (command === null || command === brief.front.command);
  return { agent, command, same };
}

/** The agent that a brief names as its reviewer; null when it names none. */
export function reviewerOf({ front: { review } }: Pick<Brief, 'front'>): string | null {
  return review?.agent ?? (review?.command === undefined ? null : 'command');
}

function commandOf({ front: { review } }: Brief): string {
  return (
    review?.command ??
    fail('AGENT_UNKNOWN', 'the `command` agent can review only with a `review: { command: … }` in the brief')
  );
}

function otherThan(worker: string, installed: readonly string[]): string | null {
  return installed.find((agent) => agent !== worker) ?? installed[0] ?? null;
}
