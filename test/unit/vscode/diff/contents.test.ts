import assert from 'node:assert/strict';
import { ContentCache } from '../../../../src/vscode/diff/contentCache';
import { contentOf, MOST_SHOWN, timeOf } from '../../../../src/vscode/diff/snapshotContent';
import { plain } from '../sample';

const content = (bytes: number) => ({ oid: `${bytes}`, bytes: new Uint8Array(bytes) });

describe('contents that were read lately', () => {
  it('are kept up to a number of bytes; what was used longest ago goes first', () => {
    const cache = new ContentCache(3_000);
    cache.put('a', content(1_000));
    cache.put('b', content(1_000));
    assert.equal(cache.get('a')?.oid, '1000');
    cache.put('c', content(1_000));
    assert.equal(cache.get('b'), null);
    assert.notEqual(cache.get('a'), null);
    assert.ok(cache.bytes <= 3_000);
  });

  it('count once, whatever is put and dropped', () => {
    const cache = new ContentCache(10_000);
    for (let n = 0; n < 5; n++) cache.put('a', content(1_000));
    const once = cache.bytes;
    cache.put('b', content(10));
    cache.drop('b');
    cache.drop('b');
    assert.equal(cache.bytes, once);
    cache.drop('a');
    assert.equal(cache.bytes, 0);
    // One that is too large pushes nothing else out.
    cache.put('c', content(1));
    cache.put('d', content(20_000));
    assert.notEqual(cache.get('c'), null);
    assert.equal(cache.get('d'), null);
  });
});

describe('what a file of a snapshot shows', () => {
  const blob = { oid: 'ab'.repeat(20), mode: '100644', size: 4, cut: false };

  it('is its bytes, also when they are no text', () => {
    const bytes = Buffer.from([0, 255, 10, 0]);
    assert.deepEqual([...contentOf({ ...blob, base64: bytes.toString('base64') }, plain).bytes], [...bytes]);
  });

  it('is how large it is, and what to do, where it is too large', () => {
    const { bytes } = contentOf({ ...blob, size: 99_999_999, cut: true, base64: 'AAAA' }, plain);
    const text = Buffer.from(bytes).toString('utf8');
    assert.match(text, new RegExp(`99999999 bytes; at most ${MOST_SHOWN}`));
    assert.match(text, /open a clean checkout/);
  });

  it('has a time that only another content changes', () => {
    assert.equal(timeOf('ab'.repeat(20)), timeOf('ab'.repeat(20)));
    assert.notEqual(timeOf('ab'.repeat(20)), timeOf('cd'.repeat(20)));
    assert.equal(timeOf(''), 0);
    assert.ok(Number.isSafeInteger(timeOf('f'.repeat(64))));
  });
});
