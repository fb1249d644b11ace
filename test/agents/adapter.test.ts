import assert from 'node:assert/strict';
import { join } from 'node:path';
import { AgentHarness, type TurnOptions, textOf } from '../scenario/agents/harness';
import { type Model, startModel } from './model';
import { installed, REAL_AGENTS } from './realAgents';

const SCENARIOS = {
  work: [
    { do: 'write', path: 'src/a.txt', text: 'first\n' },
    { do: 'run', command: 'cp src/a.txt src/b.txt' },
    { do: 'say', text: 'Wrote a and b.' },
  ],
  correct: [
    { do: 'look', path: 'src/a.txt' },
    { do: 'replace', path: 'src/a.txt', old: 'first', text: 'second' },
    { do: 'say', text: 'Corrected a.' },
  ],
  stray: [{ do: 'write', path: 'STRAY.txt', text: 'out of scope\n' }],
  endless: [{ do: 'run', command: 'echo begun > src/begun.txt; sleep 600' }],
} as const;

for (const agent of REAL_AGENTS) {
  describe(`${agent.package} through the adapter`, () => {
    let harness: AgentHarness;
    let model: Model;
    before(async () => {
      model = await startModel(SCENARIOS);
      harness = new AgentHarness();
      agent.prepareHome(join(harness.folder, 'homes', harness.task), model.url);
    });
    beforeEach(() => harness.write('src/.keep', ''));
    afterEach(async () => assert.deepEqual(await harness.processes(), []));
    after(async () => {
      await model.close();
      harness.remove();
    });

    const turn = (scenario: string, options: TurnOptions = {}) =>
      harness.run(agent.id, {
        custom: { network: true, ...installed(agent, model.url) },
        prompt: `Please do what is scripted.\nSCENARIO: ${scenario}`,
        front: { checks: [{ name: 'copy', run: 'cp src/a.txt src/b.txt' }] },
        limit: 120_000,
        limits: { cancel: 2_000, close: 2_000, grace: 2_000 },
        ...options,
      });

    it('works, and goes on with its session in a new process', async () => {
      const [outcome, heard] = await turn('work');
      assert.equal(outcome.stop, 'end_turn');
      assert.deepEqual([harness.read('src/a.txt'), harness.read('src/b.txt')], ['first\n', 'first\n']);
      assert.match(textOf(heard, 'text', 'agent'), /Wrote a and b\./);
      assert.ok(heard.updates.some((update) => update.kind === 'tool' && update.status === 'completed'));
      assert.ok(Object.keys(outcome.usage?.tokens ?? {}).length > 0);
      const session = heard.sessions[0]![0];

      const [corrected, later] = await turn('correct', { turn: 2, kind: 'correction', session });
      assert.equal(corrected.stop, 'end_turn');
      assert.equal(later.sessions[0]![0], session);
      assert.equal(harness.read('src/a.txt'), 'second\n');
      const asked = model.requests.map(({ body }) => JSON.stringify(body));
      assert.ok(
        asked.some((body) => /SCENARIO: work[\s\S]*SCENARIO: correct/.test(body)),
        'the earlier conversation was not loaded',
      );
    });

    if (agent.asks) {
      it('is refused what is out of scope', async () => {
        const [outcome, heard] = await turn('stray');
        assert.equal(outcome.stop, 'end_turn');
        assert.deepEqual(
          heard.decisions.map(({ decision, by }) => [decision, by]),
          [['refused', 'policy']],
        );
        assert.throws(() => harness.read('STRAY.txt'));
      });
    }

    it('is stopped in the middle of a command, which ends with it', async () => {
      const controller = new AbortController();
      const running = turn('endless', {
        signal: controller.signal,
        answer: async () => ({ allow: true, by: 'Reviewer <reviewer@example.com>' }),
      });
      await waitFor(() => harness.read('src/begun.txt') === 'begun\n');
      controller.abort();
      const [outcome] = await running;
      assert.deepEqual([outcome.stop, outcome.survivors], ['cancelled', []]);
    });
  });
}

async function waitFor(holds: () => boolean): Promise<void> {
  for (;;) {
    try {
      if (holds()) return;
    } catch {
      // Not there yet: the test's own limit ends it.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
