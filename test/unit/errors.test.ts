import assert from 'node:assert/strict';
import { CountersignError, toCountersignError } from '../../src/core/errors';

const systemError = (code: string) => Object.assign(new Error(`${code}: write`), { code });

describe('errors', () => {
  it('that have a code of ours stay what they are', () => {
    const error = new CountersignError('GIT_FAILED', 'git failed');
    assert.equal(toCountersignError(error), error);
  });

  it('of a disk that takes no more are the disk’s, wherever they were thrown', () => {
    for (const code of ['ENOSPC', 'EDQUOT', 'EROFS']) {
      assert.equal(toCountersignError(systemError(code)).code, 'STORAGE_FAILED');
    }
  });

  it('that nobody named are a fault of ours, with their own message', () => {
    assert.deepEqual(
      [systemError('EPERM'), 'text'].map((thrown) => toCountersignError(thrown).toRecord().message),
      ['EPERM: write', 'text'],
    );
    assert.equal(toCountersignError(systemError('EPERM')).code, 'INTERNAL');
  });
});
