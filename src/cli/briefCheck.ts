/** `brief check`: what a brief lacks to be handed off. */
import type { ReadinessFacts } from '../core/brief/readiness';
import { visible } from '../core/visible';
import { readBriefFile } from './briefFile';
import { type Context, defineCommand } from './command';
import { withRunningHost } from './host';
import { describeReadiness } from './readinessLine';

export const briefCheck = defineCommand({
  name: 'brief check',
  group: 'start',
  summary: 'what a brief lacks to be handed off',
  about:
    'Reads the brief and judges its readiness against this repository: what blocks (no goal, no criteria, no scope, no\n' +
    'check, no reviewer) and what deserves a look. Exits 0 when it is ready, 1 when something blocks, 2 when it cannot be\n' +
    'read.',
  examples: [{ run: 'countersign brief check .countersign/briefs/first.md', does: 'names each problem with its line' }],
  positionals: { file: { value: 'FILE', help: 'the brief' } },
  options: {},
  async run({ file }, context) {
    const { output, cwd } = context;
    const { name, bytes } = await readBriefFile(cwd, file);
    const [{ inspectBrief }, facts] = await Promise.all([import('../core/brief/readiness'), factsOf(context)]);
    const { brief, error, findings } = inspectBrief(bytes, name, facts);
    const ready = findings.every(({ severity }) => severity !== 'block');
    output.document({
      brief: brief?.hash ?? null,
      ready,
      findings,
      ...(error === null ? {} : { error: error.toRecord() }),
    });
    if (error !== null && findings.some(({ rule }) => rule === 'readiness/unparsable')) {
      // The error names every finding with its line already.
      if (!output.json) output.error(error);
      return error.exit;
    }
    const lines = findings.map((finding) => describeReadiness(name, finding));
    if (ready) lines.push(`${visible(name)} is ready to be handed off: \`countersign run ${visible(file)}\``);
    output.text(lines.join('\n'));
    return ready ? 0 : 1;
  },
});

/** What this machine and the repository around can tell. Outside a repository the brief alone is judged. */
async function factsOf(context: Context): Promise<ReadinessFacts> {
  const [{ readSurroundingsIfAny }, { machineFacts }, { readConfig }] = await Promise.all([
    import('./surroundingRepository'),
    import('../node/briefs/machineFacts'),
    import('../node/store/config'),
  ]);
  const { env } = context;
  const [around, { agents }, liveTasks] = await Promise.all([
    readSurroundingsIfAny(context),
    readConfig(env),
    liveTasksOf(context),
  ]);
  return {
    ...machineFacts(agents, env),
    paths: around?.paths ?? null,
    liveTasks,
    policy: around?.policy ?? null,
  };
}

/** The unfinished tasks here, as far as a host runs that can tell. It is never started for that, and its troubles are its own. */
async function liveTasksOf(context: Context): Promise<ReadinessFacts['liveTasks']> {
  const asked = withRunningHost(context, (host) => host.request('task/scopes', { repo: context.repo }));
  return (await asked.catch(() => null))?.tasks ?? [];
}
