/** The columns beside a check's result, in real checkouts. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Column } from '../../../src/core/verify/columns';
import type { CheckResult } from '../../../src/core/verify/verification';
import { type BaseKey, BaseResults } from '../../../src/node/checks/baseResults';
import type { CheckOutcome } from '../../../src/node/checks/checkRun';
import { sampleCheck } from '../../unit/review/sample';
import { until } from '../process/machine';
import { ChecksHarness } from './harness';

/** A check that counts: passes when the source says `good`, by a test file that says so. */
const BASE = {
  'src/a.txt': 'good\n',
  'test/run.sh': 'grep -q good src/a.txt\n',
  '.gitignore': 'ignored/\n',
};

/** A runner: each line `name command` of `test/list` is a test, and a TAP file says how they ended. */
const RUNNER = [
  'n=0; bad=0; : > out.tap',
  'while read -r name command; do n=$((n+1));',
  'if sh -c "$command"; then echo "ok $n - $name" >> out.tap; else echo "not ok $n - $name" >> out.tap; bad=1; fi',
  'done < test/list; echo "1..$n" >> out.tap; exit $bad',
].join('\n');

const words = (column: Column | undefined) =>
  column?.kind === 'ran' ? column.run.status : column?.kind === 'not-run' ? 'not run' : column?.kind;
const row = (check: CheckResult) => [words(check.base), check.status, words(check.overlay)];

describe('the columns of a check', () => {
  let harness: ChecksHarness;
  const check = (run: string, files: Record<string, string>, more: { gone?: string[]; report?: string } = {}) =>
    harness.check(
      { run, ...(more.report === undefined ? {} : { report: more.report }) },
      { files, compare: true, gone: more.gone ?? [] },
    );
  const begin = async (files: Record<string, string> = BASE) => {
    harness = await new ChecksHarness(files).prepare();
  };
  afterEach(() => harness.remove());

  it('are the base, the result, and the result itself where no test changed', async () => {
    await begin();
    const result = await check('sh test/run.sh', { 'src/a.txt': 'good, too\n' });
    assert.deepEqual(row(result), ['passed', 'passed', 'same']);
    assert.deepEqual(harness.left('homes'), []);
    assert.equal(existsSync(join(harness.state, 'checkouts')), false);
  });

  it('show what needs the changed test', async () => {
    await begin();
    const result = await check('sh test/run.sh', { 'src/a.txt': 'bad\n', 'test/run.sh': 'true\n' });
    assert.deepEqual(row(result), ['passed', 'passed', 'failed']);
  });

  it('bring a deleted test back', async () => {
    await begin({
      ...BASE,
      'test/run.sh': 'for f in test/*.case; do sh $f || exit 1; done\n',
      'test/a.case': 'false\n',
    });
    const result = await check(
      'sh test/run.sh',
      { 'src/a.txt': 'x\n', 'test/b.case': 'true\n' },
      { gone: ['test/a.case'] },
    );
    assert.deepEqual(row(result), ['failed', 'passed', 'failed']);
  });

  it('compare by name', async () => {
    await begin({
      'src/a.txt': 'good\n',
      'test/list': 'kept true\nred false\nweak grep -q good src/a.txt\ngone true\n',
    });
    const changed = 'kept true\nred true\nweak true\nnew true\n';
    const result = await check(RUNNER, { 'src/a.txt': 'bad\n', 'test/list': changed }, { report: 'out.tap' });
    assert.deepEqual(row(result), ['failed', 'passed', 'failed']);
    const { base, overlay, needed } = result.comparisons!;
    assert.deepEqual([base?.by, base?.newlyPassing.names, base?.vanished.names], ['name', ['red'], ['gone']]);
    assert.deepEqual(overlay?.newlyFailing.names, ['red', 'weak']);
    assert.deepEqual([needed?.tests.names, needed?.red.names], [['red', 'weak'], ['red']]);
  });

  it('run a failing check again, and keep both runs', async () => {
    await begin();
    const result = await check('sh test/run.sh', { 'src/a.txt': 'bad\n' });
    assert.equal(result.status, 'failed');
    assert.deepEqual(
      result.attempts?.map(({ status }) => status),
      ['failed'],
    );
    const path = result.attempts?.[0]?.log.path ?? '';
    assert.equal(path, `evidence/it-${result.tree}.again.log`);
    assert.ok(existsSync(join(harness.folder, path)));
  });

  it('do not run a check again that failed at the base already', async () => {
    await begin({ ...BASE, 'src/a.txt': 'bad\n' });
    const result = await check('sh test/run.sh', { 'src/a.txt': 'worse\n' });
    assert.deepEqual([row(result), result.attempts], [['failed', 'failed', 'same'], undefined]);
  });

  it('tell what passes only in the agent’s folder, and what lies there', async () => {
    await begin();
    const shim = { 'src/a.txt': 'x\n', 'ignored/runner': 'true\n' };
    const failing = await check('sh ignored/runner', shim);
    assert.equal(failing.status, 'failed');
    assert.equal(failing.folder?.run.status, 'passed');
    assert.deepEqual(failing.folder?.ignored, { total: 1, names: ['ignored/'] });
    assert.equal(readFileSync(join(harness.workspace.worktree.path, 'ignored/runner'), 'utf8'), 'true\n');
    assert.deepEqual(harness.left('homes'), []);
  });

  it('do not ask the agent’s folder where it holds nothing else', async () => {
    await begin();
    assert.equal((await check('false', { 'src/a.txt': 'x\n' })).folder, undefined);
  });

  it('are not made where the setup fails', async () => {
    await begin();
    const verification = await harness.verify({ it: { run: 'true' } }, { setup: 'exit 3', compare: true });
    assert.deepEqual(row(verification.checks[0]!), ['not run', 'missing', 'not run']);
  });

  it('say why the base has no result', async () => {
    await begin();
    const setup = 'grep -q ready src/a.txt';
    const verification = await harness.verify(
      { it: { run: 'true' } },
      { files: { 'src/a.txt': 'ready\n' }, setup, compare: true },
    );
    const [only] = verification.checks;
    assert.deepEqual(row(only!), ['not run', 'passed', 'same']);
    assert.match(only?.base?.kind === 'not-run' ? only.base.why : '', /the setup command .* ended with exit 1/);
  });

  it('say that a check passes the second time, and it has failed all the same', async () => {
    harness = await new ChecksHarness(BASE, { sandbox: 'off' }).prepare();
    const mark = join(harness.state, 'ran');
    const run = `grep -q new src/a.txt || exit 0; test -e ${mark} && exit 0; touch ${mark}; exit 1`;
    const result = await check(run, { 'src/a.txt': 'new\n' });
    assert.deepEqual([result.status, result.attempts?.[0]?.status], ['failed', 'passed']);
  });

  it('stop when the task is stopped', async () => {
    await begin();
    const stop = new AbortController();
    const run = 'grep -q new src/a.txt || sleep 1000';
    const options = { files: { 'src/a.txt': 'new\n' }, compare: true, signal: stop.signal };
    const stopped = assert.rejects(harness.verify({ it: { run } }, options), { code: 'STOPPED' });
    await until('the base runs', async () => harness.progress.some((line) => line.startsWith('base: check')));
    stop.abort();
    await stopped;
    assert.deepEqual(harness.left('homes'), []);
    assert.equal(existsSync(join(harness.state, 'checkouts')), false);
  });

  it('use what an earlier verification found at the base', async () => {
    await begin();
    const run = 'sh test/run.sh; date +%N';
    const first = await check(run, { 'src/a.txt': 'good 1\n' });
    const second = await check(run, { 'src/a.txt': 'good 2\n' });
    const [a, b] = [first.base, second.base];
    assert.ok(a?.kind === 'ran' && b?.kind === 'ran');
    assert.deepEqual([a.cached, b.cached], [false, true]);
    assert.deepEqual(b.run, a.run);
    assert.equal(harness.progress.filter((line) => line.startsWith('base: check')).length, 1);
    const other = await check('sh test/run.sh', { 'src/a.txt': 'good 3\n' });
    assert.equal(other.base?.kind === 'ran' && other.base.cached, false);
    assert.equal(readdirSync(join(harness.state, 'cache', 'base')).length, 2);
  });
});

describe('results at a base', () => {
  const state = mkdtempSync(join(tmpdir(), 'cs-bases-'));
  after(() => rmSync(state, { recursive: true }));
  const key = (change: Partial<BaseKey> = {}): BaseKey => ({
    ...{ tree: 'a', setup: null, command: 'true', reports: [], timeout: 60, network: [], environment: ['PATH'] },
    confinement: 'bwrap',
    ...change,
  });
  const folder = join(state, 'task');
  const root = join(state, 'cache');
  const outcome = (change: Partial<CheckResult> = {}): CheckOutcome => {
    mkdirSync(join(state, 'ran', 'evidence'), { recursive: true });
    writeFileSync(join(state, 'ran', 'evidence', 'log'), 'said\n');
    const log = { path: 'evidence/log', bytes: 5, sha256: 's', head: 'said\n', tail: '' };
    const result = { ...sampleCheck({ log }), ...change };
    const counts = { total: 1, passed: 1, failed: 0, skipped: 0 };
    const report = { format: 'tap', counts, tests: [{ name: 'a', status: 'passed' as const }], unlisted: 0 };
    return { result, tested: { status: result.status, tests: report.tests, total: 1 }, report };
  };

  it('are found with their output by the next process, where a sandbox keeps tasks away from them', async () => {
    await new BaseResults(root).keep(key(), outcome(), join(state, 'ran'));
    const found = await new BaseResults(root).find(key(), 'it', folder);
    assert.deepEqual(found?.tested, outcome().tested);
    assert.equal(found?.result.log.path, 'evidence/it-a.log');
    assert.equal(readFileSync(join(folder, 'evidence/it-a.log'), 'utf8'), 'said\n');
    assert.equal(found?.result.results?.path, 'evidence/it-a.tests.json');
    assert.deepEqual(
      JSON.parse(readFileSync(join(folder, 'evidence/it-a.tests.json'), 'utf8')).tests,
      outcome().report?.tests,
    );
    for (const change of [{ tree: 'b' }, { command: 'false' }, { setup: 'x' }, { timeout: 1 }, { environment: [] }]) {
      assert.equal(await new BaseResults(root).find(key(change), 'it', folder), null, JSON.stringify(change));
    }
  });

  it('are believed without a sandbox only by who wrote them, and as they were written', async () => {
    const unsafe = key({ confinement: 'none' });
    const own = new BaseResults(root);
    await own.keep(unsafe, outcome(), join(state, 'ran'));
    assert.ok((await own.find(unsafe, 'it', folder)) !== null);
    assert.equal(await new BaseResults(root).find(unsafe, 'it', folder), null);
    for (const name of readdirSync(root)) {
      const file = join(root, name);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"status":"passed"', '"status":"failed"'));
    }
    assert.equal(await own.find(unsafe, 'it', folder), null);
  });

  it('are not kept of a check that did not run to its end', async () => {
    const bases = new BaseResults(root);
    const late = key({ command: 'late' });
    await bases.keep(late, outcome({ status: 'timeout' }), join(state, 'ran'));
    assert.equal(await bases.find(late, 'it', folder), null);
  });
});
