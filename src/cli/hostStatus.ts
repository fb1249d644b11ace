/** `host status`: whether the host runs, and what it has in hand. */
import { defineCommand } from './command';
import { withRunningHost } from './host';

export const hostStatus = defineCommand({
  name: 'host status',
  group: 'machine',
  summary: 'whether the background host runs, and what it has in hand',
  about:
    'The host owns running tasks. It is started when a command needs it and ends itself when nothing is left to do. This\n' +
    'command never starts it.',
  examples: [{ run: 'countersign host status', does: 'pid, version, clients, tasks' }],
  positionals: {},
  options: {},
  async run(_, context) {
    const status = await withRunningHost(context, (host) => host.request('host/status', {}));
    context.output.document(status === null ? NOT_RUNNING : { running: true, ...status });
    context.output.text(
      status === null
        ? 'the host is not running; it is started when a task needs it'
        : `running: pid ${status.pid}, version ${status.version}, since ${status.startedAt}\n` +
            `${status.clients} clients, ${status.active} tasks at work, ${status.tasks} known`,
    );
    return 0;
  },
});

const NOT_RUNNING = { running: false, pid: null, version: null, clients: 0, tasks: 0 };
