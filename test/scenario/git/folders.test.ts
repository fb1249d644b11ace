/** Only folders that we made are ever deleted. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Folder } from '../../../src/core/events';
import {
  identifyFolder,
  isSameFolder,
  makeFolder,
  removeEmptyParents,
  removeFolder,
} from '../../../src/node/git/folders';

describe('folders that we made', () => {
  let top: string;
  let folder: Folder;
  const at = (...names: string[]) => join(top, ...names);

  beforeEach(async () => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'cs-folders-')));
    mkdirSync(at('victim'));
    writeFileSync(at('victim', 'precious'), 'x');
    folder = await makeFolder(at('ours'), 'task');
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('get the next free name', async () => {
    assert.equal((await makeFolder(at('ours'), 'task')).path, at('ours', 'task-2'));
  });

  it('are none where a file stands in the way', async () => {
    for (const parent of [at('victim', 'precious'), at('victim', 'precious', 'below')]) {
      await assert.rejects(makeFolder(parent, 'task'), { code: 'STORAGE_FAILED', message: /precious/ });
    }
  });

  it('come into being while others go, and take the empty folder above along', async () => {
    const parent = at('checkouts', 'repository');
    const comeAndGo = async (name: string) => {
      for (let round = 0; round < 100; round++) {
        const made = await makeFolder(parent, name);
        assert.equal(await removeFolder(made), true);
        await removeEmptyParents(made.path, top);
      }
    };
    const all = await Promise.allSettled(['one', 'two', 'three'].map(comeAndGo));
    assert.deepEqual(
      all.filter(({ status }) => status === 'rejected'),
      [],
    );
    assert.equal(existsSync(at('checkouts')), false);
  });

  it('go with everything in them, but not what links in them point to', async () => {
    mkdirSync(at('ours/task/locked/below'), { recursive: true });
    symlinkSync(at('victim'), at('ours/task/link'));
    chmodSync(at('ours/task/locked'), 0o500);
    assert.equal(await removeFolder(folder), true);
    await removeEmptyParents(folder.path, top);
    assert.equal(existsSync(at('ours')), false);
    assert.equal(existsSync(at('victim/precious')), true);
  });

  it('stay when another folder took their place', async () => {
    renameSync(folder.path, at('moved'));
    renameSync(at('victim'), folder.path);
    assert.equal(await removeFolder(folder), false);
    assert.equal(existsSync(join(folder.path, 'precious')), true);
  });

  it('stay when a link took their place, or one above it', async () => {
    renameSync(folder.path, at('moved'));
    symlinkSync(at('moved'), folder.path);
    assert.equal(await removeFolder(folder), false);
    rmSync(folder.path);
    renameSync(at('ours'), at('others'));
    renameSync(at('moved'), at('others/task'));
    symlinkSync(at('others'), at('ours'));
    assert.equal(await isSameFolder(folder), false);
    assert.equal(await removeFolder(folder), false);
    assert.equal(existsSync(at('others/task')), true);
  });

  it('are no files and no links', async () => {
    symlinkSync(at('victim'), at('link'));
    await assert.rejects(identifyFolder(at('link')), { code: 'STORAGE_FAILED' });
    await assert.rejects(identifyFolder(at('victim/precious')), { code: 'STORAGE_FAILED' });
  });
});
