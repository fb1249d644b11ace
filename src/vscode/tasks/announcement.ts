/** The words of a notification about what came within a few seconds. Pure: the tasks and the language come in. */
import type { TaskSummary } from '../../core/task/summary';
import { visible } from '../../core/visible';
import type { Translate } from '../translate';
import type { Notice, Occasion } from './notices';

/** What to show: one notification, however many tasks it is about. */
export interface Announcement {
  readonly text: string;
  /** The task that its action opens, with what the action does; null when it is about several. */
  readonly about: Notice | null;
  readonly serious: boolean;
}

/**
 * The one notification for what came within a few seconds. What no longer holds is left out: a question that was answered
 * meanwhile, a task of another window's repository.
 *
 * @param notices in the order in which they came
 * @returns null when there is nothing to say any more
 */
export function announcement(
  notices: readonly Notice[],
  tasks: readonly TaskSummary[],
  t: Translate,
): Announcement | null {
  const newest = new Map(notices.map((notice) => [notice.id, notice]));
  const standing = [...newest.values()].flatMap((notice) => {
    const task = tasks.find(({ id }) => id === notice.id);
    return task !== undefined && stands(notice, task) ? [{ notice, task }] : [];
  });
  const [first, ...others] = standing;
  if (first === undefined) return null;
  const serious = standing.some(({ notice }) => notice.occasion === 'failed');
  if (others.length === 0) return { text: sentence(first.notice, first.task, t), about: first.notice, serious };
  const counts = (['asks', 'ready', 'failed'] as const)
    .map((occasion) => ({ occasion, count: standing.filter(({ notice }) => notice.occasion === occasion).length }))
    .filter(({ count }) => count > 0)
    .map(({ occasion, count }) => counted(occasion, count, t));
  return { text: t('{0} tasks need you: {1}.', standing.length, counts.join(', ')), about: null, serious };
}

function stands({ occasion }: Notice, task: TaskSummary): boolean {
  switch (occasion) {
    case 'asks':
      return task.asking;
    case 'ready':
      return task.state === 'ready';
    case 'failed':
      return task.state === 'failed' || task.state === 'interrupted';
  }
}

function sentence({ occasion }: Notice, task: TaskSummary, t: Translate): string {
  const title = visible(task.title);
  switch (occasion) {
    case 'asks':
      return t('"{0}" asks for permission: {1}', title, shortened(visible(task.question?.what ?? '')));
    case 'ready':
      return t('"{0}" is ready for review.', title);
    case 'failed':
      return task.state === 'interrupted' ? t('"{0}" was interrupted.', title) : t('"{0}" failed.', title);
  }
}

function counted(occasion: Occasion, count: number, t: Translate): string {
  switch (occasion) {
    case 'asks':
      return count === 1 ? t('1 asks for permission') : t('{0} ask for permission', count);
    case 'ready':
      return t('{0} ready for review', count);
    case 'failed':
      return t('{0} failed', count);
  }
}

/** Characters of a question in a notification: the whole stands where it is answered. */
const MOST_ASKED = 120;

function shortened(text: string): string {
  return text.length <= MOST_ASKED ? text : `${text.slice(0, MOST_ASKED - 1)}…`;
}
