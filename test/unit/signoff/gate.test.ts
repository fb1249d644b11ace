import assert from 'node:assert/strict';
import { type GateCommit, judgeGate } from '../../../src/core/signoff/gate';
import { deliveryMessage, snapshotMessage } from '../../../src/core/signoff/trailers';
import {
  digestOfReceipt,
  digestOfReceipts,
  type Receipt,
  receiptNote,
  receiptsOf,
  withReceipts,
} from '../../../src/core/verify/receipt';
import { sampleCheck, sampleVerification } from '../review/sample';

const oid = (digit: string) => digit.repeat(40);
const BASE = oid('0');

function delivered(
  id: string,
  parents: string[],
  change: {
    tree?: string;
    task?: string;
    status?: 'passed' | 'failed';
    overridden?: boolean;
    /** What the sign-off rests on, and what the note holds. */
    receipts?: readonly Receipt[];
    note?: string | null;
  } = {},
): GateCommit {
  const tree = oid('a');
  const { status = 'passed' } = change;
  const message = deliveryMessage({
    findings: {},
    task: change.task ?? 'T1',
    title: 'Change',
    goal: 'Change.',
    tree,
    receipts: change.receipts === undefined ? null : digestOfReceipts(change.receipts.map(digestOfReceipt)),
    signoff: {
      by: { name: 'Reviewer', email: 'reviewer@example.com' },
      brief: 'b'.repeat(64),
      checks: { tests: status },
      accepted: {},
      overridden: change.overridden ? { tests: 'known' } : {},
    },
  });
  const note = change.note === undefined ? {} : { note: change.note };
  return { oid: id, tree: change.tree ?? tree, parents, message, ...note };
}

/** The receipts of one check that passed, of the tree that is signed. */
function receipts(change: Partial<Receipt> = {}): readonly Receipt[] {
  const tree = oid('a');
  const verification = sampleVerification({
    brief: 'b'.repeat(64),
    tree,
    checks: [sampleCheck({ tree, treeAfter: tree })],
  });
  return receiptsOf('T1', verification).map((receipt) => ({ ...receipt, ...change }));
}

function snapshot(id: string, parents: string[], turn: number, task = 'T1', takes: string | null = null): GateCommit {
  const adopted = takes === null ? null : { name: 'topic', commit: takes, authors: [] };
  const message = snapshotMessage({ task, turn, title: 'Change', agent: 'codex', adopted });
  return { oid: id, tree: oid('a'), parents, message };
}

const plain = (id: string, parents: string[]): GateCommit => ({
  oid: id,
  tree: oid('f'),
  parents,
  message: 'by hand\n',
});

describe('the gate', () => {
  it('passes a signed merge with its snapshots, a signed squash, and commits of people', () => {
    const turns = [snapshot(oid('1'), [BASE], 1), snapshot(oid('2'), [oid('1')], 2)];
    const merge = delivered(oid('3'), [BASE, oid('2')]);
    const squash = delivered(oid('4'), [oid('3')], { task: 'T2' });
    const verdict = judgeGate([plain(oid('5'), [oid('4')]), squash, merge, ...turns]);
    assert.deepEqual(verdict.problems, []);
    assert.equal(verdict.ok, true);
    assert.deepEqual(
      verdict.signed.map(({ commit, task }) => [commit, task]),
      [
        [oid('4'), 'T2'],
        [oid('3'), 'T1'],
      ],
    );
  });

  it('lets a signed merge vouch for the commits that its task adopted, and for no other', () => {
    const authored = [plain(oid('1'), [BASE]), plain(oid('2'), [oid('1')])];
    const turns = [snapshot(oid('3'), [oid('2')], 1, 'T1', oid('2')), snapshot(oid('4'), [oid('3')], 2)];
    const before = plain(oid('5'), [BASE]);
    const merge = delivered(oid('6'), [oid('5'), oid('4')]);
    const problems = (...commits: GateCommit[]) =>
      judgeGate(commits, { requireAll: true }).problems.map(({ commit }) => commit);
    assert.deepEqual(problems(merge, ...turns, ...authored), []);
    assert.deepEqual(problems(merge, ...turns, ...authored, before), [oid('5')]);
    assert.deepEqual(problems(...authored, ...turns).sort(), [...authored, ...turns].map((one) => one.oid).sort());
    // A snapshot that does not say so, or says so of another commit than its parent, vouches for nothing below it.
    for (const takes of [null, oid('1')]) {
      const [first, second] = [snapshot(oid('3'), [oid('2')], 1, 'T1', takes), snapshot(oid('4'), [oid('3')], 2)];
      assert.deepEqual(problems(merge, second, first, ...authored).sort(), [oid('1'), oid('2')]);
    }
  });

  it('refuses a snapshot that nothing signed brings in', () => {
    assert.equal(judgeGate([snapshot(oid('1'), [BASE], 1)]).ok, false);
    // As first parent it was committed to directly, not merged.
    const onTop = delivered(oid('2'), [oid('1')]);
    assert.deepEqual(
      judgeGate([onTop, snapshot(oid('1'), [BASE], 1)]).problems.map(({ commit }) => commit),
      [oid('1')],
    );
    const ofAnother = delivered(oid('2'), [BASE, oid('1')], { task: 'T2' });
    assert.equal(judgeGate([ofAnother, snapshot(oid('1'), [BASE], 1)]).ok, false);
  });

  it('refuses a commit whose tree is not the signed one', () => {
    const [problem] = judgeGate([delivered(oid('1'), [BASE], { tree: oid('c') })]).problems;
    assert.match(problem?.problem ?? '', /signed off for tree a+, and its tree is c+/);
  });

  it('refuses a failed check, and passes an overridden one', () => {
    assert.equal(judgeGate([delivered(oid('1'), [BASE], { status: 'failed' })]).ok, false);
    assert.equal(judgeGate([delivered(oid('1'), [BASE], { status: 'failed', overridden: true })]).ok, true);
  });

  describe('and the receipts', () => {
    const judge = (change: Parameters<typeof delivered>[2]) => judgeGate([delivered(oid('1'), [BASE], change)]);

    it('passes those that were signed off, among whatever else the note says', () => {
      const own = receipts();
      const { ok, signed } = judge({ receipts: own, note: withReceipts('Tested-by: x\n', own) });
      assert.deepEqual([ok, signed[0]?.receipts], [true, 'verified']);
    });

    it('tells that there is no note, which is no fault of the commit', () => {
      for (const note of [null, undefined]) {
        const { ok, signed } = judge({ receipts: receipts(), ...(note === undefined ? {} : { note }) });
        assert.deepEqual([ok, signed[0]?.receipts], [true, 'missing']);
      }
      assert.equal(judge({ note: null }).signed[0]?.receipts, 'none');
    });

    const others: [string, string][] = [
      ['others', receiptNote(receipts({ exit: 1 }))],
      ['fewer', 'nothing here\n'],
      ['more', receiptNote([...receipts(), ...receipts({ column: 'base' })])],
      ['those of another task', receiptNote(receipts({ task: 'T2' }))],
    ];
    for (const [what, note] of others) {
      it(`refuses ${what}`, () => {
        assert.match(
          judge({ receipts: receipts(), note }).problems[0]?.problem ?? '',
          /not those that were signed off/,
        );
      });
    }

    const unproven: [string, Partial<Receipt>][] = [
      ['failed', { status: 'failed' }],
      ['of another tree', { tree: oid('c') }],
      ['of a tree that changed', { treeAfter: oid('c') }],
      ['of another brief', { brief: 'c'.repeat(64) }],
      ['of the base', { column: 'base' }],
    ];
    for (const [what, change] of unproven) {
      it(`refuses a pass whose receipt is ${what}`, () => {
        const own = receipts(change);
        const { problems } = judge({ receipts: own, note: receiptNote(own) });
        assert.match(problems[0]?.problem ?? '', /no receipt shows that the check tests passed/);
      });
    }

    it('asks for no receipt of a check that was overridden', () => {
      const own = receipts({ status: 'failed' });
      const note = receiptNote(own);
      assert.equal(judge({ receipts: own, note, status: 'failed', overridden: true }).ok, true);
    });
  });

  it('refuses trailers that cannot be read', () => {
    const commit = delivered(oid('1'), [BASE]);
    assert.equal(judgeGate([{ ...commit, message: `${commit.message}Countersign-Task: T1\n` }]).ok, false);
  });

  it('refuses everything else when all must be signed, merges excepted', () => {
    const options = { requireAll: true };
    assert.equal(judgeGate([plain(oid('1'), [BASE])], options).ok, false);
    assert.equal(judgeGate([plain(oid('1'), [BASE, oid('2')])], options).ok, true);
    assert.equal(judgeGate([plain(oid('1'), [BASE])]).ok, true);
    assert.equal(judgeGate([], options).ok, true);
  });

  it('ends on a history that goes in circles', () => {
    const loop = [
      delivered(oid('3'), [BASE, oid('1')]),
      snapshot(oid('1'), [oid('2')], 1),
      snapshot(oid('2'), [oid('1')], 2),
    ];
    assert.equal(judgeGate(loop).ok, true);
  });
});
