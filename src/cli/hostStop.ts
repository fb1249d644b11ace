/** `host stop`: ends the host. */
import { defineCommand } from './command';
import { withRunningHost } from './host';

export const hostStop = defineCommand({
  name: 'host stop',
  group: 'machine',
  summary: 'ends the background host',
  about:
    'Ends the host of this user. While tasks are at work it refuses; with --force they are stopped first and become\n' +
    '`interrupted`, to be resumed later.',
  examples: [{ run: 'countersign host stop', does: 'after an update, for instance' }],
  positionals: {},
  options: { force: { kind: 'flag', help: 'also while tasks are at work: they become `interrupted`' } },
  async run({ force }, context) {
    const stopped = await withRunningHost(context, (host) => host.request('host/stop', { force }));
    context.output.document({ stopped: stopped !== null });
    context.output.text(stopped === null ? 'the host was not running' : 'the host has ended');
    return 0;
  },
});
