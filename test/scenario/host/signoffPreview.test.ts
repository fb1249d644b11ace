/** What a sign-off would do, told before it is done: and it is what it then does. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeliveryMode } from '../../../src/core/events';
import type { HostConnection } from '../../../src/host/client';
import { FILES, Loop } from '../loop/loop';
import { fingerprint } from '../loop/traces';
import { connectTo, refusalOf } from './connection';

const ME = { name: 'Developer', email: 'dev@example.com' };

describe('previewing a sign-off', () => {
  let loop: Loop;
  let host: HostConnection;

  beforeEach(async () => {
    loop = new Loop({ files: { ...FILES, 'src/c.txt': 'three\n' } });
  });
  afterEach(async () => {
    host.close();
    await loop.end();
  });

  async function ready(exit = 0, command = 'echo x > src/a.txt', reviewer?: string): Promise<string> {
    const options = reviewer === undefined ? {} : { reviewer };
    const { id } = await loop.run(exit, { title: 'Preview', command, ...options });
    host = await connectTo(loop);
    return id;
  }

  /** The preview, which must change nothing of the repository, of the journal, or of the sign-off that follows. */
  async function preview(id: string, deliver: DeliveryMode = 'merge', to?: string) {
    const before = [fingerprint(loop.repository.dir), loop.journal(id).length];
    const shown = await host.request('task/preview-signoff', { id, deliver, ...(to === undefined ? {} : { to }) });
    assert.deepEqual([fingerprint(loop.repository.dir), loop.journal(id).length], before);
    return shown;
  }

  /** The preview's refusal is word for word that of the sign-off. */
  async function sameRefusal(id: string, code: string, ...words: string[]): Promise<void> {
    const shown = await preview(id);
    const refused = await loop.refused(1, 'signoff', id, '--deliver', 'merge', ...words);
    assert.deepEqual(shown.refusal, refused);
    assert.equal(shown.refusal?.code, code);
  }

  it('tells who, where and what would move, in every mode', async () => {
    const id = await ready();
    const here = { by: ME, ref: 'refs/heads/main', moved: false, checkedOut: true, refusal: null };
    assert.deepEqual(await preview(id, 'merge'), here);
    assert.deepEqual(await preview(id, 'squash'), here);
    const branch = (await loop.packet(0, 'show', id)).branch;
    assert.deepEqual(await preview(id, 'branch'), { ...here, ref: `refs/heads/${branch}`, checkedOut: false });
    assert.deepEqual(await preview(id, 'none'), { ...here, ref: null, checkedOut: false });
    const nowhere = await preview(id, 'merge', 'nosuch');
    assert.deepEqual([nowhere.ref, nowhere.refusal?.code], ['refs/heads/nosuch', 'REVISION_NOT_FOUND']);
    const noName = await preview(id, 'merge', 'no..name');
    assert.deepEqual([noName.ref, noName.refusal?.code], [null, 'USAGE']);
    assert.equal((await loop.packet(0, 'signoff', id)).state, 'delivered');
    await refusalOf(host.request('task/preview-signoff', { id, deliver: 'merge' }), 'TASK_STATE');
    await refusalOf(host.request('task/preview-signoff', { id: 'nosuchtask', deliver: 'merge' }), 'TASK_NOT_FOUND');
  });

  it('says nothing of decisions that are open, which the packet names', async () => {
    const id = await ready(1, 'echo out > other.txt');
    assert.equal((await preview(id)).refusal, null);
    assert.equal(await loop.refusal(1, 'signoff', id), 'SIGNOFF_REFUSED');
  });

  it('sees that the target moved, without running a check', async () => {
    const id = await ready();
    loop.repository.commit('meanwhile', { 'src/b.txt': 'elsewhere\n' });
    const runs = () => loop.journal(id).filter(({ type }) => type === 'verified').length;
    const before = runs();
    assert.deepEqual(await preview(id), {
      ...{ by: ME, ref: 'refs/heads/main', moved: true, checkedOut: true, refusal: null },
    });
    assert.equal(runs(), before);
  });

  it('refuses what the sign-off refuses, in its words: a conflict', async () => {
    const id = await ready();
    loop.repository.commit('meanwhile', { 'src/a.txt': 'elsewhere\n' });
    await sameRefusal(id, 'LANDING_CONFLICT');
    assert.equal((await preview(id)).moved, true);
    assert.equal((await preview(id, 'branch')).refusal, null);
  });

  it('refuses what the sign-off refuses, in its words: a file that is not clean', async () => {
    const id = await ready();
    loop.repository.write({ 'src/a.txt': 'mine\n' });
    await sameRefusal(id, 'LANDING_DIRTY');
    assert.equal((await preview(id)).checkedOut, true);
    loop.repository.git('checkout', '-q', '--', 'src/a.txt');
    loop.repository.write({ 'src/b.txt': 'mine\n' });
    assert.equal((await preview(id)).refusal, null, 'another file is in nobody’s way');
  });

  it('refuses what the sign-off refuses, in its words: another person', async () => {
    const id = await ready(0, 'echo x > src/a.txt', 'Reviewer <reviewer@example.com>');
    await sameRefusal(id, 'SIGNOFF_IDENTITY');
    const shown = await preview(id);
    assert.deepEqual([shown.by, shown.ref, shown.checkedOut], [ME, 'refs/heads/main', true]);
  });

  it('refuses what the sign-off refuses, in its words: work that nobody reviewed', async () => {
    const id = await ready();
    writeFileSync(join(loop.worktree(id), 'src/late.txt'), 'late\n');
    await sameRefusal(id, 'SIGNOFF_REFUSED');
    rmSync(join(loop.worktree(id), 'src/late.txt'));
    assert.equal((await preview(id)).refusal, null);
  });

  it('previews the delivery of what is signed already', async () => {
    const id = await ready();
    await loop.packet(0, 'signoff', id, '--deliver', 'none');
    assert.deepEqual(await preview(id), {
      ...{ by: ME, ref: 'refs/heads/main', moved: false, checkedOut: true, refusal: null },
    });
    loop.repository.git('config', 'user.email', 'other@example.com');
    assert.equal((await preview(id)).refusal?.code, 'SIGNOFF_IDENTITY');
  });

  it('has nowhere to go from a detached HEAD until a branch is named', async () => {
    loop.repository.git('checkout', '-q', '--detach');
    const id = await ready();
    const shown = await preview(id);
    assert.deepEqual([shown.ref, shown.refusal?.code], [null, 'USAGE']);
    assert.deepEqual(await preview(id, 'merge', 'main'), {
      ...{ by: ME, ref: 'refs/heads/main', moved: false, checkedOut: false, refusal: null },
    });
  });
});
