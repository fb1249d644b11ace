import assert from 'node:assert/strict';
import type { BlobContent } from '../../../src/core/drift/diff';
import { BlobCache } from '../../../src/node/git/blobCache';

/** A store of texts that counts what it is asked for. */
function store(blobs: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const read = async (oid: string, maxBytes: number): Promise<BlobContent | null> => {
    asked.push(oid);
    const text = blobs[oid];
    if (oid === 'broken') throw new Error('git died');
    if (text === undefined) return null;
    const bytes = Buffer.from(text).subarray(0, maxBytes);
    return { oid, size: text.length, bytes, tooLarge: bytes.length < text.length };
  };
  return { asked, read };
}

const told = (blob: BlobContent | null) =>
  blob === null ? null : [Buffer.from(blob.bytes).toString(), blob.size, blob.tooLarge];

describe('blobs that were read a moment ago', () => {
  it('are asked for once, also while they are still being read', async () => {
    const { asked, read } = store({ a: 'text' });
    const cache = new BlobCache(read);
    const [one, other] = await Promise.all([cache.read('a', 100), cache.read('a', 100)]);
    assert.deepEqual([told(one), told(other), told(await cache.read('a', 100))], Array(3).fill(['text', 4, false]));
    assert.deepEqual(asked, ['a']);
  });

  it('are cut where less of them is wanted, and read again where more is', async () => {
    const { asked, read } = store({ a: '0123456789' });
    const cache = new BlobCache(read);
    assert.deepEqual(told(await cache.read('a', 4)), ['0123', 10, true]);
    assert.deepEqual(told(await cache.read('a', 2)), ['01', 10, true]);
    assert.deepEqual(told(await cache.read('a', 0)), ['', 10, true]);
    assert.deepEqual(told(await cache.read('a', 50)), ['0123456789', 10, false]);
    assert.deepEqual(told(await cache.read('a', 10)), ['0123456789', 10, false]);
    assert.deepEqual(asked, ['a', 'a']);
  });

  it('go, the oldest first, when they are too many bytes', async () => {
    const { asked, read } = store({ a: '12345', b: '12345', c: '12345' });
    const cache = new BlobCache(read, 10);
    for (const oid of ['a', 'b', 'c', 'b', 'c', 'a']) await cache.read(oid, 100);
    assert.deepEqual(asked, ['a', 'b', 'c', 'a']);
  });

  it('are null where there are none, and asked for again after a failure', async () => {
    const { asked, read } = store({});
    const cache = new BlobCache(read);
    assert.equal(await cache.read('none', 1), null);
    await assert.rejects(cache.read('broken', 1), /git died/);
    await assert.rejects(cache.read('broken', 1), /git died/);
    assert.deepEqual(asked, ['none', 'broken', 'broken']);
  });
});
