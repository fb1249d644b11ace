/** What the evaluation prints: a row a repository, and a row a rule. */
import type { Finding } from '../../src/core/drift/report';

export interface RepositoryResult {
  readonly repository: string;
  readonly commits: number;
  /** Direct dependencies that changed, by the independent reading; of these found by ours. */
  readonly changes: number;
  readonly found: number;
  readonly missed: number;
  /** Told by ours alone. */
  readonly wrong: number;
  /** Manifests that could not be compared. */
  readonly unread: number;
  readonly findings: number;
  readonly blocks: number;
  /** Milliseconds of each commit's drift. */
  readonly times: readonly number[];
}

export function printTable(results: readonly RepositoryResult[]): void {
  const header = ['repository', 'commits', 'changes', 'found', 'missed', 'false', 'unread', 'findings', 'block'];
  const rows = results.map((each) => {
    const { repository, commits, changes, found, missed, wrong, unread, findings, blocks } = each;
    const numbers = [commits, changes, found, missed, wrong, unread, findings, blocks].map(String);
    return [repository, ...numbers, part(each.times, 0.5), part(each.times, 0.99), part(each.times, 1)];
  });
  print([[...header, 'ms p50', 'p99', 'max'], ...rows]);
}

/** How often each rule spoke, by severity. */
export function printFamilies(findings: readonly Finding[]): void {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const count = (rule: string, severity: string) =>
    String(findings.filter((finding) => finding.rule === rule && finding.severity === severity).length);
  const severities = ['block', 'warn', 'info'];
  print([['rule', ...severities], ...rules.map((rule) => [rule, ...severities.map((each) => count(rule, each))])]);
}

function part(values: readonly number[], share: number): string {
  if (values.length === 0) return '-';
  const sorted = values.toSorted((one, other) => one - other);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0);
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
  process.stdout.write(`${rows.map((row) => line(row).join('  ')).join('\n')}\n\n`);
}
