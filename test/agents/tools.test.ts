import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TOOL_NAMES } from '../../src/core/agent/tools/tools';
import { agentProfile } from '../../src/node/agents/configuredAgents';
import { AgentHarness } from '../scenario/agents/harness';
import { type Model, startModel } from './model';
import { installed, REAL_AGENTS } from './realAgents';

for (const agent of REAL_AGENTS.filter(({ id }) => agentProfile(id).tools !== 'none')) {
  describe(`${agent.package} and our tools`, () => {
    let harness: AgentHarness;
    let model: Model;
    before(async () => {
      model = await startModel({ idle: [{ do: 'say', text: 'Nothing to do.' }] });
      harness = new AgentHarness();
      agent.prepareHome(join(harness.folder, 'homes', harness.task), model.url);
      harness.write('src/.keep', '');
    });
    afterEach(async () => assert.deepEqual(await harness.processes(), []));
    after(async () => {
      await model.close();
      harness.remove();
    });

    it('are offered to its model', async () => {
      const [outcome] = await harness.run(agent.id, {
        custom: { network: true, ...installed(agent, model.url) },
        prompt: 'Please do what is scripted.\nSCENARIO: idle',
        limit: 120_000,
        limits: { cancel: 2_000, close: 2_000, grace: 2_000 },
        tools: { call: async () => ({ code: null, text: 'fine' }) },
      });
      assert.equal(outcome.stop, 'end_turn');
      const offered = model.requests.map(({ body }) => JSON.stringify(body.tools ?? null)).join('\n');
      for (const name of TOOL_NAMES) assert.match(offered, new RegExp(`"(?:countersign.)?${name}"`), name);
    });
  });
}
