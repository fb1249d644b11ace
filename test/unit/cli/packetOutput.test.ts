import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import type { Rest } from '../../../src/cli/following';
import { exitOfRest } from '../../../src/cli/packetOutput';
import { VERSION } from '../../../src/core/version';

const rest = (state: Rest['state'], cause: Rest['cause'] = null): Rest => ({ id: 't1', state, cause });

describe('exit codes of a finished wait', () => {
  it('is 0 only when nothing needs a human', () => {
    assert.equal(exitOfRest(rest('ready'), { verdict: 'clean' }), 0);
    assert.equal(exitOfRest(rest('ready'), { verdict: 'attention' }), 1);
    assert.equal(exitOfRest(rest('ready'), { verdict: 'blocked' }), 1);
  });

  it('tells failure, interruption and a stop apart', () => {
    assert.equal(exitOfRest(rest('failed'), { verdict: 'blocked' }), 3);
    assert.equal(exitOfRest(rest('interrupted', 'host-died'), { verdict: 'blocked' }), 3);
    assert.equal(exitOfRest(rest('interrupted', 'stopped'), { verdict: 'blocked' }), 130);
  });
});

describe('version', () => {
  it('is the one of package.json', () => {
    assert.equal(VERSION, manifest.version);
  });
});
