/** One brief after another from hand-off to delivery, by the built command line and the `command` agent. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Packet } from '../../../src/core/review/packet';
import type { GateVerdict } from '../../../src/core/signoff/gate';
import { NOTES_REF } from '../../../src/core/signoff/receipts';
import { taskStateSchema } from '../../../src/core/task/summary';
import { acceptAll, Loop, rulesOf } from './loop';
import { fingerprint } from './traces';

/** Writes `good` into a file only when it is corrected. */
const learns = (path: string) => `test -n "$COUNTERSIGN_CORRECTION" && echo good > ${path} || echo bad > ${path}`;

describe('the loop with a command agent', () => {
  let loop: Loop;
  before(() => {
    loop = new Loop({ config: 'limits: { tasks: 4, perRepository: 4 }\n' });
  });
  after(() => loop.end());
  afterEach(() => {
    assert.deepEqual(loop.strays(), []);
    assert.equal(loop.repository.git('status', '--porcelain'), '');
  });

  const head = () => loop.repository.git('rev-parse', 'HEAD');
  const onMain = (path: string) => loop.repository.git('show', `main:${path}`);
  const gate = (base: string) => ['gate', '--base', base, '--head', 'HEAD'];

  /** While the note of the newest commit says something else. */
  async function withOtherReceipts(look: () => Promise<void>): Promise<void> {
    const { git } = loop.repository;
    const before = git('rev-parse', NOTES_REF);
    const note = git('notes', `--ref=${NOTES_REF}`, 'show', 'HEAD');
    git('notes', `--ref=${NOTES_REF}`, 'add', '-f', '-m', note.replace('"exit":0', '"exit":1'), 'HEAD');
    await look();
    git('update-ref', NOTES_REF, before);
  }

  async function corrected(path: string): Promise<Packet> {
    const checks = { tests: `grep -q good ${path}` };
    const before = fingerprint(loop.repository.dir);
    const first = await loop.run(1, { title: `Write ${path}`, command: learns(path), checks });
    assert.deepEqual([first.state, first.verdict, first.checks[0]?.status], ['ready', 'blocked', 'failed']);
    const second = await loop.packet(0, 'correct', first.id, '-m', 'write good');
    assert.deepEqual([second.state, second.verdict, second.turn], ['ready', 'clean', 2]);
    assert.deepEqual(second.corrections, { used: 1, allowed: 1 });
    assert.deepEqual(fingerprint(loop.repository.dir), before);
    return second;
  }

  describe('delivers', () => {
    it('a merge, with every turn in the history', async () => {
      const base = head();
      const { id, snapshot } = await corrected('src/merge.txt');
      const signed = await loop.packet(0, 'signoff', id, '--deliver', 'merge');
      assert.equal(signed.state, 'delivered');
      assert.deepEqual(loop.repository.git('log', '-1', '--format=%P').split(' '), [base, snapshot?.commit]);
      assert.equal(loop.repository.git('rev-parse', 'HEAD^{tree}'), signed.signoff?.tree);
      assert.equal(readFileSync(join(loop.repository.dir, 'src/merge.txt'), 'utf8'), 'good\n');
      assert.deepEqual([signed.receipts?.signed, signed.receipts?.note], [true, 'match']);
      const [own] = ((await loop.json(0, ...gate(base))) as GateVerdict).signed;
      assert.equal(own?.receipts, 'verified');
      await withOtherReceipts(async () => {
        const { problems } = (await loop.json(1, ...gate(base))) as GateVerdict;
        assert.match(problems[0]?.problem ?? '', /not those that were signed off/);
        assert.equal((await loop.packet(0, 'show', id)).receipts?.note, 'differs');
      });
    });

    it('and tells of evidence that is not as the checks left it', async () => {
      const { id, checks } = await corrected('src/evidence.txt');
      const untouched = await loop.packet(0, 'show', id);
      assert.deepEqual(untouched.receipts?.altered, []);
      const path = checks[0]?.log?.path ?? assert.fail('the check has no log');
      const file = join(dirname(loop.journalFile(id)), path);
      writeFileSync(file, 'everything is fine\n');
      const changed = await loop.packet(0, 'show', id);
      assert.deepEqual(changed.receipts?.altered, [{ path, state: 'changed' }]);
      assert.equal(changed.verdict, 'attention');
      assert.match(changed.reasons.join('\n'), /evidence of the checks is not as they left it: .* was changed/);
      rmSync(file);
      const gone = await loop.packet(0, 'show', id);
      assert.deepEqual(gone.receipts?.altered, [{ path, state: 'missing' }]);
      await loop.json(0, 'reject', id, '--reason', 'a test');
    });

    it('one commit on top of the branch', async () => {
      const base = head();
      const { id } = await corrected('src/squash.txt');
      const signed = await loop.packet(0, 'signoff', id, '--deliver', 'squash');
      assert.deepEqual([signed.state, signed.delivery?.mode], ['delivered', 'squash']);
      assert.equal(loop.repository.git('log', '-1', '--format=%P'), base);
      assert.equal(onMain('src/squash.txt'), 'good');
      await loop.json(0, ...gate(base), '--require-all');
    });

    it('a branch of its own, and leaves the one checked out alone', async () => {
      const base = head();
      const { id, branch } = await corrected('src/branch.txt');
      const signed = await loop.packet(0, 'signoff', id, '--deliver', 'branch');
      assert.equal(signed.delivery?.ref, `refs/heads/${branch}`);
      assert.equal(loop.repository.git('show', `${branch}:src/branch.txt`), 'good');
      assert.equal(loop.repository.git('rev-parse', `${branch}^`), base);
      assert.equal(head(), base);
      assert.equal(existsSync(join(loop.repository.dir, 'src/branch.txt')), false);
    });

    it('nothing, until it is delivered later', async () => {
      const base = head();
      const { id } = await corrected('src/none.txt');
      const before = fingerprint(loop.repository.dir);
      const signed = await loop.packet(0, 'signoff', id, '--deliver', 'none');
      assert.deepEqual([signed.state, signed.signoff?.by.email], ['signed', 'dev@example.com']);
      assert.deepEqual(fingerprint(loop.repository.dir), before);
      assert.equal((await loop.packet(0, 'signoff', id)).state, 'delivered');
      await loop.json(0, ...gate(base));
    });
  });

  describe('lets a person decide', () => {
    it('rejects and restores, with the work as it was', async () => {
      const { id, snapshot } = await loop.run(0, { title: 'Turn down', command: 'echo kept > src/reject.txt' });
      await loop.json(0, 'reject', id, '--reason', 'not now');
      const rejected = await loop.packet(0, 'show', id);
      assert.deepEqual([rejected.state, rejected.rejected], ['rejected', 'not now']);
      assert.equal(await loop.refusal(2, 'signoff', id), 'TASK_STATE');
      await loop.json(0, 'restore', id);
      const restored = await loop.packet(0, 'show', id);
      assert.deepEqual([restored.state, restored.snapshot], ['ready', snapshot]);
      assert.equal((await loop.packet(0, 'signoff', id, '--deliver', 'squash')).state, 'delivered');
      assert.equal(onMain('src/reject.txt'), 'kept');
    });

    it('stops, resumes, and takes what is there to review', async () => {
      const work =
        'test -e src/begun.txt && { echo all > src/done.txt; exit 0; }; echo half > src/begun.txt; sleep 600';
      const running = loop.start('run', loop.brief({ title: 'Stop it', command: work }), '--json');
      const id = await begun('Stop it', 'src/begun.txt');
      await loop.json(0, 'stop', id);
      const { exit } = await running.ended;
      loop.exits.add(exit);
      assert.equal(exit, 130);
      assert.equal(await loop.state(id), 'interrupted');
      assert.deepEqual(loop.strays(), []);
      assert.equal(await loop.refusal(2, 'stop', id), 'TASK_STATE');
      const standing = await loop.packet(0, 'resume', id, '--as-it-stands');
      assert.deepEqual([standing.state, standing.turn, standing.size?.files], ['ready', 1, 1]);
      await loop.json(0, 'reject', id, '--reason', 'half');
    });

    it('goes on with a stopped task', async () => {
      const work =
        'test -e src/begun.txt && { echo all > src/done.txt; exit 0; }; echo half > src/begun.txt; sleep 600';
      const id = await loop.detach({ title: 'Go on', command: work });
      await begun('Go on', 'src/begun.txt');
      await loop.json(0, 'stop', id);
      const resumed = await loop.packet(0, 'resume', id);
      assert.deepEqual([resumed.state, resumed.turn, resumed.size?.files], ['ready', 2, 2]);
      await loop.json(0, 'reject', id, '--reason', 'enough');
    });

    it('grants a second correction only when asked again', async () => {
      const { id } = await corrected('src/twice.txt');
      assert.equal(await loop.refusal(1, 'correct', id, '-m', 'more'), 'CORRECTION_SPENT');
      const again = await loop.packet(0, 'correct', id, '-m', 'more', '--again');
      assert.deepEqual([again.turn, again.corrections.used], [3, 2]);
      await loop.json(0, 'reject', id, '--reason', 'enough');
    });

    it('refuses the sign-off of anybody but the reviewer', async () => {
      const reviewer = 'Reviewer <reviewer@example.com>';
      const { id } = await loop.run(0, { title: 'Not yours', command: 'echo x > src/reviewed.txt', reviewer });
      const before = fingerprint(loop.repository.dir);
      assert.equal(await loop.refusal(1, 'signoff', id), 'SIGNOFF_IDENTITY');
      assert.deepEqual(fingerprint(loop.repository.dir), before);
      loop.repository.git('config', 'user.email', 'reviewer@example.com');
      try {
        assert.equal((await loop.packet(0, 'signoff', id)).signoff?.by.email, 'reviewer@example.com');
      } finally {
        loop.repository.git('config', 'user.email', 'dev@example.com');
      }
    });

    it('refuses the sign-off of the agent itself', async () => {
      const command = 'echo x > src/own.txt; env | grep ^COUNTERSIGN_ > src/marker.txt';
      const { id } = await loop.run(0, { title: 'Own work', command });
      const names = loop.repository.git('show', `refs/countersign/${id}/1:src/marker.txt`).split('\n');
      const env = Object.fromEntries(names.map((line) => line.split('=', 2) as [string, string]));
      const { exit, stdout } = await loop.cli.runWith(env, loop.repository.dir, 'signoff', id, '--json');
      assert.equal(exit, 1, stdout);
      assert.equal(await loop.state(id), 'ready');
      await loop.json(0, 'reject', id, '--reason', 'enough');
    });

    it('has every finding answered, and keeps the answers', async () => {
      const base = head();
      const command = 'echo in > src/in.txt; echo out >> other.txt; chmod +x src/a.txt';
      const found = await loop.run(1, { title: 'Stray', command });
      assert.deepEqual(rulesOf(found), ['hidden/mode', 'scope/outside']);
      const { message } = await loop.refused(1, 'signoff', found.id);
      for (const { id } of found.drift?.findings ?? []) assert.match(message, new RegExp(id));
      const [one = ''] = acceptAll(found).filter((word) => word.includes('='));
      assert.equal(await loop.refusal(1, 'signoff', found.id, '--accept', one), 'SIGNOFF_REFUSED');
      assert.equal(await loop.refusal(2, 'signoff', found.id, '--accept', 'f0f0=x'), 'FINDING_UNKNOWN');
      assert.equal(head(), base);
      const signed = await loop.packet(0, 'signoff', found.id, ...acceptAll(found));
      assert.equal(Object.keys(signed.signoff?.accepted ?? {}).length, 2);
      assert.match(loop.repository.git('log', '-1', '--format=%B'), /it belongs there/);
    });

    it('shows a check that was overridden in packet and commit', async () => {
      const base = head();
      const checks = { tests: 'true', slow: 'exit 3' };
      const { id } = await loop.run(1, { title: 'Override', command: 'echo o > src/override.txt', checks });
      const { message } = await loop.refused(1, 'signoff', id);
      assert.match(message, /slow/);
      const override = ['--override', 'slow=known, and nobody can mend it today'];
      const signed = await loop.packet(0, 'signoff', id, ...override, '--deliver', 'squash');
      assert.deepEqual(signed.signoff?.overridden, { slow: 'known, and nobody can mend it today' });
      assert.deepEqual(signed.signoff?.checks, { tests: 'passed', slow: 'failed' });
      const text = loop.repository.git('log', '-1', '--format=%B');
      assert.match(text, /^Countersign-Checks: tests=passed slow=overridden$/m);
      assert.match(text, /known, and nobody can mend it today/);
      const shown = await loop.cli.run(loop.repository.dir, 'show', id);
      assert.match(shown.stdout, /known, and nobody can mend it today/);
      await loop.json(0, ...gate(base));
    });

    it('does not sign another tree than the one that was looked at', async () => {
      const { id } = await loop.run(0, { title: 'Tree', command: 'echo t > src/tree.txt' });
      const other = loop.repository.git('rev-parse', 'HEAD^{tree}');
      assert.equal(await loop.refusal(1, 'signoff', id, '--tree', other), 'SIGNOFF_REFUSED');
      const folder = loop.worktree(id);
      writeFileSync(join(folder, 'src/later.txt'), 'after the snapshot\n');
      assert.equal(await loop.refusal(1, 'signoff', id), 'SIGNOFF_REFUSED');
      const again = await loop.packet(0, 'resume', id, '--as-it-stands');
      assert.equal(again.size?.files, 2);
      await loop.json(0, 'reject', id, '--reason', 'enough');
    });
  });

  describe('needs no folder that somebody deleted', () => {
    it('to sign what is in the snapshot', async () => {
      const { id } = await loop.run(0, { title: 'Deleted', command: 'echo d > src/deleted.txt' });
      rmSync(loop.worktree(id), { recursive: true });
      assert.equal((await loop.packet(0, 'signoff', id)).state, 'delivered');
      assert.equal(onMain('src/deleted.txt'), 'd');
    });

    it('to turn a failed task down, which can be restored and tried again', async () => {
      const { id } = await loop.run(3, {
        title: 'Lost',
        command: 'test "$COUNTERSIGN_TURN" = 2 && echo 2 > src/lost.txt',
      });
      rmSync(loop.worktree(id), { recursive: true });
      await loop.json(0, 'reject', id, '--reason', 'lost');
      await loop.json(0, 'restore', id);
      const again = await loop.packet(0, 'resume', id);
      assert.deepEqual([again.state, again.size?.files], ['ready', 1]);
      await loop.json(0, 'reject', id, '--reason', 'enough');
    });
  });

  it('keeps the work of a command that fails, which can be taken to review', async () => {
    const found = await loop.run(3, { title: 'Fail', command: 'echo half > src/fail.txt; exit 9' });
    assert.deepEqual([found.state, found.error?.code], ['failed', 'COMMAND_FAILED']);
    assert.equal(await loop.refusal(2, 'signoff', found.id), 'TASK_STATE');
    const standing = await loop.packet(0, 'resume', found.id, '--as-it-stands');
    assert.deepEqual([standing.state, standing.size?.files], ['ready', 1]);
    await loop.json(0, 'reject', found.id, '--reason', 'enough');
  });

  it('ends an agent at the budget of its brief', async () => {
    const front = ['budget: { minutes: 0.02 }'];
    const found = await loop.run(3, { title: 'Slow', command: 'echo x > src/slow.txt; sleep 600', front });
    assert.deepEqual([found.state, found.error?.code], ['failed', 'AGENT_TIMEOUT']);
    assert.deepEqual(loop.strays(), []);
    await loop.json(0, 'reject', found.id, '--reason', 'too slow');
    await loop.json(0, 'restore', found.id);
    assert.equal(await loop.state(found.id), 'failed');
    assert.equal((await loop.packet(0, 'resume', found.id, '--as-it-stands')).size?.files, 1);
    await loop.json(0, 'reject', found.id, '--reason', 'too slow');
  });

  // After all groups: mocha runs the tests of a group before the groups inside it.
  describe('in all', () => {
    it('has seen every state and every exit code', () => {
      assert.deepEqual([...loop.states()].sort(), [...taskStateSchema.options].sort());
      assert.deepEqual([...loop.exits].sort(), [0, 1, 130, 2, 3]);
    });
  });

  /** The id of the task with a title, once its agent has written a file. */
  async function begun(title: string, path: string): Promise<string> {
    for (;;) {
      const tasks = (await loop.json(0, 'tasks')) as { id: string; title: string; state: string }[];
      const task = tasks.find((candidate) => candidate.title === title);
      if (task?.state === 'running' && existsSync(join(loop.worktree(task.id), path))) return task.id;
    }
  }
});
