import assert from 'node:assert/strict';
import { fullDiskError } from '../../../src/node/git/fullDisk';

describe('a git that failed', () => {
  for (const said of [
    'fatal: unable to write loose object file: No space left on device',
    "fatal: sha1 file '/state/shadow.git/index.lock' write error. Out of diskspace\nhint: none",
    'error: unable to create temporary file: Read-only file system\nerror: src/a.ts: failed to insert into database',
    'fatal: write error: Disk quota exceeded',
  ]) {
    it(`did so for want of room: ${said.split('\n')[0]}`, async () => {
      const error = await fullDiskError('add', said, []);
      assert.equal(error?.code, 'STORAGE_FAILED');
      assert.match(error.message, /^the disk is full: git add could not write/);
      assert.match(error.fix, /free disk space/);
    });
  }

  for (const said of [
    '',
    'error: open("No space left on device"): Permission denied',
    "error: unable to write file 'src/a.ts'",
    'fatal: unable to read tree (Out of diskspace is only its name)',
  ]) {
    it(`did so for another reason, on a disk with room: ${said}`, async () => {
      assert.equal(await fullDiskError('add', said, [process.cwd(), '/nowhere']), null);
    });
  }
});
