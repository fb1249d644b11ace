import assert from 'node:assert/strict';
import type { Packet } from '../../../../src/core/review/packet';
import type { Column } from '../../../../src/core/verify/columns';
import { compareRuns } from '../../../../src/core/verify/comparison';
import type { CheckResult, CheckStatus } from '../../../../src/core/verify/verification';
import { columnsOf, receiptsNote } from '../../../../src/vscode/review/page/columns';
import { evidenceOf } from '../../../../src/vscode/review/page/evidence';
import { evidenceSchema } from '../../../../src/webview/review/model';
import { sampleCheck, samplePacket, sampleVerification, TREE } from '../../review/sample';
import { plain } from '../sample';
import { sampleState } from './sample';

function ran(status: CheckStatus, cached = false): Extract<Column, { kind: 'ran' }> {
  const log = { path: 'evidence/x.log', bytes: 0, sha256: '7'.repeat(64) };
  const exit = status === 'passed' ? 0 : 1;
  const run = { tree: TREE, treeAfter: TREE, status, exit, signal: null, startedAt: '', seconds: 2, counts: null };
  return { kind: 'ran', run: { ...run, note: null, log, results: null }, cached };
}

const packetOf = (check: Partial<CheckResult>): Packet =>
  samplePacket({ verification: sampleVerification({ checks: [sampleCheck(check)] }) });
const shown = (check: Partial<CheckResult>) => {
  const packet = packetOf(check);
  return columnsOf(packet.checks[0]!, packet, plain);
};
const tests = (names: readonly string[], status: 'passed' | 'failed' | 'skipped' = 'passed') => ({
  status: 'passed' as const,
  tests: names.map((name) => ({ name, status })),
  total: names.length,
});

describe('the columns of a check on the page', () => {
  it('are base, result, and the result with the base’s tests, each in words', () => {
    const { columns } = shown({ base: ran('passed', true), overlay: ran('failed') });
    assert.deepEqual(
      columns.map(({ label, mark }) => [label, mark.words, mark.tone]),
      [
        ['base', 'passed', 'good'],
        ['result', 'passed', 'good'],
        ["result with the base's tests", 'failed', 'bad'],
      ],
    );
    assert.match(
      columns[0]!.detail,
      /^2 s · exit 0 · at tree 1111111111 · from an earlier run · receipt [0-9a-f]{12}$/,
    );
    assert.match(
      columns[1]!.detail,
      /^212 passed, 1 skipped · 41 s · exit 0 · at tree 1111111111 · receipt [0-9a-f]{12}$/,
    );
    const receipts = columns.map(({ detail }) => /receipt (\w+)/.exec(detail)?.[1]);
    assert.equal(new Set(receipts).size, 3, 'each run has its own');
  });

  it('are left out where there is the result alone, and say why one is missing', () => {
    assert.deepEqual(shown({}), { columns: [], differences: [], runs: [] });
    const { columns } = shown({ base: { kind: 'not-run', why: 'no ti\u202eme' }, overlay: { kind: 'same' } });
    assert.deepEqual(
      columns.map(({ mark, detail }) => [mark.words, detail.split(' · ')[0]]),
      [
        ['not run', 'no ti\\u{202e}me'],
        ['passed', '212 passed, 1 skipped'],
        ['no test changed', ''],
      ],
    );
  });

  it('tell which tests differ, by name and how many', () => {
    const was = tests(['a', 'b\u001b[2J', ...Array.from({ length: 60 }, (_, n) => `t${n}`)]);
    const is = { ...tests(['a'], 'failed'), status: 'failed' as const };
    const { differences } = shown({
      base: ran('passed'),
      comparisons: { base: compareRuns(was, is), overlay: null, needed: null },
    });
    assert.deepEqual(
      differences.map(({ title, tone, names, more }) => [title, tone, names.length, more]),
      [
        ['Newly failing (1)', 'bad', 1, ''],
        ['Ran at the base, gone now (61)', 'careful', 50, '11 more are in the evidence'],
      ],
    );
    assert.equal(differences[1]?.names[0], 'b\\u{1b}[2J');
    const skipped = compareRuns(tests(['a']), tests(['a'], 'skipped'));
    const needed = { tests: { total: 1, names: ['n'] }, red: { total: 0, names: [] } };
    const more = shown({ base: ran('passed'), comparisons: { base: skipped, overlay: null, needed } });
    assert.deepEqual(
      more.differences.map(({ title }) => title),
      ['Ran at the base, skipped now (1)', "Failing with the base's tests (1)"],
    );
  });

  it('say that a check is flaky, or that it fails each time', () => {
    const flaky = shown({ status: 'failed', base: ran('passed'), attempts: [ran('passed').run, ran('failed').run] });
    assert.deepEqual(flaky.runs, ['Flaky: it passed in 1 of 3 runs at the same tree.']);
    assert.deepEqual(
      flaky.columns.slice(2).map(({ label, mark }) => [label, mark.words]),
      [
        ['result, run again', 'passed'],
        ['result, run again', 'failed'],
      ],
    );
    const steady = shown({ status: 'failed', base: ran('passed'), attempts: [ran('failed').run] });
    assert.deepEqual(steady.runs, ['Run 2 times at the same tree, each time alike: failed.']);
    const folder = { run: ran('passed').run, ignored: { total: 2, names: ['a', 'b'] } };
    const own = shown({ status: 'failed', base: ran('passed'), folder });
    assert.deepEqual(own.columns.at(-1)?.label, "in the agent's folder");
    assert.match(own.runs[0]!, /2 things that git ignores: a, b$/);
  });

  it('come to the page with the receipts of all runs', () => {
    const packet = packetOf({ base: ran('passed'), overlay: ran('passed') });
    assert.match(receiptsNote(packet, plain), /^3 receipts, digest [0-9a-f]{12} · of the tree under review$/);
    assert.match(
      receiptsNote(
        { ...packet, receipts: { ...packet.receipts!, stale: true, signed: false, note: 'missing' } },
        plain,
      ),
      /· of another tree than .* · not those that were signed off · the delivered commit has no note here$/,
    );
    const evidence = evidenceSchema.parse(evidenceOf(sampleState({ packet }), plain));
    assert.equal(evidence.checks[0]?.columns.length, 3);
    assert.notEqual(evidence.receiptsNote, '');
  });
});
