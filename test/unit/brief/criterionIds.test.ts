import assert from 'node:assert/strict';
import { criterionIds, criterionNamed, keyOfId, ownIdOf, withoutId } from '../../../src/core/brief/criterionIds';
import { parseBrief } from '../../../src/core/brief/parse';
import { assessReadiness } from '../../../src/core/brief/readiness';
import { SAMPLE, sampleWith } from './sample';

const idsOf = (...texts: readonly string[]) => criterionIds(texts.map((text) => ({ text })));

describe('ids of criteria', () => {
  it('are what a criterion begins with, else its place', () => {
    assert.deepEqual(
      idsOf('at most 3 retries', 'RETRY-1: waits longer', 'last').map(({ id, isOwn }) => [id, isOwn]),
      [
        ['AC-1', false],
        ['RETRY-1', true],
        ['AC-3', false],
      ],
    );
  });

  it('are letters, digits and dashes, end in a digit, and have a colon behind them', () => {
    const cases: readonly (readonly [string, string | null])[] = [
      ['RETRY-1: x', 'RETRY-1'],
      ['http2-retry-12: x', 'http2-retry-12'],
      ['A-1:', 'A-1'],
      ['RETRY-1 x', null],
      ['RETRY-1:x', null],
      ['RETRY: x', null],
      ['RETRY-1a: x', null],
      ['RETRY--1: x', null],
      ['HTTP2: x', null],
      ['12:30: x', null],
      ['-1: x', null],
      ['RE TRY-1: x', null],
      [`${'A'.repeat(64)}-1: x`, null],
      ['', null],
    ];
    for (const [text, id] of cases) assert.equal(ownIdOf(text), id, text);
    assert.equal(withoutId('RETRY-1: waits longer'), 'waits longer');
    assert.equal(withoutId('at 12:30: waits'), 'at 12:30: waits');
  });

  it('change neither the hash of a brief nor what its criteria say', () => {
    const brief = parseBrief(sampleWith('at most 3 retries', 'RETRY-1: at most 3 retries'), 'brief.md');
    assert.equal(brief.criteria[0]?.text, 'RETRY-1: at most 3 retries, with backoff');
    assert.equal(
      parseBrief(SAMPLE, 'brief.md').hash,
      // As version 0.1.0 hashed it.
      'd03815c41866df38b0053581cc999788a96a059df69969869cc14cc177416f95',
    );
  });

  it('are named in any spelling, or by number', () => {
    const ids = idsOf('one', 'RETRY-7: two', 'AC-1: three');
    const found = (typed: string) => criterionNamed(ids, typed);
    assert.deepEqual(['retry-7', 'RETRY_7', ' retry7 ', '2', '3'].map(found), [1, 1, 1, 1, 2]);
    assert.deepEqual(['AC-1', '0', '4', 'RETRY', '', '-1', '1e0', 'constructor'].map(found), Array(8).fill(null));
  });

  it('keep digits apart', () => {
    assert.deepEqual(['AC-1', 'ac_1', 'Ac1', 'A-C-1'].map(keyOfId), ['ac1', 'ac1', 'ac1', 'ac1']);
    assert.notEqual(keyOfId('X-1-2'), keyOfId('X-12'));
  });

  it('warn where two criteria have the same', () => {
    const brief = parseBrief(sampleWith('at most 3 retries', 'AC_2: x'.replace('_', '-')), 'brief.md');
    const facts = { paths: null, commandExists: () => null, liveTasks: [], policy: null, knownAgents: null };
    const found = assessReadiness(brief, facts).filter(({ rule }) => rule === 'readiness/duplicate-id');
    assert.deepEqual(
      found.map(({ severity, message, line }) => [severity, message, line]),
      [['warn', 'criteria 1 and 2 have the same id `AC-2`; give one of them another', 22]],
    );
  });
});
