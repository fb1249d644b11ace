/** `stop`: ends what a task is doing. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { withHost } from './host';
import { printState } from './packetOutput';

export const stop = defineCommand({
  name: 'stop',
  group: 'delegate',
  summary: 'stops a task, with every process that it started',
  about:
    'Asks the agent to stop, waits a moment, then ends its processes. Nothing is lost: the task is `interrupted`, its\n' +
    'folder stays, and it can be resumed, taken to review as it stands, or rejected.',
  examples: [{ run: 'countersign stop ID', does: 'stops it and waits until nothing of it runs' }],
  positionals: { id: TASK_ID },
  options: {},
  async run({ id }, context) {
    const task = { id, repo: context.repo };
    await withHost(context, async (host) => {
      await host.request('task/stop', task);
      await printState(host, task, context.output);
    });
    return 0;
  },
});
