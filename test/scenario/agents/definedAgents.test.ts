import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { DefinedAgents } from '../../../src/node/agents/definedAgents';
import { temporaryFolder } from '../store/places';

describe('agents of the editor’s setting', () => {
  const folder = temporaryFolder();
  const mine = { command: 'my-agent', args: ['--acp'], env: {} };

  it('lie below those of the configuration, and are there for the next host', async () => {
    const file = folder.make('agents.json');
    const configured = { both: { command: 'configured', args: [], env: {} } };
    const agents = await DefinedAgents.open(file, configured);
    const refused = await agents.define({
      mine: { command: 'my-agent', args: ['--acp'] },
      both: { command: 'defined' },
    });
    assert.deepEqual(refused, []);
    assert.deepEqual(agents.current, { mine, ...configured });
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual((await DefinedAgents.open(file, configured)).current, { mine, ...configured });
    await agents.define({});
    assert.deepEqual((await DefinedAgents.open(file, configured)).current, configured);
  });

  it('are taken as far as they fit, and the rest is told', async () => {
    const agents = await DefinedAgents.open(folder.make('some.json'), {});
    const refused = await agents.define({
      mine: { command: 'my-agent', args: ['--acp'] },
      command: { command: 'sh' },
      'Bad Id': { command: 'x' },
      empty: {},
      relative: { command: 'x', writable: ['here'] },
      shell: 'rm -rf',
      ...JSON.parse('{ "constructor": 7, "__proto__": { "command": "x" } }'),
    });
    assert.deepEqual(agents.current, { mine });
    assert.deepEqual(
      refused.map(({ id }) => id),
      ['command', 'Bad Id', 'empty', 'relative', 'shell', 'constructor', '__proto__'],
    );
    for (const { why } of refused) assert.ok(why.length > 5, why);
    assert.match(refused[3]!.why, /^writable\.0: /);
  });

  it('change nothing when they are too many or too large', async () => {
    const file = folder.make('large.json');
    const agents = await DefinedAgents.open(file, {});
    await agents.define({ mine: { command: 'my-agent', args: ['--acp'] } });
    const before = await readFile(file, 'utf8');
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`a${n}`, { command: 'x' }]));
    const large = { a: { command: 'x', args: Array.from({ length: 20 }, () => 'x'.repeat(30_000)) } };
    for (const wrong of [many, large]) await assert.rejects(agents.define(wrong), { code: 'CONFIG_INVALID' });
    assert.deepEqual(agents.current, { mine });
    assert.equal(await readFile(file, 'utf8'), before);
  });

  it('are none where the file is damaged', async () => {
    for (const [n, text] of ['{', '[]', 'null', '{"a":{"command":7}}', `"${'x'.repeat(600_000)}"`].entries()) {
      const file = folder.make(`damaged-${n}.json`);
      await writeFile(file, text);
      assert.deepEqual((await DefinedAgents.open(file, {})).current, {}, text.slice(0, 20));
    }
  });
});
