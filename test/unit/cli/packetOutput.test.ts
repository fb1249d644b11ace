import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import type { Rest } from '../../../src/cli/following';
import { exitOfRest } from '../../../src/cli/packetOutput';
import type { Packet } from '../../../src/core/review/packet';
import { VERSION } from '../../../src/core/version';

const rest = (state: Rest['state'], cause: Rest['cause'] = null): Rest => ({ id: 't1', state, cause });

const DECISION: Packet['decisions'][number] = { kind: 'finding', id: 'f1', what: 'scope/budget', answer: null };
const judged = (verdict: Packet['verdict'], ...decisions: Packet['decisions']) => ({ verdict, decisions });

describe('exit codes of a finished wait', () => {
  it('is 1 only when a human must decide something before sign-off', () => {
    assert.equal(exitOfRest(rest('ready'), judged('clean')), 0);
    assert.equal(exitOfRest(rest('ready'), judged('attention')), 0);
    assert.equal(exitOfRest(rest('ready'), judged('attention', DECISION)), 1);
    assert.equal(exitOfRest(rest('ready'), judged('blocked')), 1);
  });

  it('tells failure, interruption and a stop apart', () => {
    assert.equal(exitOfRest(rest('failed'), judged('blocked')), 3);
    assert.equal(exitOfRest(rest('interrupted', 'host-died'), judged('blocked')), 3);
    assert.equal(exitOfRest(rest('interrupted', 'stopped'), judged('blocked')), 130);
  });
});

describe('version', () => {
  it('is the one of package.json', () => {
    assert.equal(VERSION, manifest.version);
  });
});
