/** `stats`: where delegation pays, from the journals of the tasks. */
import { CountersignError, isErrorCode } from '../core/errors';
import type { Result } from '../host/rpc';
import { defineCommand } from './command';
import { withHost } from './host';
import { dayOf, sinceDate } from './sinceDate';
import { statsText } from './statsText';

const NOTHING_YET =
  'no tasks yet, so nothing to count; begin with `countersign run FILE`.\n' +
  'Then this shows, for each agent: how many tasks were signed off at the first pass, how many corrections and how much\n' +
  'time they took, what drifted, what was overridden and accepted, and what the agents say that it cost.';

export const stats = defineCommand({
  name: 'stats',
  group: 'delegate',
  summary: 'where delegation pays: first passes, corrections, time, drift, cost',
  about:
    'Counts the tasks of this repository from their journals, by agent: first-pass yield (signed without a correction, of\n' +
    'those that were signed or rejected), corrections, time from hand-off to ready and from ready to sign-off, drift by\n' +
    'rule, overrides and acceptances, tokens and cost. Agents report cost differently or not at all: what their numbers\n' +
    'mean stands beside them, and what is not known is named. Tasks that were put aside are left out, as in lists.',
  examples: [
    { run: 'countersign stats', does: 'every task of this repository' },
    { run: 'countersign stats --since 2026-01-01 --agent codex', does: 'one agent, this year' },
    { run: 'countersign stats --all --archived --json', does: 'everything, for a script' },
  ],
  positionals: {},
  options: {
    since: { kind: 'text', value: 'DATE', help: 'only tasks handed off on that day or later' },
    agent: { kind: 'text', value: 'ID', help: 'only tasks whose first turn was this agent’s' },
    all: { kind: 'flag', help: 'tasks of every repository' },
    archived: { kind: 'flag', help: 'also those that were put aside' },
  },
  async run({ since, agent, all, archived }, context) {
    const { output, repo } = context;
    const from = since === undefined ? undefined : sinceDate(since);
    const found = await withHost(context, (host) =>
      host.request('stats/read', {
        ...(all ? {} : { repo }),
        ...(from === undefined ? {} : { since: from }),
        ...(agent === undefined ? {} : { agent }),
        archived,
      }),
    );
    output.document({ ...found.stats, aside: found.aside });
    for (const { code, message } of found.problems) {
      output.trouble(new CountersignError(isErrorCode(code) ? code : 'JOURNAL_CORRUPT', message));
    }
    output.text(found.stats.total.tasks > 0 ? statsText(found.stats) : nothing(found));
    if (found.aside > 0) output.text(`\n${found.aside} put aside: \`countersign stats --archived\` counts them too`);
    return 0;
  },
});

function nothing({ stats: { agent, since }, agents, aside }: Result<'stats/read'>): string {
  if (agent !== null && agents.length > 0) return `no task of ${agent}; there are tasks of ${agents.join(', ')}`;
  if (since !== null) return `no task was handed off since ${dayOf(since)}`;
  return aside > 0 ? 'every task was put aside' : NOTHING_YET;
}
