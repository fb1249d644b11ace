/** Readiness of the budgets in tokens and dollars: whether the agent tells what they are counted by. */
import { lineOfPath } from '../yamlDocument';
import { type ReadinessCase, type ReadinessFinding, warn } from './finding';

/** What is told of an agent that a budget of tokens cannot stop in time, by what its counts cover. */
const TOKENS = {
  none: 'reports no tokens, so the budget cannot hold',
  unknown: 'may not report its tokens, so the budget may not hold',
  turn: 'reports its tokens when a turn has ended, so the budget cannot stop it before',
  call: 'reports the tokens of single calls, so the budget stops it late or not at all',
  chunk: 'reports the tokens of single answers, so the budget stops it late or not at all',
  session: null,
} as const;

const USD = {
  no: 'reports no cost, so the budget cannot hold',
  unknown: 'may not report its cost, so the budget may not hold',
  yes: null,
} as const;

/** Warns of a budget that the chosen agent does not report by. Nothing is said of an agent that is not known. */
export function judgeBudget({ brief: { front, lines }, facts, agent }: ReadinessCase): ReadinessFinding[] {
  const reporting = agent === null ? null : (facts.reportingOf?.(agent) ?? null);
  if (reporting === null) return [];
  const said: readonly (readonly [key: 'tokens' | 'usd', what: string | null])[] = [
    ['tokens', TOKENS[reporting.tokens]],
    ['usd', USD[reporting.usd]],
  ];
  return said.flatMap(([key, what]) => {
    const path = `budget.${key}`;
    if (what === null || front.budget[key] === undefined) return [];
    // A policy's budget is for agents with a model: a plain command needs no warning about it.
    if (agent === 'command' && lines[path] === undefined) return [];
    return [warn('readiness/budget', `${path}: the agent \`${agent}\` ${what}`, lineOfPath(lines, path))];
  });
}
