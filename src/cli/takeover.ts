/** `takeover`: a person goes on with a task by hand. */
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import { TASK_ID } from './arguments';
import { type Context, defineCommand, type Exit } from './command';
import { type Host, resolveTask, withHost } from './host';
import { describeUser } from './identity';
import { Progress } from './progress';
import { requirePerson } from './surroundings';
import { followToPacket } from './waiting';

export const takeover = defineCommand({
  name: 'takeover',
  group: 'decide',
  summary: 'goes on by hand, in a clean folder of the result',
  about:
    "Opens the tree under review on the branch of the task, in a folder of your own, never the agent's, and prints its path.\n" +
    'With --done what you left there becomes the next turn: snapshotted, judged and checked like any, with your name on it.\n' +
    'With --abandon the task is as it was; the folder stays if you changed something in it, unless you say --discard.\n' +
    'Meanwhile nothing else can be done with the task.',
  examples: [
    { run: 'countersign takeover ID', does: 'begins, and prints the folder' },
    { run: 'countersign takeover ID --done -m "kept the old signature"', does: 'hands it in and waits for the packet' },
    { run: 'countersign takeover ID --abandon', does: 'leaves it as it was' },
  ],
  positionals: { id: TASK_ID },
  options: {
    done: { kind: 'flag', help: 'take what is in the folder to review' },
    message: { kind: 'text', short: 'm', value: 'TEXT', help: 'with --done: what you changed, for the record' },
    abandon: { kind: 'flag', help: 'give it up' },
    discard: { kind: 'flag', help: 'with --abandon: delete the folder with what you changed in it' },
    detach: { kind: 'flag', help: 'with --done: do not wait, print the id of the task' },
  },
  async run({ id: typed, done, message, abandon, discard, detach }, context) {
    refuseContradictions({ done, message, abandon, discard, detach });
    requirePerson(context.env, 'take work over');
    const by = await describeUser(context.repo);
    return withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      if (abandon) return giveUp(host, context, { id, by, discard });
      if (!done) return open(host, context, { id, by });
      const begin = async () => {
        await host.request('task/hand-in', { id, by, ...(message === undefined ? {} : { message }) });
        return id;
      };
      return followToPacket(host, context, begin, { detach });
    });
  },
});

interface Said {
  readonly done: boolean;
  readonly message: string | undefined;
  readonly abandon: boolean;
  readonly discard: boolean;
  readonly detach: boolean;
}

function refuseContradictions({ done, message, abandon, discard, detach }: Said): void {
  const fix = 'see `countersign takeover --help`';
  if (done && abandon) fail('USAGE', '--done and --abandon exclude each other', { fix });
  if (!done && (message !== undefined || detach)) fail('USAGE', '-m and --detach go with --done', { fix });
  if (!abandon && discard) fail('USAGE', '--discard goes with --abandon', { fix });
}

async function open(host: Host, { output }: Context, task: { id: string; by: string }): Promise<Exit> {
  const { path } = await making(output, () => host.request('task/take-over', task));
  output.document({ id: task.id, path });
  output.note(`work in this folder, then: countersign takeover ${task.id} --done`);
  output.text(visible(path));
  return 0;
}

/** A clean checkout of a large repository takes a while. */
async function making<T>(output: Context['output'], work: () => Promise<T>): Promise<T> {
  using _progress = new Progress(output, 'making a clean folder');
  return await work();
}

async function giveUp(
  host: Host,
  { output }: Context,
  task: { id: string; by: string; discard: boolean },
): Promise<Exit> {
  const { path, kept } = await host.request('task/give-up', task);
  output.document({ id: task.id, path, kept });
  output.text(kept ? `${visible(path)} was kept: it holds what no snapshot has` : `${visible(path)} is gone`);
  return 0;
}
