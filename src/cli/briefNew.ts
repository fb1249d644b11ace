/** `brief new`: a draft brief, from what the repository shows or from a template. */
import { resolve } from 'node:path';
import { TEMPLATES_FOLDER } from '../core/brief/policyFile';
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import { defineCommand } from './command';
import { writeNewFile } from './newFile';

export const briefNew = defineCommand({
  name: 'brief new',
  group: 'start',
  summary: 'drafts a brief',
  about:
    'Prints a brief that lacks only what a person must say. Scope, setup and checks come from the repository and its\n' +
    `policy. --from takes a template of the team (${TEMPLATES_FOLDER}/NAME.md) or a built-in one: feature, bugfix,\n` +
    'codemod, dependency-update.',
  examples: [
    { run: 'countersign brief new -o briefs/retry.md', does: 'writes a file; overwrites nothing' },
    { run: 'countersign brief new --from bugfix > fix.md', does: 'from another template' },
  ],
  positionals: {},
  options: {
    from: { kind: 'text', value: 'TEMPLATE', help: 'the template (default: feature)' },
    output: { kind: 'text', short: 'o', value: 'FILE', help: 'where to write it (default: stdout)' },
  },
  async run({ from, output: file }, context) {
    const { output, cwd } = context;
    const [{ readSurroundingsIfAny }, { surveyProject }, { briefFromTemplate, draftBrief, reviewerOf }] =
      await Promise.all([
        import('./surroundingRepository'),
        import('../node/briefs/surroundings'),
        import('../core/brief/draft'),
      ]);
    const around = await readSurroundingsIfAny(context);
    const facts = await surveyProject(around);
    const own = await teamTemplate(around?.root ?? null, from);
    const brief = own === null ? draftBrief(facts, from) : briefFromTemplate(own.text, own.file, reviewerOf(facts));
    if (file !== undefined && !(await writeNewFile(resolve(cwd, file), brief))) {
      fail('FILE_EXISTS', `${file} is there already`);
    }
    output.document({ template: own?.file ?? from ?? 'feature', file: file ?? null, brief });
    if (file === undefined) output.raw(brief);
    else output.text(`wrote ${visible(file)}; see what it lacks with \`countersign brief check ${visible(file)}\``);
    return 0;
  },
});

/** The team's own template of that name in the working tree, or null. */
async function teamTemplate(
  root: string | null,
  name: string | undefined,
): Promise<{ text: string; file: string } | null> {
  if (root === null || name === undefined) return null;
  const { readTemplate } = await import('../node/briefs/templates');
  const file = `${TEMPLATES_FOLDER}/${name}.md`;
  const text = await readTemplate(root, name).catch((cause: unknown) =>
    fail('FILE_NOT_FOUND', `${file} could not be read`, { cause }),
  );
  return text === null ? null : { file, text };
}
