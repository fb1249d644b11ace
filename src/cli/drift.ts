/** `drift`: the drift of any diff against any brief; no task, no agent, no host. */
import { loadBrief } from './briefFile';
import { defineCommand } from './command';

export const drift = defineCommand({
  name: 'drift',
  group: 'judge',
  summary: 'what a diff does that a brief did not ask for',
  about:
    'Compares two trees, without a merge base, and judges the difference by the brief: its scope, its budget, the\n' +
    'boundaries that it does not grant, dependencies, tests, checks, secrets and hidden changes. Needs no task and no\n' +
    'agent, so it judges any branch, also one that a person wrote. The policy is read from the base. Exits 1 when a\n' +
    'finding blocks; warnings alone exit 0.',
  examples: [
    { run: 'countersign drift --brief brief.md --base main', does: 'what lies in the working tree, against main' },
    {
      run: 'countersign drift --brief brief.md --base origin/main --head HEAD --json',
      does: 'the report of a branch, for a script',
    },
  ],
  positionals: {},
  options: {
    brief: { kind: 'text', value: 'FILE', help: 'the brief to judge by', required: true },
    base: { kind: 'text', value: 'REV', help: 'the tree before the change', required: true },
    head: { kind: 'text', value: 'REV', help: 'the tree after it (default: the working tree)' },
  },
  async run({ brief: file, base, head }, { repo, cwd, output }) {
    const { driftOf, openComparison } = await import('../node/driftOfRevisions');
    // Git finds the trees while the brief is read.
    const opening = openComparison({ folder: repo, base, head: head ?? null });
    // The brief's error is told first; until then the other one waits.
    opening.catch(() => undefined);
    const report = await loadBrief(cwd, file)
      .then(async (brief) => driftOf(await opening, brief))
      .finally(() =>
        opening.then(
          (comparison) => comparison.close(),
          () => undefined,
        ),
      );
    output.document(report);
    if (!output.json) {
      const { renderDrift } = await import('./renderDrift');
      output.styled(renderDrift(report, output));
    }
    return report.verdict === 'blocked' ? 1 : 0;
  },
});
