/** Delivery to a branch that is not what it was at hand-off, beside other tasks and a user at work. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GateVerdict } from '../../../src/core/signoff/gate';
import { Loop, rulesOf } from './loop';
import { fingerprint } from './traces';

/** Says so, and works on when somebody puts the file `go` into the folder. */
const waits = (work: string) => `echo waiting; until test -e go; do sleep 0.05; done; rm go; ${work}`;

describe('the target of a delivery', () => {
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

  describe('guards the gate', () => {
    it('against a delivered commit whose tree was changed, and one that nobody signed', async () => {
      const base = head();
      const { id, snapshot } = await loop.run(0, { title: 'Gate', command: 'echo g > src/gate.txt' });
      await loop.packet(0, 'signoff', id, '--deliver', 'squash');
      const delivered = head();
      await loop.json(0, ...gate(base));
      loop.repository.write({ 'src/gate.txt': 'tampered\n' });
      loop.repository.git('commit', '-q', '-a', '--amend', '--no-edit');
      const judged = (await loop.json(1, ...gate(base))) as { ok: boolean; problems: unknown[] };
      assert.deepEqual([judged.ok, judged.problems.length], [false, 1]);
      loop.repository.git('reset', '-q', '--hard', base);
      loop.repository.git('merge', '-q', '--ff-only', snapshot?.commit ?? '');
      await loop.json(1, ...gate(base));
      loop.repository.git('reset', '-q', '--hard', delivered);
    });
  });

  describe('meets a target that moved', () => {
    it('runs the checks again on the merged tree', async () => {
      const checks = { tests: 'test "$(cat src/one.txt src/two.txt 2>/dev/null | wc -l)" -ge 1' };
      const { id } = await loop.run(0, { title: 'Moved', command: 'echo 1 > src/one.txt', checks });
      const tip = loop.repository.commit('the user goes on', { 'src/two.txt': '2\n' });
      const signed = await loop.packet(0, 'signoff', id);
      assert.equal(signed.state, 'delivered');
      assert.equal(loop.repository.git('rev-parse', 'HEAD^1'), tip);
      assert.equal(onMain('src/two.txt') + onMain('src/one.txt'), '21');
      const tree = loop.repository.git('rev-parse', 'HEAD^{tree}');
      assert.ok(loop.journal(id).some((line) => line.type === 'verified' && line.tree === tree));
      assert.match(loop.repository.git('log', '-1', '--format=%B'), new RegExp(`^Countersign-Tree: ${tree}$`, 'm'));
      // Of the signed tree and of the merged one.
      const [own] = ((await loop.json(0, ...gate(tip))) as GateVerdict).signed;
      assert.deepEqual([own?.receipts, signed.receipts?.note], ['verified', 'match']);
    });

    it('changes nothing when they fail there', async () => {
      const checks = { tests: 'test ! -e src/theirs.txt' };
      const { id } = await loop.run(0, { title: 'Clash', command: 'echo 1 > src/mine.txt', checks });
      const tip = loop.repository.commit('theirs', { 'src/theirs.txt': '2\n' });
      const before = fingerprint(loop.repository.dir);
      assert.equal(await loop.refusal(1, 'signoff', id), 'LANDING_CHECKS');
      assert.deepEqual(fingerprint(loop.repository.dir), before);
      assert.equal(await loop.state(id), 'ready');
      const signed = await loop.packet(0, 'signoff', id, '--override', 'tests=theirs goes tomorrow');
      assert.deepEqual(signed.signoff?.overridden, { tests: 'theirs goes tomorrow' });
      assert.match(loop.repository.git('log', '-1', '--format=%B'), /^Countersign-Checks: tests=overridden$/m);
      await loop.json(0, ...gate(tip));
    });

    it('changes nothing when it conflicts', async () => {
      const { id } = await loop.run(0, { title: 'Conflict', command: 'echo agent > src/b.txt' });
      loop.repository.commit('theirs', { 'src/b.txt': 'user\n' });
      const before = fingerprint(loop.repository.dir);
      const { code, message } = await loop.refused(1, 'signoff', id);
      assert.equal(code, 'LANDING_CONFLICT');
      assert.match(message, /src\/b\.txt/);
      assert.deepEqual(fingerprint(loop.repository.dir), before);
      assert.equal((await loop.packet(0, 'signoff', id, '--deliver', 'branch')).state, 'delivered');
    });

    it('changes nothing where the user has work in the way', async () => {
      const { id } = await loop.run(0, { title: 'Dirty', command: 'echo agent > src/a.txt; echo new > src/new.txt' });
      loop.repository.write({ 'src/a.txt': 'unsaved\n', 'src/new.txt': 'untracked\n' });
      const before = fingerprint(loop.repository.dir);
      const { code, message } = await loop.refused(1, 'signoff', id);
      assert.equal(code, 'LANDING_DIRTY');
      assert.match(message, /src\/a\.txt/);
      assert.deepEqual(fingerprint(loop.repository.dir), before);
      loop.repository.git('checkout', '-q', '--', 'src/a.txt');
      rmSync(join(loop.repository.dir, 'src/new.txt'));
      loop.repository.write({ 'other.txt': 'unsaved, and in nobody’s way\n' });
      assert.equal((await loop.packet(0, 'signoff', id)).state, 'delivered');
      assert.equal(loop.repository.git('status', '--porcelain'), ' M other.txt');
      loop.repository.git('checkout', '-q', '--', 'other.txt');
    });
  });

  describe('shares a repository', () => {
    it('with a second task at the same time', async () => {
      const ids = [
        await loop.detach({ title: 'Left', command: waits('echo l > src/left.txt') }),
        await loop.detach({ title: 'Right', command: waits('echo r > src/right.txt') }),
      ];
      for (const id of ids) await waiting(id);
      assert.deepEqual(await Promise.all(ids.map((id) => loop.state(id))), ['running', 'running']);
      for (const id of ids) writeFileSync(join(loop.worktree(id), 'go'), '');
      for (const id of ids) await rested(id);
      for (const id of ids) {
        const signed = await loop.packet(0, 'signoff', id);
        assert.deepEqual([signed.state, signed.size?.files], ['delivered', 1]);
      }
      assert.equal(onMain('src/left.txt') + onMain('src/right.txt'), 'lr');
    });

    it('with a user who commits, stashes and collects garbage meanwhile, and is not blamed', async () => {
      const id = await loop.detach({ title: 'Meanwhile', command: waits('echo m > src/meanwhile.txt') });
      await waiting(id);
      loop.repository.commit('the user works too', { 'other.txt': 'more\n' });
      loop.repository.write({ 'other.txt': 'stashed\n' });
      loop.repository.git('stash', '-q');
      loop.repository.git('branch', 'aside');
      loop.repository.git('gc', '-q', '--prune=now');
      writeFileSync(join(loop.worktree(id), 'go'), '');
      await rested(id);
      const packet = await loop.packet(0, 'show', id);
      assert.deepEqual([packet.verdict, rulesOf(packet)], ['clean', []]);
      assert.equal((await loop.packet(0, 'signoff', id)).state, 'delivered');
      assert.equal(onMain('other.txt'), 'more');
      assert.notEqual(loop.repository.git('stash', 'list'), '');
    });
  });

  async function waiting(id: string): Promise<void> {
    while (!(await loop.cli.run(loop.repository.dir, 'log', id)).stdout.includes('| waiting'));
  }

  async function rested(id: string): Promise<void> {
    const followed = await loop.cli.run(loop.repository.dir, 'log', id, '--follow');
    assert.equal(followed.exit, 0, followed.stderr);
    assert.equal(await loop.state(id), 'ready');
  }
});
