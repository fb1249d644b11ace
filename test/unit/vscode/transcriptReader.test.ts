import assert from 'node:assert/strict';
import { renderTranscript } from '../../../src/core/agent/renderTranscript';
import type { TranscriptLine } from '../../../src/core/agent/transcript';
import type { HostLink } from '../../../src/vscode/hostLink';
import type { LoadWire } from '../../../src/vscode/taskRecords';
import { TranscriptReader } from '../../../src/vscode/transcript/transcriptReader';

const wire = (async () => ({ renderTranscript })) as unknown as LoadWire;

/** A host with one transcript, which remembers from where it was read. */
class Transcripts {
  readonly asked: number[] = [];
  readonly lines: TranscriptLine[] = [];

  say(...texts: string[]): void {
    for (const text of texts) {
      this.lines.push({ seq: this.lines.length + 1, at: '2026-01-02T03:04:00Z', kind: 'note', text });
    }
  }

  get link(): HostLink {
    const request = async (method: string, { from, limit }: { from: number; limit: number }) => {
      assert.equal(method, 'task/transcript');
      this.asked.push(from);
      const rest = this.lines.filter(({ seq }) => seq >= from);
      const lines = rest.slice(0, limit);
      return { lines, next: rest.length > limit ? from + limit : null };
    };
    return { request } as unknown as HostLink;
  }
}

describe('reading transcripts', () => {
  it('reads on where it was, and renders the whole', async () => {
    const transcripts = new Transcripts();
    const reader = new TranscriptReader(transcripts.link, wire);
    assert.equal(await reader.text('a'), '');
    transcripts.say('one', 'two');
    assert.equal(await reader.text('a'), '-- one\n\n-- two\n');
    transcripts.say('three');
    assert.equal(await reader.text('a'), '-- one\n\n-- two\n\n-- three\n');
    assert.deepEqual(transcripts.asked, [1, 1, 3]);
    reader.forget('a');
    await reader.text('a');
    assert.equal(transcripts.asked.at(-1), 1);
  });

  it('reads nothing twice when it is asked twice at once', async () => {
    const transcripts = new Transcripts();
    transcripts.say('one');
    const reader = new TranscriptReader(transcripts.link, wire);
    assert.deepEqual(await Promise.all([reader.text('a'), reader.text('a')]), ['-- one\n', '-- one\n']);
    assert.deepEqual(transcripts.asked, [1, 2]);
  });

  it('keeps the newest lines of a long one, and says how many it leaves out', async () => {
    const transcripts = new Transcripts();
    transcripts.say(...Array.from({ length: 22_500 }, (_, index) => `${index + 1}`));
    const text = await new TranscriptReader(transcripts.link, wire).text('a');
    assert.match(text, /^-- 2500 older lines are left out; .*`countersign log a`\n\n-- 2501\n/);
    assert.match(text, /-- 22500\n$/);
  });

  it('goes on after the host could not be asked', async () => {
    let broken = true;
    const transcripts = new Transcripts();
    transcripts.say('one');
    const working = transcripts.link;
    const link = {
      request: (...given: Parameters<HostLink['request']>) =>
        broken ? Promise.reject(new Error('gone')) : working.request(...given),
    } as unknown as HostLink;
    const reader = new TranscriptReader(link, wire);
    await assert.rejects(reader.text('a'), /gone/);
    broken = false;
    assert.equal(await reader.text('a'), '-- one\n');
  });
});
