/** One check in a checkout: the tree before, the command, the tree after, the report, and what all that proves. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../core/brief/brief';
import type { Folder } from '../../core/events';
import { judgeCheck } from '../../core/verify/check';
import type { TestedRun } from '../../core/verify/comparison';
import type { MergedReport, TestResults } from '../../core/verify/results';
import type { CheckResult, ResultsRef, TestFailure } from '../../core/verify/verification';
import type { Confinement } from '../process/confinement';
import { writeFileAtomic } from '../store/atomicFile';
import { writeEvidence } from '../store/evidenceFile';
import type { Checkout, CheckoutPort, CheckoutRequest } from './checkoutPort';
import { CheckReports } from './checkReports';
import { type CommandOutcome, runCommand } from './confinedCommand';

/** Where the checks of one verification run. */
export interface CheckPlace {
  readonly confinement: Confinement;
  readonly checkout: Checkout;
  readonly home: Folder;
  readonly hidden: readonly string[];
  readonly network: boolean;
}

export interface CheckContext {
  readonly request: CheckoutRequest & { readonly folder: string };
  readonly place: CheckPlace;
  readonly checkouts: Pick<CheckoutPort, 'treeOf'>;
  /** RFC 3339. */
  readonly now: () => string;
  /** Tells this run's evidence from that of another one at the same tree. */
  readonly variant?: string | undefined;
}

/** A run with its tests by name, which the result does not hold. */
export interface CheckOutcome {
  readonly result: CheckResult;
  readonly tested: TestedRun;
  /** What its reports say; null where there are none. */
  readonly report: Pick<MergedReport, 'format' | 'counts' | 'tests' | 'unlisted'> | null;
}

/** Runs a check to its end or its time limit. Throws STOPPED, STORAGE_FAILED, COMMAND_FAILED and what git throws. */
export async function runCheck(context: CheckContext, check: Check, signal: AbortSignal): Promise<CheckOutcome> {
  const { request, place, checkouts, variant } = context;
  const folder = place.checkout.folder.path;
  const log = logOf(check, request.snapshot.tree, variant);
  const startedAt = context.now();
  const tree = await checkouts.treeOf(request, place.checkout);
  const { reports, outcome } = await runReporting(context, check, signal);
  try {
    // A tree that cannot be read any more is an answer, not a fault of the machine.
    const treeAfter = await checkouts.treeOf(request, place.checkout).catch(() => null);
    const report = await reports.read(join(request.folder, log));
    const { code: exit, output } = outcome;
    const expected = request.snapshot.tree;
    const judgement = judgeCheck({ ...outcome, exit, limit: check.timeout, expected, tree, treeAfter, report });
    const read = report !== null && 'counts' in report ? report : null;
    const evidence = { folder: request.folder, tree: expected, variant };
    const result: CheckResult = {
      name: check.name,
      command: check.run,
      ...judgement,
      exit,
      startedAt,
      seconds: outcome.seconds,
      tree,
      treeAfter,
      counts: read?.counts ?? null,
      failures: read === null ? [] : read.failures.map(inRepository(folder)),
      results: read === null ? null : await keepResults(evidence, check.name, read),
      asked: reports.asked,
      log: { path: log, bytes: output.bytes, sha256: output.sha256, head: output.head, tail: output.tail },
    };
    return { result, tested: testedBy(judgement.status, read), report: read };
  } finally {
    await reports.close();
  }
}

/** What a run tested, as far as its reports say. */
export function testedBy(status: CheckResult['status'], report: CheckOutcome['report']): TestedRun {
  return { status, tests: report?.tests ?? null, total: report?.counts.total ?? 0 };
}

interface Reported {
  readonly reports: CheckReports;
  readonly outcome: CommandOutcome;
}

/** Runs the command so that it reports; as it stands in the brief, where its runner refuses what it is asked. */
async function runReporting(context: CheckContext, check: Check, signal: AbortSignal): Promise<Reported> {
  const place = { folder: context.place.checkout.folder.path, home: context.place.home.path };
  const reports = await CheckReports.prepare(check, place);
  try {
    const outcome = await runOnce(context, check, reports, signal);
    if (!(await reports.refused(outcome))) return { reports, outcome };
  } catch (thrown) {
    await reports.close();
    throw thrown;
  }
  await reports.close();
  const unasked = await CheckReports.unasked(check, place);
  return { reports: unasked, outcome: await runOnce(context, check, unasked, signal) };
}

function runOnce(
  { request, place, variant }: CheckContext,
  check: Check,
  { command, env }: CheckReports,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  return runCommand(
    place.confinement,
    {
      task: request.task,
      command,
      env,
      cwd: place.checkout.folder.path,
      home: place.home.path,
      readable: place.checkout.readable,
      hidden: place.hidden,
      network: place.network,
      limitMs: check.timeout * 1000,
      log: join(request.folder, logOf(check, request.snapshot.tree, variant)),
    },
    signal,
  );
}

/** Writes the tests of a check as evidence. Throws STORAGE_FAILED. */
export async function keepResults(
  { folder, tree, variant }: { readonly folder: string; readonly tree: string; readonly variant?: string | undefined },
  check: string,
  { format, counts, tests, unlisted }: NonNullable<CheckOutcome['report']>,
): Promise<ResultsRef> {
  const results: TestResults = { check, tree, format, counts, tests: [...tests], unlisted };
  const path = await writeEvidence(folder, `${check}-${tree}${suffixOf(variant)}.tests.json`, results);
  const text = JSON.stringify(results);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { format, path, bytes: Buffer.byteLength(text), sha256, count: tests.length };
}

/** The result of a check that could not be run. Throws STORAGE_FAILED. */
export async function checkNotRun(
  request: CheckContext['request'],
  check: Check,
  reason: string,
): Promise<CheckResult> {
  const path = logOf(check, request.snapshot.tree);
  const text = `not run: ${reason}\n`;
  await mkdir(join(request.folder, 'evidence'), { recursive: true, mode: 0o700 });
  await writeFileAtomic(join(request.folder, path), text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return {
    name: check.name,
    command: check.run,
    status: 'missing',
    exit: null,
    signal: null,
    seconds: 0,
    tree: request.snapshot.tree,
    treeAfter: null,
    counts: null,
    failures: [],
    results: null,
    asked: null,
    note: `not run: ${reason}`,
    log: { path, bytes: Buffer.byteLength(text), sha256, head: text, tail: '' },
  };
}

/** A failure's file as a path of the repository, where it lies in the checkout. */
function inRepository(folder: string): (failure: TestFailure) => TestFailure {
  return (failure) =>
    failure.file?.startsWith(`${folder}/`) ? { ...failure, file: failure.file.slice(folder.length + 1) } : failure;
}

function logOf(check: Check, tree: string, variant?: string): string {
  return `evidence/${check.name}-${tree}${suffixOf(variant)}.log`;
}

function suffixOf(variant: string | undefined): string {
  return variant === undefined ? '' : `.${variant}`;
}
