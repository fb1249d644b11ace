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
    const renewed = await workspaces.hand.renew({ ...place, tree: snapshot.tree, commit, copy: [] }, NEVER);
    await workspaces.hand.settle(renewed);
    const request = { task: 't1', turn: 3, repository, workspace: renewed, parent: commit, message: 'turn' };
    assert.deepEqual(toldOf((await workspaces.snapshot(request, NEVER)).observations), [HOOK]);
  });

  it('is told it when work of others takes the place of its folders, and when that was begun twice', async () => {
    task = await makeTaskWorkspace({ files: { a: '1\n' }, isolation: 'copied' });
    const { workspaces, workspace: instead, facts: repository } = task;
    task.repository.write({ '.git/hooks/pre-push': { script: 'evil' } });
    const commit = task.repository.commit('theirs', { a: '2\n' });
    const place = { task: 't1', slug: 'task', repository, base: repository.head, branch: instead.branch };
    const prepare = (worked: boolean) =>
      workspaces.prepare({ ...place, start: commit, copy: [], instead, worked }, NEVER);
    const tree = task.repository.git('rev-parse', `${commit}^{tree}`);
    const adopt = async (worked: boolean) => {
      const workspace = await prepare(worked);
      const request = { task: 't1', turn: 2, repository, workspace, parent: commit, tree, message: 'adopted' };
      return toldOf((await workspaces.adopt(request, NEVER)).observations);
    };
    // The journal of a host that died does not name the folders that it made.
    await prepare(true);
    assert.deepEqual(await adopt(true), [HOOK]);
    assert.deepEqual(await adopt(false), [], 'where nobody worked, nobody is suspected');
  });
});
