/** The brief for the agent that works by it: as it was handed off, and what counts now. */
import type { Brief } from '../../brief/brief';
import type { Grant } from '../../events';
import { grantWords } from '../../review/amendment';
import { visible, visibleText } from '../../visible';

/** Characters of a brief's own text that are shown: what follows it counts more. */
const SOURCE_SHOWN = 20_000;

/** @param brief with policy and grants in it; its source is still the text that was handed off */
export function briefWords({ source, front }: Brief, grants: readonly Grant[]): string {
  const text = visibleText(source).trimEnd();
  const whole = text.length <= SOURCE_SHOWN ? text : `${text.slice(0, SOURCE_SHOWN)}\n[the rest is left out here]`;
  const { scope, approval, budget, checks } = front;
  const limits = Object.entries(budget).map(([what, most]) => `${what} ${most}`);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['May change', scope.change],
    ['Never', scope.avoid],
    ['Boundaries that may be crossed', approval.allow],
    ['Budget', limits],
    ['Checks', checks.map(({ name, run }) => `${name} (${run})`)],
  ];
  return [
    whole,
    '',
    '## What counts now (with the policy of the repository)',
    ...rows.map(([what, items]) => `- ${what}: ${items.length === 0 ? 'none' : items.map(visible).join(', ')}`),
    ...(grants.length === 0 ? [] : ['', '## Added since', ...grants.map((grant) => `- ${visible(grantWords(grant))}`)]),
  ].join('\n');
}
