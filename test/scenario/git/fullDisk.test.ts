/** A full disk at every stage of a task: the fault has its own name, nothing of the user's changes, and room mends it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toCountersignError } from '../../../src/core/errors';
import type { RepositoryFacts } from '../../../src/core/ports/repository';
import { createCheckouts } from '../../../src/node/git/checkout';
import { identifyRepository } from '../../../src/node/git/repository';
import { createWorkspaces } from '../../../src/node/git/workspace';
import { makeRepository, runGit, type TestRepository, writeFiles } from '../../fixtures/repository';
import { mountSmallDisk, type SmallDisk } from '../../fixtures/smallDisk';
import { NEVER } from '../../fixtures/taskWorkspace';
import { contentOf, landWork, leftovers, makeWork, repositoryOf } from '../landing/fixture';

/** As the task or the caller is told. */
const assertFull = (work: Promise<unknown>) =>
  assert.rejects(
    work.catch((thrown) => Promise.reject(toCountersignError(thrown))),
    { code: 'STORAGE_FAILED', fix: /free disk space/ },
  );
/** Room that is left: for nothing, or to begin with. */
const ROOM = [0, 50_000, 400_000];
const files = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/${index}.bin`, randomBytes(20_000)]));

describe('on a full disk (needs the right to mount one)', () => {
  let disk: SmallDisk;
  beforeEach(function () {
    const mounted = mountSmallDisk('8m');
    if (mounted === null) this.skip();
    disk = mounted;
  });
  afterEach(() => disk?.remove());

  describe('of the state directory', () => {
    let repository: TestRepository;
    let facts: RepositoryFacts;
    beforeEach(async () => {
      repository = makeRepository({ files: files(100) });
      facts = await identifyRepository(repository.dir);
    });
    afterEach(() => repository?.remove());

    const workspaces = () => createWorkspaces(disk.path, 'shared');
    const prepare = () => {
      const task = { task: 't1', slug: 'task', repository: facts, base: facts.head, branch: 'countersign/task' };
      return workspaces().prepare({ ...task, copy: [] }, NEVER);
    };
    const refs = () => repository.git('for-each-ref');

    it('a worktree is not made, and no part of it stays', async () => {
      writeFiles(disk.path, { ballast: Buffer.alloc(7 * 1024 * 1024) });
      const before = refs();
      await assertFull(prepare());
      assert.equal(refs(), before);
      assert.deepEqual(readdirSync(disk.path), ['ballast']);
      disk.free();
      await prepare();
    });

    it('a snapshot and a checkout are not made, and can be made later', async () => {
      const workspace = await prepare();
      writeFiles(workspace.worktree.path, files(40));
      const request = { task: 't1', turn: 1, repository: facts, workspace, parent: facts.head, message: 'turn' };
      const before = refs();
      for (const room of ROOM) {
        disk.fill(room);
        await assertFull(workspaces().snapshot(request, NEVER));
        assert.equal(refs(), before);
      }
      disk.free();
      const { snapshot, observations } = await workspaces().snapshot(request, NEVER);
      assert.deepEqual(observations.unreadable, []);
      const { reader, changes } = await workspaces().diff(workspace, snapshot.tree);
      await reader.close();
      assert.equal(changes.length, 40);
      const checkouts = createCheckouts(disk.path);
      const wanted = { task: 't1', slug: 'task', repository: facts, workspace, snapshot };
      for (const room of ROOM) {
        disk.fill(room);
        await assertFull(checkouts.open(wanted, NEVER));
        assert.equal(existsSync(join(disk.path, 'checkouts')), false);
      }
      disk.free();
      const { folder } = await checkouts.open(wanted, NEVER);
      assert.equal(readdirSync(join(folder.path, 'src')).length, 100);
    });
  });

  it('of the repository, a snapshot does not reach it, and can be made later', async () => {
    const made = makeRepository({ files: { a: '1\n' } });
    const state = mkdtempSync(join(made.outside, 'state-'));
    try {
      const dir = join(disk.path, 'repo');
      cpSync(made.dir, dir, { recursive: true });
      const repository = await identifyRepository(dir);
      const workspaces = createWorkspaces(state, 'shared');
      const task = { task: 't1', slug: 'task', repository, base: repository.head, branch: 'countersign/task' };
      const workspace = await workspaces.prepare({ ...task, copy: [] }, NEVER);
      writeFiles(workspace.worktree.path, files(40));
      const request = { task: 't1', turn: 1, repository, workspace, parent: repository.head, message: 'turn' };
      const before = runGit(dir, ['for-each-ref']);
      for (const room of ROOM) {
        disk.fill(room);
        await assertFull(workspaces.snapshot(request, NEVER));
        assert.equal(runGit(dir, ['for-each-ref']), before);
      }
      disk.free();
      const { snapshot } = await workspaces.snapshot(request, NEVER);
      assert.equal(runGit(dir, ['rev-parse', 'refs/countersign/t1/1']), snapshot.commit);
      runGit(dir, ['fsck', '--strict']);
    } finally {
      made.remove();
    }
  });

  it('of the repository, a landing is abandoned, and everything is as it was', async () => {
    const made = makeWork({ 'src/0.bin': 'old\n' }, { files: files(40) });
    try {
      const dir = join(disk.path, 'repo');
      cpSync(made.repo.dir, dir, { recursive: true });
      const work = { ...made, repository: repositoryOf(dir) };
      const before = contentOf(dir);
      const tip = async () => (await identifyRepository(dir)).head;
      for (const room of ROOM) {
        disk.fill(room);
        await assertFull(landWork(work));
        assert.equal(await tip(), work.base);
        assert.deepEqual(contentOf(dir), before);
        assert.deepEqual(leftovers(join(dir, '.git')), []);
      }
      disk.free();
      await landWork(work);
      assert.notEqual(await tip(), work.base);
    } finally {
      made.repo.remove();
    }
  });
});
