import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taking } from '../../editor/installLock';

describe('the lock of the installation', () => {
  let folder: string;
  let file: string;
  const quiet = () => undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cs-lock-'));
    file = join(folder, 'installing');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets one work after the other, and leaves nothing', async () => {
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise((done) => setTimeout(done, 20));
      seen.push(`${name} ends`);
    };
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    await Promise.all([taking(file, say, work('one')), taking(file, say, work('other'))]);
    // Whoever comes first.
    const [first, second] = seen[0] === 'one begins' ? ['one', 'other'] : ['other', 'one'];
    assert.deepEqual(seen, [`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
    assert.deepEqual(said, [`waiting for process ${process.pid}, which does the same`]);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is taken over from a process that is gone', async () => {
    writeFileSync(file, String(spawnSync(process.execPath, ['-e', '']).pid));
    let worked = false;
    await taking(file, quiet, async () => {
      worked = true;
    });
    assert.ok(worked);
  });

  it('is given back by work that fails', async () => {
    await assert.rejects(
      taking(file, quiet, () => Promise.reject(new Error('no disk'))),
      /no disk/,
    );
    assert.equal(existsSync(file), false);
  });
});
