import assert from 'node:assert/strict';
import fc from 'fast-check';
import { criterionIds } from '../../../../src/core/brief/criterionIds';
import { MentionFinder } from '../../../../src/core/review/criteria/mentionFinder';

const finderOf = (...ids: readonly string[]) =>
  new MentionFinder(criterionIds(ids.map((id) => ({ text: `${id}: x` }))));

describe('ids in texts', () => {
  const finder = finderOf('AC-1', 'RETRY-12', 'X-AC-3');

  it('are found in every spelling that names of tests allow', () => {
    const texts = [
      'AC-1: at most 3 retries',
      'proves ac-1.',
      '(AC-1)',
      '[AC-1]',
      'AC_1',
      'test_ac_1_at_most_three',
      'test_ac1_at_most_three',
      'TestAC1Retries',
      'retriesAc1Again',
      'AC1_retries()',
      '#AC-1',
      '`AC-1`',
      'AC-1-retries',
      'suite › AC-1 › case',
      '“AC-1”',
      '--ac-1',
    ];
    for (const text of texts) assert.deepEqual(finder.find(text), [0], text);
  });

  it('are never found within something longer', () => {
    const texts = [
      'AC-12',
      'AC-1a',
      'AC-1.5',
      'AC-1-2',
      'AC_1_2',
      'XAC-1',
      'Y-AC-1',
      'retryAC-1',
      'AC-1Retries',
      'MAC-1',
      'éAC-1',
      'AC-1é',
      'AC-10',
      'AC-01',
      'AC 1',
      'ac',
      '1',
      '#ac1',
      '0xAC1',
      '\\uAC1F',
      '%AC1',
      'AC-1-RETRY-2',
      'RETRY-1',
      '',
    ];
    for (const text of texts) assert.deepEqual(finder.find(text), [], text);
  });

  it('are the longest that stand there, and several at once', () => {
    assert.deepEqual(finder.find('test_x_ac_3'), [2]);
    assert.deepEqual(finder.find('RETRY-12, AC-1 and x-ac-3'), [0, 1, 2]);
    assert.deepEqual(finder.find('test_ac_1_retry_12'), [0, 1]);
  });

  it('may be those of several criteria', () => {
    assert.deepEqual(finderOf('A-1', 'a-1').find('A-1'), [0, 1]);
  });

  it('are never found within longer ids, whatever these are', () => {
    const part = fc.stringMatching(/^[A-Z]{1,4}$/);
    const id = fc.tuple(part, fc.integer({ min: 0, max: 99 })).map(([letters, number]) => `${letters}-${number}`);
    fc.assert(
      fc.property(id, fc.stringMatching(/^[0-9]{1,3}$/), part, (short, digits, letters) => {
        const longer = [`${short}${digits}`, `${short}-${digits}`, `${short}.${digits}`, `${letters}-${short}`];
        const one = finderOf(short);
        for (const text of longer) assert.deepEqual(one.find(`a ${text} b`), [], text);
        assert.deepEqual(one.find(`a ${short} b`), [0]);
        assert.deepEqual(one.find(`test_${short.replace('-', '_').toLowerCase()}_b`), [0]);
      }),
    );
  });

  it('end on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(finder.find(text))));
    const long = ['AC-1'.repeat(50_000), '_ac1-'.repeat(50_000), `${'a'.repeat(200_000)}1`, '-1'.repeat(100_000)];
    for (const text of long) assert.ok(finder.find(text).length <= 3);
    assert.deepEqual(finder.find(`${'x'.repeat(3_996)}_AC-1${'0'.repeat(10)}`), []);
  });

  it('cost no more where a long id almost stands at every place', () => {
    const long = finderOf(`A1${'-a1'.repeat(20)}`);
    const almost = 'A1_A1-'.repeat(660);
    assert.deepEqual(long.find(Array.from({ length: 1_000 }, () => almost).join(' ')), [0]);
    assert.deepEqual(long.find('A1_A1_'.repeat(20)), [0]);
    assert.deepEqual(long.find('A1_A1_'.repeat(10)), []);
  });
});
