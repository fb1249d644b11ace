/** The words for what a task is: its state, its verdict, its group, its drift. Pure: the language comes in. */
import type { DriftVerdict } from '../../core/drift/report';
import type { EventOf } from '../../core/events';
import type { TaskSummary } from '../../core/task/summary';
import { visible } from '../../core/visible';
import type { Translate } from '../translate';
import { type Group, isAtWork, waitingTasks } from './groups';

type Stated = Pick<TaskSummary, 'state' | 'asking'> & Partial<Pick<TaskSummary, 'reviewing' | 'takenOver'>>;

export function stateWords({ state, asking, reviewing, takenOver }: Stated, t: Translate): string {
  if (asking) return t('asks for permission');
  if (reviewing === true) return t('being reviewed');
  if (takenOver === true) return t('taken over by hand');
  switch (state) {
    case 'draft':
      return t('draft');
    case 'queued':
      return t('queued');
    case 'preparing':
      return t('preparing');
    case 'running':
      return t('running');
    case 'verifying':
      return t('checking');
    case 'correcting':
      return t('correcting');
    case 'ready':
      return t('ready');
    case 'signed':
      return t('signed off, not delivered');
    case 'delivered':
      return t('delivered');
    case 'rejected':
      return t('rejected');
    case 'failed':
      return t('failed');
    case 'interrupted':
      return t('interrupted');
  }
}

export function verdictWords(verdict: DriftVerdict, t: Translate): string {
  switch (verdict) {
    case 'clean':
      return t('clean');
    case 'attention':
      return t('needs attention');
    case 'blocked':
      return t('blocked');
  }
}

/** The verdict on a snapshot. While the agent works there is none, and what a task that broke off had seen is none. */
export function shownVerdict(task: TaskSummary, t: Translate): string | null {
  const broken = task.state === 'failed' || task.state === 'interrupted';
  return task.verdict === null || broken || isAtWork(task) ? null : verdictWords(task.verdict, t);
}

/** `3 files, 1 flagged so far`: what the agent has changed while it works; null when that is nothing, or not known. */
export function driftWords({ drifting }: TaskSummary, t: Translate): string | null {
  if (drifting === null || drifting.files === 0) return null;
  const { files, flagged, verdict } = drifting;
  const changed = files === 1 ? t('1 file') : t('{0} files', files);
  // The number is a floor: findings beyond the first twenty paths are counted at the snapshot.
  if (flagged > 0) return t('{0}, {1} flagged so far', changed, flagged);
  return verdict === 'clean' ? t('{0} so far', changed) : t('{0}, {1} so far', changed, verdictWords(verdict, t));
}

export function groupWords(group: Group, t: Translate): string {
  switch (group) {
    case 'needs-you':
      return t('Needs you');
    case 'running':
      return t('Running');
    case 'queued':
      return t('Queued');
    case 'done':
      return t('Done this week');
    case 'earlier':
      return t('Done earlier');
    case 'archived':
      return t('Archived');
  }
}

/** `1 ready, 1 failed`: what the badge and the status bar count; empty when nobody waits. */
export function waitingWords(tasks: readonly TaskSummary[], t: Translate): string {
  const counts = new Map<string, number>();
  for (const task of waitingTasks(tasks)) {
    const waits = task.state === 'ready' && !task.asking && !task.reviewing && !task.takenOver;
    const words = waits ? t('ready for review') : stateWords(task, t);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

/** How a second opinion ended, in a sentence. */
export function reviewedWords(
  { agent, none, major, minor, nit }: Omit<EventOf<'reviewed'>, 'type' | 'tree' | 'file' | 'dropped' | 'seconds'>,
  t: Translate,
): string {
  if (none !== null) return t('No second opinion: {0}', visible(none));
  const name = visible(agent ?? '');
  if (major + minor + nit === 0) return t('{0} found nothing to object to.', name);
  return t('{0} found {1} major, {2} minor, {3} nits.', name, major, minor, nit);
}
