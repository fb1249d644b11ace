import assert from 'node:assert/strict';
import type { TaskEvent, Usage } from '../../../src/core/events';
import { renderPacket } from '../../../src/core/review/markdown';
import { packetSchema } from '../../../src/core/review/packet';
import { renderSummary } from '../../../src/core/review/terminal';
import { WAYS, walk } from '../task/events';
import { sampleBrief, samplePacket } from './sample';

const usage = (total: number, costUsd: number | null = null): Usage => ({
  tokens: { total },
  costUsd,
  meaning: 'tokens of the turn',
  covers: 'turn',
});

/** Two turns, the second of which tells nothing. */
function history(first: Usage | null): readonly TaskEvent[] {
  let told = first;
  return walk([...WAYS.correcting, 'turn-ended']).events.map((event) => {
    if (event.type !== 'turn-ended') return event;
    const turn = { ...event, usage: told };
    told = null;
    return turn;
  });
}

function packetWith(budget: object, first: Usage | null) {
  const brief = sampleBrief();
  const front = { ...brief.front, budget };
  return samplePacket({ brief: { ...brief, front }, history: history(first) });
}

const summary = (packet: ReturnType<typeof packetWith>) => renderSummary(packet, { color: false, width: 200 });

describe('what the turns used, in the packet', () => {
  it('is told turn by turn, with what the numbers are', () => {
    const packet = packetWith({}, usage(12_345, 0.25));
    assert.deepEqual(
      packet.spending.map(({ turn, role, tokens, usd, over }) => [turn, role, tokens, usd, over]),
      [
        [1, 'executor', 12_345, 0.25, null],
        [2, 'executor', null, null, null],
      ],
    );
    assert.deepEqual(packetSchema.parse(JSON.parse(JSON.stringify(packet))), packet);
    assert.match(summary(packet), /^used +turn 1: 12,345 tokens, USD 0\.25 \(tokens of the turn\)$/m);
    assert.match(summary(packet), /^used +turn 2: the agent told nothing$/m);
    assert.match(renderPacket(packet), /turn 1: 12,345 tokens, USD 0\\?\.25/);
  });

  it('is compared with the budget, and a budget that could not be held is named', () => {
    const packet = packetWith({ tokens: 10_000, usd: 1 }, usage(12_345));
    assert.equal(packet.spending[0]?.over, '12,345 tokens, over the budget of 10,000');
    assert.match(summary(packet), /turn 1: .*; 12,345 tokens, over the budget of 10,000$/m);
    assert.match(summary(packet), /turn 2: .*; the budget of tokens and dollars could not be held$/m);
    assert.match(renderPacket(packet), /10,000 tokens and USD 1\\?\.00/);
    assert.equal(packet.verdict, packetWith({}, null).verdict, 'it is told, and judged by nobody');
  });

  it('is not spoken of where nobody tells it and nothing limits it', () => {
    const packet = packetWith({ minutes: 5 }, null);
    assert.equal(packet.spending.length, 2);
    assert.doesNotMatch(summary(packet), /^used/m);
    assert.doesNotMatch(renderPacket(packet), /Used|Budget of a turn/);
  });

  it('is read of packets that were made before', () => {
    const { spending: _, ...old } = samplePacket();
    assert.deepEqual(packetSchema.parse(old).spending, []);
  });
});
