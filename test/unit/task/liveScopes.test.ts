import assert from 'node:assert/strict';
import { LiveScopes } from '../../../src/core/task/liveScopes';
import type { Task } from '../../../src/core/task/task';
import { SAMPLE } from '../brief/sample';
import { WAYS, type Way, walk } from './events';

function task(id: string, way: Way, repository = 'r1'): Task {
  const { task } = walk(WAYS[way]);
  return { ...task, id, title: id, repository: { ...task.repository, id: repository } };
}

describe('the scopes of live tasks', () => {
  const change = ['src/http/**', 'test/http/**'];

  it('are those of one repository, of tasks that are not finished and can be read', async () => {
    const scopes = new LiveScopes({
      live: async () => [
        task('a', 'running'),
        task('b', 'ready'),
        task('gone', 'rejected'),
        task('other', 'running', 'r2'),
        task('torn', 'running'),
      ],
      brief: async (id) => (id === 'torn' ? 'no brief' : SAMPLE),
    });
    assert.deepEqual(await scopes.of('r1'), [
      { id: 'a', title: 'a', change },
      { id: 'b', title: 'b', change },
    ]);
  });

  it('are read once a task', async () => {
    const read: string[] = [];
    const scopes = new LiveScopes({
      live: async () => [task('a', 'running')],
      brief: async (id) => {
        read.push(id);
        return SAMPLE;
      },
    });
    await scopes.of('r1');
    await scopes.of('r1');
    assert.deepEqual(read, ['a']);
  });
});
