/**
 * What stands beside the results of a verification: the checks at the base, again where they fail and did not at the base,
 * with the base's tests laid over the result, and in a copy of the agent's folder. The result comes first; each column
 * is a site of its own, and stops when the task is stopped.
 */
import type { Check } from '../../core/brief/brief';
import { reportsOf } from '../../core/brief/checkReports';
import type { ColumnsRequest, VerifyRequest } from '../../core/ports/checks';
import type { CheckRun, Column } from '../../core/verify/columns';
import { compareRuns, listOf, type TestedRun, testsNeeded } from '../../core/verify/comparison';
import type { CheckResult, Verification } from '../../core/verify/verification';
import type { BaseResults } from './baseResults';
import type { CheckOutcome } from './checkRun';
import { runInFolder } from './folderRun';
import { describeFailure, type Grounds, runAt, type SiteRequest, type Watch } from './site';

/** What the columns of a verification are made of. */
export interface ColumnGrounds extends Grounds {
  readonly bases: BaseResults;
  /** Names of the variables that checks are given. */
  readonly environment: readonly string[];
}

/** A check at the base or the overlay: how it is shown, and what it tested. */
interface Cell {
  readonly column: Column;
  readonly tested: TestedRun | null;
}

/** What the result says already is compared with nothing. */
const SAME: Cell = { column: { kind: 'same' }, tested: null };

type Request = SiteRequest & Pick<VerifyRequest, 'workspace'>;

/**
 * The results with what stands beside them.
 *
 * @param outcomes of the brief's checks at the snapshot, in its order
 * @throws STOPPED, CHECKOUT_FAILED, STORAGE_FAILED, COMMAND_FAILED and what git throws
 */
export async function addColumns(
  grounds: ColumnGrounds,
  request: Request,
  compare: ColumnsRequest,
  outcomes: readonly CheckOutcome[],
  watch: Watch,
): Promise<Pick<Verification, 'checks' | 'overlay'>> {
  const { checks } = request.brief.front;
  const bases = await atBase(grounds, request, outcomes, watch);
  const attempts = await tryAgain(grounds, request, outcomes, bases, watch);
  const laidOver = await withBaseTests(grounds, request, compare, outcomes, watch);
  const folders = await inFolder(grounds, request, compare, outcomes, watch);
  const results = checks.map(({ name }, at): CheckResult => {
    const { result, tested } = outcomes[at] as CheckOutcome;
    const [base, overlay] = [bases[at] as Cell, laidOver.cells[at] as Cell];
    const [again, folder] = [attempts.get(name), folders.get(name)];
    return {
      ...result,
      base: base.column,
      overlay: overlay.column,
      comparisons: compared(base.tested, tested, overlay.tested, compare.added),
      ...(again === undefined ? {} : { attempts: [again] }),
      ...(folder === undefined ? {} : { folder }),
    };
  });
  return { checks: results, ...(laidOver.overlay === null ? {} : { overlay: laidOver.overlay }) };
}

function compared(
  base: TestedRun | null,
  result: TestedRun,
  overlay: TestedRun | null,
  added: readonly string[],
): NonNullable<CheckResult['comparisons']> {
  const paths = new Set(added);
  const isNew = (name: string) => name.split(' › ').some((part) => paths.has(part));
  return {
    base: base === null ? null : compareRuns(base, result),
    overlay: overlay === null ? null : compareRuns(result, overlay),
    needed: overlay === null ? null : testsNeeded({ base, result, overlay }, isNew),
  };
}

/** The checks at the base, from what is kept of earlier runs where there is something. */
async function atBase(
  grounds: ColumnGrounds,
  request: Request,
  outcomes: readonly CheckOutcome[],
  watch: Watch,
): Promise<readonly Cell[]> {
  const { checks } = request.brief.front;
  const tree = await grounds.checkouts.baseTree(request);
  if (tree === request.snapshot.tree) {
    return outcomes.map(() => SAME);
  }
  const found = new Map<string, Cell>();
  for (const check of checks) {
    const kept = await grounds.bases.find(keyOf(grounds, request, check, tree), check.name, request.folder);
    if (kept !== null) found.set(check.name, cellOf(kept, true));
  }
  const missing = checks.filter(({ name }) => !found.has(name));
  if (missing.length > 0) {
    const at = { ...request, snapshot: { commit: request.workspace.base, tree } };
    const { setup, outcomes: ran } = await runAt(grounds, at, missing, watch, { words: 'base: ' });
    for (const [index, check] of missing.entries()) {
      const outcome = ran[index];
      if (outcome === undefined) {
        const why = setup === null ? 'it was not run' : describeFailure(setup);
        found.set(check.name, notRun(why));
        continue;
      }
      await grounds.bases.keep(keyOf(grounds, request, check, tree), outcome, request.folder);
      found.set(check.name, cellOf(outcome, false));
    }
  }
  return checks.map(({ name }) => found.get(name) ?? notRun('it was not run'));
}

function keyOf(grounds: ColumnGrounds, { brief }: Request, check: Check, tree: string) {
  return {
    tree,
    setup: brief.front.setup ?? null,
    command: check.run,
    reports: reportsOf(check),
    timeout: check.timeout,
    confinement: grounds.confinement.kind,
    network: grounds.network,
    environment: grounds.environment,
  };
}

/** A check that fails and did not at the base may fail only sometimes: it runs a second time, at the same tree. */
async function tryAgain(
  grounds: Grounds,
  request: Request,
  outcomes: readonly CheckOutcome[],
  bases: readonly Cell[],
  watch: Watch,
): Promise<ReadonlyMap<string, CheckRun>> {
  const again = request.brief.front.checks.filter(
    (_check, at) => outcomes[at]?.result.status === 'failed' && bases[at]?.tested?.status === 'passed',
  );
  if (again.length === 0) return new Map();
  const ran = await runAt(grounds, request, again, watch, { words: 'again: ', variant: 'again' });
  return new Map(
    again.flatMap(({ name }, at) => {
      const outcome = ran.outcomes[at];
      return outcome === undefined ? [] : [[name, asRun(outcome.result)] as const];
    }),
  );
}

async function withBaseTests(
  grounds: Grounds,
  request: Request,
  { overlay: plan }: ColumnsRequest,
  outcomes: readonly CheckOutcome[],
  watch: Watch,
): Promise<{ readonly cells: readonly Cell[]; readonly overlay: Verification['overlay'] | null }> {
  const { checks } = request.brief.front;
  const tree = await grounds.checkouts.overlay(request, plan.laid, watch.signal);
  const overlay = { tree, laid: listOf(plan.laid.map(({ path }) => path)), left: listOf(plan.left) };
  if (tree === request.snapshot.tree) {
    return { cells: outcomes.map(() => SAME), overlay: plan.left.length === 0 ? null : overlay };
  }
  // One that did not end at the result would not end here either.
  const worth = checks.filter((_check, at) => ENDED.has(outcomes[at]?.result.status ?? 'missing'));
  const at = { ...request, snapshot: { commit: request.snapshot.commit, tree } };
  const words = 'with the tests of the base: ';
  const ran = worth.length === 0 ? null : await runAt(grounds, at, worth, watch, { words });
  const cells = checks.map((check): Cell => {
    const index = worth.indexOf(check);
    if (index < 0) return notRun('the check did not end at the result');
    const outcome = ran?.outcomes[index];
    if (outcome !== undefined) return cellOf(outcome, false);
    return notRun(ran === null || ran.setup === null ? 'it was not run' : describeFailure(ran.setup));
  });
  return { cells, overlay };
}

const ENDED: ReadonlySet<string> = new Set(['passed', 'failed']);

/** Checks that fail or find no command in a clean checkout, tried where the agent worked. */
async function inFolder(
  grounds: Grounds,
  request: Request,
  { folder }: ColumnsRequest,
  outcomes: readonly CheckOutcome[],
  watch: Watch,
): Promise<ReadonlyMap<string, NonNullable<CheckResult['folder']>>> {
  const found = new Map<string, NonNullable<CheckResult['folder']>>();
  const failing = request.brief.front.checks.filter((_check, at) =>
    ['failed', 'missing'].includes(outcomes[at]?.result.status ?? 'missing'),
  );
  if (folder === null || failing.length === 0) return found;
  // The snapshot has everything else that lies there: without ignored files the two folders are alike.
  const ignored = await grounds.checkouts.ignored(request, folder);
  if (ignored.length === 0) return found;
  for (const check of failing) {
    const outcome = await runInFolder(grounds, request, folder, check, watch);
    if (outcome !== null) found.set(check.name, { run: asRun(outcome.result), ignored: listOf(ignored) });
  }
  return found;
}

function cellOf({ result, tested }: CheckOutcome, cached: boolean): Cell {
  return { column: { kind: 'ran', run: asRun(result), cached }, tested };
}

function notRun(why: string): Cell {
  return { column: { kind: 'not-run', why }, tested: null };
}

function asRun(result: CheckResult): CheckRun {
  const { tree, treeAfter, status, exit, signal, startedAt = '', seconds, counts, note } = result;
  const { path, bytes, sha256 } = result.log;
  const results = result.results === null ? null : { path: result.results.path, sha256: result.results.sha256 };
  const log = { path, bytes, sha256 };
  return { tree, treeAfter, status, exit, signal, startedAt, seconds, counts, note, log, results };
}
