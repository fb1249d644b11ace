import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findConfinement } from '../../../src/node/process/confinement';
import { ChecksHarness } from './harness';

/** Installs one package that holds a number that is never the same twice, so that a kept result is recognised. */
const INSTALLER = `#!/bin/sh
mkdir -p node_modules/dep "$HOME/.npm/_cacache"
cat /proc/sys/kernel/random/uuid > node_modules/dep/id
test -e extra && cat extra > node_modules/dep/extra
test -e .npmrc && cp .npmrc node_modules/dep/npmrc
if grep -q writes-home package-lock.json; then mkdir -p "$HOME/.cache/browser"; fi
exit 0
`;

const BASE = {
  '.gitignore': 'node_modules/\n',
  'package.json': '{"name":"x","scripts":{"test":"true"}}\n',
  'package-lock.json': '{"lockfileVersion":3}\n',
  'src/a.txt': 'one\n',
};
const ID = 'node_modules/dep/id';

describe('kept results of setup', () => {
  let harness: ChecksHarness;
  let tools: string;
  const path = process.env.PATH;

  beforeEach(async function () {
    if ((await findConfinement('auto')).kind !== 'bwrap') this.skip();
    tools = mkdtempSync(join(tmpdir(), 'cs-tools-'));
    writeFileSync(join(tools, 'npm'), INSTALLER);
    chmodSync(join(tools, 'npm'), 0o755);
    process.env.PATH = `${tools}${delimiter}${path}`;
    harness = await new ChecksHarness(BASE).prepare();
  });
  afterEach(() => {
    process.env.PATH = path;
    harness?.remove();
    rmSync(tools, { recursive: true, force: true });
  });

  async function installed(run = `cat ${ID}`, files = {}) {
    const { setup, checks } = await harness.verify({ it: { run } }, { setup: 'npm ci', files });
    return { cached: setup!.cached, exit: setup!.exit, out: checks[0]!.log.head };
  }

  it('serve the agent’s folder and every checkout with the same lockfile', async () => {
    await harness.setup('npm ci');
    const own = readFileSync(join(harness.workspace.worktree.path, ID), 'utf8');
    assert.deepEqual(await installed(), { cached: true, exit: 0, out: own });
    assert.equal(harness.left('cache/setup').length, 1);
  });

  it('cannot be poisoned by a check or an agent that writes into its copy', async () => {
    const first = await installed(`cat ${ID}; echo poison > ${ID}; echo poison > node_modules/dep/new`);
    await harness.setup('npm ci');
    writeFileSync(join(harness.workspace.worktree.path, ID), 'poison');
    const second = await installed(`cat ${ID}; ls node_modules/dep; stat -c %h ${ID}`);
    assert.deepEqual([first.cached, second.cached], [false, true]);
    assert.equal(second.out, `${first.out}id\n1\n`);
  });

  it('are made without the agent’s files', async () => {
    const { cached, out } = await installed('ls node_modules/dep', { extra: 'poison' });
    assert.deepEqual([cached, out], [false, 'id\n']);
    assert.deepEqual(await installed('ls node_modules/dep'), { cached: true, exit: 0, out: 'id\n' });
  });

  it('lie where no check can see them', async () => {
    await installed();
    const cache = join(harness.state, 'cache');
    assert.equal((await installed(`ls ${cache} 2>/dev/null || echo hidden`)).out, 'hidden\n');
  });

  const different: Record<string, Record<string, string>> = {
    'the lockfile was changed': { 'package-lock.json': '{"lockfileVersion":3,"poison":1}\n' },
    'the manifest was changed': { 'package.json': '{"name":"x","dependencies":{}}\n' },
    'settings appeared': { '.npmrc': 'script-shell=./poison\n' },
    'a build file appeared that installers obey': { 'binding.gyp': '{}' },
  };
  for (const [what, files] of Object.entries(different)) {
    it(`are not used where ${what}`, async () => {
      const kept = await installed();
      const other = await installed(`cat ${ID}`, files);
      assert.equal(other.cached, false);
      assert.notEqual(other.out, kept.out);
      assert.equal(harness.left('cache/setup').length, 1);
    });
  }

  it('are not kept when the installer left more than packages', async () => {
    const other = await new ChecksHarness({ ...BASE, 'package-lock.json': '{"writes-home":1}\n' }).prepare();
    try {
      const run = () => other.verify({ it: { run: 'ls "$HOME/.cache"' } }, { setup: 'npm ci' });
      assert.deepEqual((await run()).checks[0]!.log.head, 'browser\n');
      assert.equal((await run()).setup!.cached, false);
      assert.deepEqual(other.left('cache/setup'), []);
    } finally {
      other.remove();
    }
  });

  it('are not used without a sandbox, where a task could reach them', async () => {
    const bare = await new ChecksHarness(BASE, { sandbox: 'off' }).prepare();
    try {
      for (let n = 0; n < 2; n++) {
        assert.equal((await bare.verify({ it: { run: 'true' } }, { setup: 'npm ci' })).setup!.cached, false);
      }
    } finally {
      bare.remove();
    }
  });
});
