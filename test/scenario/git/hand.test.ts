import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { CountersignError } from '../../../src/core/errors';
import type { Folder, Snapshot, Workspace } from '../../../src/core/events';
import { runGit } from '../../fixtures/repository';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

const BRANCH = 'countersign/task';
const refusal = (code: string) => (error: unknown) => (error as CountersignError).code === code;

for (const isolation of ['shared', 'copied'] as const) {
  describe(`a folder to go on in by hand (objects ${isolation})`, () => {
    let task: TaskWorkspace;
    let first: Snapshot;

    beforeEach(async () => {
      task = await makeTaskWorkspace({ isolation, files: { 'a.txt': 'a\n', 'b.txt': 'b\n', '.gitignore': '*.o\n' } });
      task.write({ 'a.txt': 'by the agent\n' });
      ({ snapshot: first } = await task.snapshot());
    });
    afterEach(() => task.remove());

    const open = (snapshot: Snapshot = first) => {
      const { facts: repository, workspace } = task;
      const request = { task: 't1', slug: 'task', repository, workspace, snapshot, branch: BRANCH };
      return task.workspaces.hand.open(request, NEVER);
    };
    const take = (folder: Folder, workspace: Workspace = task.workspace) =>
      task.workspaces.hand.take(
        { task: 't1', turn: 2, repository: task.facts, workspace, folder, parent: first.commit, message: 'by hand\n' },
        NEVER,
      );
    const renew = (commit: string, workspace: Workspace = task.workspace) =>
      task.workspaces.hand.renew(
        { slug: 'task', repository: task.facts, workspace, tree: first.tree, commit, branch: BRANCH, copy: [] },
        NEVER,
      );
    const touched = (folder: Folder) => task.workspaces.hand.isTouched(task.workspace, folder);

    it('is the same one as long as nothing in it was touched, and another one then', async () => {
      const folder = await open();
      assert.notEqual(folder.path, task.folder);
      assert.equal(readFileSync(join(folder.path, 'a.txt'), 'utf8'), 'by the agent\n');
      assert.equal(runGit(folder.path, ['status', '--porcelain', '--branch']), `## ${BRANCH}`);
      assert.deepEqual(await open(), folder);
      assert.equal(await touched(folder), false);
      writeFileSync(join(folder.path, 'made.o'), 'ignored');
      assert.equal(await touched(folder), false, 'what git ignores aside');
      writeFileSync(join(folder.path, 'b.txt'), 'mine\n');
      assert.equal(await touched(folder), true);
      assert.notDeepEqual(await open(), folder);
      assert.deepEqual(await task.workspaces.touched(task.workspace), [folder.path]);
    });

    it('is taken as an agent’s is: whole, on top of the snapshot before, and past what it names', async () => {
      const folder = await open();
      writeFileSync(join(folder.path, 'b.txt'), 'mine\n');
      writeFileSync(join(folder.path, 'new.txt'), 'new\n');
      mkdirSync(join(folder.path, 'inner'));
      runGit(join(folder.path, 'inner'), ['init', '-q']);
      writeFileSync(join(folder.path, 'inner/x.txt'), 'x\n');
      const { snapshot, observations } = await take(folder);
      assert.deepEqual(await task.changed(snapshot.tree), ['M a.txt', 'M b.txt', 'A inner/x.txt', 'A new.txt']);
      assert.deepEqual(
        observations.nested.map(({ path }) => path),
        ['inner'],
      );
      assert.equal(task.repository.git('rev-parse', `${snapshot.commit}^`), first.commit);
      assert.equal(task.repository.git('rev-parse', 'refs/countersign/t1/2'), snapshot.commit);
      assert.equal(await touched(folder), true, 'a repository inside is never deleted');
      rmSync(join(folder.path, 'inner'), { recursive: true });
      assert.equal((await take(folder)).snapshot.tree === snapshot.tree, false, 'and it may be taken again');
      assert.equal(await touched(folder), false, 'what was taken is not lost with the folder');
    });

    it('is not taken when another folder stands in its place', async () => {
      const folder = await open();
      renameSync(folder.path, `${folder.path}-aside`);
      symlinkSync(task.repository.outside, folder.path);
      await assert.rejects(take(folder), refusal('SNAPSHOT_FAILED'));
      assert.equal(await task.workspaces.hand.remove(task.workspace, folder), false);
      rmSync(folder.path);
      renameSync(`${folder.path}-aside`, folder.path);
      assert.equal(await task.workspaces.hand.remove(task.workspace, folder), true);
    });

    it('fills the agent’s folder anew, and leaves one of both whatever dies in between', async () => {
      const folder = await open();
      writeFileSync(join(folder.path, 'b.txt'), 'mine\n');
      const { snapshot } = await take(folder);
      const folders = () => readdirSync(dirname(task.folder)).length;

      // A host that died before the journal named the new folder: the next renewal takes that away.
      await renew(snapshot.commit);
      const renewed = await renew(snapshot.commit);
      assert.deepEqual([existsSync(task.folder), folders()], [true, 2]);
      await task.workspaces.hand.settle(renewed);
      assert.deepEqual([existsSync(task.folder), folders()], [false, 1]);
      assert.equal(readFileSync(join(renewed.worktree.path, 'b.txt'), 'utf8'), 'mine\n');
      const { tree } = await task.workspaces.look('t1', renewed, NEVER);
      assert.equal(tree, snapshot.tree);

      // The agent goes on there, and nothing of the renewal looks like its doing.
      writeFileSync(join(renewed.worktree.path, 'c.txt'), 'c\n');
      const request = { task: 't1', turn: 3, repository: task.facts, workspace: renewed, parent: snapshot.commit };
      const third = await task.workspaces.snapshot({ ...request, message: 'third\n' }, NEVER);
      assert.deepEqual([third.observations.git, third.observations.ignored], [[], []]);
      await task.workspaces.remove('t1', renewed);
      assert.equal(existsSync(renewed.worktree.path), false);
    });

    it('goes back to the old folder when the new one was never named', async () => {
      const made = await renew(first.commit);
      await task.workspaces.hand.settle(task.workspace);
      assert.deepEqual([existsSync(task.folder), existsSync(made.worktree.path)], [true, false]);
      assert.equal((await task.look()).tree, first.tree);
    });

    it('is no doing of the agent where the new folder was never named, and the old one goes on', async () => {
      task.write({ 'made.o': 'ignored' });
      await task.workspaces.settled('t1', task.workspace);
      await renew(first.commit);
      const { observations } = await task.snapshot(2, first.commit);
      assert.deepEqual([observations.git, observations.ignored], [[], []]);
      const worktrees = readdirSync(dirname(task.folder));
      assert.equal(worktrees.length, 1, worktrees.join());
    });

    it('leaves the old folder where somebody wrote into it after the last look', async () => {
      const { settle } = task.workspaces.hand;
      const renewed = await renew(first.commit);
      task.write({ 'b.txt': 'B\n' });
      assert.equal(await settle(renewed), task.folder);
      assert.equal(readFileSync(join(task.folder, 'b.txt'), 'utf8'), 'B\n');
      assert.equal(await settle(renewed), null, 'it is theirs now, and told of once');
      await task.workspaces.remove('t1', renewed);
      assert.deepEqual([existsSync(task.folder), existsSync(renewed.worktree.path)], [true, false]);
    });
  });
}
