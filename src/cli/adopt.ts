/** `adopt`: takes what somebody else pushed to review, and waits for its checks. */
import { resolve } from 'node:path';
import type { Result } from '../host/rpc';
import { readBriefFile } from './briefFile';
import { defineCommand } from './command';
import type { Begin } from './following';
import { withHost } from './host';
import { describeReadiness } from './readinessLine';
import { followToPacket } from './waiting';

export const adopt = defineCommand({
  name: 'adopt',
  group: 'delegate',
  summary: 'takes a branch or pull request that somebody else pushed to review, by a brief',
  about:
    'Makes a task in review of work that Cursor, Copilot, Codex, Claude or a colleague pushed: the same drift, checks,\n' +
    'packet, sign-off and delivery as for an agent of yours, and no agent runs. REF is a branch, here or on a remote, any\n' +
    'revision, or a pull request: pull/12, "#12" (quoted: shells take # for a comment), merge-requests/12, or its address.\n' +
    'A pull request is fetched with your own git into refs/countersign/; your branches, index and files stay as they are.\n' +
    'The base is where the work left what is checked out here (or --base). Adopt it again with the same brief after it\n' +
    'moved: it becomes the next turn of the same task. Exits as `countersign run` does.',
  examples: [
    { run: 'countersign adopt cursor/fix-retry --brief brief.md', does: 'checks the branch, prints the packet' },
    { run: 'countersign adopt pull/12 --brief brief.md', does: 'a pull request of origin' },
    { run: 'countersign adopt origin/topic --brief brief.md --base origin/release', does: 'begun from another branch' },
  ],
  positionals: { ref: { value: 'REF', help: 'the branch, revision or pull request' } },
  options: {
    brief: { kind: 'text', value: 'FILE', required: true, help: 'the brief that it is judged by' },
    base: { kind: 'text', value: 'REV', help: 'what it was begun from (default: what is checked out)' },
    detach: { kind: 'flag', help: 'do not wait: print the id of the task' },
    draft: { kind: 'flag', help: 'started by a machine: for schedules and hooks; a person must look at it' },
  },
  async run({ ref, brief: file, base, detach, draft }, context) {
    const { repo, cwd, output } = context;
    const { name, bytes } = await readBriefFile(cwd, file);
    const { parseBrief } = await import('../core/brief/parse');
    const brief = parseBrief(bytes, name);
    return withHost(context, async (host) => {
      let warnings: Result<'task/adopt'>['warnings'] = [];
      let again = false;
      const begin: Begin = async (note) => {
        const adopted = await host.request('task/adopt', {
          repo,
          ref,
          brief: { text: brief.source, file: resolve(cwd, file) },
          ...(base === undefined ? {} : { base }),
          origin: draft ? 'machine' : 'human',
        });
        ({ warnings, again } = adopted);
        if (!output.json) {
          for (const warning of warnings) note(describeReadiness(name, warning));
          if (again) note(`the next turn of task ${adopted.id}, which adopted it before`);
        }
        return adopted.id;
      };
      return followToPacket(host, context, begin, { detach, fields: () => ({ warnings, again }) });
    });
  },
});
