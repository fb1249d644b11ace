/** The figures of tasks as tables for people. */

import { duration, plural } from '../core/review/words';
import { grouped, usdWords } from '../core/spending';
import type { CostFigures, Group, Spread, Stats } from '../core/stats/statsSchema';
import { taskStateSchema } from '../core/task/summary';
import { dayOf } from './sinceDate';
import { table } from './table';

/** Rules that are shown before the rest is only counted. */
const RULES_SHOWN = 20;

/** Everything that is known, and at the end what is not. */
export function statsText(stats: Stats): string {
  const parts = [heading(stats), work(stats), decisions(stats), rules(stats), cost(stats), unknown(stats)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function heading({ total, states, since, agent }: Stats): string {
  const chosen = [agent === null ? '' : ` of ${agent}`, since === null ? '' : ` since ${dayOf(since)}`].join('');
  const counted = taskStateSchema.options.flatMap((state) => {
    const count = states[state];
    return count === undefined ? [] : [`${count} ${state}`];
  });
  return `${plural(total.tasks, 'task')}${chosen}: ${counted.join(', ')}`;
}

/** One line for each agent, and one for all where there are several. */
function byAgent({ agents, total }: Stats, head: readonly string[], cells: (group: Group) => string[]): string {
  const rows = agents.map(({ agent, ...group }) => [agent, ...cells(group)]);
  return table(['AGENT', ...head], agents.length > 1 ? [...rows, ['all', ...cells(total)]] : rows);
}

function work(stats: Stats): string {
  const head = ['TASKS', 'FIRST PASS', 'CORRECTIONS', 'TO READY', 'TO SIGN-OFF'];
  const rows = byAgent(stats, head, ({ tasks, signed, rejected, firstPass, corrections, toReady, toSignoff }) => [
    `${tasks}`,
    share(firstPass, signed + rejected),
    `${corrections} (${(corrections / tasks).toFixed(1)} a task)`,
    times(toReady),
    times(toSignoff),
  ]);
  return `${rows}\nFirst pass: signed off without a correction or a turn by hand. Times: the median / what nine of ten stay below.`;
}

function decisions(stats: Stats): string {
  const { signed, rejected } = stats.total;
  if (signed + rejected === 0) return '';
  const head = ['SIGNED', 'REJECTED', 'CHECK OVERRIDDEN', 'FINDING ACCEPTED', 'BRIEF AMENDED'];
  return `What people decided\n${byAgent(stats, head, ({ signed, rejected, signoffs }) => [
    `${signed}`,
    `${rejected}`,
    share(signoffs.overridden, signed),
    share(signoffs.accepted, signed),
    share(signoffs.amended, signed),
  ])}`;
}

/** `75% (3 of 4)`: without the number behind it a share says too much. */
function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.round((100 * part) / whole)}% (${part} of ${whole})`;
}

function times({ median, p90 }: Spread): string {
  return median === null || p90 === null ? '-' : `${long(median)} / ${long(p90)}`;
}

/** As `duration`, and beyond an hour in hours and days. */
function long(seconds: number): string {
  if (seconds < 3_600) return duration(seconds);
  const hours = seconds / 3_600;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

function rules({ rules }: Stats): string {
  if (rules.length === 0) return '';
  const rows = rules
    .slice(0, RULES_SHOWN)
    .map(({ rule, findings, tasks, agents }) => [
      rule,
      `${findings}`,
      `${tasks}`,
      agents.map((own) => `${own.agent} ${own.findings}`).join(', '),
    ]);
  const rest = rules.length - rows.length;
  const more = rest > 0 ? `\nand ${plural(rest, 'more rule')}, with --json` : '';
  return `Drift that had to be answered\n${table(['RULE', 'FINDINGS', 'TASKS', 'BY AGENT'], rows)}${more}`;
}

function cost({ cost }: Stats): string {
  if (cost.every(({ counted, priced }) => counted === 0 && priced === 0)) return '';
  const head = ['AGENT', 'ROLE', 'TURNS', 'TOKENS', 'A TURN', 'A TASK', 'USD', 'A TASK', 'WHAT ITS TOKENS ARE'];
  return `What it cost, as the agents tell it\n${table(head, cost.map(costCells))}`;
}

function costCells(figures: CostFigures): string[] {
  const { agent, role, turns, counted, tokens, tokensPerTurn, tokensPerTask, usd, usdPerTask, meanings } = figures;
  const least = figures.atLeast ? '≥ ' : '';
  const amount = (count: number | null) => (count === null ? '-' : `${least}${grouped(count)}`);
  const price = (sum: number | null) => (sum === null ? '-' : usdWords(sum).replace('USD ', ''));
  return [
    ...[agent === '' ? 'not said' : agent, role],
    counted === turns ? `${turns}` : `${turns} (${counted} told)`,
    ...[amount(tokens), amount(tokensPerTurn.median), amount(tokensPerTask.median)],
    ...[price(usd), price(usdPerTask.median)],
    meanings.join('; ') || 'not reported',
  ];
}

function unknown({ unknown }: Stats): string {
  const lines = [
    unknown.tokens === 0 ? '' : `- the tokens of ${plural(unknown.tokens, 'turn')}: the agent told none`,
    unknown.usd === 0 ? '' : `- the cost of ${plural(unknown.usd, 'turn')}: the agent told none`,
    unknown.rules === 0 ? '' : `- the rules of ${plural(unknown.rules, 'drift report')} of an earlier version`,
  ].filter((line) => line !== '');
  return lines.length === 0 ? '' : `Not known\n${lines.join('\n')}`;
}
