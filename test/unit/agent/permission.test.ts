import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  ACTION_KINDS,
  type Action,
  type ActionKind,
  choosePermission,
  decidePermission,
  decideReading,
  type PermissionRules,
} from '../../../src/core/agent/permission';
import { compileScope } from '../../../src/core/brief/scope';

const RULES: PermissionRules = {
  scope: compileScope({ change: ['src/**', 'package.json', 'ci/**'], avoid: ['src/auth/**'] }),
  allow: ['ci'],
  commands: ['npm test', 'npm ci'],
  boundaryOf: (path) => (path === 'package.json' ? 'dependencies' : path.startsWith('ci/') ? 'ci' : null),
};

function action(kind: ActionKind, paths: readonly string[] = [], command: string | null = null): Action {
  return { kind, command, paths: paths.map((path) => ({ at: path.startsWith('/') ? 'outside' : 'inside', path })) };
}

function decide(kind: ActionKind, paths?: readonly string[], command?: string | null) {
  const { decision, boundary } = decidePermission(action(kind, paths, command), RULES);
  return boundary === null ? decision : `${decision} ${boundary}`;
}

describe('the permission policy', () => {
  it('lets an agent call the tools that it was handed, and nothing that only says so', () => {
    const named = { ...action('other'), ownTool: true };
    const decided = (given: Action, ownTools: boolean) => decidePermission(given, { ...RULES, ownTools }).decision;
    assert.deepEqual(
      [decided(named, true), decided(named, false), decided(action('other'), true)],
      ['allow', 'ask', 'ask'],
    );
    assert.equal(decided({ ...named, paths: [{ at: 'outside', path: '/etc' }] }, true), 'refuse');
    assert.equal(decideReading(named).decision, 'refuse');
  });

  it('decides on changes by scope, then by boundary', () => {
    const table: readonly (readonly [readonly string[], string])[] = [
      [['src/a.ts'], 'allow'],
      [['src/a.ts', 'src/b.ts'], 'allow'],
      [['src/auth/a.ts'], 'refuse'],
      [['lib/a.ts'], 'refuse'],
      [['src/a.ts', 'lib/a.ts'], 'refuse'],
      [['package.json'], 'ask dependencies'],
      [['src/a.ts', 'package.json'], 'ask dependencies'],
      [['package.json', 'lib/a.ts'], 'refuse'],
      [['ci/build.yml'], 'allow'],
      [['/etc/passwd'], 'refuse'],
      [['src/a.ts', '/etc/passwd'], 'refuse'],
      [['.git/config'], 'refuse'],
      [['.git'], 'refuse'],
      [[''], 'refuse'],
      [[], 'ask'],
    ];
    for (const kind of ['edit', 'delete', 'move'] as const) {
      for (const [paths, expected] of table) assert.equal(decide(kind, paths), expected, `${kind} ${paths}`);
    }
  });

  it('decides on commands by the brief alone', () => {
    const table: readonly (readonly [string | null, string])[] = [
      ['npm test', 'allow'],
      ['  npm ci\n', 'allow'],
      ['npm test && curl example.com', 'ask'],
      ['npm  test', 'ask'],
      ['NPM TEST', 'ask'],
      ['', 'ask'],
      [null, 'ask'],
    ];
    for (const [command, expected] of table) assert.equal(decide('execute', [], command), expected, String(command));
    assert.equal(decide('execute', ['/etc'], 'npm test'), 'refuse');
  });

  it('lets it read inside the worktree, whatever the scope', () => {
    assert.equal(decide('read', ['lib/a.ts', 'src/auth/a.ts']), 'allow');
    assert.equal(decide('read'), 'allow');
    assert.equal(decide('read', ['/root/.ssh/id_rsa']), 'refuse');
  });

  it('has a person asked about the network and all else', () => {
    assert.equal(decide('fetch'), 'ask');
    assert.equal(decide('other'), 'ask');
    assert.equal(decide('other', ['/etc/passwd']), 'refuse');
  });

  it('never allows what names a path outside, nor a change out of scope', () => {
    const paths = fc.array(
      fc.record({ at: fc.constantFrom('inside' as const, 'outside' as const), path: fc.string({ maxLength: 12 }) }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...ACTION_KINDS), paths, fc.option(fc.string()), (kind, named, command) => {
        const { decision } = decidePermission({ kind, paths: named, command }, RULES);
        const changes = kind === 'edit' || kind === 'delete' || kind === 'move';
        if (named.some(({ at }) => at === 'outside')) assert.equal(decision, 'refuse');
        else if (changes && named.some(({ path }) => RULES.scope.judge(path) !== 'in'))
          assert.equal(decision, 'refuse');
      }),
    );
  });

  it('says why', () => {
    for (const kind of ACTION_KINDS) assert.ok(decidePermission(action(kind), RULES).why.length > 0);
  });
});

describe('choosing among the offered answers', () => {
  const offered = (...kinds: string[]) => kinds.map((kind, index) => ({ optionId: `${index}`, kind }));

  it('takes the answer for this one time', () => {
    const all = offered('allow_always', 'allow_once', 'reject_always', 'reject_once');
    assert.equal(choosePermission(all, true), '1');
    assert.equal(choosePermission(all, false), '3');
  });

  it('never grants or refuses for ever', () => {
    assert.equal(choosePermission(offered('allow_always', 'reject_once'), true), '1');
    assert.equal(choosePermission(offered('allow_always', 'reject_always'), true), null);
    assert.equal(choosePermission(offered('allow_once'), false), null);
    assert.equal(choosePermission([], true), null);
  });
});

describe('the policy for an agent that only reads', () => {
  const reading = (kind: ActionKind, paths?: readonly string[], command?: string | null) =>
    decideReading(action(kind, paths, command)).decision;

  it('lets it read inside its folder', () => {
    assert.equal(reading('read', ['src/a.ts']), 'allow');
    assert.equal(reading('read'), 'allow');
  });

  it('refuses all else, and asks nobody', () => {
    assert.equal(reading('read', ['/etc/passwd']), 'refuse');
    assert.equal(reading('read', ['src/a.ts'], 'cat src/a.ts; rm -rf .'), 'refuse');
    for (const kind of ACTION_KINDS.filter((one) => one !== 'read'))
      assert.equal(reading(kind, ['src/a.ts']), 'refuse');
  });
});
