import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainText } from '../../../src/core/agent/plainText';
import { renderTranscript } from '../../../src/core/agent/renderTranscript';
import {
  foldTranscript,
  MAX_LINE_TEXT,
  Transcript,
  type TranscriptLine,
  transcriptLineSchema,
} from '../../../src/core/agent/transcript';
import type { AgentUpdate } from '../../../src/core/ports/transcript';
import { anyUpdate } from './updates';

const lines = (...updates: AgentUpdate[]): TranscriptLine[] =>
  updates.map((update, index) => ({ seq: index + 1, at: '2024-01-02T03:04:05Z', ...update }));
const said = (text: string, role: 'agent' | 'thought' | 'user' = 'agent'): AgentUpdate => ({
  kind: 'text',
  role,
  text,
});
const tool = (status: string, title = 'Edit', paths: string[] = [], call = 'c1'): AgentUpdate => ({
  kind: 'tool',
  call,
  title,
  status,
  paths,
});

describe('the fold of a transcript', () => {
  it('joins what one speaker says in a row', () => {
    const folded = foldTranscript(lines(said('a'), said('b'), said('t', 'thought'), said('c')));
    assert.deepEqual(
      folded.map((entry) => [entry.seq, 'text' in entry && entry.text]),
      [
        [1, 'ab'],
        [3, 't'],
        [4, 'c'],
      ],
    );
  });

  it('gathers a tool call in one entry, in whatever order it is told', () => {
    const folded = foldTranscript(
      lines(
        tool('completed', '', ['a']),
        said('meanwhile'),
        tool('pending', 'Edit a', ['b']),
        tool('completed', '', ['a']),
      ),
    );
    assert.equal(folded.length, 2);
    assert.deepEqual(folded[0], { ...lines(tool('completed', 'Edit a', ['a', 'b']))[0], seq: 1 });
  });

  it('never throws and loses no text, in any order', () => {
    fc.assert(
      fc.property(fc.array(anyUpdate), (updates) => {
        const all = lines(...updates);
        const folded = foldTranscript(all);
        for (const kind of ['text', 'output', 'note'] as const) {
          const text = (entries: readonly AgentUpdate[]) =>
            entries.map((entry) => (entry.kind === kind ? entry.text : '')).join('');
          assert.equal(text(folded), text(all));
        }
        const calls = new Set(updates.flatMap((update) => (update.kind === 'tool' ? [update.call] : [])));
        assert.equal(folded.filter(({ kind }) => kind === 'tool').length, calls.size);
        assert.deepEqual(
          folded.map(({ seq }) => seq),
          folded.map(({ seq }) => seq).toSorted((a, b) => a - b),
        );
        for (const entry of folded) assert.ok(transcriptLineSchema.safeParse(entry).success);
      }),
    );
  });

  it('is bounded in memory', () => {
    fc.assert(
      fc.property(fc.array(anyUpdate, { maxLength: 60 }), (updates) => {
        const transcript = new Transcript({ entries: 5, characters: 100 });
        for (const line of lines(...updates)) transcript.add(line);
        assert.ok(transcript.entries.length <= 5);
        const last = updates.at(-1);
        if (last?.kind === 'note') assert.equal((transcript.entries.at(-1) as { text: string }).text, last.text);
      }),
    );
    const transcript = new Transcript();
    for (let index = 0; index < 300; index += 1) transcript.add(lines(said('x'.repeat(MAX_LINE_TEXT)))[0]!);
    assert.ok(transcript.entries.length <= 64);
    assert.equal(transcript.dropped, 300 - transcript.entries.length);
  });
});

describe('a transcript as plain text', () => {
  it('says who said what', () => {
    assert.equal(
      renderTranscript(
        lines(
          said('Do it', 'user'),
          said('Hm', 'thought'),
          said('Yes.'),
          tool('completed', 'Edit src/a.ts', ['src/a.ts']),
          { kind: 'output', stream: 'stdout', text: 'one\ntwo\n' },
          { kind: 'output', stream: 'stderr', text: 'bad\n' },
          { kind: 'plan', entries: [{ text: 'Step', status: 'pending' }] },
          { kind: 'note', text: 'stopping' },
        ),
      ),
      [
        'prompt: Do it',
        'agent (thinking): Hm',
        'agent: Yes.',
        'tool (completed): Edit src/a.ts\n  src/a.ts',
        '| one\n| two',
        '! bad',
        'plan:\n  [pending] Step',
        '-- stopping\n',
      ].join('\n\n'),
    );
    assert.equal(renderTranscript([]), '');
  });

  it('takes out what a terminal would obey', () => {
    assert.equal(plainText('\u001b[31mred\u001b[0m'), 'red');
    assert.equal(plainText('\u001b]52;c;ZXZpbA==\u0007ok\u001b]8;;http://x\u001b\\link'), 'oklink');
    assert.equal(plainText('a\r\nb\rc\td'), 'a\nb\nc\td');
    assert.equal(plainText('5 passed\u001b[1A\u001b[2K'), '5 passed');
  });

  it('leaves no control character in anything', () => {
    fc.assert(
      fc.property(fc.array(anyUpdate), (updates) => {
        const text = renderTranscript(lines(...updates));
        assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
