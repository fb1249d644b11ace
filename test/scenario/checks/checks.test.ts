import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findConfinement } from '../../../src/node/process/confinement';
import { alive, until } from '../process/machine';
import { ChecksHarness } from './harness';

const BASE = {
  'src/a.txt': 'one\n',
  '.gitignore': 'ignored/\nnode_modules/\n',
  'report.xml': '<testsuite tests="9"><testcase name="committed"/></testsuite>',
};

describe('checks of a snapshot', () => {
  let harness: ChecksHarness;
  beforeEach(async () => {
    harness = await new ChecksHarness(BASE).prepare();
  });
  afterEach(() => harness.remove());

  it('run in a clean checkout of what was written, and their output is evidence', async () => {
    const files = { 'src/a.txt': 'two\n', 'ignored/shim': 'x' };
    const result = await harness.check({ run: 'cat src/a.txt; ls ignored; echo err >&2; pwd' }, { files });
    assert.equal(result.status, 'passed');
    const text = harness.log(result).toString();
    assert.match(text, /^two$/m);
    assert.match(text, /^err$/m);
    assert.match(text, /checkouts\/.*do-it-/);
    assert.doesNotMatch(text, /shim/);
    assert.equal(result.log.sha256, createHash('sha256').update(text).digest('hex'));
    assert.equal(result.log.bytes, Buffer.byteLength(text));
    assert.equal(result.log.head, text);
    assert.equal(result.log.path, `evidence/it-${result.tree}.log`);
  });

  it('say what they were run on, and by what means', async () => {
    const verification = await harness.verify({ a: { run: 'true' }, b: { run: 'exit 4' } });
    assert.deepEqual(
      verification.checks.map((check) => [check.name, check.status, check.exit, check.tree === verification.tree]),
      [
        ['a', 'passed', 0, true],
        ['b', 'failed', 4, true],
      ],
    );
    assert.equal(verification.confinement, (await findConfinement('auto')).kind);
    assert.equal(verification.brief, 'b'.repeat(64));
    assert.equal(verification.setup, null);
    assert.deepEqual(harness.progress.slice(-2), ['check a: true', 'check b: exit 4']);
  });

  it('a command that is not there is missing', async () => {
    const result = await harness.check({ run: 'no-such-command --flag' });
    assert.deepEqual([result.status, result.exit], ['missing', 127]);
    assert.match(result.note!, /not found/);
  });

  it('one that never ends is stopped at its time limit, with what it started', async () => {
    const token = `token-${Math.random()}`;
    const run = `echo begun; setsid sh -c 'while :; do sleep 1; done' ${token} & sleep 1000`;
    const result = await harness.check({ run, timeout: 1 });
    assert.equal(result.status, 'timeout');
    assert.equal(result.log.head, 'begun\n');
    assert.deepEqual(await alive(token), []);
  });

  it('one that ignores being asked to end is killed', async () => {
    const result = await harness.check({ run: "trap '' TERM; while :; do sleep 1; done", timeout: 1 });
    assert.equal(result.status, 'timeout');
  });

  it('one that ends on a signal has failed, and the signal is named', async () => {
    const result = await harness.check({ run: 'kill -SEGV $$' });
    assert.deepEqual([result.status, result.signal], ['failed', 'SIGSEGV']);
  });

  it('one that kills its parent ends only itself', async function () {
    if ((await findConfinement('auto')).kind === 'none') this.skip();
    const verification = await harness.verify({
      kills: { run: 'kill -9 $PPID; true' },
      next: { run: 'true' },
    });
    assert.equal(verification.checks[1]!.status, 'passed');
  });

  it('one that leaves a daemon is judged by its exit, and the daemon is gone', async () => {
    const token = `token-${Math.random()}`;
    const result = await harness.check({ run: `sh -c 'while :; do sleep 1; done' ${token} & echo done` });
    assert.deepEqual([result.status, result.log.head], ['passed', 'done\n']);
    assert.deepEqual(await alive(token), []);
  });

  it('50 MB of output are on disk, and only the ends in memory', async () => {
    const run = 'echo first; head -c 50000000 /dev/zero | tr "\\0" "x"; echo; echo last';
    const result = await harness.check({ run });
    assert.equal(result.status, 'passed');
    assert.equal(result.log.bytes, 50_000_012);
    assert.equal(result.log.head.length, 4096);
    assert.ok(result.log.head.startsWith('first\n') && result.log.tail.endsWith('x\nlast\n'));
    assert.equal(result.log.tail.length, 16 * 1024);
  });

  it('are stopped when the task is', async () => {
    const stop = new AbortController();
    const token = `token-${Math.random()}`;
    const waiting = harness.verify({ it: { run: `sh -c 'sleep 1000; :' ${token}` } }, { signal: stop.signal });
    const rejected = assert.rejects(waiting, { code: 'STOPPED' });
    await until('the check runs', async () => (await alive(token)).length > 0);
    stop.abort();
    await rejected;
    assert.deepEqual(await alive(token), []);
    assert.deepEqual(harness.left('homes'), []);
  });

  describe('and the tree', () => {
    it('a check that changes a tracked file proves nothing, though it says so', async () => {
      const result = await harness.check({ run: 'echo changed > src/a.txt' });
      assert.deepEqual([result.status, result.exit], ['void', 0]);
      assert.notEqual(result.treeAfter, result.tree);
    });

    it('nor does one that deletes a file; the next one finds it again', async () => {
      const verification = await harness.verify({ deletes: { run: 'rm src/a.txt' }, next: { run: 'cat src/a.txt' } });
      assert.deepEqual(
        verification.checks.map((check) => check.status),
        ['void', 'passed'],
      );
    });

    it('reports, coverage and build output may appear', async () => {
      const result = await harness.check({ run: 'mkdir -p coverage ignored && touch coverage/x ignored/y new.xml' });
      assert.equal(result.status, 'passed');
    });

    it('a second verification starts clean again', async () => {
      await harness.check({ run: 'echo changed > src/a.txt; touch new' });
      const result = await harness.check({ run: 'test ! -e new && grep one src/a.txt' });
      assert.equal(result.status, 'passed');
    });

    it('a checkout whose git directory was wrecked is judged all the same', async () => {
      const result = await harness.check({ run: 'rm -rf .git && echo x > src/a.txt && mkfifo pipe' });
      assert.equal(result.status, 'void');
    });
  });

  describe('and reports', () => {
    const junit = (body: string) => `printf '%s' '<testsuite>${body}</testsuite>' > out.xml`;

    it('give counts', async () => {
      const run = junit('<testcase name="a"/><testcase name="b"><skipped/></testcase>');
      const result = await harness.check({ run, report: 'out.xml' });
      assert.equal(result.status, 'passed');
      assert.deepEqual(result.counts, { total: 2, passed: 1, failed: 0, skipped: 1 });
    });

    it('contradict an exit code of zero', async () => {
      const run = junit('<testcase name="a"/><testcase name="b"><failure/></testcase>');
      const result = await harness.check({ run, report: 'out.xml' });
      assert.deepEqual([result.status, result.exit], ['failed', 0]);
      assert.match(result.note!, /1 of 2 tests failed/);
    });

    it('tell which tests failed, with places of the checkout as paths of the repository', async () => {
      const failed = `<testcase name="b" file="'"$PWD"'/src/a.txt" line="3"><failure message="no &#27;[31mred"/></testcase>`;
      const result = await harness.check({ run: junit(`<testcase name="a"/>${failed}`), report: 'out.xml' });
      assert.deepEqual(result.failures, [
        { name: 'b', message: 'no red', expected: null, actual: null, file: 'src/a.txt', line: 3 },
      ]);
    });

    it('do not excuse another exit code', async () => {
      const result = await harness.check({ run: `${junit('<testcase name="a"/>')}; exit 1`, report: 'out.xml' });
      assert.equal(result.status, 'failed');
      assert.equal(result.counts?.passed, 1);
    });

    const useless: [string, string, string, RegExp][] = [
      ['one that was committed is not the check’s', 'true', 'report.xml', /older than the check/],
      ['one that was never written', 'true', 'none.xml', /was not written/],
      ['a link to another file', 'ln -s /etc/passwd out.xml', 'out.xml', /no regular file/],
      ['a folder that is a link', 'ln -s /etc etc', 'etc/passwd', /outside the checkout/],
      ['a path that leads out', 'true', '../../x.xml', /outside the checkout/],
      ['an absolute path', 'true', '/etc/passwd', /outside the checkout/],
      ['a pipe', 'mkfifo out.xml', 'out.xml', /no regular file/],
      ['a file beyond the limit', 'truncate -s 30M out.xml', 'out.xml', /at most 20 MiB/],
      ['what is no report', 'echo hello > out.xml', 'out.xml', /neither JUnit/],
    ];
    it('that cannot be read give no counts, and the note says why', async () => {
      const checks = Object.fromEntries(
        useless.map(([, run, report], n) => [`c${n}`, { run: `rm -rf out.xml; ${run}`, report }]),
      );
      const verification = await harness.verify(checks);
      for (const [n, [what, , , note]] of useless.entries()) {
        const result = verification.checks[n]!;
        assert.deepEqual([result.status, result.counts], ['passed', null], what);
        assert.match(result.note!, note, what);
      }
    });
  });

  it('hostile output is text: no escape acts, no claim counts', async () => {
    const escapes =
      '\\033[2J\\033[1A5 passed\\033]52;c;cm0=\\007\\033]8;;http://x\\033\\\\link\\033]8;;\\033\\\\\\r100%% passed\\n';
    const result = await harness.check({ run: `printf '3 failed\\n${escapes}'; exit 1` });
    assert.equal(result.status, 'failed');
    assert.equal(result.log.head, '3 failed\n5 passedlink\n100% passed\n');
    assert.equal(result.counts, null);
  });

  it('see a HOME of their own, made for each alone', async () => {
    const agentHome = join(harness.state, 'homes', 't1');
    const first = await harness.verify({ a: { run: 'echo x > "$HOME/.profile"' }, b: { run: 'cat "$HOME/.profile"' } });
    assert.deepEqual(
      first.checks.map((check) => check.status),
      ['passed', 'failed'],
    );
    assert.equal(existsSync(join(agentHome, '.profile')), false);
    assert.equal((await harness.check({ run: 'test ! -e "$HOME/.profile"' })).status, 'passed');
    assert.deepEqual(harness.left('homes'), []);
  });

  describe('find what setup left, and nothing of each other', () => {
    const setup = 'mkdir -p node_modules/.bin && echo setup > node_modules/state && echo setup > "$HOME/state"';
    const clean = '[ "$(cat node_modules/state "$HOME/state" | tr -d "\\n")" = setupsetup ]';
    const fakes: Record<string, readonly [fake: string, faked: string]> = {
      'a program beside the tracked files': [
        `printf '#!/bin/sh\nexit 0\n' > node_modules/.bin/lint && chmod +x node_modules/.bin/lint`,
        'PATH=$PWD/node_modules/.bin:$PATH; lint || exit 1',
      ],
      'what setup installed': ['echo faked > node_modules/state', 'grep faked node_modules/state'],
      'configuration in HOME': ['git config --global alias.lint version', 'git lint'],
      'what setup left in HOME': ['echo faked > "$HOME/state"', 'grep faked "$HOME/state"'],
      'the configuration of git': ['git config alias.lint version', 'git lint'],
      'a flag of the index': [
        'git update-index --assume-unchanged src/a.txt && echo changed > src/a.txt',
        'git ls-files -v | grep "^h" || grep changed src/a.txt',
      ],
      'links out of the folder': ['ln -s "$HOME" node_modules/home && ln -s /usr usr', 'test -L usr'],
      'a folder that may not be read': ['mkdir -p locked/inner && chmod 0 locked "$HOME" .', 'test -e locked'],
    };
    it('whatever the first one does', async () => {
      const kinds = Object.values(fakes);
      const all = kinds.map(([fake]) => `{ ${fake}; }`).join(' && ');
      const later = Object.fromEntries(kinds.map(([, faked], n) => [`faked-${n}`, { run: faked }]));
      const { checks, tree } = await harness.verify(
        { fakes: { run: all }, ...later, clean: { run: clean } },
        { setup },
      );
      assert.equal(checks[0]!.exit, 0, harness.log(checks[0]!).toString());
      for (const [n, what] of Object.keys(fakes).entries()) {
        assert.deepEqual([checks[n + 1]!.status, checks[n + 1]!.tree], ['failed', tree], what);
      }
      assert.equal(checks.at(-1)!.status, 'passed', harness.log(checks.at(-1)!).toString());
    });

    it('and no folder in which they ran is left', async () => {
      await harness.verify({ a: { run: 'touch new' }, b: { run: 'touch new' } }, { setup });
      assert.deepEqual([harness.left('homes'), harness.left('checkouts')], [[], []]);
    });
  });

  it('may ask git, and find the snapshot', async () => {
    const result = await harness.check({
      run: 'git status --porcelain && git cat-file -e HEAD^{tree} && git log -1 --format=%H',
    });
    assert.equal(result.status, 'passed', harness.log(result).toString());
    assert.match(harness.log(result).toString(), /^[0-9a-f]{40}\n$/);
  });

  it('run without a sandbox too', async () => {
    const bare = await new ChecksHarness(BASE, { sandbox: 'off' }).prepare();
    try {
      const verification = await bare.verify({ it: { run: 'echo $CI $COUNTERSIGN_TASK' } });
      assert.deepEqual([verification.confinement, verification.checks[0]!.log.head], ['none', 'true t1\n']);
    } finally {
      bare.remove();
    }
  });
});

describe('the setup command', () => {
  let harness: ChecksHarness;
  beforeEach(async () => {
    harness = await new ChecksHarness(BASE).prepare();
  });
  afterEach(() => harness.remove());

  it('runs in the agent’s folder before the first turn', async () => {
    await harness.setup('mkdir -p ignored && echo ready > ignored/state && echo home > "$HOME/x"');
    assert.equal(existsSync(join(harness.workspace.worktree.path, 'ignored/state')), true);
    assert.equal(existsSync(join(harness.state, 'homes/t1/x')), true);
  });

  it('that fails says how', async () => {
    await assert.rejects(harness.setup('echo no such registry; exit 7'), (error: Error & { code: string }) => {
      assert.equal(error.code, 'SETUP_FAILED');
      assert.match(error.message, /exit 7:\nno such registry/);
      return true;
    });
  });

  it('runs anew in the checkout, never with what the agent left in its folder', async () => {
    await harness.setup('mkdir -p ignored && echo ready > ignored/state');
    writeFileSync(join(harness.workspace.worktree.path, 'ignored/state'), 'poisoned\n');
    const verification = await harness.verify(
      { it: { run: 'cat ignored/state' } },
      { setup: 'mkdir -p ignored && echo ready > ignored/state' },
    );
    assert.equal(verification.checks[0]!.log.head, 'ready\n');
    assert.deepEqual([verification.setup!.exit, verification.setup!.cached], [0, false]);
  });

  it('that fails in the checkout leaves its checks unproven', async () => {
    const verification = await harness.verify({ it: { run: 'true' } }, { setup: 'echo broken; exit 3' });
    assert.equal(verification.setup!.exit, 3);
    assert.equal(verification.checks[0]!.status, 'missing');
    assert.match(verification.checks[0]!.note!, /not run: the setup command .* exit 3:\nbroken/);
    assert.match(harness.log(verification.checks[0]!).toString(), /not run/);
  });

  it('that changes tracked files voids the checks', async () => {
    const verification = await harness.verify({ it: { run: 'true' } }, { setup: 'echo changed > src/a.txt' });
    assert.equal(verification.checks[0]!.status, 'void');
  });
});
