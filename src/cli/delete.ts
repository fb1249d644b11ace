/** `delete`: deletes a task for good. */
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import type { Result } from '../host/rpc';
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { resolveTask, withHost } from './host';
import { requirePerson } from './surroundings';

// `delete` alone is a word of the language.
export const deleteCommand = defineCommand({
  name: 'delete',
  group: 'decide',
  summary: 'deletes a task: its folders and its record, not its snapshots',
  about:
    'Deletes the folders, the transcript and the journal of a task that nothing drives. Its snapshots stay in the\n' +
    'repository, below refs/countersign/<task>/, and what its folder holds beside them is kept in one more first.\n' +
    'Without --yes it only says what would go.',
  examples: [
    { run: 'countersign delete ID', does: 'what would be deleted, and how much' },
    { run: 'countersign delete ID --yes', does: 'deletes it' },
  ],
  positionals: { id: TASK_ID },
  options: { yes: { kind: 'flag', help: 'delete it; there is no way back to its record' } },
  async run({ id: typed, yes }, context) {
    requirePerson(context.env, 'delete tasks');
    const { output, repo } = context;
    await withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo });
      if (!yes) {
        const { folders } = await host.request('task/disk', { id });
        fail('USAGE', `this would delete ${id}:\n${folders.map(folderLine).join('\n')}`, {
          fix: `if that is meant: \`countersign delete ${id} --yes\``,
        });
      }
      const { refs, kept } = await host.request('task/delete', { id });
      output.document({ id, refs, kept });
      output.text([`${id} is deleted`, ...whatStays(refs, kept)].join('\n'));
    });
    return 0;
  },
});

function folderLine({ what, path, bytes }: Result<'task/disk'>['folders'][number]): string {
  return `  ${what.padEnd(9)}${megabytes(bytes).padStart(10)}  ${visible(path)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function whatStays(refs: readonly string[], kept: readonly string[]): string[] {
  return [
    ...refs.map((ref) => `kept     ${visible(ref)}`),
    ...kept.map((path) => `kept     ${visible(path)} (somebody changed something in it)`),
  ];
}
