/** `archive`: puts a task aside. */
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { resolveTask, withHost } from './host';
import { requirePerson } from './surroundings';

export const archive = defineCommand({
  name: 'archive',
  group: 'decide',
  summary: 'puts a task aside, or takes it back',
  about:
    'Puts a task that nothing drives aside: lists leave it out unless they are asked for all. Nothing else changes, and\n' +
    'whatever makes the task go on takes it back.',
  examples: [
    { run: 'countersign archive ID', does: 'puts it aside' },
    { run: 'countersign archive ID --undo', does: 'takes it back' },
  ],
  positionals: { id: TASK_ID },
  options: { undo: { kind: 'flag', help: 'take it back' } },
  async run({ id: typed, undo }, context) {
    requirePerson(context.env, 'put work aside');
    await withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      await host.request('task/archive', { id, on: !undo });
      context.output.document({ id, archived: !undo });
      context.output.text(undo ? `${id} is listed again` : `${id} is put aside; \`countersign archive ${id} --undo\``);
    });
    return 0;
  },
});
