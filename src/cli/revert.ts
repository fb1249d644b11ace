/** `revert`: takes files of the result back to where they were. */
import { pathsOfFinding } from '../core/drift/places';
import { fail } from '../core/errors';
import { offers } from '../core/review/answers';
import type { Packet } from '../core/review/packetSchema';
import { visible } from '../core/visible';
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { fetchPacket, resolveTask, withHost } from './host';
import { describeUser } from './identity';
import { requirePerson } from './surroundings';
import { followToPacket } from './waiting';

export const revert = defineCommand({
  name: 'revert',
  group: 'decide',
  summary: 'takes files of the result back to the base',
  about:
    'What the agent added there goes, what it changed or deleted comes back; of a renamed file both names. The result is\n' +
    'snapshotted, judged and checked anew, without the agent; the snapshot before it is kept. Waits and prints the packet.',
  examples: [
    { run: 'countersign revert ID src/config.ts', does: 'takes one file back' },
    { run: 'countersign revert ID package.json package-lock.json --detach', does: 'two of them, without waiting' },
    { run: 'countersign revert ID --finding 3f2a91c0', does: 'every file of a finding' },
  ],
  positionals: {
    id: TASK_ID,
    paths: {
      value: 'PATH',
      help: 'a path that the task changed, from the top of the repository',
      many: true,
      optional: true,
    },
  },
  options: {
    finding: { kind: 'list', value: 'ID', help: 'a finding, all of whose files go back' },
    detach: { kind: 'flag', help: 'do not wait: print the id of the task' },
  },
  async run({ id: typed, paths, finding, detach }, context) {
    if (paths.length + finding.length === 0) {
      const fix = 'name what is to go back; see `countersign revert --help`';
      fail('USAGE', '`countersign revert` needs PATH, or --finding ID', { fix });
    }
    requirePerson(context.env, 'revert files');
    const by = await describeUser(context.repo);
    return withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      const found = finding.length === 0 ? [] : pathsOf(await fetchPacket(host, { id, repo: context.repo }), finding);
      const begin = async () => {
        await host.request('task/revert', { id, paths: [...new Set([...paths, ...found])], by });
        return id;
      };
      return followToPacket(host, context, begin, { detach });
    });
  },
});

/** Throws FINDING_UNKNOWN, and REVERT_REFUSED for a finding that no revert answers. */
function pathsOf({ drift }: Packet, ids: readonly string[]): readonly string[] {
  return ids.flatMap((id) => {
    const finding = drift?.findings.find((one) => one.id === id);
    if (finding === undefined) return fail('FINDING_UNKNOWN', `no finding has the id ${visible(id)}`);
    if (!offers(finding, 'revert')) return fail('REVERT_REFUSED', `no file of finding ${visible(id)} can go back`);
    return pathsOfFinding(finding);
  });
}
