/** `drift`: the drift of any diff against any brief; no task, no agent, no host. */
import { resolve } from 'node:path';
import type { DriftReport } from '../core/drift/report';
import { fail } from '../core/errors';
import { visible } from '../core/visible';
import { loadBrief } from './briefFile';
import { defineCommand } from './command';
import { type Output, safeJson } from './output';

const FORMATS = ['text', 'json', 'sarif', 'markdown', 'github'] as const;
type Format = (typeof FORMATS)[number];

export const drift = defineCommand({
  name: 'drift',
  group: 'judge',
  summary: 'what a diff does that a brief did not ask for',
  about:
    'Compares two trees, without a merge base, and judges the difference by the brief: its scope, its budget, the\n' +
    'boundaries that it does not grant, dependencies, tests, checks, secrets and hidden changes. Needs no task and no\n' +
    'agent, so it judges any branch, also one that a person wrote. The policy is read from the base. Exits 1 when a\n' +
    'finding blocks; warnings alone exit 0. For continuous integration there is --format: sarif for code scanning,\n' +
    'markdown for a comment on a pull request, github for annotations of a workflow; docs/drift-in-ci.md has the whole\n' +
    'workflow.',
  examples: [
    { run: 'countersign drift --brief brief.md --base main', does: 'what lies in the working tree, against main' },
    {
      run: 'countersign drift --brief brief.md --base origin/main --head HEAD --json',
      does: 'the report of a branch, for a script',
    },
    {
      run: 'countersign drift --brief brief.md --base origin/main --head HEAD --format sarif -o drift.sarif',
      does: 'a file for code scanning; overwrites nothing',
    },
  ],
  positionals: {},
  options: {
    brief: { kind: 'text', value: 'FILE', help: 'the brief to judge by', required: true },
    base: { kind: 'text', value: 'REV', help: 'the tree before the change', required: true },
    head: { kind: 'text', value: 'REV', help: 'the tree after it (default: the working tree)' },
    format: { kind: 'choice', values: FORMATS, help: 'how the report is written (default: text; --json is json)' },
    output: { kind: 'text', short: 'o', value: 'FILE', help: 'writes it to a new file instead of stdout' },
  },
  async run({ brief: file, base, head, format: asked, output: into }, { repo, cwd, output }) {
    const format = formatOf(asked, output);
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
    if (into === undefined) await print(report, format, output);
    else await write(report, format, { file: into, cwd, output });
    return report.verdict === 'blocked' ? 1 : 0;
  },
});

/** Throws USAGE where `--json` and another format are asked for at once. */
function formatOf(asked: Format | undefined, { json }: Output): Format {
  if (!json) return asked ?? 'text';
  if (asked === undefined || asked === 'json') return 'json';
  return fail('USAGE', `--json and --format ${asked} ask for two formats`, { fix: 'leave one of the two out' });
}

async function print(report: DriftReport, format: Format, output: Output): Promise<void> {
  if (output.json) return output.document(report);
  const text = await rendered(report, format, output);
  if (format === 'text') output.styled(text);
  else output.raw(text);
}

/** Throws FILE_EXISTS: a name mistyped must not cost a file. */
async function write(
  report: DriftReport,
  format: Format,
  { file, cwd, output }: { readonly file: string; readonly cwd: string; readonly output: Output },
): Promise<void> {
  const { writeNewFile } = await import('./newFile');
  const plain = { style: (_: unknown, text: string) => text };
  if (!(await writeNewFile(resolve(cwd, file), await rendered(report, format, plain)))) {
    fail('FILE_EXISTS', `${visible(file)} is there already`);
  }
  if (output.json) output.document({ file, verdict: report.verdict });
  else output.note(`wrote ${file}: ${report.verdict}`);
}

async function rendered(report: DriftReport, format: Format, output: Pick<Output, 'style'>): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('./renderDrift')).renderDrift(report, output);
    case 'json':
      return `${safeJson(report, 2)}\n`;
    case 'sarif': {
      const [{ sarifOf }, { VERSION }] = await Promise.all([
        import('../core/review/formats/sarif'),
        import('../core/version'),
      ]);
      return `${safeJson(sarifOf(report, VERSION), 2)}\n`;
    }
    case 'markdown':
      return (await import('../core/review/formats/comment')).commentOf(report);
    case 'github':
      return (await import('../core/review/formats/workflowCommands')).workflowCommands(report);
  }
}
