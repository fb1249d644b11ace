import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { scriptLine } from '../../fixtures/scripted/script';
import { AgentHarness } from './harness';

describe('an agent that is only asked', () => {
  let harness: AgentHarness;
  before(async () => {
    harness = await new AgentHarness().build();
  });
  beforeEach(() => harness.write('src/a.txt', 'as it is\n'));
  afterEach(async () => {
    assert.deepEqual(await harness.processes(), []);
    assert.deepEqual(harness.homes(), [], 'its HOME goes with it');
    harness.clear();
  });
  after(() => harness.remove());

  it('answers, with who it is and what it used', async () => {
    const answer = await harness.consult({ mode: 'good' }, { prompt: scriptLine({ say: 'It looks fine.' }) });
    assert.deepEqual(
      [answer.text, answer.stop, answer.agent, answer.refused, answer.survivors],
      ['It looks fine.', 'end_turn', { name: 'scripted', version: '1.2.3' }, [], []],
    );
    assert.equal(answer.usage?.tokens.totalTokens, 18);
    assert.match(answer.confinement, /bubblewrap/);
  });

  it('cannot write where it reads', async () => {
    const prompt = scriptLine({ edits: [{ path: 'src/b.txt', text: 'mine\n' }] });
    await assert.rejects(harness.consult({ mode: 'good' }, { prompt }), { code: 'AGENT_FAILED' });
    assert.equal(existsSync(join(harness.worktree, 'src/b.txt')), false);
  });

  it('is refused what it asks for, save to read', async () => {
    const prompt = scriptLine({
      asks: [
        { kind: 'read', path: 'src/a.txt' },
        { kind: 'edit', path: 'src/a.txt', text: 'mine\n' },
        { kind: 'execute', command: 'npm test' },
        { kind: 'fetch' },
      ],
      say: 'Thanks.',
    });
    const { text, refused } = await harness.consult({ mode: 'asks' }, { prompt });
    assert.equal(
      text,
      'read: id-allow_once\nedit: id-reject_once\nexecute: id-reject_once\nfetch: id-reject_once\nThanks.',
    );
    assert.deepEqual(
      refused.map((what) => what.split(':')[0]),
      ['edit', 'execute', 'fetch'],
    );
    assert.equal(harness.read('src/a.txt'), 'as it is\n');
  });

  describe('in a mode of its own that only reads', () => {
    const gemini = (where: string) =>
      harness.consult({ mode: 'offers', where }, { agent: 'gemini', limits: { session: 500 } });

    for (const where of ['mode', 'option']) {
      it(`is put there, where it offers one among its ${where}s, and that is told`, async () => {
        const { text, confinement } = await gemini(where);
        assert.equal(text, 'in mode plan');
        assert.match(confinement, /^bubblewrap.*, in its mode `plan`$/);
      });
    }

    it('is asked all the same where it offers none, or nonsense, or does not change it', async () => {
      for (const where of ['others', 'nonsense', 'refuses', 'deaf']) {
        const { text, confinement } = await gemini(where);
        assert.equal(text, 'in mode none', where);
        assert.doesNotMatch(confinement, /in its mode/);
      }
    });

    it('is left in its own where nobody knows of any, and where that would start a sandbox inside ours', async () => {
      for (const agent of ['scripted', 'codex']) {
        const { text } = await harness.consult({ mode: 'offers', where: 'mode' }, { agent });
        assert.equal(text, 'in mode none', agent);
      }
    });
  });

  it('remembers nothing of an earlier question', async () => {
    const prompt = scriptLine({ say: 'first', corrected: [{ path: 'x', text: 'second prompt of a session' }] });
    for (const _ of [1, 2]) assert.equal((await harness.consult({ mode: 'good' }, { prompt })).text, 'first');
  });

  it('is ended when its answer has no end', async () => {
    for (const where of ['updates', 'big']) {
      const { text, stop } = await harness.consult({ mode: 'floods', where });
      assert.deepEqual([stop, text.length], ['too-long', 256 * 1024]);
    }
  });

  it('is ended when its time is over, and when we have enough', async () => {
    const late = await harness.consult({ mode: 'hangs', where: 'prompt' }, { limit: 1_000, limits: { cancel: 100 } });
    assert.deepEqual([late.stop, late.survivors], ['timeout', []]);
    const controller = new AbortController();
    const stopped = harness.consult({ mode: 'slow' }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 500);
    assert.equal((await stopped).stop, 'cancelled');
  });

  it('may crash', async () => {
    const message = /exit code 7.*scripted crash/;
    await assert.rejects(harness.consult({ mode: 'crashes', where: 'prompt' }), { code: 'AGENT_FAILED', message });
  });

  it('leaves no process behind', async () => {
    await assert.rejects(harness.consult({ mode: 'crashes', where: 'session' }), { code: 'AGENT_FAILED' });
    const command = "setsid sh -c 'sleep 600' >/dev/null 2>&1 & echo done";
    assert.equal((await harness.consult({ command })).text, 'done\n');
  });

  describe('as a command', () => {
    it('reads the question from its input and prints the answer', async () => {
      const prompt = `${'x'.repeat(200_000)}\nlast line`;
      const { text, stop } = await harness.consult({ command: 'tail -n 1; cat src/a.txt' }, { prompt });
      assert.deepEqual([text, stop], ['last lineas it is\n', 'exit']);
    });

    it('need not read its input', async () => {
      assert.equal((await harness.consult({ command: 'echo no' }, { prompt: 'x'.repeat(1_000_000) })).text, 'no\n');
    });

    it('cannot write either', async () => {
      const failure = { code: 'COMMAND_FAILED', message: /exited with 2|Read-only/ };
      await assert.rejects(harness.consult({ command: 'echo mine > src/a.txt' }), failure);
      assert.equal(harness.read('src/a.txt'), 'as it is\n');
    });

    it('fails, is late, or never ends', async () => {
      const failure = { code: 'COMMAND_FAILED', message: /exited with 3: no model/ };
      await assert.rejects(harness.consult({ command: 'echo no model >&2; exit 3' }), failure);
      assert.equal((await harness.consult({ command: 'sleep 600' }, { limit: 300 })).stop, 'timeout');
      assert.equal((await harness.consult({ command: 'yes' })).stop, 'too-long');
    });
  });

  it('can write where there is no sandbox: its maker must look', async () => {
    const prompt = scriptLine({ edits: [{ path: 'src/a.txt', text: 'mine\n' }] });
    const { confinement } = await harness.consult({ mode: 'good' }, { prompt, sandbox: 'off' });
    assert.match(confinement, /accidents only/);
    assert.equal(harness.read('src/a.txt'), 'mine\n');
  });

  it('is not asked where the folder would disarm it', async () => {
    harness.write('.codex/config.toml', '');
    await assert.rejects(harness.consult({ command: '' }, { agent: 'codex' }), {
      code: /AGENT_STEERED|AGENT_NOT_INSTALLED/,
    });
  });
});
