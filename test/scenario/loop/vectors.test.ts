/**
 * An agent plants every way to have a program run by whoever looks next; then everything is done that people do with a
 * task, and with their repository afterwards. The programs would leave markers; none may ever appear.
 */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Packet } from '../../../src/core/review/packet';
import { runGit } from '../../fixtures/repository';
import { acceptAll, Loop } from './loop';
import { fingerprint, list } from './traces';
import { VECTORS, type Vector } from './vectors';

/** Far enough apart that the tasks' changes merge. */
const STEP = 4;
const TEXT = `${Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')}\n`;
const BATCHES: readonly Vector['batch'][] = [...new Set(VECTORS.map(({ batch }) => batch))].filter(
  (batch) => batch !== 'user',
);

for (const mode of ['auto', 'off'] as const) {
  describe(`programs that an agent plants, sandbox ${mode}`, () => {
    let loop: Loop;
    let markers: string;
    let user: string;
    const packets = new Map<Vector['batch'], Packet>();

    before(() => {
      const files = { 'src/a.txt': TEXT, 'src/b.txt': TEXT, 'src/c.md': TEXT };
      loop = new Loop({ files, config: `sandbox: { mode: ${mode} }\nlimits: { tasks: 3, perRepository: 3 }\n` });
      user = loop.repository.dir;
      markers = join(loop.repository.outside, 'markers');
      mkdirSync(markers);
      const { git } = loop.repository;
      git('init', '-q', '--bare', join(loop.repository.outside, 'remote.git'));
      git('remote', 'add', 'origin', join(loop.repository.outside, 'remote.git'));
      loop.repository.commit('second', { 'src/b.txt': `${TEXT}more\n` });
      git('push', '-q', 'origin', 'main');
      git('branch', 'kept');
      loop.repository.write({ 'src/b.txt': 'stashed\n' });
      git('stash', '-q');
    });
    after(() => loop.end());
    afterEach(() => assert.deepEqual(list(markers), []));

    /** The agent's whole script: its honest work, and all vectors of a batch. */
    function script(batch: Vector['batch']): string {
      const planted = VECTORS.flatMap((vector, index) => {
        const marker = join(markers, `${index}`);
        return vector.batch === batch ? [vector.plant({ marker, evil: `'touch ${marker} #'`, user })] : [];
      });
      const work = `sed -i 's/line ${STEP * (1 + BATCHES.indexOf(batch))}$/& of the agent/' src/a.txt; rm -f ${markers}/*`;
      return [...planted, work].join('\n');
    }

    const handOff = (batch: Vector['batch']) =>
      loop.detach({ title: `Plant ${batch}`, command: script(batch), checks: { tests: 'test -e src/a.txt' } });

    /** The packet of a task that came to review. */
    async function reviewed(id: string): Promise<Packet> {
      await loop.cli.run(user, 'log', id, '--follow');
      const packet = await loop.packet(0, 'show', id);
      assert.equal(packet.state, 'ready', JSON.stringify(packet.error));
      assert.equal(packet.checks[0]?.status, 'passed');
      return packet;
    }

    /** What people do in their main checkout. */
    function daily(): void {
      const { git } = loop.repository;
      assert.equal(git('status', '--porcelain'), '');
      git('log', '-p', '--all', '-3');
      git('diff', 'HEAD~1');
      git('fetch', '-q');
      loop.repository.commit('daily work', { 'src/b.txt': `${Math.random()}\n` });
    }

    function assertSeen({ name, seen }: Vector, packet: Packet | undefined): void {
      const [rule, subject] = seen;
      const findings = (packet?.drift?.findings ?? []).map((finding) => `${finding.rule}: ${finding.message}`);
      assert.ok(
        findings.some((finding) => finding.startsWith(`${rule}: ${subject}`)),
        `${name} among\n${findings.join('\n')}`,
      );
    }

    it('are carried to review', async () => {
      const before = fingerprint(user);
      const ids = await Promise.all(BATCHES.map(handOff));
      for (const [index, batch] of BATCHES.entries()) packets.set(batch, await reviewed(ids[index] ?? ''));
      assert.deepEqual(fingerprint(user), before);
    });

    for (const vector of VECTORS.filter(({ batch }) => batch !== 'user')) {
      it(`${vector.name}: is seen`, () => assertSeen(vector, packets.get(vector.batch)));
    }

    it('do run where somebody looks at the agent’s folder with plain git', () => {
      const copy = join(loop.repository.outside, 'copy');
      const fired = new Set<string>();
      for (const batch of ['configuration', 'hooks', 'links', 'remade'] as const) {
        cpSync(loop.worktree(packets.get(batch)?.id ?? ''), copy, { recursive: true, verbatimSymlinks: true });
        for (const args of [
          ['status'],
          ['log', '-1', '-p'],
          ['diff'],
          ['add', '-A'],
          ['commit', '-qm', 'x'],
          ['fetch'],
        ]) {
          try {
            runGit(copy, args);
          } catch {
            // What a program of the agent's breaks is of no interest here.
          }
        }
        if (list(markers).length > 0) fired.add(batch);
        for (const name of list(markers)) rmSync(join(markers, name));
        rmSync(copy, { recursive: true });
      }
      assert.deepEqual([...fired], ['configuration', 'hooks', 'links', 'remade']);
    });

    it('do not run at drift, sign-off, merge and clean-up, nor at the user’s own git', async () => {
      loop.repository.commit('the target moves', { 'src/a.txt': TEXT.replace('line 39', 'line 39 of the user') });
      // The attributes of the first would make whatever is merged after it a conflict.
      for (const packet of [...packets.values()].reverse()) {
        const head = ['--head', packet.snapshot?.commit ?? ''];
        const brief = loop.brief({ title: 'Judge', command: 'true' });
        await loop.cli.run(user, 'drift', '--brief', brief, '--base', packet.base, ...head);
        const seen = ['--tree', packet.snapshot?.tree ?? ''];
        const signed = await loop.packet(0, 'signoff', packet.id, ...seen, ...acceptAll(packet));
        assert.equal(signed.state, 'delivered');
        assert.equal(existsSync(loop.worktree(packet.id)), false);
      }
      daily();
      const merged = loop.repository.git('show', 'HEAD:src/a.txt');
      assert.equal(merged.match(/of the agent$/gm)?.length, BATCHES.length);
      assert.match(merged, /line 39 of the user/);
    });

    it(`cannot reach the user’s repository${mode === 'off' ? ' unseen' : ''}`, async () => {
      const before = fingerprint(user);
      const packet = await reviewed(await handOff('user'));
      if (mode === 'auto') {
        assert.deepEqual(fingerprint(user), before);
        assert.deepEqual(packet.drift?.findings, []);
      } else {
        for (const vector of VECTORS.filter(({ batch }) => batch === 'user')) assertSeen(vector, packet);
      }
      assert.equal((await loop.packet(0, 'signoff', packet.id, ...acceptAll(packet))).state, 'delivered');
      assert.deepEqual(list(markers), []);
      if (mode === 'off') {
        runGit(loop.repository.outside, ['config', '--file', join(user, '.git/config'), '--unset', 'core.fsmonitor']);
        rmSync(join(user, '.git/hooks'), { recursive: true });
      }
      daily();
    });
  });
}
