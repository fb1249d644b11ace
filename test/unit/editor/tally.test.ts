import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, readTally, writeTally } from '../../tally';

describe('the count of a suite', () => {
  it('closes with one plain line', () => {
    assert.equal(closingLine({ passed: 3, failed: 1, skipped: 0 }), '3 passed, 1 failed');
    assert.equal(closingLine({ passed: 3, failed: 0, skipped: 2 }), '3 passed, 0 failed, 2 skipped');
  });

  it('comes back from its file, and is missing where the suite broke off', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cs-tally-'));
    try {
      const file = join(folder, 'tally.json');
      assert.equal(readTally(file), null);
      writeTally(file, { passed: 1, failed: 0, skipped: 0 });
      assert.deepEqual(readTally(file), { passed: 1, failed: 0, skipped: 0 });
      writeFileSync(file, '{"passed":1');
      assert.equal(readTally(file), null);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
