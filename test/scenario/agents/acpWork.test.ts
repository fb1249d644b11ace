import assert from 'node:assert/strict';
import { scriptLine } from '../../fixtures/scripted/script';
import { AgentHarness, textOf } from './harness';

const EDITS = { edits: [{ path: 'src/a.ts', text: 'export const a = 1;\n' }], say: 'I wrote a.' };

describe('an ACP agent that works', () => {
  let harness: AgentHarness;
  before(async () => {
    harness = await new AgentHarness().build();
  });
  afterEach(async () => {
    assert.deepEqual(await harness.processes(), []);
    harness.clear();
  });
  after(() => harness.remove());

  it('edits, speaks and ends its turn', async () => {
    const [outcome, heard] = await harness.scripted('good', { prompt: scriptLine(EDITS) });
    assert.equal(outcome.stop, 'end_turn');
    assert.deepEqual(outcome.survivors, []);
    assert.equal(harness.read('src/a.ts'), 'export const a = 1;\n');
    assert.equal(textOf(heard, 'text', 'user'), scriptLine(EDITS));
    assert.equal(textOf(heard, 'text', 'agent'), 'I wrote a.');
    const tools = heard.updates.filter((update) => update.kind === 'tool');
    assert.deepEqual(
      [tools.at(-1)?.status, tools.at(-1)?.title, tools.at(-1)?.paths],
      ['completed', 'Write src/a.ts', ['src/a.ts']],
    );
    assert.equal(heard.sessions.length, 1);
    assert.deepEqual(heard.sessions[0]!.slice(1), ['scripted', '1.2.3']);
    assert.ok(heard.wrote > 0);
  });

  it('stays in its own mode, also where it has one that only reads', async () => {
    const [, heard] = await harness.scripted('offers', { agent: 'gemini', where: 'mode' });
    assert.equal(textOf(heard, 'text', 'agent'), 'in mode none');
  });

  it('has its usage reported with what it means', async () => {
    const [outcome] = await harness.scripted('good');
    assert.deepEqual(outcome.usage, {
      tokens: { inputTokens: 11, outputTokens: 7, totalTokens: 18 },
      costUsd: null,
      meaning: 'as the agent reports it',
      covers: 'unknown',
    });
  });

  it('works without a sandbox too', async () => {
    const [outcome] = await harness.scripted('good', { prompt: scriptLine(EDITS), sandbox: 'off' });
    assert.equal(outcome.stop, 'end_turn');
    assert.equal(harness.read('src/a.ts'), 'export const a = 1;\n');
  });

  it('goes on with its session in a new process', async () => {
    const script = scriptLine({ ...EDITS, corrected: [{ path: 'src/a.ts', text: 'corrected\n' }] });
    const [, first] = await harness.scripted('good', { prompt: script });
    const session = first.sessions[0]![0];
    const [, second] = await harness.scripted('good', { prompt: script, turn: 2, kind: 'correction', session });
    assert.equal(harness.read('src/a.ts'), 'corrected\n');
    assert.equal(second.sessions[0]![0], session);
    assert.equal(textOf(second, 'text', 'user'), script);
    assert.doesNotMatch(textOf(second, 'text'), /REPLAYED/);
  });

  for (const mode of ['forgets', 'cannot-load']) {
    it(`is told of its earlier work when it ${mode}`, async () => {
      const [outcome, heard] = await harness.scripted(mode, {
        prompt: scriptLine(EDITS),
        turn: 2,
        kind: 'correction',
        session: 'a-session-of-before',
      });
      assert.equal(outcome.stop, 'end_turn');
      assert.notEqual(heard.sessions[0]![0], 'a-session-of-before');
      assert.match(textOf(heard, 'text', 'user'), /THE BRIEF[\s\S]*SCRIPT:/);
      assert.match(textOf(heard, 'note'), /a new one is told/);
    });
  }

  it('is heard to the last word when it is chatty', async () => {
    const [outcome, heard] = await harness.scripted('chatty', { prompt: scriptLine(EDITS) });
    assert.equal(outcome.stop, 'end_turn');
    const expected = Array.from({ length: 20_000 }, (_, index) => `${index} `.padEnd(100, '.')).join('');
    assert.equal(textOf(heard, 'text', 'agent'), `${expected}I wrote a.`);
    assert.ok(heard.updates.length < 500, `${heard.updates.length} updates`);
  });
});

describe('an ACP agent that asks', () => {
  let harness: AgentHarness;
  before(async () => {
    harness = await new AgentHarness().build();
  });
  afterEach(async () => {
    assert.deepEqual(await harness.processes(), []);
    harness.clear();
  });
  after(() => harness.remove());

  const asks = (...list: { kind: string; path?: string; command?: string; text?: string; options?: string[] }[]) =>
    scriptLine({ asks: list, say: '' });

  it('may edit in scope and not outside it', async () => {
    const [, heard] = await harness.scripted('asks', {
      prompt: asks(
        { kind: 'edit', path: 'src/in.ts', text: 'in\n' },
        { kind: 'edit', path: 'lib/out.ts', text: 'out\n' },
        { kind: 'edit', path: 'src/auth/no.ts', text: 'no\n' },
        { kind: 'edit', path: '../beyond.ts', text: 'no\n' },
      ),
    });
    assert.deepEqual(
      heard.decisions.map(({ request, decision, by }) => [request, decision, by]),
      [
        ['1-1', 'allowed', 'policy'],
        ['1-2', 'refused', 'policy'],
        ['1-3', 'refused', 'policy'],
        ['1-4', 'refused', 'policy'],
      ],
    );
    assert.equal(harness.read('src/in.ts'), 'in\n');
    assert.throws(() => harness.read('lib/out.ts'));
    assert.match(textOf(heard, 'text', 'agent'), /edit: id-allow_once\nedit: id-reject_once/);
  });

  it('may run the commands of the brief', async () => {
    const [, heard] = await harness.scripted('asks', {
      front: { checks: [{ name: 'tests', run: 'npm test' }] },
      prompt: asks({ kind: 'execute', command: 'npm test' }, { kind: 'execute', command: 'npm test; rm -rf /' }),
    });
    assert.deepEqual(
      heard.decisions.map(({ decision, by }) => [decision, by]),
      [['allowed', 'policy']],
    );
    assert.equal(textOf(heard, 'text', 'agent'), 'execute: id-allow_once\nexecute: id-reject_once\n');
    assert.match(heard.questions[0]!.what, /npm test; rm -rf/);
  });

  it('has a person asked at a boundary', async () => {
    const [outcome, heard] = await harness.scripted('asks', {
      prompt: asks({ kind: 'edit', path: '.github/workflows/ci.yml', text: 'on: push\n' }),
      answer: async () => ({ allow: true, by: 'Reviewer <reviewer@example.com>' }),
    });
    assert.equal(outcome.stop, 'end_turn');
    assert.equal(heard.questions[0]!.boundary, 'ci');
    assert.deepEqual(heard.decisions, []);
    assert.equal(harness.read('.github/workflows/ci.yml'), 'on: push\n');
  });

  it('is never granted more than the one time', async () => {
    const [, heard] = await harness.scripted('asks', {
      prompt: asks(
        { kind: 'edit', path: 'src/a.ts', text: 'a', options: ['allow_always', 'reject_once'] },
        { kind: 'edit', path: 'src/b.ts', text: 'b', options: ['allow_always', 'reject_always'] },
      ),
    });
    assert.equal(textOf(heard, 'text', 'agent'), 'edit: id-reject_once\nedit: cancelled\n');
    assert.deepEqual(
      heard.decisions.map(({ decision }) => decision),
      ['refused', 'refused'],
    );
  });

  it('is stopped while a person is asked', async () => {
    const controller = new AbortController();
    const [outcome, heard] = await harness.scripted('asks', {
      prompt: asks({ kind: 'fetch' }),
      signal: controller.signal,
      answer: () => {
        controller.abort();
        return new Promise(() => {});
      },
    });
    assert.equal(outcome.stop, 'cancelled');
    assert.deepEqual(heard.decisions, []);
  });
});

describe('an ACP agent that cannot be started', () => {
  let harness: AgentHarness;
  before(async () => {
    harness = await new AgentHarness().build();
  });
  afterEach(async () => {
    assert.deepEqual(await harness.processes(), []);
    harness.clear();
  });
  after(() => harness.remove());

  it('is unknown', async () => {
    await assert.rejects(harness.run('nobody', {}), { code: 'AGENT_UNKNOWN', message: /command, claude, codex/ });
  });

  it('is not installed', async () => {
    const custom = { command: 'countersign-no-such-agent' };
    await assert.rejects(harness.run('mine', { custom }), { code: 'AGENT_NOT_INSTALLED' });
  });

  it('would be steered by the repository', async () => {
    harness.write('.codex/config.toml', '');
    const custom = { command: '/bin/true' };
    await assert.rejects(harness.run('codex', { custom }), { code: 'AGENT_STEERED', message: /\.codex/ });
    const front = { approval: { allow: ['config'] } };
    await assert.rejects(harness.run('codex', { custom, front }), { code: 'AGENT_FAILED' });
  });
});
