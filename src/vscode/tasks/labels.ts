/** What one task looks like in the tree and in lists to pick from. Pure: the clock and the language come in. */
import { ADOPTED } from '../../core/agent/adopted';
import type { TaskSummary } from '../../core/task/summary';
import { visible } from '../../core/visible';
import type { Translate } from '../translate';
import { isAtWork } from './groups';
import { agoWords, silenceWords, timeWords } from './times';
import { driftWords, shownVerdict, stateWords } from './words';

/** A codicon with the theme colour that supports it; the words beside it say the same. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

export interface TaskLabel {
  readonly label: string;
  /** Beside the label: state and verdict, drift, time, agent. */
  readonly description: string;
  /** Plain text: a tooltip of ours is never Markdown, so that nothing in it is a link. */
  readonly tooltip: string;
  readonly icon: Icon;
  /** What a screen reader says. */
  readonly spoken: string;
}

const GOOD = 'testing.iconPassed';
const CAREFUL = 'list.warningForeground';
const BAD = 'list.errorForeground';
/** As the editor's own tests tell what broke from what did not pass. */
const BROKEN = 'testing.iconErrored';

/** Authors that are named before the rest is counted. */
const AUTHORS_SHOWN = 5;

/** Characters of what the agent just did, beside the label. */
const MOST_ACTIVITY = 60;

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
    isAtWork(task) ? driftWords(task, t) : null,
    timeWords(task, now, t),
    silenceWords(task, now, t),
    workerWords(task, t),
    namesRepository ? visible(task.repository.name) : null,
  ].filter((part) => part !== null);
  const activity = activityOf(task);
  return {
    label,
    description: [...parts, ...(activity === null ? [] : [shortened(activity)])].join(' · '),
    tooltip: tooltipOf(task, { state, verdict, activity }, now, t),
    icon: iconOf(task),
    spoken: [label, ...parts].join(', '),
  };
}

/** Who did the work, in a word or two. */
function workerWords({ agent, adopted }: TaskSummary, t: Translate): string {
  return agent === ADOPTED && adopted !== null ? t('from {0}', visible(adopted.name)) : visible(agent);
}

/** Where adopted work came from, and whose it is; null for an agent's own. */
function adoptedWords({ adopted }: TaskSummary, t: Translate): string | null {
  if (adopted === null) return null;
  const named = adopted.authors.slice(0, AUTHORS_SHOWN).map(visible).join(', ');
  const more = adopted.authors.length - AUTHORS_SHOWN;
  const all = more > 0 ? t('{0} and {1} more', named, more) : named;
  return t('Adopted from {0}, by {1}', visible(adopted.name), all);
}

/** What the agent did last; a task that waits for a person does nothing. */
function activityOf(task: TaskSummary): string | null {
  return task.activity === null || task.asking || !isAtWork(task) ? null : visible(task.activity.words);
}

function shortened(text: string): string {
  return text.length <= MOST_ACTIVITY ? text : `${text.slice(0, MOST_ACTIVITY - 1)}…`;
}

function tooltipOf(
  task: TaskSummary,
  said: { readonly state: string; readonly verdict: string | null; readonly activity: string | null },
  now: number,
  t: Translate,
): string {
  const drift = isAtWork(task) ? driftWords(task, t) : null;
  return [
    visible(task.title),
    t('State: {0}', said.state),
    task.question === null ? null : t('Asks: {0}', visible(task.question.what)),
    said.verdict === null ? null : t('Verdict: {0}', said.verdict),
    drift === null ? null : t('Changed: {0}', drift),
    task.activity === null || said.activity === null
      ? null
      : t('Last sign of life: {0}, {1}', said.activity, agoWords(now - Date.parse(task.activity.at), t)),
    task.agent === ADOPTED ? null : t('Agent: {0}', visible(task.agent)),
    adoptedWords(task, t),
    t('Turns: {0}', task.turns),
    t('Branch: {0}', visible(task.branch)),
    t('Repository: {0}', visible(task.repository.root)),
    task.reviewer === null ? null : t('Reviewer: {0}', visible(task.reviewer)),
    task.origin === 'machine' ? t('Started by a machine') : null,
    task.archived ? t('Archived') : null,
    t('Task: {0}', visible(task.id)),
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function iconOf({ state, asking, reviewing, verdict }: TaskSummary): Icon {
  if (asking) return { id: 'question', color: CAREFUL };
  if (reviewing) return { id: 'sync~spin' };
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
      return { id: 'issues', color: BROKEN };
    case 'interrupted':
      return { id: 'debug-pause', color: CAREFUL };
  }
}
