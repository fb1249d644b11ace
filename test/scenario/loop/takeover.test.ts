/** A person goes on with a task by hand, through the built programs: handed in, given up, and with hosts killed meanwhile. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskEvent } from '../../../src/core/events';
import { packetSchema } from '../../../src/core/review/packet';
import { hermeticEnvironment } from '../../fixtures/repository';
import { Loop } from './loop';
import { fingerprint, list } from './traces';

const BY = 'Developer <dev@example.com>';
const WORK = 'if test -n "$COUNTERSIGN_CORRECTION"; then echo more >> src/a.txt; else echo bad > src/a.txt; fi';
const CHECKS = { tests: 'grep -q good src/a.txt' };

describe('taking a task over by hand', () => {
  let loop: Loop;
  let untouched: readonly string[];
  before(() => {
    loop = new Loop();
    untouched = fingerprint(loop.repository.dir);
  });
  after(() => loop.end());
  afterEach(() => {
    assert.deepEqual(loop.strays(), []);
    assert.deepEqual(fingerprint(loop.repository.dir), untouched, 'what is the user’s stays as it was');
  });

  const below = (name: string) =>
    list(join(loop.cli.home, name)).flatMap((repository) =>
      list(join(loop.cli.home, name, repository)).map((folder) => join(loop.cli.home, name, repository, folder)),
    );
  const run = async () => (await loop.run(1, { command: WORK, checks: CHECKS })).id;
  const open = async (id: string) => ((await loop.json(0, 'takeover', id)) as { path: string }).path;
  const git = (folder: string, ...args: string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: hermeticEnvironment() }).trim();
  const changed = (id: string, turn: number) =>
    loop.repository.git('diff', '--name-only', `refs/countersign/${id}/${turn}^`, `refs/countersign/${id}/${turn}`);

  it('opens a clean folder of the result on its branch, and takes what is left there to review', async () => {
    const id = await run();
    const folder = await open(id);
    assert.ok(!folder.startsWith(loop.worktree(id)), 'it is never the folder of the agent');
    assert.equal(git(folder, 'branch', '--show-current'), loop.history(id).at(-1)?.branch);
    assert.deepEqual(
      [git(folder, 'status', '--porcelain'), readFileSync(join(folder, 'src/a.txt'), 'utf8')],
      ['', 'bad\n'],
    );
    assert.equal(await open(id), folder, 'whoever has it gets their folder again');

    const taken = await loop.packet(0, 'show', id);
    assert.deepEqual([taken.state, taken.takenOver], ['ready', { by: BY, path: folder }]);
    assert.ok(taken.decisions.some((decision) => decision.id === 'takeover'));
    for (const words of [
      ['correct', id, '-m', 'again'],
      ['revert', id, 'src/a.txt'],
      ['resume', id, '--as-it-stands'],
      ['signoff', id, '--override', 'tests=known'],
    ]) {
      const refused = await loop.refused(1, ...words);
      assert.equal(refused.code, 'TAKEN_OVER', words[0]);
      assert.match(refused.fix, /takeover \S+ --done/);
    }
    assert.equal(await loop.refusal(2, 'takeover', id, '--done'), 'TASK_STATE', 'nothing changed there');

    writeFileSync(join(folder, 'src/a.txt'), 'good\n');
    writeFileSync(join(folder, 'other.txt'), 'by hand\n');
    // From within the folder, as a person does it.
    const done = await loop.cli.run(folder, 'takeover', id, '--done', '-m', 'wrote it right', '--json');
    assert.equal(done.exit, 1, done.stderr);
    const packet = packetSchema.parse(JSON.parse(done.stdout));
    assert.deepEqual([packet.state, packet.turn, packet.checks[0]?.status], ['ready', 2, 'passed']);
    assert.deepEqual(
      packet.drift?.findings.map(({ rule, path }) => [rule, path]),
      [['scope/outside', 'other.txt']],
      'a person is held to the brief, too',
    );
    assert.equal(packet.byHand[0]?.message, 'wrote it right');
    assert.deepEqual([packet.takenOver, packet.corrections.used, packet.agent.id], [null, 0, 'command']);
    assert.equal(changed(id, 2), 'other.txt\nsrc/a.txt');
    assert.match(loop.repository.git('log', '-1', '--format=%B', `refs/countersign/${id}/2`), /changed by hand/);
    const shown = (await loop.cli.run(loop.repository.dir, 'show', id)).stdout;
    assert.match(shown, /Changed by hand \| by .*turn 2.*wrote it right/);
  });

  it('lets the agent go on from there, and compares what it did with that', async () => {
    const id = await run();
    const folder = await open(id);
    writeFileSync(join(folder, 'src/a.txt'), 'good\n');
    const before = loop.worktree(id);
    await loop.packet(0, 'takeover', id, '--done');
    assert.notEqual(loop.worktree(id), before);
    assert.equal(existsSync(before), false, 'the agent’s folder was made anew');
    const corrected = await loop.packet(0, 'correct', id, '-m', 'one more line');
    assert.equal(loop.repository.git('show', `${corrected.snapshot?.commit}:src/a.txt`), 'good\nmore');
    assert.deepEqual([corrected.turn, corrected.correction?.before.turn], [3, 2]);
    const prompt = loop.journal(id).find((line) => line.type === 'correction-requested');
    assert.match(prompt?.type === 'correction-requested' ? prompt.prompt : '', /which a person changed since/);
    const reverted = await loop.packet(1, 'revert', id, 'src/a.txt');
    assert.deepEqual([reverted.turn, reverted.drift?.findings[0]?.rule], [4, 'scope/empty']);
  });

  it('is signed off by who changed it, and says so', async () => {
    const id = await run();
    writeFileSync(join(await open(id), 'src/a.txt'), 'good\n');
    const packet = await loop.packet(0, 'takeover', id, '--done');
    assert.deepEqual([packet.verdict, packet.decisions], ['attention', []]);
    assert.match(packet.reasons.join(), /to be signed by who changed it: Developer/);
    const signed = await loop.packet(0, 'signoff', id, '--deliver', 'branch');
    assert.equal(signed.state, 'delivered');
    assert.match(signed.reasons.join(), /^signed by who changed it/);
    assert.equal(((await loop.json(0, 'stats')) as { total: { byHand: number } }).total.byHand >= 1, true);
    untouched = fingerprint(loop.repository.dir);
  });

  it('is given up with nothing changed; what was changed stays unless it is to be discarded', async () => {
    const id = await run();
    const before = await loop.packet(0, 'show', id);
    const clean = await open(id);
    assert.deepEqual(await loop.json(0, 'takeover', id, '--abandon'), { id, path: clean, kept: false });
    assert.equal(existsSync(clean), false);
    assert.equal(await loop.refusal(2, 'takeover', id, '--abandon'), 'TASK_STATE');
    const dirty = await open(id);
    writeFileSync(join(dirty, 'src/mine.txt'), 'mine\n');
    assert.deepEqual(await loop.json(0, 'takeover', id, '--abandon'), { id, path: dirty, kept: true });
    assert.equal(readFileSync(join(dirty, 'src/mine.txt'), 'utf8'), 'mine\n');
    const third = await open(id);
    assert.notEqual(third, dirty);
    writeFileSync(join(third, 'src/mine.txt'), 'mine\n');
    assert.deepEqual(await loop.json(0, 'takeover', id, '--abandon', '--discard'), { id, path: third, kept: false });
    assert.equal(existsSync(third), false);
    const after = await loop.packet(0, 'show', id);
    assert.deepEqual([after.snapshot, after.state, after.turn], [before.snapshot, 'ready', 1]);
    await loop.json(0, 'delete', id, '--yes');
    assert.equal(readFileSync(join(dirty, 'src/mine.txt'), 'utf8'), 'mine\n', 'nor does a deletion take it along');
    rmSync(dirty, { recursive: true });
  });

  it('keeps commits and stashes of a person, whatever the files are', async () => {
    const id = await run();
    const folder = await open(id);
    git(
      folder,
      '-c',
      'user.name=D',
      '-c',
      'user.email=d@example.com',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'a thought',
    );
    assert.deepEqual(await loop.json(0, 'takeover', id, '--abandon'), { id, path: folder, kept: true });
    await loop.json(0, 'reject', id, '--reason', 'enough');
    assert.match(git(folder, 'log', '-1', '--format=%s'), /a thought/);
    rmSync(folder, { recursive: true });
  });

  it('runs nothing that the folder names, and lets no crafted name through', async () => {
    const id = await run();
    const folder = await open(id);
    const trap = join(loop.repository.outside, 'trap');
    git(folder, 'config', 'core.fsmonitor', `touch ${trap}`);
    git(folder, 'config', 'filter.x.clean', `touch ${trap}; cat`);
    writeFileSync(join(folder, '.gitattributes'), '*.txt filter=x\n');
    mkdirSync(join(folder, 'src/.GIT'));
    writeFileSync(join(folder, 'src/.GIT/config'), '[core]\n');
    writeFileSync(join(folder, 'src/a.txt'), 'good\n');
    const packet = await loop.packet(1, 'takeover', id, '--done');
    assert.equal(existsSync(trap), false);
    assert.deepEqual([packet.state, packet.verdict], ['ready', 'blocked']);
    const rules = packet.drift?.findings.map(({ rule }) => rule) ?? [];
    assert.ok(rules.includes('boundary/config') && rules.includes('hidden/nested-repo'), rules.join());
    assert.doesNotMatch(loop.repository.git('ls-tree', '-r', '--name-only', packet.snapshot!.commit), /\.GIT/);
  });

  it('goes on without what was left there, when that is gone and a person says so', async () => {
    const id = await run();
    const folder = await open(id);
    writeFileSync(join(folder, 'src/a.txt'), 'good\n');
    rmSync(folder, { recursive: true });
    assert.match((await loop.refused(2, 'takeover', id, '--done')).fix, /--abandon/);
    const again = await open(id);
    assert.equal(readFileSync(join(again, 'src/a.txt'), 'utf8'), 'bad\n', 'whoever lost the folder gets a new one');
    await loop.json(0, 'takeover', id, '--abandon');
  });

  it('loses nothing when the host is killed at any step', async function () {
    this.timeout(300_000);
    const id = await run();
    const killAt = async (type: TaskEvent['type'], ...words: string[]) => {
      const from = loop.journal(id).length;
      const command = loop.start(...words, '--json');
      while (
        !loop
          .journal(id)
          .slice(from)
          .some((event) => event.type === type || event.type === 'ready')
      )
        await sleep(1);
      for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
      await command.ended;
    };
    await killAt('taken-over', 'takeover', id);
    const folder = await open(id);
    writeFileSync(join(folder, 'src/a.txt'), 'good\n');
    await killAt('handed-in', 'takeover', id, '--done', '--detach');
    for (const type of ['snapshot', 'prepared', 'drift', 'verified'] as const) {
      // What only waited goes on with the next host; what was under way, when it is resumed.
      const state = loop.history(id).at(-1)?.state;
      if (state === 'ready') break;
      if (state !== 'queued') assert.equal(await loop.state(id), 'interrupted');
      await (state === 'queued' ? killAt(type, 'tasks') : killAt(type, 'resume', id, '--detach'));
    }
    let packet = await loop.packet(0, 'show', id);
    while (packet.state !== 'ready') {
      if (packet.state === 'interrupted') await loop.json(0, 'resume', id, '--detach');
      await sleep(50);
      packet = await loop.packet(0, 'show', id);
    }
    assert.deepEqual([packet.turn, packet.verdict, packet.checks[0]?.status], [2, 'attention', 'passed']);
    assert.equal(loop.repository.git('show', `${packet.snapshot?.commit}:src/a.txt`), 'good');
    assert.match(loop.repository.git('log', '-1', '--format=%B', packet.snapshot!.commit), /changed by hand/);
    const corrected = await loop.packet(0, 'correct', id, '-m', 'more');
    assert.equal(loop.repository.git('show', `${corrected.snapshot?.commit}:src/a.txt`), 'good\nmore');
    await loop.json(0, 'reject', id, '--reason', 'enough');
    assert.deepEqual(
      below('worktrees').filter((path) => path.includes(id.slice(-6))),
      [],
      'no folder is left over',
    );
    assert.deepEqual(
      below('checkouts').filter((path) => path.includes(id.slice(-6))),
      [],
    );
  });

  it('waits for nobody when the agent’s own folder holds what no snapshot has', async () => {
    const id = await run();
    const folder = await open(id);
    writeFileSync(join(folder, 'src/a.txt'), 'good\n');
    appendFileSync(join(loop.worktree(id), 'src/b.txt'), 'unsaved\n');
    assert.match((await loop.refused(2, 'takeover', id, '--done')).message, /folder of the agent/);
    assert.match(readFileSync(join(loop.worktree(id), 'src/b.txt'), 'utf8'), /unsaved/);
    await loop.json(0, 'takeover', id, '--abandon', '--discard');
  });
});
