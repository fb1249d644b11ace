import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldTranscript, MAX_LINE_TEXT } from '../../../src/core/agent/transcript';
import type { AgentUpdate } from '../../../src/core/ports/transcript';
import { UpdateBuffer } from '../../../src/node/agents/updateBuffer';
import { anyUpdate } from './updates';

function buffered(updates: readonly AgentUpdate[]): AgentUpdate[] {
  const delivered: AgentUpdate[] = [];
  const buffer = new UpdateBuffer((update) => delivered.push(update));
  for (const update of updates) buffer.push(update);
  buffer.flush();
  return delivered;
}

describe('the update buffer', () => {
  it('joins ten thousand chunks into few updates', () => {
    const chunk = { kind: 'text', role: 'agent', text: 'abcd ' } as const;
    const delivered = buffered(Array.from({ length: 10_000 }, () => chunk));
    assert.ok(delivered.length < 5);
    assert.equal(delivered.map((update) => 'text' in update && update.text).join(''), 'abcd '.repeat(10_000));
  });

  it('cuts a long text into lines, and no character in two', () => {
    const text = `x${'😀'.repeat(MAX_LINE_TEXT)}`;
    const delivered = buffered([{ kind: 'output', stream: 'stdout', text }]);
    const pieces = delivered.map((update) => ('text' in update ? update.text : ''));
    assert.equal(pieces.join(''), text);
    for (const piece of pieces) {
      assert.ok(piece.length <= MAX_LINE_TEXT);
      assert.doesNotThrow(() => encodeURIComponent(piece)); // It would throw at half a character.
    }
  });

  it('changes nothing of what the transcript says', () => {
    const folded = (updates: readonly AgentUpdate[]) =>
      foldTranscript(updates.map((update, seq) => ({ seq: seq + 1, at: '2024-01-02T03:04:05Z', ...update }))).map(
        ({ seq: _seq, ...entry }) => entry,
      );
    fc.assert(
      fc.property(fc.array(anyUpdate), (updates) => {
        assert.deepEqual(folded(buffered(updates)), folded(updates));
      }),
    );
  });
});
