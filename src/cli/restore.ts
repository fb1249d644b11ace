/** `restore`: takes a rejection back. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { withHost } from './host';
import { printState } from './packetOutput';
import { requirePerson } from './surroundings';

export const restore = defineCommand({
  name: 'restore',
  group: 'decide',
  summary: 'takes a rejection back',
  about: 'Makes a rejected task what it was before, with its folder as its newest snapshot has it.',
  examples: [{ run: 'countersign restore ID', does: 'brings it back' }],
  positionals: { id: TASK_ID },
  options: {},
  async run({ id }, context) {
    requirePerson(context.env, 'restore work');
    const task = { id, repo: context.repo };
    await withHost(context, async (host) => {
      await host.request('task/restore', task);
      await printState(host, task, context.output);
    });
    return 0;
  },
});
