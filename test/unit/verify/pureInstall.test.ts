import assert from 'node:assert/strict';
import { dependsOnlyOnLockfile, pureInstallOf } from '../../../src/core/verify/pureInstall';

describe('pure installers', () => {
  for (const [command, lockfile] of [
    ['npm ci', 'package-lock.json'],
    ['  npm ci --no-audit --ignore-scripts ', 'package-lock.json'],
    ['pnpm install --frozen-lockfile', 'pnpm-lock.yaml'],
    ['yarn install --immutable', 'yarn.lock'],
    ['yarn install --frozen-lockfile', 'yarn.lock'],
    ['bun install --frozen-lockfile', 'bun.lock'],
  ] as const) {
    it(`${command}: ${lockfile} decides`, () => assert.equal(pureInstallOf(command)?.lockfile, lockfile));
  }

  for (const command of [
    'npm install',
    'npm ci && npm run build',
    'npm ci; ./poison',
    'npm ci $(./poison)',
    'npm ci --prefix ../elsewhere',
    'npm ci --script-shell=./x',
    'npm ci\n./poison',
    'FOO=1 npm ci',
    './npm ci',
    'pnpm install',
    'yarn install',
    'bun install',
    'pip install -r requirements.txt',
    '',
  ]) {
    it(`${JSON.stringify(command)} is none`, () => assert.equal(pureInstallOf(command), null));
  }
});

describe('an install depends on its lockfile only', () => {
  const manifest = (more: object) => JSON.stringify({ name: 'x', dependencies: { a: '^1.0.0' }, ...more });

  it('when nothing else takes part', () => {
    assert.equal(dependsOnlyOnLockfile(manifest({ scripts: { test: 'mocha' } }), '{}'), true);
  });

  const reasons: Record<string, [string, string]> = {
    'lifecycle scripts': [manifest({ scripts: { postinstall: 'node x.js' } }), '{}'],
    'a prepare script': [manifest({ scripts: { prepare: 'husky' } }), '{}'],
    workspaces: [manifest({ workspaces: ['packages/*'] }), '{}'],
    'settings of pnpm': [manifest({ pnpm: { patchedDependencies: {} } }), '{}'],
    'a dependency from a folder': [manifest({ dependencies: { b: 'file:./b' } }), '{}'],
    'an override from a folder': [manifest({ overrides: { b: 'link:../b' } }), '{}'],
    'a link in the lockfile': [manifest({}), '{"node_modules/b": {"resolved": "b", "link": true}}'],
    'a tarball of the repository': [manifest({}), 'b@file:./b.tgz:'],
    'a manifest that is no JSON': ['{', '{}'],
    'a manifest that is no object': ['[]', '{}'],
    'scripts that are none': [manifest({ scripts: 'x' }), '{}'],
  };
  for (const [what, [text, lockfile]] of Object.entries(reasons)) {
    it(`not with ${what}`, () => assert.equal(dependsOnlyOnLockfile(text, lockfile), false));
  }
});
