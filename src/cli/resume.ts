/** `resume`: goes on with a task that was stopped, interrupted or failed. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { resolveTask, withHost } from './host';
import { followToPacket } from './waiting';

export const resume = defineCommand({
  name: 'resume',
  group: 'delegate',
  summary: 'goes on with a task that was stopped, interrupted or failed',
  about:
    'Takes the step that did not end up again, in the same folder; where the agent can, in its own session. With\n' +
    '--as-it-stands the agent is not asked again: what is in the folder is snapshotted, checked and comes to review.',
  examples: [
    { run: 'countersign resume ID', does: 'goes on and waits' },
    { run: 'countersign resume ID --as-it-stands', does: 'reviews what is there' },
  ],
  positionals: { id: TASK_ID },
  options: {
    'as-it-stands': { kind: 'flag', help: 'no further work: take what is there to review' },
    detach: { kind: 'flag', help: 'do not wait: print the id of the task' },
  },
  async run({ id: typed, 'as-it-stands': asItStands, detach }, context) {
    return withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      const begin = async () => {
        await host.request('task/resume', { id, asItStands });
        return id;
      };
      return followToPacket(host, context, begin, { detach });
    });
  },
});
