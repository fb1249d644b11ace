import assert from 'node:assert/strict';
import { guess } from '../../../src/cli/guess';

describe('guess', () => {
  const known = ['signoff', 'show', 'stop', 'resume', 'drift', 'brief check'];

  it('finds a word that is a slip of the finger away', () => {
    assert.equal(guess('sigoff', known), 'signoff');
    assert.equal(guess('resmue', known), 'resume');
    assert.equal(guess('stpo', known), 'stop');
    assert.equal(guess('sign', known), 'signoff');
  });

  it('guesses nothing for a word that is like none', () => {
    assert.equal(guess('kubernetes', known), null);
    assert.equal(guess('', known), null);
    assert.equal(guess('x'.repeat(100_000), known), null);
  });
});
