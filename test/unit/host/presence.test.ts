import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishAddress } from '../../../src/host/address';
import { hostMayRun } from '../../../src/host/presence';

describe('whether a host may run', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'countersign-presence-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('is told by the address that it leaves', async () => {
    const state = join(home, 'state');
    assert.equal(await hostMayRun({ COUNTERSIGN_HOME: state }), false);
    mkdirSync(join(state, 'host'), { recursive: true });
    assert.equal(await hostMayRun({ COUNTERSIGN_HOME: state }), false);
    await publishAddress(join(state, 'host'), { pid: 1, socket: 'socket' });
    assert.equal(await hostMayRun({ COUNTERSIGN_HOME: state }), true);
  });

  it('is left to whoever connects where something is wrong', async () => {
    assert.equal(await hostMayRun({ COUNTERSIGN_HOME: 'relative' }), true);
    writeFileSync(join(home, 'file'), '');
    assert.equal(await hostMayRun({ COUNTERSIGN_HOME: join(home, 'file') }), true);
  });
});
