import assert from 'node:assert/strict';
import {
  type KeptRemark,
  LONGEST_REMARK,
  MOST_REMARKS,
  remarksAfter,
  remarksFrom,
  standingOf,
  unsent,
} from '../../../../src/vscode/diff/remarks';

const one: KeptRemark = { id: 'r1', turn: 1, tree: 't1', path: 'src/a b.ts', line: 3, text: 'why?', sent: null };
const other: KeptRemark = { ...one, id: 'r2', line: null, text: 'whole file' };

describe('the reviewer’s remarks', () => {
  it('are added, changed and taken back', () => {
    const { sent: _, ...fresh } = one;
    assert.deepEqual(remarksAfter([], { type: 'add', remark: fresh }), [one]);
    const edited = remarksAfter([one, other], { type: 'edit', id: 'r1', text: 'why not?' });
    assert.deepEqual(
      edited.map(({ text }) => text),
      ['why not?', 'whole file'],
    );
    assert.deepEqual(remarksAfter([one, other], { type: 'delete', id: 'r1' }), [other]);
  });

  it('stay as they are when a change does not fit', () => {
    const { sent: _, ...fresh } = one;
    for (const text of ['', ' \n', 'x'.repeat(LONGEST_REMARK + 1)]) {
      assert.deepEqual(remarksAfter([one], { type: 'edit', id: 'r1', text }), [one]);
      assert.deepEqual(remarksAfter([one], { type: 'add', remark: { ...fresh, text } }), [one]);
    }
    const many = Array.from({ length: MOST_REMARKS }, (_, n) => ({ ...one, id: `${n}` }));
    assert.equal(remarksAfter(many, { type: 'add', remark: fresh }).length, MOST_REMARKS);
  });

  it('are kept when a correction carried them, and not carried again or rewritten', () => {
    const sent = remarksAfter([one, other], { type: 'sent', turn: 2 });
    assert.deepEqual(
      sent.map((remark) => remark.sent),
      [2, 2],
    );
    assert.deepEqual(unsent(sent), []);
    assert.deepEqual(remarksAfter(sent, { type: 'edit', id: 'r1', text: 'x' }), sent);
    // Those that were sent before keep their turn.
    assert.equal(remarksAfter(sent, { type: 'sent', turn: 3 })[0]?.sent, 2);
    const some = remarksAfter([one, other], { type: 'sent', turn: 2, ids: ['r2'] });
    assert.deepEqual(unsent(some), [{ path: 'src/a b.ts', line: 3, text: 'why?' }]);
  });

  it('say whether they are of what is under review', () => {
    assert.equal(standingOf(one, 't1'), 'draft');
    assert.equal(standingOf(one, 't2'), 'outdated');
    assert.equal(standingOf(one, null), 'outdated');
    assert.equal(standingOf({ ...one, sent: 2 }, 't1'), 'sent');
  });

  it('are read back as far as they are remarks', () => {
    assert.deepEqual(remarksFrom(JSON.parse(JSON.stringify([one, other]))), [one, other]);
    const broken = [null, 7, {}, { ...one, line: 0 }, { ...one, text: '' }, { ...one, turn: '1' }, { ...one, sent: 0 }];
    assert.deepEqual(remarksFrom([...broken, one]), [one]);
    for (const nothing of [undefined, null, {}, 'x']) assert.deepEqual(remarksFrom(nothing), []);
  });
});
