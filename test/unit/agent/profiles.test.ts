import assert from 'node:assert/strict';
import { lstat, mkdir, mkdtemp, readFile, readlink, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOlder } from '../../../src/node/agents/acpPrompt';
import { prepareAgentHome } from '../../../src/node/agents/agentHome';
import { agentProfile, customAgentsSchema, knownAgents } from '../../../src/node/agents/configuredAgents';
import { foldersOf, listAgents, locateAgent } from '../../../src/node/agents/discover';
import { prepareLaunch } from '../../../src/node/agents/launch';
import { PROFILES } from '../../../src/node/agents/profiles';
import type { Confinement } from '../../../src/node/process/confinement';

describe('the agents that are known', () => {
  it('are the built-in ones, each under its own id', () => {
    assert.deepEqual(
      PROFILES.map(({ id }) => id),
      ['command', 'claude', 'codex', 'copilot', 'gemini', 'cursor', 'opencode', 'qwen', 'cline', 'kilo', 'goose'],
    );
    for (const profile of PROFILES) {
      assert.ok(profile.install !== '' && profile.signIn !== '' && profile.usage !== '', profile.id);
      for (const path of [...profile.home.link, ...profile.home.copy]) assert.match(path, /^\.[^/]/);
    }
  });

  it('are handed tools as each takes them, and none where it takes none', () => {
    const ways = Object.fromEntries(
      PROFILES.map(({ id, tools }) => [id, typeof tools === 'string' ? tools : tools.option]),
    );
    const { command, copilot, gemini, qwen, ...others } = ways;
    assert.deepEqual([command, copilot, gemini, qwen], ['none', '--additional-mcp-config', 'none', 'none']);
    assert.deepEqual([...new Set(Object.values(others))], ['session']);
  });

  it('can be added to and replaced by the configuration', () => {
    const custom = customAgentsSchema.parse({
      mine: { command: '/opt/mine', args: ['--acp'], env: { A: '1' } },
      codex: { name: 'My Codex', command: 'my-codex', env: { MODEL_PROVIDER: 'local' } },
    });
    const mine = agentProfile('mine', custom);
    assert.deepEqual([mine.name, mine.wire, mine.args, mine.env.set], ['mine', 'acp', ['--acp'], { A: '1' }]);
    const codex = agentProfile('codex', custom);
    assert.deepEqual([codex.name, codex.command, codex.steering], ['My Codex', 'my-codex', ['.codex']]);
    assert.deepEqual(codex.env.set, { INITIAL_AGENT_MODE: 'workspace-write', MODEL_PROVIDER: 'local' });
    assert.equal(knownAgents(custom).size, PROFILES.length + 1);
  });

  it('cannot be redefined into what they are not', () => {
    assert.throws(() => knownAgents({ command: { command: 'x', args: [], env: {} } }), { code: 'CONFIG_INVALID' });
    assert.throws(() => agentProfile('nobody'), { code: 'AGENT_UNKNOWN', message: /known are command, claude/ });
    for (const wrong of [
      { x: {} },
      { x: { command: '' } },
      { x: { command: 'a', shell: true } },
      { x: { command: 'a', writable: ['relative'] } },
      { x: { command: 'a', env: { 'A=B': 'c' } } },
      { 'X Y': { command: 'a' } },
    ]) {
      assert.equal(customAgentsSchema.safeParse(wrong).success, false, JSON.stringify(wrong));
    }
  });
});

describe('finding agents', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'cs-found-')));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('looks on the PATH, absolute folders only', async () => {
    await writeFile(join(folder, 'codex-acp'), '#!/bin/sh\n', { mode: 0o755 });
    const codex = agentProfile('codex');
    assert.equal(locateAgent(codex, { PATH: `.:relative:${folder}` }), join(folder, 'codex-acp'));
    assert.equal(locateAgent(codex, { PATH: '' }), null);
    const listed = await listAgents({}, { environment: { PATH: folder } });
    assert.deepEqual(
      listed.filter(({ path }) => path !== null).map(({ id, version }) => [id, version]),
      [['codex', null]],
    );
  });

  it('asks for a version only when it is told to', async () => {
    await writeFile(join(folder, 'mine'), '#!/bin/sh\necho "mine v4.5.6-beta (x)"\n', { mode: 0o755 });
    const custom = { mine: { command: join(folder, 'mine'), args: [], env: {} } };
    const environment = { PATH: '/usr/bin:/bin' };
    const versionOf = async (versions: boolean) =>
      (await listAgents(custom, { versions, environment })).find(({ id }) => id === 'mine')?.version;
    assert.equal(await versionOf(false), null);
    assert.equal(await versionOf(true), '4.5.6-beta');
  });

  it('shows only the file where its folder holds more than an agent', async () => {
    const script = join(tmpdir(), `cs-found-${process.pid}.js`);
    await writeFile(script, '');
    try {
      assert.deepEqual(foldersOf(script, '/home/x'), [await realpath(script)]);
    } finally {
      await rm(script);
    }
    assert.ok(!foldersOf('/bin/sh').includes('/bin'));
  });

  it('shows a program with its package and never the whole home', async () => {
    const script = join(folder, 'lib/node_modules/agent/bin/agent.js');
    await mkdir(join(script, '..'), { recursive: true });
    await writeFile(script, '');
    await mkdir(join(folder, 'bin'));
    await symlink(script, join(folder, 'bin/agent'));
    assert.deepEqual(foldersOf(join(folder, 'bin/agent'), '/home/x'), [
      join(folder, 'lib/node_modules'),
      join(folder, 'bin'),
    ]);
    assert.deepEqual(foldersOf(script, folder), [join(folder, 'lib/node_modules')]);
    await writeFile(join(folder, 'agent.js'), '');
    assert.deepEqual(foldersOf(join(folder, 'agent.js'), folder), [join(folder, 'agent.js')]);
    assert.deepEqual(foldersOf(join(folder, 'agent.js'), join(folder, 'deeper')), [join(folder, 'agent.js')]);
    assert.deepEqual(foldersOf('--flag'), []);
    assert.deepEqual(foldersOf('/no/such/file'), []);
  });
});

describe('the launch of an agent', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'cs-launch-')));
    for (const name of ['codex-acp', 'gemini']) await writeFile(join(folder, name), '', { mode: 0o755 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const launch = (id: string, confinement: Confinement, network = true, readOnly = false) =>
    prepareLaunch(
      agentProfile(id),
      { task: 't', worktree: '/tree', readable: ['/objects'], hidden: ['/repo'], readOnly },
      { home: join(folder, 'home'), state: '/state', network, confinement },
      { PATH: folder, HOME: '/home/none', OPENAI_API_KEY: 'key', GITHUB_TOKEN: 'secret', GEMINI_API_KEY: 'other' },
    );
  const bwrap: Confinement = { kind: 'bwrap', file: 'bwrap', options: [], sized: true };
  const none: Confinement = { kind: 'none', why: '' };

  it('passes on what the agent needs and nothing else', async () => {
    const spec = await launch('codex', none);
    assert.deepEqual(spec.env, { OPENAI_API_KEY: 'key', INITIAL_AGENT_MODE: 'workspace-write' });
    assert.deepEqual(spec.command, { file: join(folder, 'codex-acp'), args: [] });
    assert.deepEqual([spec.writable, spec.readable], [['/tree'], ['/objects', folder]]);
    assert.deepEqual(spec.hidden, ['/state', '/repo']);
    assert.equal(spec.network, true);
  });

  it('leaves confining to our sandbox where the own one cannot be', async () => {
    assert.equal((await launch('codex', bwrap)).env.INITIAL_AGENT_MODE, 'agent-full-access');
  });

  it('keeps the safe mode out of reach', async () => {
    const { env, readable, writable, home } = await launch('gemini', bwrap);
    const settings = env.GEMINI_CLI_SYSTEM_SETTINGS_PATH!;
    assert.deepEqual(JSON.parse(await readFile(settings, 'utf8')).security, { folderTrust: { enabled: true } });
    assert.ok(readable.includes(join(settings, '..')));
    for (const path of [...writable, home]) assert.ok(!settings.startsWith(`${path}/`), path);
    assert.equal(env.OPENAI_API_KEY, undefined);
  });

  it('shows a folder that is only to be read, and lets nothing of it be written', async () => {
    const { writable, readable, cwd } = await launch('codex', bwrap, true, true);
    assert.deepEqual([cwd, writable, readable], ['/tree', [], ['/tree', '/objects', folder]]);
  });

  it('has no network where the user gives none', async () => {
    assert.equal((await launch('codex', bwrap, false)).network, false);
  });

  it('needs the agent to be installed', async () => {
    await assert.rejects(launch('copilot', none), { code: 'AGENT_NOT_INSTALLED', fix: /npm install/ });
  });
});

describe('telling versions apart', () => {
  it('goes by the numbers', () => {
    assert.deepEqual(
      [isOlder('1.2.3', '1.10.0'), isOlder('2.0', '1.9.9'), isOlder('1.2.3-beta', '1.2.3'), isOlder('x', '0.0.1')],
      [true, false, false, true],
    );
  });
});

describe('the private home of an agent', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'cs-home-')));
    await mkdir(join(folder, 'user/.agent'), { recursive: true });
    await writeFile(join(folder, 'user/.agent/auth.json'), 'token');
    await writeFile(join(folder, 'user/.agent/config'), 'settings');
  });
  afterEach(() => rm(folder, { recursive: true }));
  const wanted = { link: ['.agent/auth.json', '.agent/none'], copy: ['.agent/config', '.other/none'] };

  it('has the sign-in by a link and the settings as a copy', async () => {
    const home = join(folder, 'home');
    for (let turn = 0; turn < 2; turn += 1) {
      assert.deepEqual(await prepareAgentHome(home, join(folder, 'user'), wanted), [
        join(folder, 'user/.agent/auth.json'),
      ]);
      assert.equal(await readlink(join(home, '.agent/auth.json')), join(folder, 'user/.agent/auth.json'));
      assert.equal(await readFile(join(home, '.agent/config'), 'utf8'), 'settings');
      await writeFile(join(home, '.agent/config'), 'changed by the agent');
    }
    assert.equal(await readFile(join(folder, 'user/.agent/config'), 'utf8'), 'settings');
  });

  it('follows no link that an agent left there', async () => {
    const [home, victim] = [join(folder, 'home'), join(folder, 'victim')];
    await mkdir(home);
    await mkdir(victim);
    await writeFile(join(victim, 'config'), 'mine');
    await symlink(victim, join(home, '.agent'));
    await prepareAgentHome(home, join(folder, 'user'), wanted);
    assert.equal(await readFile(join(victim, 'config'), 'utf8'), 'mine');
    assert.equal((await lstat(join(home, '.agent'))).isSymbolicLink(), false);
    await rm(join(home, '.agent/config'));
    await symlink(join(victim, 'config'), join(home, '.agent/config'));
    await prepareAgentHome(home, join(folder, 'user'), wanted);
    assert.equal(await readFile(join(victim, 'config'), 'utf8'), 'mine');
  });
});
