/** `split`: some of the result stays in the task, the rest becomes a brief of its own. */
import { resolve } from 'node:path';
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import { TASK_ID } from './arguments';
import { defineCommand } from './command';
import { resolveTask, withHost } from './host';
import { describeUser } from './identity';
import { writeNewFile } from './newFile';
import { requirePerson } from './surroundings';
import { followToPacket } from './waiting';

export const split = defineCommand({
  name: 'split',
  group: 'decide',
  summary: 'keeps a part of the result, and drafts a brief for the rest',
  about:
    'The paths that you name, or all that no --keep matches, go back to the base in this task, which is judged and checked\n' +
    'anew without them. What was done there stays in the snapshot before; a brief for it is written as a draft, with its\n' +
    'scope, the checks, and the commands that bring the work back. Nothing is handed off.',
  examples: [
    { run: 'countersign split ID --keep "src/http/**" --keep "test/http/**"', does: 'all else goes' },
    { run: 'countersign split ID src/config.ts -o config.md', does: 'one file goes, its brief is config.md' },
  ],
  positionals: {
    id: TASK_ID,
    paths: { value: 'PATH', help: 'a path that goes, from the top of the repository', many: true, optional: true },
  },
  options: {
    keep: { kind: 'list', value: 'PATTERN', help: 'what stays: everything else goes' },
    output: { kind: 'text', short: 'o', value: 'FILE', help: 'where to write the brief (default: ID-split.md)' },
    detach: { kind: 'flag', help: 'do not wait: print the id of the task' },
  },
  async run({ id: typed, paths, keep, output: file, detach }, context) {
    if (paths.length + keep.length === 0) {
      const fix = 'name what goes, or what stays; see `countersign split --help`';
      fail('USAGE', '`countersign split` needs PATH, or --keep PATTERN', { fix });
    }
    requirePerson(context.env, 'split work');
    const by = await describeUser(context.repo);
    return withHost(context, async (host) => {
      const id = await resolveTask(host, { id: typed, repo: context.repo });
      const wish = { id, paths: [...paths], keep: [...keep] };
      const planned = await host.request('task/preview-split', wish);
      const named = resolve(context.cwd, file ?? `${id}-split.md`);
      // The draft first: what goes is then never without one.
      if (!(await writeNewFile(named, planned.brief))) fail('FILE_EXISTS', `${visible(named)} is there already`);
      context.output.note(
        `wrote ${visible(named)}: a draft for ${planned.paths.length} paths, kept in ${planned.commit}`,
      );
      const begin = async () => {
        await host.request('task/split', { id, paths: planned.paths, keep: [], commit: planned.commit, by });
        return id;
      };
      const fields = () => ({ split: { file: named, paths: planned.paths, commit: planned.commit } });
      return followToPacket(host, context, begin, { detach, fields });
    });
  },
});
