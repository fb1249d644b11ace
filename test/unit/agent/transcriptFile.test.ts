import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTranscript, readTranscript, type TranscriptPage } from '../../../src/node/agents/transcriptFile';

const note = (text: string) => ({ kind: 'note', text }) as const;

describe('the transcript on disk', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cs-transcript-'));
    file = join(folder, 'transcript.ndjson');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps order and numbers, over several openings', async () => {
    for (const start of [0, 100]) {
      const writer = await openTranscript(file);
      for (let index = 0; index < 100; index += 1) writer.append(note(`${start + index}`));
      await writer.close();
    }
    const { lines } = await readTranscript(file);
    assert.deepEqual(
      lines.map((line) => [line.seq, line.kind === 'note' && line.text]),
      Array.from({ length: 200 }, (_, index) => [index + 1, `${index}`]),
    );
  });

  it('is read in pages of so many lines and so many bytes, each of one line at least', async () => {
    const writer = await openTranscript(file);
    for (let index = 0; index < 100; index += 1)
      writer.append(note(index === 60 ? 'é'.repeat(5_000) : 'é'.repeat(100)));
    await writer.close();
    const page = async (from: number, limit: number, maxBytes?: number) => {
      const { lines, next } = await readTranscript(file, from, limit, maxBytes);
      return [lines.map(({ seq }) => seq), next];
    };
    assert.deepEqual(await page(50, 3), [[50, 51, 52], 53]);
    assert.deepEqual(await page(50, 10, 600), [[50, 51], 52]);
    assert.deepEqual(await page(60, 10, 600), [[60], 61]);
    assert.deepEqual(await page(61, 10, 600), [[61], 62]);
    assert.deepEqual(await page(98, 3), [[98, 99, 100], null]);
    assert.deepEqual(await page(101, 3), [[], null]);
    const all: number[] = [];
    for (let from: number | null = 1; from !== null; ) {
      const { lines, next }: TranscriptPage = await readTranscript(file, from, 7, 600);
      all.push(...lines.map(({ seq }) => seq));
      from = next;
    }
    assert.deepEqual(
      all,
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });

  it('begins a page anywhere in a long file', async () => {
    const writer = await openTranscript(file);
    const length = (index: number) => (index % 1_000 === 7 ? 200_000 : index % 300);
    for (let index = 1; index <= 20_000; index += 1) writer.append(note('\n{"seq":1,'.repeat(length(index) / 10)));
    await writer.close();
    await appendFile(file, 'nonsense\n');
    for (const from of [1, 2, 6, 7, 8, 5_000, 9_007, 9_008, 12_345, 19_999, 20_000]) {
      const { lines } = await readTranscript(file, from, 2);
      assert.deepEqual(
        lines.map(({ seq }) => seq),
        [from, from + 1].filter((seq) => seq <= 20_000),
      );
    }
    assert.deepEqual(await readTranscript(file, 20_001), { lines: [], next: null });
  });

  it('has no page that is too large for one message, however long the lines', async () => {
    const writer = await openTranscript(file);
    for (let index = 0; index < 10; index += 1) writer.append(note('\u0001'.repeat(262_144)));
    await writer.close();
    const { lines, next } = await readTranscript(file);
    assert.equal(next, lines.length + 1);
    assert.ok(Buffer.byteLength(JSON.stringify(lines)) <= 4 * 1024 * 1024);
  });

  it('is empty when it is not there', async () => {
    assert.deepEqual(await readTranscript(file), { lines: [], next: null });
  });

  it('goes on after a torn line and skips what is no line of a transcript', async () => {
    const writer = await openTranscript(file);
    writer.append(note('one'));
    await writer.close();
    await appendFile(file, 'nonsense\n{"seq":5}\n{"seq":2,"at":"2024-01-0');
    const again = await openTranscript(file);
    again.append(note('two'));
    await again.close();
    assert.deepEqual(
      (await readTranscript(file)).lines.map((line) => [line.seq, line.kind === 'note' && line.text]),
      [
        [1, 'one'],
        [2, 'two'],
      ],
    );
  });

  it('ends with a note when it is full', async () => {
    const writer = await openTranscript(file, { maxBytes: 1_000 });
    for (let index = 0; index < 100; index += 1) writer.append(note('x'.repeat(50)));
    assert.equal(writer.append(note('late')), null);
    await writer.close();
    assert.ok((await readFile(file)).length < 1_500);
    const last = (await readTranscript(file)).lines.at(-1);
    assert.match(last?.kind === 'note' ? last.text : '', /full/);
  });

  it('says when it cannot be opened', async () => {
    await assert.rejects(openTranscript(join(folder, 'none', 'transcript.ndjson')), { code: 'STORAGE_FAILED' });
  });
});
