/** `reject`: turns the work of a task down. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { withHost } from './host';
import { describeUser } from './identity';
import { printState } from './packetOutput';
import { requirePerson } from './surroundings';

export const reject = defineCommand({
  name: 'reject',
  group: 'decide',
  summary: 'turns the work down; it can be restored',
  about: 'Rejects a task with a reason for the record. Its folder goes, its snapshots stay: `restore` brings it back.',
  examples: [{ run: 'countersign reject ID --reason "solved upstream"', does: 'turns it down' }],
  positionals: { id: TASK_ID },
  options: { reason: { kind: 'text', value: 'TEXT', help: 'why, for the record', required: true } },
  async run({ id, reason }, context) {
    requirePerson(context.env, 'reject work');
    const by = await describeUser(context.repo);
    const task = { id, repo: context.repo };
    await withHost(context, async (host) => {
      await host.request('task/reject', { ...task, reason, by });
      await printState(host, task, context.output);
    });
    return 0;
  },
});
