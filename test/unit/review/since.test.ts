import assert from 'node:assert/strict';
import type { TaskEvent } from '../../../src/core/events';
import type { Review } from '../../../src/core/review/reviewer/review';
import { changeOfJudgement, evidenceFiles } from '../../../src/core/review/since';
import { reviewFinding, sampleReview } from './reviewer/material';
import { sampleCheck, sampleDrift, sampleFinding, sampleVerification } from './sample';

const nothing = { drift: null, verification: null, review: null };
const NO_COUNTS = { major: 0, minor: 0, nit: 0, dropped: 0 };

describe('what changed since a turn', () => {
  it('tells findings apart by their ids, and checks by name', () => {
    const before = {
      drift: sampleDrift([sampleFinding(), sampleFinding({ id: 'f2', path: 'b', severity: 'info' })]),
      verification: sampleVerification({ checks: [sampleCheck({ status: 'failed' })] }),
      review: null,
    };
    const after = {
      drift: sampleDrift([
        sampleFinding({ id: 'f2', path: 'b', severity: 'info' }),
        sampleFinding({ id: 'f3', path: 'b' }),
        sampleFinding({ id: 'f4', path: null }),
        sampleFinding({ id: 'f5', path: 'c', severity: 'info' }),
      ]),
      verification: sampleVerification(),
      review: null,
    };
    const change = changeOfJudgement(before, after, ['tests', 'lint']);
    assert.deepEqual(
      change.appeared.map(({ id }) => id),
      ['f3', 'f4', 'f5'],
    );
    assert.deepEqual(
      change.gone.map(({ id }) => id),
      ['f1'],
    );
    assert.deepEqual(change.dirtied, ['b'], 'information alone dirties nothing');
    assert.deepEqual(change.checks, [
      { name: 'tests', before: 'failed', after: 'passed' },
      { name: 'lint', before: 'missing', after: 'missing' },
    ]);
  });

  it('passes over nothing where nothing was judged before', () => {
    const after = { drift: sampleDrift([sampleFinding()]), verification: sampleVerification(), review: null };
    const change = changeOfJudgement(nothing, after, ['tests']);
    assert.deepEqual([change.appeared.length, change.gone.length, change.dirtied], [1, 0, ['src/config.ts']]);
    assert.deepEqual(changeOfJudgement(after, after, []), {
      ...{ appeared: [], gone: [], checks: [], dirtied: [] },
      review: { before: 'missing', after: 'missing' },
    });
  });

  it('takes in what a reviewer found, which is gone only where a reviewer looked again', () => {
    const [old, fresh] = [reviewFinding({ id: 'r1' }), reviewFinding({ id: 'r2', severity: 'major' })];
    const judged = (review: Review | null) => ({ drift: sampleDrift([sampleFinding()]), verification: null, review });
    const told = (before: Review | null, after: Review | null) => {
      const { appeared, gone, review, dirtied } = changeOfJudgement(judged(before), judged(after), []);
      return { appeared: appeared.map(({ id }) => id), gone: gone.map(({ id }) => id), review, dirtied };
    };
    const [before, after] = [sampleReview({ findings: [old] }), sampleReview({ findings: [fresh] })];
    const review = { before: 'valid', after: 'valid' };
    assert.deepEqual(told(before, after), { appeared: ['r2'], gone: ['r1'], review, dirtied: [] });
    const stale = { before: 'valid', after: 'missing' };
    assert.deepEqual(told(before, null), { appeared: [], gone: [], review: stale, dirtied: [] });
    const failed = sampleReview({ none: 'it hung', findings: [fresh] });
    const none = { before: 'valid', after: 'none' };
    assert.deepEqual(told(before, failed), { appeared: [], gone: [], review: none, dirtied: [] });
    assert.deepEqual(told(null, after).appeared, ['r2']);
  });

  it('finds the newest evidence of a tree in the journal', () => {
    const drift = (tree: string, file: string): TaskEvent => ({
      ...{ type: 'drift', tree, file, verdict: 'clean', block: 0, warn: 0, info: 0 },
    });
    const history: TaskEvent[] = [
      drift('t1', 'd1'),
      { type: 'verified', tree: 't1', file: 'v1', checks: {} },
      drift('t2', 'd2'),
      drift('t1', 'd3'),
      { ...{ type: 'reviewed', tree: 't1', file: 'r1', agent: 'x', none: null, seconds: 1 }, ...NO_COUNTS },
    ];
    assert.deepEqual(evidenceFiles(history, 't1'), { drift: 'd3', verification: 'v1', review: 'r1' });
    assert.deepEqual(evidenceFiles(history, 't2'), { drift: 'd2', verification: null, review: null });
    assert.deepEqual(evidenceFiles([], 't1'), { drift: null, verification: null, review: null });
  });
});
