import assert from 'node:assert/strict';
import { renderPacket } from '../../../src/core/review/markdown';
import { packetSchema } from '../../../src/core/review/packet';
import { renderSummary } from '../../../src/core/review/terminal';
import type { Column } from '../../../src/core/verify/columns';
import { compareRuns } from '../../../src/core/verify/comparison';
import { digestOfReceipt, receiptNote, receiptsOf } from '../../../src/core/verify/receipt';
import type { CheckResult, CheckStatus } from '../../../src/core/verify/verification';
import { deliveredTask, OTHER_TREE, sampleCheck, samplePacket, sampleTask, sampleVerification, TREE } from './sample';

function ran(status: CheckStatus): Extract<Column, { kind: 'ran' }> {
  const log = { path: 'evidence/x.log', bytes: 0, sha256: 's' };
  const run = { tree: TREE, treeAfter: TREE, status, exit: 1, signal: null, startedAt: '', seconds: 1, counts: null };
  return { kind: 'ran', run: { ...run, note: null, log, results: null }, cached: false };
}

const many = Array.from({ length: 14 }, (_, n) => ({ name: `test ${n} <b>`, status: 'passed' as const }));
const was = { status: 'passed' as const, tests: many, total: 14 };
const is = { status: 'passed' as const, tests: [], total: 0 };

function packetOf(check: Partial<CheckResult>) {
  const overlay = {
    tree: 'o',
    laid: { total: 1, names: ['test/a.test.ts'] },
    left: { total: 1, names: ['Cargo.toml'] },
  };
  return samplePacket({ verification: sampleVerification({ checks: [sampleCheck(check)], overlay }) });
}

const FULL: Partial<CheckResult> = {
  base: ran('passed'),
  overlay: ran('failed'),
  comparisons: { base: compareRuns(was, is), overlay: null, needed: null },
  attempts: [ran('passed').run],
  folder: { run: ran('passed').run, ignored: { total: 2, names: ['a', 'b'] } },
};

describe('the columns of a check in words', () => {
  it('stand beside the result in the summary, with the first names', () => {
    const text = renderSummary(packetOf(FULL), { color: false, width: 400 });
    assert.match(text, /✓ tests: passed \(base passed, with the base's tests failed\), 41 s/);
    assert.match(text, /\n {6}ran at the base, gone now \(14\): test 0 <b>, .*test 9 <b> and 4 more\n/);
    assert.match(text, /\n {6}run again at the same tree: passed \(exit 1\)\n/);
    assert.match(text, /\n {6}in a copy of the agent's folder: passed \(exit 1\); 2 ignored there\n/);
  });

  it('are columns of the table in Markdown, and the names are code', () => {
    const text = renderPacket(packetOf(FULL));
    assert.match(text, /\| Check \| Base \| Result \| Base's tests \|/);
    assert.match(text, /\| `tests` \| passed \| passed \| failed \|/);
    assert.match(
      text,
      /Base's tests: `test\/a\.test\.ts` laid over the result\. Check configuration may differ in `Cargo\.toml`/,
    );
    assert.match(text, /- Ran at the base, gone now \(14\): `test 0 <b>`, /);
  });

  it('say that nothing changed, or why there is no column', () => {
    const same = renderSummary(packetOf({ base: ran('passed'), overlay: { kind: 'same' } }), {
      color: false,
      width: 200,
    });
    assert.match(same, /✓ tests: passed \(base passed\), /);
    const none = packetOf({ base: { kind: 'not-run', why: 'the setup\nfailed' }, overlay: { kind: 'same' } });
    assert.match(renderSummary(none, { color: false, width: 200 }), /not run at the base: the setup\n/);
    assert.match(renderPacket(none), /\| not run \| passed \| no test changed \|/);
  });

  it('are not there for evidence of earlier versions', () => {
    const packet = samplePacket();
    assert.deepEqual(packetSchema.parse(packet), packet);
    assert.match(renderPacket(packet), /\n\| Check \| Result \| Exit /);
    assert.deepEqual(packetSchema.parse(packetOf(FULL)), packetOf(FULL));
  });
});

describe('the receipts in a packet', () => {
  const verification = sampleVerification();
  const receipts = receiptsOf('T1', verification);
  const task = deliveredTask();
  const signoff = { ...task.signoff!, receipts: receipts.map(digestOfReceipt) };
  const delivered = (note?: string | null, evidence = verification) =>
    samplePacket({ task: { ...task, signoff }, verification: evidence, ...(note === undefined ? {} : { note }) });

  it('are those that were signed off, and in the note', () => {
    const packet = delivered(receiptNote(receipts));
    assert.deepEqual([packet.receipts?.signed, packet.receipts?.note, packet.receipts?.stale], [true, 'match', false]);
    const text = renderPacket(packet);
    assert.match(
      text,
      /## Receipts\n\n1 receipt, as they were signed off; the note of the delivered commit has them\. Digest of all: `[0-9a-f]{64}`\./,
    );
    assert.match(text, /\| `tests` \| result \| passed \| `1111111111` \| `[0-9a-f]{16}` \|/);
    assert.match(
      renderSummary(packet, { color: false, width: 200 }),
      /\nreceipts 1 receipt, as they were signed off; the note/,
    );
  });

  it('are told to differ, wherever they do', () => {
    assert.equal(delivered('something else').receipts?.note, 'differs');
    assert.equal(delivered(null).receipts?.note, 'missing');
    const changed = delivered(null, sampleVerification({ checks: [sampleCheck({ exit: 1 })] }));
    assert.equal(changed.receipts?.signed, false);
    assert.match(renderPacket(changed), /not those that were signed off/);
  });

  it('are stale at another tree, and say nothing before a sign-off', () => {
    const snapshots = [{ turn: 2, commit: '3'.repeat(40), tree: OTHER_TREE }];
    const later = samplePacket({ task: sampleTask({ snapshots }) });
    assert.deepEqual([later.receipts?.stale, later.receipts?.signed], [true, null]);
    assert.doesNotMatch(renderPacket(later), /## Receipts/);
  });
});
