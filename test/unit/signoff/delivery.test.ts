import assert from 'node:assert/strict';
import { branchRef, deliveryRef, deliveryShape, shortRef } from '../../../src/core/signoff/delivery';

const WISH = { to: null, target: 'refs/heads/main', branch: 'countersign/retry' } as const;

describe('delivery', () => {
  it('goes where the task came from, or where it is told to', () => {
    assert.equal(deliveryRef({ ...WISH, mode: 'merge' }), 'refs/heads/main');
    assert.equal(deliveryRef({ ...WISH, mode: 'squash', to: 'release/1.0' }), 'refs/heads/release/1.0');
    assert.equal(deliveryRef({ ...WISH, mode: 'branch' }), 'refs/heads/countersign/retry');
    assert.equal(deliveryRef({ ...WISH, mode: 'branch', to: 'refs/heads/mine' }), 'refs/heads/mine');
    assert.equal(deliveryRef({ ...WISH, mode: 'none', to: '..' }), null);
    assert.throws(() => deliveryRef({ ...WISH, mode: 'merge', target: null }), { code: 'USAGE' });
  });

  it('takes only names that git takes for branches', () => {
    for (const name of ['a', 'a/b', 'ä', 'a.b', 'a@b', 'feature/x-1']) assert.equal(shortRef(branchRef(name)), name);
    const wrong = [
      '',
      '-a',
      'a..b',
      'a b',
      'a~1',
      'a^',
      'a:b',
      'a?',
      'a*',
      'a[',
      'a\\b',
      '/a',
      'a/',
      'a//b',
      '.a',
      'a/.b',
      'a.lock',
      'a.lock/b',
      'a.',
      '@',
      'a@{b',
      'HEAD',
      'refs/tags/v1',
      'a\nb',
      'a\u007f',
      'x'.repeat(300),
    ];
    for (const name of wrong) assert.throws(() => branchRef(name), { code: 'USAGE' }, JSON.stringify(name));
  });

  it('makes the parents of each mode', () => {
    const at = { tip: 'tip', base: 'base', snapshot: 'snap' };
    assert.deepEqual(deliveryShape('merge', at).parents, ['tip', 'snap']);
    assert.deepEqual(deliveryShape('squash', at).parents, ['tip']);
    assert.deepEqual(deliveryShape('branch', { ...at, tip: null }), {
      parents: ['base'],
      ontoTarget: false,
      mayCreate: true,
    });
  });
});
