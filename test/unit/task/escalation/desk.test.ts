import assert from 'node:assert/strict';
import type { Check } from '../../../../src/core/brief/brief';
import { Approvals } from '../../../../src/core/task/escalation/approvals';
import { CheckRuns } from '../../../../src/core/task/escalation/checkRuns';
import type { Question } from '../../../../src/core/task/escalation/wishes';
import type { Answer } from '../../../../src/core/task/permissionDesk';
import { sampleCheck } from '../../review/sample';

const LIMITS = { questions: 2, runs: 2, patienceMs: 60_000 };
const about = (path: string, reason = 'it is needed'): Question => ({
  amendment: { reason, change: [path], allow: [] },
  boundary: null,
  what: `change ${path}`,
});
const quiet = () => undefined;

/** A person who answers when told to. */
function person() {
  const asked: string[] = [];
  const waiting: ((answer: Answer) => void)[] = [];
  const ask = ({ what }: Question) => {
    asked.push(what);
    return new Promise<Answer>((resolve) => waiting.push(resolve));
  };
  return { asked, ask, answer: (allow: boolean, by = 'Reviewer') => waiting.shift()?.({ allow, by }) };
}

describe('the questions of one turn', () => {
  it('are put once, whatever reason is given the second time', async () => {
    const { asked, ask, answer } = person();
    const approvals = new Approvals(ask, LIMITS);
    const both = [approvals.request(about('a'), quiet), approvals.request(about('a', 'really'), quiet)];
    answer(true);
    const [one, other] = await Promise.all(both);
    assert.deepEqual([one, one?.code], [other, null]);
    assert.match(one?.text ?? '', /^Yes\. Reviewer widened the brief for this task: scope\.change: a\./);
    assert.match((await approvals.request(about('a', 'again'), quiet)).text, /^You asked that before\. Yes\./);
    assert.deepEqual(asked, ['change a']);
  });

  it('are one at a time, and few', async () => {
    const { asked, ask, answer } = person();
    const approvals = new Approvals(ask, LIMITS);
    const first = approvals.request(about('a'), quiet);
    assert.equal((await approvals.request(about('b'), quiet)).code, 'BUSY');
    answer(false);
    assert.equal((await first).code, 'REFUSED');
    const second = approvals.request(about('b'), quiet);
    answer(false);
    await second;
    assert.equal((await approvals.request(about('c'), quiet)).code, 'SPENT');
    assert.equal((await approvals.request(about('b'), quiet)).code, 'REFUSED');
    assert.equal(asked.length, 2);
  });

  it('may be put again when nobody was there', async () => {
    const { asked, ask, answer } = person();
    const approvals = new Approvals(ask, LIMITS);
    for (const by of ['nobody', 'Reviewer']) {
      const asking = approvals.request(about('a'), quiet);
      answer(by !== 'nobody', by);
      const { code, text } = await asking;
      assert.deepEqual([code, text.includes('nobody answered')], by === 'nobody' ? ['REFUSED', true] : [null, false]);
    }
    assert.equal(asked.length, 2);
  });

  it('stay open for a caller who does not wait, and pause its time only while it does', async () => {
    const { asked, ask, answer } = person();
    const approvals = new Approvals(ask, { ...LIMITS, patienceMs: 1 });
    const waits: boolean[] = [];
    const late = await approvals.request(about('a'), (is) => waits.push(is));
    assert.deepEqual([late.code, waits], [null, [true, false]]);
    assert.match(late.text, /Nobody has answered yet/);
    answer(true);
    await approvals.end();
    assert.match((await approvals.request(about('a'), quiet)).text, /Yes\./);
    assert.equal(asked.length, 1);
  });

  it('that cannot be put fail, and may be put again', async () => {
    let times = 0;
    const approvals = new Approvals(async () => {
      times += 1;
      if (times === 1) throw new Error('no room');
      return { allow: true, by: 'Reviewer' };
    }, LIMITS);
    assert.equal((await approvals.request(about('a'), quiet)).code, 'FAILED');
    assert.equal((await approvals.request(about('a'), quiet)).code, null);
  });
});

describe('the checks that an agent has run', () => {
  const checks = ['tests', 'lint'].map((name) => ({ name, run: name, timeout: 600 })) as Check[];

  it('are told with their failures and the end of what they printed, bounded', async () => {
    const failure = {
      name: 'a\u202e test',
      message: 'is 1\nmore',
      expected: null,
      actual: null,
      file: 'a.test.ts',
      line: 3,
    };
    const result = sampleCheck({
      status: 'failed',
      exit: 1,
      counts: { total: 30, passed: 5, failed: 25, skipped: 0 },
      failures: Array.from({ length: 25 }, () => failure),
      log: { path: 'x', bytes: 1, sha256: '0', head: 'h'.repeat(4_000), tail: 't'.repeat(16_000) },
    });
    const { code, text } = await new CheckRuns(async () => result, LIMITS).run('tests', checks);
    assert.equal(code, null);
    assert.match(text, /^tests: failed, exit 1, after 41 s/);
    assert.match(text, /- a\\u\{202e\} test \(a\.test\.ts:3\): is 1\n/);
    assert.match(text, /- and 5 more/);
    assert.ok(text.length < 16_000 && text.endsWith('t'.repeat(8_000)));
  });

  it('run one at a time, and are waited for by name', async () => {
    const ends: (() => void)[] = [];
    const run = (check: Check) =>
      new Promise<ReturnType<typeof sampleCheck>>((resolve) =>
        ends.push(() => resolve(sampleCheck({ name: check.name }))),
      );
    const runs = new CheckRuns(run, { ...LIMITS, patienceMs: 1 });
    assert.match((await runs.run('tests', checks)).text, /still running/);
    assert.equal((await runs.run('lint', checks)).code, 'BUSY');
    assert.equal((await runs.run('none', checks)).code, 'BAD_INPUT');
    ends[0]?.();
    await runs.end();
    assert.match((await runs.run('tests', checks)).text, /^tests: passed/);
    assert.equal(ends.length, 1);
    assert.match((await runs.run('tests', checks)).text, /still running/, 'what was told is not told again');
    assert.equal(ends.length, 2);
    ends[1]?.();
    await runs.end();
    assert.equal((await runs.run('lint', checks)).code, 'SPENT');
  });

  it('that cannot be run say why', async () => {
    const runs = new CheckRuns(async () => Promise.reject(new Error('no room')), LIMITS);
    assert.deepEqual(await runs.run('tests', checks), { code: 'FAILED', text: 'The check could not be run: no room' });
  });
});
