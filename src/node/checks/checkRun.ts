/** One check in a checkout: the tree before, the command, the tree after, the report, and what all that proves. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../core/brief/brief';
import type { Folder } from '../../core/events';
import { judgeCheck } from '../../core/verify/check';
import type { CheckResult, TestFailure } from '../../core/verify/verification';
import type { Confinement } from '../process/confinement';
import { writeFileAtomic } from '../store/atomicFile';
import type { Checkout, CheckoutPort, CheckoutRequest } from './checkoutPort';
import { runCommand } from './confinedCommand';
import { readReport, reportState } from './reportFile';

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
  readonly checkouts: CheckoutPort;
}

/** Runs a check to its end or its time limit. Throws STOPPED, STORAGE_FAILED, COMMAND_FAILED and what git throws. */
export async function runCheck(context: CheckContext, check: Check, signal: AbortSignal): Promise<CheckResult> {
  const { request, place, checkouts } = context;
  const folder = place.checkout.folder.path;
  const log = logOf(check, request.snapshot.tree);
  const tree = await checkouts.treeOf(request, place.checkout);
  const reportBefore = check.report === undefined ? null : await reportState(folder, check.report);
  const outcome = await runCommand(
    place.confinement,
    {
      task: request.task,
      command: check.run,
      cwd: folder,
      home: place.home.path,
      readable: place.checkout.readable,
      hidden: place.hidden,
      network: place.network,
      limitMs: check.timeout * 1000,
      log: join(request.folder, log),
    },
    signal,
  );
  // A tree that cannot be read any more is an answer, not a fault of the machine.
  const treeAfter = await checkouts.treeOf(request, place.checkout).catch(() => null);
  const report = check.report === undefined ? null : await readReport(folder, check.report, reportBefore);
  const { code: exit, output } = outcome;
  const expected = request.snapshot.tree;
  const judgement = judgeCheck({ ...outcome, exit, limit: check.timeout, expected, tree, treeAfter, report });
  return {
    name: check.name,
    command: check.run,
    ...judgement,
    exit,
    seconds: outcome.seconds,
    tree,
    treeAfter,
    counts: report !== null && 'counts' in report ? report.counts : null,
    failures: report !== null && 'failures' in report ? report.failures.map(inRepository(folder)) : [],
    log: { path: log, bytes: output.bytes, sha256: output.sha256, head: output.head, tail: output.tail },
  };
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
    note: `not run: ${reason}`,
    log: { path, bytes: Buffer.byteLength(text), sha256, head: text, tail: '' },
  };
}

/** A failure's file as a path of the repository, where it lies in the checkout. */
function inRepository(folder: string): (failure: TestFailure) => TestFailure {
  return (failure) =>
    failure.file?.startsWith(`${folder}/`) ? { ...failure, file: failure.file.slice(folder.length + 1) } : failure;
}

function logOf(check: Check, tree: string): string {
  return `evidence/${check.name}-${tree}.log`;
}
