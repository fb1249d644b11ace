/** What the tree, the badge and the status bar say about tasks. Pure: the clock and the language come in. */
import type { DriftVerdict } from '../../core/drift/report';
import type { TaskSummary } from '../../core/task/summary';
import { visible } from '../../core/visible';
import type { Translate } from '../translate';
import { type Group, isAtWork, waitingTasks } from './groups';

/** A codicon with the theme colour that supports it; the words beside it say the same. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

export interface TaskLabel {
  readonly label: string;
  /** Beside the label: state and verdict, agent, time. */
  readonly description: string;
  readonly tooltip: string;
  readonly icon: Icon;
  /** What a screen reader says. */
  readonly spoken: string;
}

const GOOD = 'testing.iconPassed';
const CAREFUL = 'list.warningForeground';
const BAD = 'list.errorForeground';

/**
 * @param now             milliseconds since the epoch
 * @param namesRepository whether tasks of several repositories stand side by side
 */
export function labelOf(task: TaskSummary, now: number, namesRepository: boolean, t: Translate): TaskLabel {
  const state = stateWords(task, t);
  const verdict = shownVerdict(task, t);
  const label = visible(task.title);
  const parts = [
    verdict === null ? state : `${state}, ${verdict}`,
    visible(task.agent),
    timeWords(task, now, t),
    ...(namesRepository ? [visible(task.repository.name)] : []),
  ];
  return {
    label,
    description: parts.join(' · '),
    tooltip: tooltipOf(task, state, verdict, t),
    icon: iconOf(task),
    spoken: [label, ...parts].join(', '),
  };
}

export function stateWords({ state, asking }: Pick<TaskSummary, 'state' | 'asking'>, t: Translate): string {
  if (asking) return t('asks for permission');
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

/**
 * A verdict stands once a snapshot was judged. Before, drift that was seen is worth a word; that none was seen yet is
 * not, nor is what a task that broke off had seen.
 */
function shownVerdict(task: TaskSummary, t: Translate): string | null {
  if (task.verdict === null || task.state === 'failed' || task.state === 'interrupted') return null;
  const words = verdictWords(task.verdict, t);
  if (!isAtWork(task)) return words;
  return task.verdict === 'clean' ? null : t('{0} so far', words);
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
      return t('Done');
  }
}

/** How long a task at work has taken so far; for all others, how long ago they changed. */
export function timeWords(task: TaskSummary, now: number, t: Translate): string {
  if (isAtWork(task)) return elapsed(now - Date.parse(task.createdAt), t);
  return t('{0} ago', elapsed(now - Date.parse(task.updatedAt), t));
}

/** A length of time in its largest whole unit. Negative ones (a clock that was set back) count as none. */
export function elapsed(milliseconds: number, t: Translate): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (!(minutes >= 1)) return t('under a minute');
  if (minutes < 60) return t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('{0} h', hours) : t('{0} days', Math.floor(hours / 24));
}

/** `1 ready for review, 1 failed`: what the badge and the status bar count; empty when nobody waits. */
export function waitingWords(tasks: readonly TaskSummary[], t: Translate): string {
  const counts = new Map<string, number>();
  for (const task of waitingTasks(tasks)) {
    const words = stateWords(task, t);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

function tooltipOf(task: TaskSummary, state: string, verdict: string | null, t: Translate): string {
  return [
    visible(task.title),
    t('State: {0}', state),
    verdict === null ? '' : t('Verdict: {0}', verdict),
    t('Agent: {0}', visible(task.agent)),
    t('Branch: {0}', visible(task.branch)),
    t('Repository: {0}', visible(task.repository.root)),
    task.reviewer === null ? '' : t('Reviewer: {0}', visible(task.reviewer)),
    task.origin === 'machine' ? t('Started by a machine') : '',
    t('Task: {0}', visible(task.id)),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function iconOf({ state, asking, verdict }: TaskSummary): Icon {
  if (asking) return { id: 'question', color: CAREFUL };
  switch (state) {
    case 'draft':
    case 'queued':
      return { id: 'clock' };
    case 'preparing':
    case 'running':
    case 'verifying':
    case 'correcting':
      return { id: 'sync~spin' };
    case 'ready':
      if (verdict === 'clean') return { id: 'pass', color: GOOD };
      return verdict === 'attention' ? { id: 'warning', color: CAREFUL } : { id: 'error', color: BAD };
    case 'signed':
      return { id: 'verified', color: GOOD };
    case 'delivered':
      return { id: 'verified-filled', color: GOOD };
    case 'rejected':
      return { id: 'circle-slash' };
    case 'failed':
      return { id: 'error', color: BAD };
    case 'interrupted':
      return { id: 'debug-pause', color: CAREFUL };
  }
}
