/** `revert`: takes files of the result back to where they were. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { resolveTask, withHost } from './host';
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
  ],
  positionals: {
    id: TASK_ID,
    paths: { value: 'PATH', help: 'a path that the task changed, from the top of the repository', many: true },
  },
  options: { detach: { kind: 'flag', help: 'do not wait: print the id of the task' } },
  async run({ id: typed, paths, detach }, context) {
    requirePerson(context.env, 'revert files');
    const by = await describeUser(context.repo);
    return withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      const begin = async () => {
        await host.request('task/revert', { id, paths: [...paths], by });
        return id;
      };
      return followToPacket(host, context, begin, { detach });
    });
  },
});
