import assert from 'node:assert/strict';
import { scriptLine } from '../../fixtures/scripted/script';
import { AgentHarness, textOf } from './harness';

const EDITS = { edits: [{ path: 'src/a.ts', text: 'export const a = 1;\n' }], say: 'I wrote a.' };

describe('an ACP agent that works badly', () => {
  let harness: AgentHarness;
  before(async () => {
    harness = await new AgentHarness().build();
  });
  afterEach(async () => {
    assert.deepEqual(await harness.processes(), []);
    harness.clear();
  });
  after(() => harness.remove());

  it('lies: the outcome claims nothing about the work', async () => {
    const [outcome, heard] = await harness.scripted('lies');
    assert.equal(outcome.stop, 'end_turn');
    assert.equal(heard.updates.filter((update) => update.kind === 'tool').length, 0);
  });

  it('speaks nonsense between its messages', async () => {
    const [outcome, heard] = await harness.scripted('malformed', { prompt: scriptLine(EDITS) });
    assert.equal(outcome.stop, 'end_turn');
    assert.equal(harness.read('src/a.ts'), 'export const a = 1;\n');
    assert.match(textOf(heard, 'note'), /left out: npm warn something/);
    assert.equal(textOf(heard, 'text', 'agent'), 'I wrote a.');
  });

  it('speaks another version of the protocol', async () => {
    await assert.rejects(harness.scripted('version99'), { code: 'AGENT_PROTOCOL' });
  });

  it('is not signed in', async () => {
    await assert.rejects(harness.scripted('signed-out'), { code: 'AGENT_FAILED', message: /not signed in/ });
  });

  it('refuses the prompt', async () => {
    await assert.rejects(harness.scripted('refuses'), { code: 'AGENT_FAILED' });
  });

  for (const where of ['initialize', 'session', 'prompt', 'mid']) {
    it(`crashes at ${where}`, async () => {
      await assert.rejects(harness.scripted('crashes', { where, prompt: scriptLine(EDITS) }), {
        code: 'AGENT_FAILED',
        message: /exit code 7.*scripted crash at/,
      });
    });
  }

  it('closes its output and goes on running', async () => {
    await assert.rejects(harness.scripted('half-closed', { limits: { halfClosed: 100 } }), {
      code: 'AGENT_FAILED',
      message: /closed its output/,
    });
  });

  it('is no ACP agent at all', async () => {
    const custom = { command: '/bin/sleep', args: ['60'] };
    await assert.rejects(harness.run('sleep', { custom, limits: { start: 500 } }), { code: 'AGENT_TIMEOUT' });
    await assert.rejects(harness.run('true', { custom: { command: '/bin/true', args: [] } }), {
      code: 'AGENT_FAILED',
      message: /exit code 0/,
    });
  });

  for (const [where, limits] of [
    ['initialize', { start: 300 }],
    ['session', { session: 300 }],
  ] as const) {
    it(`hangs at ${where}`, async () => {
      await assert.rejects(harness.scripted('hangs', { where, limits }), { code: 'AGENT_TIMEOUT' });
    });
  }
});

describe('an ACP agent that floods', () => {
  let harness: AgentHarness;
  before(async () => {
    harness = await new AgentHarness().build();
  });
  afterEach(async () => {
    assert.deepEqual(await harness.processes(), []);
    harness.clear();
  });
  after(() => harness.remove());

  it('sends a line without an end', async () => {
    await assert.rejects(harness.scripted('floods', { where: 'line' }), { code: 'AGENT_PROTOCOL' });
  });

  it('sends messages of megabytes', async () => {
    const [outcome, heard] = await harness.scripted('floods', { where: 'big' });
    assert.equal(outcome.stop, 'end_turn');
    assert.equal(textOf(heard, 'text', 'agent').length, 50_000_000);
    assert.ok(heard.updates.every((update) => !('text' in update) || update.text.length <= 65_536));
  });

  it('sends updates without a pause', async () => {
    const [outcome, heard] = await harness.scripted('floods', { where: 'updates' });
    assert.equal(outcome.stop, 'end_turn');
    assert.equal(textOf(heard, 'text', 'agent').length, 2_000_000);
    assert.ok(heard.updates.length < 2_000, `${heard.updates.length} updates`);
  });
});
