import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Landing } from '../../../src/core/events';
import { createLandings } from '../../../src/node/git/land';
import { stageCheckout } from '../../../src/node/git/landCheckout';
import { writeCommit } from '../../../src/node/git/landCommit';
import { moveRef } from '../../../src/node/git/landRef';
import { readTarget } from '../../../src/node/git/landTarget';
import { contentOf, leftovers, makeWork, messageFor, REVIEWER, requestOf, type Work } from './fixture';

const BASE = { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n', 'README.md': 'readme\n' };
const NEW = { 'README.md': 'file readme\n', 'src/a.ts': 'file a changed\n', 'src/new.ts': 'file new\n' };

describe('landing: recovery', () => {
  let work: Work;

  beforeEach(() => {
    work = makeWork(BASE, { files: { 'src/a.ts': 'a changed\n', 'src/new.ts': 'new\n' }, remove: ['src/b.ts'] });
  });

  afterEach(() => work.repo.remove());

  /** A landing whose process died: everything staged, and the ref moved or not. */
  async function interrupted(moved: boolean): Promise<Landing> {
    const { repository, snapshot, base } = work;
    const request = requestOf(work);
    const message = messageFor(snapshot.tree);
    const commit = await writeCommit(repository.commonDir, {
      tree: snapshot.tree,
      parents: [base, snapshot.commit],
      message,
      by: REVIEWER,
    });
    const target = await readTarget(request, base, snapshot.tree);
    assert.ok(target !== null);
    await stageCheckout(target);
    const { ref } = request;
    if (moved) {
      assert.ok(await moveRef(repository.commonDir, { ref, from: base, to: commit, by: REVIEWER, why: 'test' }));
    }
    return { mode: 'merge', ref, old: base, new: commit, tree: snapshot.tree, checkout: target.checkout };
  }

  const recover = (landing: Landing) => createLandings().recover(work.repository, landing);
  const status = () => work.repo.git('status', '--porcelain');

  it('goes forward when the ref moved', async () => {
    const landing = await interrupted(true);
    assert.deepEqual(await recover(landing), { delivered: true, kept: [] });
    assert.deepEqual(contentOf(work.repo.dir), NEW);
    assert.equal(status(), '');
    assert.deepEqual(leftovers(work.repository.commonDir), []);
  });

  it('goes back when it did not', async () => {
    const landing = await interrupted(false);
    const before = contentOf(work.repo.dir);
    assert.deepEqual(await recover(landing), { delivered: false, kept: [] });
    assert.deepEqual(contentOf(work.repo.dir), before);
    assert.equal(status(), '');
    assert.equal(work.repo.git('rev-parse', 'main'), work.base);
    assert.deepEqual(leftovers(work.repository.commonDir), []);
  });

  it('keeps a copy of what the user wrote in the meantime into a path that lands', async () => {
    const landing = await interrupted(true);
    work.repo.write({ 'src/a.ts': 'mine\n', 'src/b.ts': 'mine too\n', 'src/new.ts/inside': 'mine three\n' });
    const { delivered, kept } = await recover(landing);
    assert.equal(delivered, true);
    assert.deepEqual(kept.map((path) => readFileSync(path, 'utf8')).toSorted(), [
      'mine\n',
      'mine three\n',
      'mine too\n',
    ]);
    assert.deepEqual(contentOf(work.repo.dir), NEW);
    assert.equal(status(), '');
  });

  it('survives a user who removed our lock and went on with the index', async () => {
    const landing = await interrupted(true);
    rmSync(join(work.repository.commonDir, 'index.lock'));
    work.repo.write({ 'notes.txt': 'notes\n', 'src/a.ts': 'mine, staged\n' });
    work.repo.git('add', 'notes.txt', 'src/a.ts');
    const { kept } = await recover(landing);
    assert.deepEqual(
      kept.map((path) => readFileSync(path, 'utf8')),
      ['mine, staged\n'],
    );
    assert.equal(work.repo.git('show', ':src/a.ts'), 'mine, staged');
    assert.equal(work.repo.git('show', ':notes.txt'), 'notes');
    assert.equal(readFileSync(join(work.repo.dir, 'src/a.ts'), 'utf8'), 'a changed\n');
    assert.deepEqual(leftovers(work.repository.commonDir), []);
  });

  it('waits for a foreign lock, and leaves it alone', async () => {
    const landing = await interrupted(true);
    const lock = join(work.repository.commonDir, 'index.lock');
    rmSync(lock);
    writeFileSync(lock, 'foreign');
    await assert.rejects(recover(landing), { code: 'LANDING_BUSY' });
    assert.equal(readFileSync(lock, 'utf8'), 'foreign');
    rmSync(lock);
    assert.equal((await recover(landing)).delivered, true);
    assert.equal(status(), '');
  });

  it('refuses while another process holds the ref, and removes a dead lock of its own', async () => {
    const landing = await interrupted(false);
    const lock = join(work.repository.commonDir, 'refs/heads/main.lock');
    writeFileSync(lock, `${'9'.repeat(40)}\n`);
    await assert.rejects(recover(landing), { code: 'LANDING_BUSY' });
    writeFileSync(lock, `${landing.new}\n`);
    assert.equal((await recover(landing)).delivered, false);
    assert.equal(existsSync(lock), false);
  });

  it('leaves the working tree alone when the branch went on', async () => {
    const landing = await interrupted(true);
    const next = work.repo.git('commit-tree', `${landing.new}^{tree}`, '-p', landing.new, '-m', 'went on');
    work.repo.git('update-ref', 'refs/heads/main', next);
    const before = contentOf(work.repo.dir);
    assert.deepEqual(await recover(landing), { delivered: true, kept: [] });
    assert.deepEqual(contentOf(work.repo.dir), before);
    assert.deepEqual(leftovers(work.repository.commonDir), []);
  });

  it('is not delivered when the branch is somewhere else', async () => {
    const landing = await interrupted(false);
    work.repo.git(
      'update-ref',
      'refs/heads/main',
      work.repo.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'other'),
    );
    assert.equal((await recover(landing)).delivered, false);
  });

  it('deletes no folder but a staging folder of its git directory', async () => {
    const landing = await interrupted(false);
    const victim = join(work.repo.outside, 'countersign-landing-000000000000');
    mkdirSync(victim);
    const forged = { ...landing, checkout: { ...landing.checkout!, staging: victim } };
    await assert.rejects(recover(forged), { code: 'STORAGE_FAILED' });
    assert.equal(existsSync(victim), true);
    await recover(landing);
  });
});
