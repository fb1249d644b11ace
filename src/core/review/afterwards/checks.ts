/** What became of a check that had not passed. */
import type { CheckStatus } from '../../verify/checkStatus';
import type { TestedRun } from '../../verify/comparison';
import { plural } from '../words';
import { type Judgement, judged } from './judged';
import type { SentItem } from './sent';
import type { CheckedSide, Side } from './side';

/** How little a result says: a check that fails tells more than one that does not end, or is not there. */
const RANK: Readonly<Record<CheckStatus, number>> = { passed: 0, failed: 1, timeout: 2, void: 2, missing: 3 };

/** Fixed only when it passed at another tree, with every test that had failed and is known by name. */
export function judgeCheck(item: SentItem, before: Side, after: Side): Judgement {
  const name = item.id ?? '';
  const now = after.checks.get(name);
  if (now === undefined) return judged('open', 'it has no result at the new tree', name);
  const was = before.checks.get(name) ?? { status: item.status ?? 'missing', run: null, failed: null };
  return now.status === 'passed'
    ? passes(name, was, now, before.tree === after.tree)
    : fails(name, was, now, item.tests?.total ?? null);
}

function passes(name: string, was: CheckedSide, now: CheckedSide, sameTree: boolean): Judgement {
  if (sameTree) return judged('open', 'it passes now, at the very same files: it fails only sometimes', name);
  const { lost, failing } = testsThatFailed(was.run, now.run);
  if (failing > 0) return judged('open', `it passes now, and its report still has ${failed(failing)}`, name);
  if (lost > 0) return judged('open', `it passes now, and ${plural(lost, 'test')} that had failed did not run`, name);
  return judged('fixed', 'it passes now', name);
}

function fails(name: string, was: CheckedSide, now: CheckedSide, sent: number | null): Judgement {
  const ended = `${was.status} before, ${now.status} now`;
  if (RANK[now.status] > RANK[was.status]) return judged('worse', ended, name);
  const [old, fresh] = [failingIn(was.run), failingIn(now.run)];
  if (old !== null && fresh !== null) {
    const more = [...fresh].filter((test) => !old.has(test)).length;
    if (more > 0) return judged('worse', `${failed(more)} now that had not`, name);
    const gone = [...old].filter((test) => !fresh.has(test)).length;
    return judged(
      'not-fixed',
      gone === 0 ? stillWords(now) : `${stillWords(now)}; ${failed(gone)} before, and not now`,
      name,
    );
  }
  const known = was.failed ?? sent;
  if (known !== null && known > 0 && now.failed !== null && now.failed > known) {
    return judged('worse', `${failed(now.failed)} now, ${known} before`, name);
  }
  return judged('not-fixed', stillWords(now), name);
}

function stillWords({ status, failed: count }: CheckedSide): string {
  return count === null || count === 0
    ? `it still ended as ${status}`
    : `it still ended as ${status}, ${failed(count)}`;
}

function failed(count: number): string {
  return `${plural(count, 'test')} failed`;
}

/** Names of tests that failed; null where no names are known. */
export function failingIn(run: TestedRun | null): ReadonlySet<string> | null {
  if (run === null || run.tests === null || run.tests.length === 0) return null;
  return new Set(run.tests.filter(({ status }) => status === 'failed').map(({ name }) => name));
}

/** Of tests that had failed: how many did not run at all now, and how many still fail. */
function testsThatFailed(was: TestedRun | null, now: TestedRun | null): { lost: number; failing: number } {
  const old = failingIn(was);
  if (old === null) return { lost: 0, failing: failingIn(now)?.size ?? 0 };
  const passed = new Set((now?.tests ?? []).filter(({ status }) => status === 'passed').map(({ name }) => name));
  const failing = failingIn(now) ?? new Set();
  return { lost: [...old].filter((name) => !passed.has(name) && !failing.has(name)).length, failing: failing.size };
}
