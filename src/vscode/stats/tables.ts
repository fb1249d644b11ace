/** The figures of tasks as the tables of the page. Pure: the language comes in. */
import { grouped, usdWords } from '../../core/spending';
import type { CostFigures, Group, Stats } from '../../core/stats/statsSchema';
import { visible } from '../../core/visible';
import type { StatsTable } from '../../webview/stats/messages';
import type { Translate } from '../translate';
import { longWords, NOTHING, shareWords, timesWords } from './words';

/** Rules that are shown before the rest is only counted. */
const RULES_SHOWN = 30;

/** Only those that have something to show. */
export function tablesOf(stats: Stats, t: Translate): StatsTable[] {
  return [workTable(stats, t), decisionTable(stats, t), ruleTable(stats, t), costTable(stats, t)].filter(
    ({ rows }) => rows.length > 0,
  );
}

/** One row for each agent, and one for all where there are several. */
function byAgent({ agents, total }: Stats, t: Translate, cells: (group: Group) => string[]): StatsTable['rows'] {
  const rows = agents.map(({ agent, ...group }) => rowOf([visible(agent), ...cells(group)]));
  return agents.length > 1 ? [...rows, rowOf([t('all'), ...cells(total)])] : rows;
}

function rowOf(cells: string[], part: number | null = null): StatsTable['rows'][number] {
  return { cells, part };
}

const words = (text: string) => ({ words: text, numeric: false });
const number = (text: string) => ({ words: text, numeric: true });

function workTable(stats: Stats, t: Translate): StatsTable {
  return {
    title: t('Work by agent'),
    head: [
      words(t('Agent')),
      number(t('Tasks')),
      number(t('First pass')),
      number(t('Corrections')),
      number(t('To ready')),
      number(t('To sign-off')),
    ],
    rows: byAgent(stats, t, ({ tasks, signed, rejected, firstPass, corrections, toReady, toSignoff }) => [
      `${tasks}`,
      shareWords(firstPass, signed + rejected, t),
      `${corrections}`,
      timesWords(toReady, t),
      timesWords(toSignoff, t),
    ]),
    notes: [
      t('First pass: signed off without a correction, of those that were signed off or rejected.'),
      t('Times: the median / what nine of ten stay below.'),
    ],
  };
}

function decisionTable(stats: Stats, t: Translate): StatsTable {
  const { signed, rejected } = stats.total;
  return {
    title: t('What people decided'),
    head: [
      words(t('Agent')),
      number(t('Signed off')),
      number(t('Rejected')),
      number(t('Check overridden')),
      number(t('Finding accepted')),
      number(t('Brief amended')),
    ],
    rows:
      signed + rejected === 0
        ? []
        : byAgent(stats, t, (group) => [
            `${group.signed}`,
            `${group.rejected}`,
            shareWords(group.signoffs.overridden, group.signed, t),
            shareWords(group.signoffs.accepted, group.signed, t),
            shareWords(group.signoffs.amended, group.signed, t),
          ]),
    notes: [],
  };
}

function ruleTable({ rules }: Stats, t: Translate): StatsTable {
  const most = Math.max(1, ...rules.map(({ findings }) => findings));
  const rest = rules.length - RULES_SHOWN;
  return {
    title: t('Drift that had to be answered'),
    head: [words(t('Rule')), number(t('Findings')), number(t('Tasks')), words(t('By agent'))],
    rows: rules
      .slice(0, RULES_SHOWN)
      .map(({ rule, findings, tasks, agents }) =>
        rowOf(
          [
            visible(rule),
            `${findings}`,
            `${tasks}`,
            agents.map((own) => t('{0} {1}', visible(own.agent), own.findings)).join(', '),
          ],
          findings / most,
        ),
      ),
    notes: rest > 0 ? [t('{0} more rules had findings.', rest)] : [],
  };
}

function costTable({ cost }: Stats, t: Translate): StatsTable {
  const isKnown = cost.some(({ counted, priced, seconds }) => counted > 0 || priced > 0 || seconds > 0);
  return {
    title: t('Time and cost, as the agents tell it'),
    head: [
      words(t('Agent')),
      words(t('Role')),
      number(t('Turns')),
      number(t('Time')),
      number(t('Tokens')),
      number(t('Tokens a turn')),
      number(t('US dollars')),
      number(t('Dollars a task')),
      words(t('What its tokens are')),
    ],
    rows: isKnown ? cost.map((figures) => rowOf(costCells(figures, t))) : [],
    notes: cost.some(({ atLeast }) => atLeast) ? [t('≥: the agent tells only a part of what it used.')] : [],
  };
}

function costCells(figures: CostFigures, t: Translate): string[] {
  const { agent, role, turns, seconds, counted, tokens, tokensPerTurn, usd, usdPerTask, atLeast, meanings } = figures;
  const amount = (count: number | null) => (count === null ? NOTHING : `${atLeast ? '≥ ' : ''}${grouped(count)}`);
  const price = (sum: number | null) => (sum === null ? NOTHING : usdWords(sum).replace('USD ', ''));
  return [
    agent === '' ? t('not said') : visible(agent),
    roleWords(role, t),
    counted === turns ? `${turns}` : t('{0} ({1} told)', turns, counted),
    seconds > 0 ? longWords(seconds, t) : NOTHING,
    ...[amount(tokens), amount(tokensPerTurn.median)],
    ...[price(usd), price(usdPerTask.median)],
    meanings.map(visible).join('; ') || t('not reported'),
  ];
}

function roleWords(role: string, t: Translate): string {
  switch (role) {
    case 'executor':
      return t('does the work');
    case 'reviewer':
      return t('reviews');
    case 'planner':
      return t('plans');
    default:
      return visible(role);
  }
}
