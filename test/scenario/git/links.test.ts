/** Links put where a folder was, before and while we look or delete: nothing behind them is read, written or deleted. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder, removeFolder } from '../../../src/node/git/folders';
import { HeldFolder } from '../../../src/node/git/heldFolder';
import { readRegularFileBelow } from '../../../src/node/git/regularFile';
import { writeFiles } from '../../fixtures/repository';
import { makeTaskWorkspace } from '../../fixtures/taskWorkspace';

describe('links in the place of folders', () => {
  let top: string;
  const at = (...names: string[]) => join(top, ...names);

  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'cs-links-')));
    for (let i = 0; i < 50; i++) writeFiles(top, { [`victim/f${i}`]: 'x', [`victim/deep/f${i}`]: 'x' });
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('do not lead a held folder elsewhere', async () => {
    writeFiles(top, { 'ours/inner/mine': 'm' });
    const held = await HeldFolder.open(at('ours'));
    const inner = await held!.enter('inner');
    renameSync(at('ours/inner'), at('ours/moved'));
    symlinkSync(at('victim'), at('ours/inner'));
    assert.equal(await held!.enter('inner'), null);
    for (const name of ['', '.', '..']) assert.equal(await held!.enter(name), null, name);
    if (process.platform === 'linux') {
      assert.deepEqual(
        (await inner!.entries()).map(({ name }) => name),
        ['mine'],
      );
    } else {
      await assert.rejects(inner!.entries(), { code: 'STORAGE_FAILED' });
    }
    await inner!.close();
    await held!.close();
    assert.equal(await HeldFolder.open(at('ours/inner')), null);
    assert.equal(await HeldFolder.open(at('victim/f0')), null);
  });

  it('are not read through, wherever on the path they are', async () => {
    writeFiles(top, {
      'ours/a/b': 'b',
      'ours/link': { link: '../victim' },
      'ours/a/link': { link: '../../victim/f0' },
    });
    assert.equal(String(await readRegularFileBelow(at('ours'), 'a/b', 10)), 'b');
    for (const path of ['link/f0', 'link/deep/f0', 'a/link', 'a/../../victim/f0', 'a', 'none/b']) {
      assert.equal(await readRegularFileBelow(at('ours'), path, 10), null, path);
    }
    assert.equal(await readRegularFileBelow(at('ours/link'), 'f0', 10), null);
  });

  it('that a survivor swaps in while we delete cost nobody a file', async () => {
    const folder = await makeFolder(at('ours'), 'task');
    const doomed = at('ours', `.gone-${folder.dev}-${folder.ino}`);
    for (let i = 0; i < 200; i++) writeFiles(folder.path, { [`d${i}/a`]: 'a', [`d${i}/deep/b`]: 'b' });
    const script = `
      const fs = require('node:fs');
      process.stdout.write('up');
      for (;;) for (let i = 0; i < 200; i++) try {
        fs.renameSync('${doomed}/d' + i, '${doomed}/x' + i);
        fs.symlinkSync('${at('victim')}', '${doomed}/d' + i);
      } catch {}`;
    const survivor = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(survivor.stdout, 'data');
      // It may well fail while somebody keeps adding.
      await removeFolder(folder).catch((thrown) => assert.equal(thrown.code, 'STORAGE_FAILED'));
    } finally {
      survivor.kill('SIGKILL');
      await once(survivor, 'close');
    }
    assert.equal(readdirSync(at('victim')).length, 51);
    assert.equal(readdirSync(at('victim/deep')).length, 50);
    await removeFolder(folder);
    assert.deepEqual(readdirSync(at('ours')), []);
  });

  it('take the deepest trees no further than they go', async () => {
    const folder = await makeFolder(at('ours'), 'task');
    const name = 'd'.repeat(100);
    let place = folder.path;
    for (let depth = 0; depth < 30; depth++) {
      place = join(place, name);
      mkdirSync(place);
      writeFileSync(join(place, 'file'), 'f');
    }
    assert.equal(await removeFolder(folder), true);
    assert.equal(existsSync(folder.path), false);
  });

  it('in the clone’s git directory put nothing of others into the packet', async () => {
    const task = await makeTaskWorkspace({ files: { a: '1' } });
    try {
      const outside = join(task.repository.outside, 'elsewhere');
      writeFiles(outside, { 'heads/secret': 'the secret\n', 'x/gitdir': 'the secret\n', exclude: 'the secret\n' });
      for (const folder of ['refs', 'info', 'worktrees']) {
        rmSync(join(task.folder, '.git', folder), { recursive: true, force: true });
        symlinkSync(outside, join(task.folder, '.git', folder));
      }
      const { observations } = await task.snapshot();
      assert.equal(JSON.stringify(observations).includes('the secret'), false);
      const seen = observations.git.map(({ rule, subject, after }) => `${rule} ${subject} ${after}`);
      for (const folder of ['refs', 'info', 'worktrees']) {
        assert.ok(seen.includes(`git/worktree-link folder ${folder} link to ${outside}`), seen.join('\n'));
      }
    } finally {
      await task.remove();
    }
  });

  it('and odd refs are told without their text', async () => {
    const task = await makeTaskWorkspace({ files: { a: '1' } });
    try {
      task.write({ '.git/refs/heads/odd': 'the secret\n', '.git/refs/heads/good': `${task.facts.head}\n` });
      const { observations } = await task.snapshot();
      const after = new Map(observations.git.map((change) => [change.subject, change.after]));
      assert.match(after.get('refs/heads/odd')!, /^sha256:/);
      assert.equal(after.get('refs/heads/good'), task.facts.head);
    } finally {
      await task.remove();
    }
  });

  it('in the base make no folder elsewhere for copied files', async () => {
    const task = await makeTaskWorkspace({
      files: { '.gitignore': '*.env\n', 'conf/x': { link: at('victim') } },
      copy: ['**/*.env'],
      before: (repository) => {
        rmSync(join(repository.dir, 'conf/x'));
        repository.write({ 'conf/x/new/a.env': 'A', 'conf/y/b.env': 'B' });
      },
    });
    try {
      assert.equal(readFileSync(join(task.folder, 'conf/y/b.env'), 'utf8'), 'B');
      assert.equal(existsSync(at('victim/new')), false);
    } finally {
      await task.remove();
    }
  });
});
