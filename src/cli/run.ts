/** `run`: hands a brief off to an agent, and waits for what comes back. */
import { resolve } from 'node:path';
import type { Result } from '../host/rpc';
import { readBriefFile } from './briefFile';
import { defineCommand } from './command';
import type { Begin } from './following';
import { withHost } from './host';
import { describeReadiness } from './readinessLine';
import { followToPacket } from './waiting';

export const run = defineCommand({
  name: 'run',
  group: 'delegate',
  summary: 'hands a brief off to an agent and waits for the result',
  about:
    'Checks the brief, starts the host if it is not running, and hands the brief off: the agent works in a folder of its\n' +
    'own, made from what is checked out here (or --base). Your files, index and branches are not touched. What the brief\n' +
    'should be warned about is said on stderr. Waits until the work is ready, failed or stopped, then prints the summary\n' +
    'of the review packet. Exits 1 when sign-off needs an answer first: a finding, blocking or a warning, or a check that\n' +
    'did not pass. Ctrl-C stops the task; the terminal may also be closed: the task goes on in the host.',
  examples: [
    { run: 'countersign run .countersign/briefs/first.md', does: 'works, waits, prints the packet' },
    { run: 'countersign run brief.md --detach', does: 'prints the id of the task and returns at once' },
    { run: 'countersign run brief.md --agent codex --base origin/main', does: 'another agent, another starting point' },
  ],
  positionals: { file: { value: 'FILE', help: 'the brief' } },
  options: {
    agent: { kind: 'text', value: 'ID', help: 'the agent to use, whatever the brief names' },
    base: { kind: 'text', value: 'REV', help: 'the revision to start from (default: what is checked out)' },
    detach: { kind: 'flag', help: 'do not wait: print the id of the task' },
    draft: { kind: 'flag', help: 'started by a machine: for schedules and hooks; a person must look at it' },
  },
  async run({ file, agent, base, detach, draft }, context) {
    const { repo, cwd, output } = context;
    const { name, bytes } = await readBriefFile(cwd, file);
    const { parseBrief } = await import('../core/brief/parse');
    const brief = parseBrief(bytes, name);
    return withHost(context, async (host) => {
      let warnings: Result<'task/run'>['warnings'] = [];
      const handOff: Begin = async (note) => {
        const handedOff = await host.request('task/run', {
          repo,
          brief: { text: brief.source, file: resolve(cwd, file) },
          ...(agent === undefined ? {} : { agent }),
          ...(base === undefined ? {} : { base }),
          origin: draft ? 'machine' : 'human',
        });
        warnings = handedOff.warnings;
        if (!output.json) for (const warning of warnings) note(describeReadiness(name, warning));
        return handedOff.id;
      };
      return followToPacket(host, context, handOff, { detach, fields: () => ({ warnings }) });
    });
  },
});
