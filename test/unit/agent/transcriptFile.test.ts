import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTranscript, readTranscript } from '../../../src/node/agents/transcriptFile';

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
    const lines = await readTranscript(file);
    assert.deepEqual(
      lines.map((line) => [line.seq, line.kind === 'note' && line.text]),
      Array.from({ length: 200 }, (_, index) => [index + 1, `${index}`]),
    );
    assert.deepEqual(
      (await readTranscript(file, 50, 3)).map(({ seq }) => seq),
      [50, 51, 52],
    );
  });

  it('is empty when it is not there', async () => {
    assert.deepEqual(await readTranscript(file), []);
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
      (await readTranscript(file)).map((line) => [line.seq, line.kind === 'note' && line.text]),
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
    const last = (await readTranscript(file)).at(-1);
    assert.match(last?.kind === 'note' ? last.text : '', /full/);
  });

  it('says when it cannot be opened', async () => {
    await assert.rejects(openTranscript(join(folder, 'none', 'transcript.ndjson')), { code: 'STORAGE_FAILED' });
  });
});
