/**
 * What the columns of the checks show that no diff does: a pass that needs the changed tests, tests that are gone, checks
 * that were red before or fail only sometimes, and what differs between the agent's folder and a clean checkout.
 */
import type { Brief } from '../../brief/brief';
import type { TestList } from '../../verify/comparison';
import type { CheckResult, Verification } from '../../verify/verification';
import type { Change } from '../diff';
import type { DriftReport, RawFinding } from '../report';
import { testPathOf } from '../tests/testPaths';

export interface VerifiedInput {
  readonly verification: Verification;
  readonly brief: Brief;
  readonly changes: readonly Change[];
  /** The findings of the diff itself. */
  readonly report: Pick<DriftReport, 'findings'>;
}

/** Names that a message or the evidence holds; the columns hold more. */
const NAMED = 10;

/** The findings, in the order of the checks. Evidence without columns gives none but a tree that changed. */
export function judgeVerification(input: VerifiedInput): readonly RawFinding[] {
  const context = contextOf(input);
  return input.verification.checks.flatMap((check) => [
    ...mutated(check),
    ...worktreeOnly(check),
    ...needsTests(check, input.verification, context),
    ...vanished(check, context),
    ...skipped(check, context),
    ...redBefore(check),
    ...flaky(check),
  ]);
}

interface Context {
  /** The brief lets tests change: what follows from that is only told. */
  readonly allowed: boolean;
  /** What the diff says of tests already. */
  readonly told: ReadonlySet<string>;
  readonly deletesTests: boolean;
}

function contextOf({ brief, changes, report }: VerifiedInput): Context {
  return {
    allowed: brief.front.approval.allow.includes('tests'),
    told: new Set(report.findings.map(({ rule }) => rule)),
    deletesTests: changes.some(
      ({ status, path, oldPath }) => (status === 'D' || status === 'R') && isTestFile(oldPath ?? path),
    ),
  };
}

function isTestFile(path: string): boolean {
  const kind = testPathOf(path)?.kind;
  return kind === 'test' || kind === 'folder';
}

function mutated({ name, status, tree, treeAfter, base }: CheckResult): RawFinding[] {
  if (status !== 'void') return [];
  const before = base?.kind === 'ran' && base.run.status === 'void';
  return [
    {
      rule: 'verify/mutated-tree',
      ...(before ? { severity: 'info' as const } : {}),
      path: null,
      message: before
        ? `The check ${name} changes tracked files, and did so at the base.`
        : `Tracked files changed while the check ${name} ran: it proves nothing about this tree.`,
      evidence: `${name}: ${tree} → ${treeAfter ?? 'unreadable'}`,
    },
  ];
}

function worktreeOnly({ name, status, folder }: CheckResult): RawFinding[] {
  if (folder?.run.status !== 'passed' || (status !== 'failed' && status !== 'missing')) return [];
  return [
    {
      rule: 'verify/worktree-only',
      path: null,
      message: `The check ${name} passes in the agent’s folder and not in a clean checkout. Ignored files that are only there: ${namesOf(folder.ignored)}.`,
      evidence: `${name}: ${namesOf(folder.ignored)}`,
    },
  ];
}

function needsTests(check: CheckResult, { overlay }: Verification, { allowed }: Context): RawFinding[] {
  const { name, status, comparisons } = check;
  if (status !== 'passed' || check.overlay?.kind !== 'ran' || check.overlay.run.status === 'passed') return [];
  const finding = (severity: 'block' | 'warn', message: string, evidence: string): RawFinding => ({
    rule: 'verify/tests-needed',
    severity: allowed ? 'info' : severity,
    path: null,
    message,
    evidence: `${name}: ${evidence}`,
  });
  const needed = comparisons?.needed ?? null;
  const failing = comparisons?.overlay?.newlyFailing.total ?? 0;
  if (needed === null || (needed.tests.total === 0 && failing === 0)) {
    const how = check.overlay.run.status;
    const paths = namesOf(overlay?.laid ?? { total: 0, names: [] });
    const message = `The check ${name} passes only with the changed tests or check configuration: with those of the base it ends as ${how}. Laid over: ${paths}.`;
    return [finding('warn', message, `${how} with ${paths}`)];
  }
  if (needed.red.total > 0) {
    const message = `${counted(needed.red)} of the check ${name} failed at the base and pass only because the tests or their configuration changed: as they were at the base, they still fail.`;
    return [finding('block', message, namesOf(needed.red))];
  }
  if (needed.tests.total === 0) return [];
  const message = `${counted(needed.tests)} of the check ${name} pass only as they were changed: as they were at the base, they fail.`;
  return [finding('warn', message, namesOf(needed.tests))];
}

function vanished({ name, status, comparisons, counts }: CheckResult, context: Context): RawFinding[] {
  const base = comparisons?.base ?? null;
  if (status !== 'passed' || base === null || base.partial || base.vanished.total <= base.appeared.total) return [];
  const told = ['tests/deleted', 'tests/skipped', 'tests/focused'].some((rule) => context.told.has(rule));
  const severity = context.allowed ? 'info' : told ? 'warn' : context.deletesTests ? 'info' : 'block';
  const unsaid = told || context.deletesTests ? '' : ', and the diff deletes no test';
  return [
    {
      rule: 'verify/vanished',
      severity,
      path: null,
      message:
        counts === null
          ? `The check ${name} reported ${counted(base.vanished)} at the base and reports none at the result${unsaid}.`
          : `${counted(base.vanished)} of the check ${name} that ran at the base did not run at the result${unsaid}.`,
      evidence: `${name}: ${namesOf(base.vanished)}`,
    },
  ];
}

function skipped({ name, status, comparisons }: CheckResult, { allowed, told }: Context): RawFinding[] {
  const list = comparisons?.base?.newlySkipped;
  if (status !== 'passed' || list === undefined || list.total === 0) return [];
  return [
    {
      rule: 'verify/skipped',
      severity: allowed || told.has('tests/skipped') ? 'info' : 'block',
      path: null,
      message: `${counted(list)} of the check ${name} that ran at the base are skipped at the result.`,
      evidence: `${name}: ${namesOf(list)}`,
    },
  ];
}

function redBefore({ name, status, base, comparisons }: CheckResult): RawFinding[] {
  if (status !== 'failed' || base?.kind !== 'ran' || base.run.status === 'passed') return [];
  const by = comparisons?.base;
  const fresh =
    by?.by !== 'name' ? '' : ` ${counted(by.stillFailing)} failed there too, ${by.newlyFailing.total} are new.`;
  return [
    {
      rule: 'verify/red-before',
      path: null,
      message: `The check ${name} did not pass at the base either (${base.run.status}).${fresh}`,
      evidence: `${name}: ${base.run.status} at the base`,
    },
  ];
}

function flaky({ name, status, attempts = [] }: CheckResult): RawFinding[] {
  if (status !== 'failed' || !attempts.some((run) => run.status === 'passed')) return [];
  return [
    {
      rule: 'verify/flaky',
      path: null,
      message: `The check ${name} failed, and passed when it ran again at the same tree. It counts as failed.`,
      evidence: `${name}: failed, then passed`,
    },
  ];
}

function counted({ total }: TestList): string {
  return total === 1 ? '1 test' : `${total} tests`;
}

/** The first names, and how many more there are. */
function namesOf({ total, names }: TestList): string {
  const shown = names.slice(0, NAMED);
  return `${shown.join(', ')}${total > shown.length ? ` and ${total - shown.length} more` : ''}`;
}
