import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CheckRun } from '../../../src/core/verify/columns';
import {
  canonicalReceipt,
  digestOfReceipt,
  digestOfReceipts,
  type Receipt,
  receiptNote,
  receiptsIn,
  receiptsOf,
  withReceipts,
} from '../../../src/core/verify/receipt';
import { sampleCheck, sampleVerification, TREE } from '../review/sample';

const RUN: CheckRun = {
  ...{ tree: 'b'.repeat(40), treeAfter: 'b'.repeat(40), status: 'passed', exit: 0, signal: null, startedAt: 'then' },
  ...{ seconds: 2, counts: null, note: null, log: { path: 'x', bytes: 1, sha256: '7'.repeat(64) }, results: null },
};

const verification = sampleVerification({
  environment: ['HOME', 'PATH'],
  checks: [
    sampleCheck({
      startedAt: 'now',
      base: { kind: 'ran', run: RUN, cached: true },
      overlay: { kind: 'same' },
      attempts: [RUN],
      folder: { run: RUN, ignored: { total: 0, names: [] } },
    }),
  ],
});

describe('receipts', () => {
  const receipts = receiptsOf('T1', verification);
  const [first, second] = receipts as [Receipt, Receipt];

  it('are one for each run', () => {
    assert.deepEqual(
      receipts.map(({ column, tree, started }) => [column, tree === TREE, started]),
      [
        ['base', false, 'then'],
        ['result', true, 'now'],
        ['again', false, 'then'],
        ['folder', false, 'then'],
      ],
    );
    assert.deepEqual([first.environment, first.confinement], [['HOME', 'PATH'], 'bwrap']);
  });

  it('are there for evidence of earlier versions, too', () => {
    const [only] = receiptsOf('T1', sampleVerification());
    assert.deepEqual([only?.started, only?.environment], ['2026-01-02T03:04:05Z', []]);
  });

  it('have one form and one digest, whatever the order of their keys', () => {
    const turned = Object.fromEntries(Object.entries(second).reverse()) as Receipt;
    assert.equal(canonicalReceipt(turned), canonicalReceipt(second));
    assert.equal(digestOfReceipt(turned), digestOfReceipt(second));
    assert.match(canonicalReceipt(second), /^\{"brief":".*","check":"tests","column":"result","command":"npm test",/);
  });

  it('have another digest when anything in them is another', () => {
    const changes: Partial<Receipt>[] = [
      { status: 'failed' },
      { exit: 1 },
      { tree: 'c' },
      { log: '8'.repeat(64) },
      { counts: null },
      { environment: ['PATH'] },
      { column: 'base' },
    ];
    for (const change of changes) {
      assert.notEqual(digestOfReceipt({ ...second, ...change }), digestOfReceipt(second), JSON.stringify(change));
    }
    assert.equal(digestOfReceipts(['b', 'a', 'a']), digestOfReceipts(['a', 'b']));
    assert.notEqual(digestOfReceipts(['a']), digestOfReceipts(['a', 'b']));
  });

  it('come back from a note with text of others', () => {
    const note = withReceipts('Reviewed-by: somebody\n\n{"not":"ours"}\n', receipts);
    assert.ok(note.startsWith('Reviewed-by: somebody\n\n{"not":"ours"}\n\nCountersign receipts\n'));
    assert.deepEqual(receiptsIn(note), receipts);
    assert.equal(withReceipts(note, receipts), note);
    assert.equal(withReceipts(null, receipts), receiptNote(receipts));
  });

  it('are not what only looks like one', () => {
    const line = canonicalReceipt(first);
    for (const other of [
      ` ${line}`,
      line.replace('"schema":1', '"schema":2'),
      line.replace('{', '{ '),
      '{}',
      '{"a":',
    ]) {
      assert.deepEqual(receiptsIn(`${other}\n`), [], other.slice(0, 20));
    }
    assert.equal(receiptsIn(`${line}\n${line}\n`).length, 1);
  });

  it('are read from any text without a throw, and merging loses nothing of it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        receiptsIn(text);
        const merged = withReceipts(text, receipts);
        assert.ok(merged.startsWith(text.trimEnd()));
        assert.deepEqual(receiptsIn(merged), receipts);
      }),
    );
  });
});
