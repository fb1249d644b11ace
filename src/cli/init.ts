/** `init`: a policy and a first brief, from what the repository shows. */

import { join } from 'node:path';
import { POLICY_FILE } from '../core/brief/policyFile';
import type { ProjectFacts } from '../core/brief/project';
import { visible } from '../core/visible';
import { defineCommand } from './command';
import { writeNewFile } from './newFile';

const FIRST_BRIEF = '.countersign/briefs/first.md';

export const init = defineCommand({
  name: 'init',
  group: 'start',
  summary: 'writes a policy and a first brief from what it finds here',
  about:
    'Looks at the repository (languages, folders, test and lint commands) and writes .countersign/policy.yaml, the\n' +
    `defaults of your team, and ${FIRST_BRIEF}, a brief to fill in. Overwrites nothing.`,
  examples: [{ run: 'countersign init', does: 'then fill in the brief, and run `countersign brief check` on it' }],
  positionals: {},
  options: {},
  async run(_, { repo, output }) {
    const [{ readSurroundings, surveyProject }, { draftBrief, draftPolicy }] = await Promise.all([
      import('../node/briefs/surroundings'),
      import('../core/brief/draft'),
    ]);
    const around = await readSurroundings(repo);
    const facts = await surveyProject(around);
    const files = { [POLICY_FILE]: draftPolicy(facts), [FIRST_BRIEF]: draftBrief(facts) };
    const written: string[] = [];
    const kept: string[] = [];
    for (const [path, text] of Object.entries(files)) {
      ((await writeNewFile(join(around.root, path), text)) ? written : kept).push(path);
    }
    const { testCommand, lintCommand, setup, languages } = facts;
    output.document({ written, kept, found: { testCommand, lintCommand, setup, languages } });
    output.text(
      [
        ...found(facts),
        ...written.map((path) => `wrote    ${path}`),
        ...kept.map((path) => `kept     ${path} (it was there already)`),
        '',
        `Next: say what you want in ${FIRST_BRIEF}, then`,
        `  countersign brief check ${FIRST_BRIEF}`,
        `  countersign run ${FIRST_BRIEF}`,
        'Commit .countersign/policy.yaml to put it in force.',
      ].join('\n'),
    );
    return 0;
  },
});

function found({ languages, testCommand, lintCommand, setup }: ProjectFacts): string[] {
  const line = (what: string, value: string | null) => (value === null ? [] : [`found    ${what}: ${visible(value)}`]);
  return [
    ...line('languages', languages.length === 0 ? null : languages.join(', ')),
    ...line('setup', setup),
    ...(testCommand === null ? ['found    no test command: name a check in the brief'] : line('tests', testCommand)),
    ...line('lint', lintCommand),
  ];
}
