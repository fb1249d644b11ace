import assert from 'node:assert/strict';
import type { TaskSummary } from '../../../src/core/task/summary';
import { findTask } from '../../../src/node/store/taskLookup';

/** A task with the slug `<words>-<last six of the id>`, in a repository. */
function task(id: string, words: string, repository: string): TaskSummary {
  return {
    id,
    slug: `${words}-${id.slice(-6)}`,
    title: words,
    state: 'ready',
    verdict: 'clean',
    agent: 'command',
    branch: `countersign/${words}`,
    repository: { id: repository, name: repository, root: `/${repository}` },
    reviewer: null,
    origin: 'human',
    turns: 1,
    asking: false,
    question: null,
    drifting: null,
    activity: null,
    reviewing: false,
    takenOver: false,
    archived: false,
    adopted: null,
    createdAt: '2026-01-02T03:04:05Z',
    updatedAt: '2026-01-02T03:04:05Z',
  };
}

const HERE = task('1m81m33yh19z', 'fix-login', 'here');
const THERE = task('1m81m44yh19z', 'fix-logout', 'there');
const ALSO_HERE = task('1m81m55yh19z', 'fix-tests', 'here');
const ALL = [HERE, THERE, ALSO_HERE];

describe('naming a task', () => {
  it('prefers those of the repository where the person stands', () => {
    assert.equal(findTask('fix-log', ALL, 'here'), HERE);
    assert.equal(findTask('fix-log', ALL, 'there'), THERE);
  });

  it('looks elsewhere only when none of these fits', () => {
    assert.equal(findTask('fix-logo', ALL, 'here'), THERE);
    assert.equal(findTask('1m81m3', ALL, 'there'), HERE);
    assert.equal(findTask(THERE.id, ALL, 'here'), THERE);
    assert.equal(findTask(THERE.slug, ALL, 'here'), THERE);
  });

  it('names the candidates when several fit equally well', () => {
    const ambiguous = (message: RegExp) => ({ code: 'TASK_AMBIGUOUS', exit: 2, message });
    assert.throws(() => findTask('fix-log', ALL), ambiguous(/any of: 1m81m44yh19z \(fix-logout-.*1m81m33yh19z/));
    assert.throws(() => findTask('fix', ALL, 'here'), ambiguous(/1m81m55yh19z.*1m81m33yh19z/));
    assert.throws(() => findTask('fix-log', ALL, 'elsewhere'), ambiguous(/any of/));
    assert.throws(() => findTask('nothing', ALL, 'here'), { code: 'TASK_NOT_FOUND' });
  });
});
