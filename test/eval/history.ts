/**
 * Judges real history: every `deps/*`, `tests/*` and `checks/*` finding of the last commits of any clone, its time, and
 * direct dependency changes against an independent reading of the same manifests.
 *
 *   npm run eval:history -- [--commits N] [--findings FILE] [--sample N] [--seed N] REPO...
 *
 * `--findings` writes every finding, one JSON document a line; `--sample` prints so many `block` findings, drawn by the
 * seed, for a reader to agree or disagree with.
 */
import { writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from '../../src/core/drift/report';
import { compareStep, type Difference } from './compare';
import { draw } from './draw';
import { printFamilies, printTable, type RepositoryResult } from './tables';
import { walkHistory } from './walk';

const FAMILIES = /^(?:deps|tests|checks)\//;

interface Located {
  readonly repository: string;
  readonly commit: string;
  readonly finding: Finding;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    commits: { type: 'string', default: '300' },
    findings: { type: 'string' },
    sample: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
});
if (positionals.length === 0) {
  process.stderr.write('usage: npm run eval:history -- [--commits N] [--findings FILE] [--sample N] REPO...\n');
  process.exit(2);
}
const whole = (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${text} is no whole number`);
  return value;
};

let hasFailed = false;
const results: RepositoryResult[] = [];
const found: Located[] = [];
const differences: (Difference & { readonly repository: string })[] = [];
for (const folder of positionals.map((path) => resolve(path))) {
  results.push(await evaluate(folder));
}

printTable(results);
printFamilies(found.map(({ finding }) => finding));
for (const { repository, kind, commit, manifest, name } of differences) {
  process.stdout.write(`${kind}: ${repository} ${commit.slice(0, 12)} ${manifest} ${name}\n`);
}
if (values.findings !== undefined) {
  writeFileSync(values.findings, found.map((each) => `${JSON.stringify(each)}\n`).join(''));
}
const blocks = found.filter(({ finding }) => finding.severity === 'block');
for (const { repository, commit, finding } of draw(blocks, whole(values.sample), whole(values.seed))) {
  const place = `${finding.path ?? ''}${finding.line === null ? '' : `:${finding.line}`}`;
  process.stdout.write(`\n${finding.rule} ${repository} ${commit.slice(0, 12)} ${place}\n  ${finding.message}\n`);
  process.stdout.write(`  ${finding.evidence}\n`);
}
process.exitCode = hasFailed || differences.some(({ kind }) => kind === 'missed') ? 1 : 0;

async function evaluate(folder: string): Promise<RepositoryResult> {
  // Clones are often called alike: the folder around tells them apart.
  const repository = `${basename(dirname(folder))}/${basename(folder)}`;
  const times: number[] = [];
  const total = { commits: 0, changes: 0, found: 0, unread: 0, missed: 0, wrong: 0, findings: 0, blocks: 0 };
  const skipped = await walkHistory(folder, whole(values.commits), async (step) => {
    const compared = await compareStep(step);
    const own = step.report.findings.filter(({ rule }) => FAMILIES.test(rule));
    times.push(step.took);
    found.push(...own.map((finding) => ({ repository, commit: step.commit, finding })));
    differences.push(...compared.differences.map((difference) => ({ ...difference, repository })));
    total.commits++;
    total.changes += compared.changes;
    total.found += compared.found;
    total.unread += compared.unread;
    total.missed += compared.differences.filter(({ kind }) => kind === 'missed').length;
    total.wrong += compared.differences.filter(({ kind }) => kind === 'false').length;
    total.findings += own.length;
    total.blocks += own.filter(({ severity }) => severity === 'block').length;
    if (process.stderr.isTTY) process.stderr.write(`\r${repository}: ${total.commits} commits `);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  const incomplete = skipped.filter(({ isIncomplete }) => isIncomplete);
  if (incomplete.length > 0)
    process.stderr.write(
      `${repository}: ${incomplete.length} commits were left out, as objects of theirs are missing\n`,
    );
  for (const { commit, reason, isIncomplete } of skipped) {
    if (isIncomplete) continue;
    process.stderr.write(`${repository} ${commit.slice(0, 12)} could not be judged: ${reason}\n`);
    hasFailed = true;
  }
  return { repository, times, ...total };
}
