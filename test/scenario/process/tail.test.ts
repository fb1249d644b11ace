import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CAPTURE_LIMITS, capture } from '../../../src/node/process/tail';

describe('captured output', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cs-tail-'));
    file = join(folder, 'log');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is in the file byte for byte, hashed, and short output is whole in its head', async () => {
    const captured = await capture([Readable.from([Buffer.from('a\x1b[31mb'), Buffer.from('\xff', 'latin1')])], file);
    const bytes = await readFile(file);
    assert.deepEqual(bytes, Buffer.from('a\x1b[31mb\xff', 'latin1'));
    assert.equal(captured.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.deepEqual([captured.bytes, captured.dropped, captured.head, captured.tail], [8, 0, 'ab\ufffd', '']);
  });

  it('shows first and last bytes, each once, and no half characters', async () => {
    const limits = { file: 1000, head: 4, tail: 5 };
    const captured = await capture(
      [Readable.from([Buffer.from('abcä'), Buffer.from('middle'), Buffer.from('üxyz')])],
      file,
      limits,
    );
    assert.deepEqual([captured.head, captured.tail], ['abc', 'üxyz']);
    const short = await capture([Readable.from([Buffer.from('abcdef')])], file, limits);
    assert.deepEqual([short.head, short.tail], ['abcd', 'ef']);
  });

  it('ends in the file at the cap, with a note; the last lines are shown all the same', async () => {
    const limits = { file: 10, head: 4, tail: 4 };
    const captured = await capture([Readable.from([Buffer.from('0123456'), Buffer.from('789abcdef')])], file, limits);
    const text = await readFile(file, 'utf8');
    assert.equal(text, '0123456789\n[6 more bytes were not kept]\n');
    assert.deepEqual([captured.dropped, captured.tail, captured.bytes], [6, 'cdef', text.length]);
    assert.equal(captured.sha256, createHash('sha256').update(text).digest('hex'));
  });

  it('is taken no faster than it is written, and memory does not grow with it', async function () {
    this.timeout(60_000);
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const limits = { ...CAPTURE_LIMITS, file: 8 * 1024 * 1024 };
    const before = process.memoryUsage().arrayBuffers;
    let highest = 0;
    function* flood() {
      for (let n = 0; n < 16_384; n++) {
        if (n % 256 === 0) highest = Math.max(highest, process.memoryUsage().arrayBuffers);
        yield chunk;
      }
    }
    const captured = await capture([Readable.from(flood(), { objectMode: false })], file, limits);
    assert.equal(captured.dropped, 1024 * 1024 * 1024 - limits.file);
    assert.ok(highest - before < 32 * 1024 * 1024, `${highest - before} bytes`);
  });

  it('keeps what came until a source was destroyed', async () => {
    const source = new Readable({ read() {} });
    source.push('before');
    const waiting = capture([source, Readable.from([Buffer.from('')])], file);
    while (source.readableLength > 0) await new Promise((resolve) => setImmediate(resolve));
    source.destroy();
    assert.equal((await waiting).head, 'before');
  });

  it('never follows a link in place of the file, and drains the sources then', async () => {
    const other = join(folder, 'other');
    await writeFile(other, 'mine');
    await symlink(other, file);
    const source = Readable.from([Buffer.from('x')]);
    await assert.rejects(capture([source], file), { code: 'ELOOP' });
    assert.equal(await readFile(other, 'utf8'), 'mine');
    assert.equal(source.readableFlowing, true);
  });
});
