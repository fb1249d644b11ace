/** The page of statistics, composed of what the host counted. Pure: the language comes in. */
import type { Stats } from '../../core/stats/statsSchema';
import { taskStateSchema } from '../../core/task/summary';
import { visible } from '../../core/visible';
import type { Result } from '../../host/rpc';
import { type Choice, type Figure, PERIODS, type StatsPage } from '../../webview/stats/messages';
import { stateWords } from '../tasks/words';
import type { Translate } from '../translate';
import { tablesOf } from './tables';
import { longWords, NOTHING } from './words';

export type Counted = Result<'stats/read'>;

/** Agents that can be chosen. */
const AGENTS_SHOWN = 100;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** @returns since when a period is counted, as the host wants it; null = always */
export function sinceOf({ period }: Pick<Choice, 'period'>, now: number): string | null {
  return period === 'all' ? null : new Date(now - Number(period) * DAY_MS).toISOString();
}

/** @param repositories names of those of the window, in its order */
export function statsPageOf(
  found: Counted,
  { choice, repositories, language }: { choice: Choice; repositories: readonly string[]; language: string },
  t: Translate,
): StatsPage {
  const { stats } = found;
  const some = stats.total.tasks > 0;
  return {
    language,
    title: t('Where delegation pays'),
    lead: leadOf(found, t),
    choice,
    periods: PERIODS.map((value) => ({ value, words: periodWords(value, t) })),
    agents: agentsOf(found, choice, t),
    repositories: repositoriesOf(repositories, t),
    figures: some ? figuresOf(stats, t) : [],
    tables: some ? tablesOf(stats, t) : [],
    unknown: unknownOf(found, t),
    empty: some ? [] : emptyOf(found, choice, t),
    offersBrief: isAll(found, choice),
    words: {
      counted: t('What is counted'),
      period: t('Handed off'),
      agent: t('Agent'),
      repository: t('Repository'),
      archived: t('With archived tasks'),
      refresh: t('Refresh'),
      atAGlance: t('At a glance'),
      unknown: t('Not known'),
      newBrief: t('New Brief'),
    },
  };
}

function leadOf({ stats: { total, states }, aside }: Counted, t: Translate): string {
  const counted = taskStateSchema.options.flatMap((state) => {
    const count = states[state];
    return count === undefined ? [] : [t('{0} {1}', count, stateWords({ state, asking: false }, t))];
  });
  const tasks = total.tasks === 1 ? t('1 task') : t('{0} tasks', total.tasks);
  const left = aside === 0 ? [] : [aside === 1 ? t('1 archived is left out') : t('{0} archived are left out', aside)];
  return [tasks, counted.join(', '), ...left].filter((part) => part !== '').join(' · ');
}

function periodWords(period: Choice['period'], t: Translate): string {
  return period === 'all' ? t('at any time') : t('in the last {0} days', period);
}

/** Also the one that was asked for, when it has no task any more. */
function agentsOf({ agents }: Counted, { agent }: Choice, t: Translate): StatsPage['agents'] {
  const known = [...new Set([...agents.slice(0, AGENTS_SHOWN), ...(agent === '' ? [] : [agent])])].sort();
  return [{ value: '', words: t('all') }, ...known.map((id) => ({ value: id, words: visible(id) }))];
}

function repositoriesOf(names: readonly string[], t: Translate): StatsPage['repositories'] {
  const own = names.map((name, at) => ({ value: `${at}`, words: visible(name) }));
  return [...own, { value: '-1', words: t('all of this machine') }];
}

function figuresOf({ total }: Stats, t: Translate): Figure[] {
  const { tasks, signed, rejected, firstPass, corrections, corrected, signoffs, drift } = total;
  const decided = signed + rejected;
  const time = (label: string, { median, p90 }: typeof total.toReady): Figure => ({
    label,
    value: median === null ? NOTHING : longWords(median, t),
    detail: p90 === null ? t('not known yet') : t('the median; nine of ten within {0}', longWords(p90, t)),
  });
  return [
    {
      label: t('First pass'),
      value: decided === 0 ? NOTHING : `${Math.round((100 * firstPass) / decided)}%`,
      detail:
        decided === 0
          ? t('nothing is decided yet')
          : t('{0} of {1} decided tasks, signed off without a correction', firstPass, decided),
    },
    {
      label: t('Corrections'),
      value: `${corrections}`,
      detail: t('in {0} of {1} tasks', corrected, tasks),
    },
    time(t('Time to ready'), total.toReady),
    time(t('Time to sign-off'), total.toSignoff),
    {
      label: t('Overrides'),
      value: signed === 0 ? NOTHING : `${signoffs.overrides}`,
      detail:
        signed === 0
          ? t('nothing is signed off yet')
          : t(
              'checks in {0} of {1} sign-offs; {2} findings accepted',
              signoffs.overridden,
              signed,
              signoffs.acceptances,
            ),
    },
    {
      label: t('Drift'),
      value: `${drift.block + drift.warn}`,
      detail: t('findings to answer in {0} of {1} tasks; {2} of them blocked', drift.tasks, tasks, drift.block),
    },
  ];
}

function unknownOf({ stats: { unknown, total }, problems }: Counted, t: Translate): string[] {
  const { tokens, usd, rules } = unknown;
  const count = (many: number, one: string, others: string) => (many === 0 ? [] : [many === 1 ? one : others]);
  const counted = total.tasks === 0 ? { tokens: 0, usd: 0, rules: 0 } : { tokens, usd, rules };
  return [
    ...count(
      counted.tokens,
      t('The tokens of 1 turn: its agent told none.'),
      t('The tokens of {0} turns: their agents told none.', tokens),
    ),
    ...count(
      counted.usd,
      t('The cost of 1 turn: its agent told none.'),
      t('The cost of {0} turns: their agents told none.', usd),
    ),
    ...count(
      counted.rules,
      t('The rules of 1 drift report of an earlier version.'),
      t('The rules of {0} drift reports of an earlier version.', rules),
    ),
    ...problems.map(({ id, message }) => t('Task {0} could not be read: {1}', visible(id), visible(message))),
  ];
}

/** Whether everything that there is was asked for. */
function isAll({ stats, aside }: Counted, { period, agent }: Choice): boolean {
  return stats.total.tasks === 0 && aside === 0 && period === 'all' && agent === '';
}

function emptyOf(found: Counted, choice: Choice, t: Translate): string[] {
  if (isAll(found, choice)) {
    return [
      t('No task yet, so there is nothing to count. A brief that is handed off makes the first one.'),
      t(
        'Then this page shows, for each agent: how many tasks were signed off at the first pass, how many corrections and how much time they took, what drifted, what was overridden and accepted, and what the agents say that it cost.',
      ),
      t('It is counted from the journals of the tasks, on this machine: nothing is sent anywhere.'),
    ];
  }
  if (found.aside > 0) return [t('Every task of this choice was archived.')];
  return [t('No task is of this choice. A longer time, or all agents, may have some.')];
}
