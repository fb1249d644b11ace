import assert from 'node:assert/strict';
import type { TaskEvent } from '../../../src/core/events';
import { changeOfJudgement, evidenceFiles } from '../../../src/core/review/since';
import { sampleCheck, sampleDrift, sampleFinding, sampleVerification } from './sample';

const nothing = { drift: null, verification: null };

describe('what changed since a turn', () => {
  it('tells findings apart by their ids, and checks by name', () => {
    const before = {
      drift: sampleDrift([sampleFinding(), sampleFinding({ id: 'f2', path: 'b', severity: 'info' })]),
      verification: sampleVerification({ checks: [sampleCheck({ status: 'failed' })] }),
    };
    const after = {
      drift: sampleDrift([
        sampleFinding({ id: 'f2', path: 'b', severity: 'info' }),
        sampleFinding({ id: 'f3', path: 'b' }),
        sampleFinding({ id: 'f4', path: null }),
        sampleFinding({ id: 'f5', path: 'c', severity: 'info' }),
      ]),
      verification: sampleVerification(),
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
    const after = { drift: sampleDrift([sampleFinding()]), verification: sampleVerification() };
    const change = changeOfJudgement(nothing, after, ['tests']);
    assert.deepEqual([change.appeared.length, change.gone.length, change.dirtied], [1, 0, ['src/config.ts']]);
    assert.deepEqual(changeOfJudgement(after, after, []), { appeared: [], gone: [], checks: [], dirtied: [] });
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
    ];
    assert.deepEqual(evidenceFiles(history, 't1'), { drift: 'd3', verification: 'v1' });
    assert.deepEqual(evidenceFiles(history, 't2'), { drift: 'd2', verification: null });
    assert.deepEqual(evidenceFiles([], 't1'), { drift: null, verification: null });
  });
});
