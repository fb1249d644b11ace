import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Spending } from '../../../src/core/ports/agents';
import { scriptLine } from '../../fixtures/scripted/script';
import { AgentHarness, textOf } from './harness';

const EDITS = { edits: [{ path: 'src/a.ts', text: 'export const a = 1;\n' }], say: 'I wrote a.' };

describe('an ACP agent that is stopped', () => {
  let harness: AgentHarness;
  before(async () => {
    harness = await new AgentHarness().build();
  });
  afterEach(async () => {
    assert.deepEqual(await harness.processes(), []);
    harness.clear();
  });
  after(() => harness.remove());

  it('has worked too long', async () => {
    const [outcome] = await harness.scripted('hangs', {
      where: 'mid',
      prompt: scriptLine(EDITS),
      limit: 1_500,
    });
    assert.deepEqual([outcome.stop, outcome.survivors], ['timeout', []]);
  });

  it('has used more than it may, by its own report, and not before', async () => {
    const run = (spending: Spending) =>
      harness.scripted('spends', { prompt: scriptLine(EDITS), limit: 30_000, spending });
    const [priced] = await run({ tokens: null, usd: 0.6, before: null });
    assert.deepEqual([priced.stop, priced.over], ['budget', 'USD 0.75, over the budget of USD 0.60']);
    assert.ok((priced.usage?.costUsd ?? 0) >= 0.75);
    const [counted, heard] = await run({ tokens: 2_500, usd: 100, before: null });
    assert.deepEqual([counted.stop, counted.survivors], ['budget', []]);
    assert.equal(counted.over, 'at least 3,000 tokens, over the budget of 2,500');
    assert.match(textOf(heard, 'note'), /over the budget of 2,500: stopping/);
    assert.equal(harness.read('src/a.ts'), 'export const a = 1;\n');
    const [good] = await harness.scripted('good', { spending: { tokens: 17, usd: null, before: null } });
    assert.equal(good.stop, 'end_turn', 'what is told with the end stops nothing');
  });

  it('says nothing: that is noted and not yet the end', async () => {
    const [outcome, heard] = await harness.scripted('hangs', {
      where: 'mid',
      limit: 1_500,
      limits: { silence: 200 },
    });
    assert.equal(outcome.stop, 'timeout');
    assert.match(textOf(heard, 'note'), /no sign of life/);
  });

  for (const where of ['prompt', 'deaf']) {
    it(`is cancelled by us${where === 'deaf' ? ' and does not listen' : ''}`, async () => {
      const controller = new AbortController();
      const [outcome] = await harness.scripted('slow', {
        where,
        signal: controller.signal,
        onUpdate: (update) => {
          if (update.kind === 'text') controller.abort();
        },
      });
      assert.deepEqual([outcome.stop, outcome.survivors], ['cancelled', []]);
    });
  }

  it('does not even read what it is told', async () => {
    const controller = new AbortController();
    const [outcome] = await harness.scripted('spins', {
      prompt: 'x'.repeat(1_000_000),
      signal: controller.signal,
      onUpdate: (update) => {
        if (update.kind === 'text') controller.abort();
      },
    });
    assert.deepEqual([outcome.stop, outcome.survivors], ['cancelled', []]);
  });

  it('is stopped before it has a session', async () => {
    const stop = AbortSignal.timeout(300);
    const [outcome] = await harness.scripted('hangs', { where: 'initialize', signal: stop });
    assert.equal(outcome.stop, 'cancelled');
    const [never] = await harness.scripted('good', { prompt: scriptLine(EDITS), signal: AbortSignal.abort() });
    assert.equal(never.stop, 'cancelled');
    assert.throws(() => harness.read('src/a.ts'));
  });

  it('leaves no process that writes on', async () => {
    const [outcome] = await harness.scripted('escapes', { prompt: scriptLine(EDITS) });
    assert.deepEqual([outcome.stop, outcome.survivors], ['end_turn', []]);
    const before = readFileSync(join(harness.worktree, 'escaped.txt'), 'utf8');
    await sleep(200);
    assert.equal(readFileSync(join(harness.worktree, 'escaped.txt'), 'utf8'), before);
    rmSync(join(harness.worktree, 'escaped.txt'));
  });
});
