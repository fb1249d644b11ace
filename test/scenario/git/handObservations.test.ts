/** Folders in which a person goes on with a task by hand, on real git. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunObservations } from '../../../src/core/drift/diff';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

const HOOK = ['git/hooks', 'repository', 'hooks/pre-push'];
const toldOf = ({ git }: RunObservations) => git.map(({ rule, where, subject }) => [rule, where, subject]);

describe('a task that a person goes on with', () => {
  let task: TaskWorkspace;
  afterEach(() => task.remove());

  it('is still told what its agent did to the repository of the user', async () => {
    task = await makeTaskWorkspace({ files: { a: '1\n' }, isolation: 'copied' });
    const { workspaces, workspace, facts: repository } = task;
    task.write({ a: '2\n' });
    task.repository.write({ '.git/hooks/pre-push': { script: 'evil' } });
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(toldOf(observations), [HOOK]);

    const place = { task: 't1', slug: 'task', repository, workspace, branch: workspace.branch };
    const folder = await workspaces.hand.open({ ...place, snapshot }, NEVER);
    writeFileSync(join(folder.path, 'a'), '3\n');
    const taken = await workspaces.hand.take(
      { ...place, turn: 2, folder, parent: snapshot.commit, message: 'by hand' },
      NEVER,
    );
    assert.deepEqual(toldOf(taken.observations), [HOOK]);

    const { commit } = taken.snapshot;
    const renewed = await workspaces.hand.renew({ ...place, commit, copy: [] }, NEVER);
    await workspaces.hand.settle(renewed);
    const request = { task: 't1', turn: 3, repository, workspace: renewed, parent: commit, message: 'turn' };
    assert.deepEqual(toldOf((await workspaces.snapshot(request, NEVER)).observations), [HOOK]);
  });
});
