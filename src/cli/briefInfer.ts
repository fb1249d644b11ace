/** `brief infer`: a brief for work that was done without one. */
import { resolve } from 'node:path';
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import { defineCommand } from './command';
import { writeNewFile } from './newFile';

export const briefInfer = defineCommand({
  name: 'brief infer',
  group: 'start',
  summary: 'proposes a brief for work that was done without one',
  about:
    'Reads the difference of two revisions and writes the brief that would have asked for it: its scope covers what\n' +
    'changed, folders where most of their files did, single files elsewhere. Boundaries that it crosses are proposed as\n' +
    'comments and granted to nobody. Title and goal are what the commits say; checks and reviewer are what `brief new`\n' +
    'finds. The brief says of itself that it is inferred: read it before you judge by it.',
  examples: [
    { run: 'countersign brief infer --base main --head their-branch -o their.md', does: 'then drift, or adopt, by it' },
    { run: 'countersign brief infer --base HEAD', does: 'of what lies in the working tree, on stdout' },
  ],
  positionals: {},
  options: {
    base: { kind: 'text', value: 'REV', help: 'the tree before the change', required: true },
    head: { kind: 'text', value: 'REV', help: 'the tree after it (default: the working tree)' },
    output: { kind: 'text', short: 'o', value: 'FILE', help: 'where to write it (default: stdout)' },
  },
  async run({ base, head, output: file }, { repo, cwd, output }) {
    const { inferBrief } = await import('../node/briefs/inferBrief');
    const { text, change, boundaries, files } = await inferBrief({ folder: repo, base, head: head ?? null });
    if (file !== undefined && !(await writeNewFile(resolve(cwd, file), text))) {
      fail('FILE_EXISTS', `${file} is there already`);
    }
    output.document({ file: file ?? null, change, boundaries, files, brief: text });
    if (file === undefined) output.raw(text);
    else output.text(`wrote ${visible(file)}; it is inferred: read it, then judge by it`);
    return 0;
  },
});
