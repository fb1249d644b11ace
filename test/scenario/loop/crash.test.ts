/** The host is killed at every step of a task; clients are killed, hosts race, the disk is full. Nothing may be lost. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskEvent } from '../../../src/core/events';
import type { Packet } from '../../../src/core/review/packet';
import { hermeticEnvironment } from '../../fixtures/repository';
import { Loop } from './loop';
import { fingerprint, journalFiles, list } from './traces';

const WORK = 'sleep 0.3; echo "$COUNTERSIGN_TURN" > src/a.txt';

type Type = TaskEvent['type'];
const WORK_STEPS: readonly Type[] = [
  'preparing',
  'prepared',
  'turn-started',
  'turn-ended',
  'snapshot',
  'drift',
  'verified',
  'ready',
];
const CORRECTION_STEPS: readonly Type[] = ['turn-started', 'turn-ended', 'snapshot', 'verified'];

describe('the host is killed', () => {
  let loop: Loop;
  let untouched: readonly string[];
  /** Stages that an interruption broke into. */
  const stages = new Set<string>();
  before(() => {
    loop = new Loop();
    untouched = fingerprint(loop.repository.dir);
  });
  after(() => loop.end());

  /** Kills the host, wherever it is: one that is still recovering has not said yet where it listens. */
  function killHost(): void {
    const pids = loop.hosts();
    assert.equal(pids.length, 1);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  }

  /** Events of the only task that is not known yet, or of the one named. */
  function events(id: string | null, known: ReadonlySet<string>): readonly TaskEvent[] {
    const found = id ?? [...journalFiles(loop.cli.home).keys()].find((candidate) => !known.has(candidate));
    return found === undefined ? [] : loop.journal(found);
  }

  /** Starts a command, and kills the host as soon as the journal has a new event of a type. Resolves to the task's id. */
  async function killAt(type: Type, id: string | null, ...words: string[]): Promise<string> {
    const known = new Set(journalFiles(loop.cli.home).keys());
    const from = id === null ? 0 : events(id, known).length;
    const command = loop.start(...words, '--json');
    while (
      !events(id, known)
        .slice(from)
        .some((event) => event.type === type)
    )
      await sleep(1);
    killHost();
    await command.ended;
    const task = id ?? [...journalFiles(loop.cli.home).keys()].find((candidate) => !known.has(candidate));
    assert.ok(task !== undefined);
    return task;
  }

  /** The state after the next host has settled things, with all that must hold then. */
  async function recovered(id: string): Promise<Packet> {
    const packet = await loop.packet(0, 'show', id);
    // A sandbox whose parent was gone before it asked to die with it is ended by the next host, at the latest.
    const atWork = !['interrupted', 'rejected', 'failed'].includes(packet.state);
    if (!atWork)
      assert.deepEqual(loop.strays(), [], `processes outlive the recovery of a task that is ${packet.state}`);
    const journal = loop.journal(id);
    assert.deepEqual(
      journal.map(({ seq }) => seq),
      journal.map((_, index) => index + 1),
    );
    assert.deepEqual(fingerprint(loop.repository.dir), untouched);
    return packet;
  }

  /** Starts the next host, has the task go on, and kills that host too. What only waited goes on by itself. */
  async function step(type: Type, id: string): Promise<void> {
    const task = loop.history(id).at(-1);
    if (task?.state === 'ready') return;
    if (task?.state === 'queued' || (task?.state === 'correcting' && task.turn !== task.turns)) {
      await killAt(type, id, 'tasks');
      return;
    }
    assert.equal((await recovered(id)).state, 'interrupted');
    stages.add(stageOf(id));
    await killAt(type, id, 'resume', id, '--detach');
  }

  /** Folders of agents that are on disk. */
  const clones = () =>
    list(join(loop.cli.home, 'worktrees')).flatMap((name) => list(join(loop.cli.home, 'worktrees', name)));
  const checkouts = () =>
    list(join(loop.cli.home, 'checkouts')).flatMap((name) => list(join(loop.cli.home, 'checkouts', name)));

  it('at every step of the work and of the correction, and nothing is lost', async function () {
    this.timeout(300_000);
    const file = loop.brief({ title: 'Killed', command: WORK, checks: { tests: 'sleep 0.2; test -s src/a.txt' } });
    const id = await killAt('queued', null, 'run', file, '--detach');
    for (const type of WORK_STEPS) await step(type, id);
    assert.equal((await settled(id)).verdict, 'clean');
    await killAt('correction-requested', id, 'correct', id, '-m', 'again', '--detach');
    for (const type of CORRECTION_STEPS) await step(type, id);
    const corrected = await settled(id);
    assert.deepEqual([corrected.verdict, corrected.corrections.used], ['clean', 1]);
    const kept = loop.repository.git('show', `${corrected.snapshot?.commit}:src/a.txt`);
    assert.equal(kept, String(corrected.turn));
    assert.deepEqual([...stages].sort(), ['correcting', 'preparing', 'running', 'verifying']);
    assert.equal(clones().length, 1);

    await killAt('landing', id, 'signoff', id);
    const landed = await loop.packet(0, 'show', id);
    assert.ok(landed.state === 'delivered' || landed.state === 'signed', landed.state);
    assert.equal(loop.repository.git('status', '--porcelain'), '');
    if (landed.state === 'signed') await loop.packet(0, 'signoff', id);
    assert.equal(readFileSync(join(loop.repository.dir, 'src/a.txt'), 'utf8'), `${corrected.turn}\n`);
    untouched = fingerprint(loop.repository.dir);
    assert.deepEqual([...clones(), ...checkouts()], []);
  });

  it('before the task was queued: it can be turned down', async () => {
    const file = loop.brief({ title: 'Early', command: WORK });
    const id = await killAt('created', null, 'run', file, '--detach');
    await recovered(id);
    if ((await loop.state(id)) !== 'draft') await settled(id);
    await loop.json(0, 'reject', id, '--reason', 'too early');
    assert.deepEqual([...clones(), ...checkouts()], []);
  });

  it('at the moment of a rejection: the snapshot can still be restored', async () => {
    const { id, snapshot } = await loop.run(0, { title: 'Rejected', command: WORK });
    await killAt('rejected', id, 'reject', id, '--reason', 'no');
    assert.equal((await recovered(id)).state, 'rejected');
    await loop.json(0, 'restore', id);
    assert.deepEqual((await loop.packet(0, 'show', id)).snapshot, snapshot);
    await loop.json(0, 'reject', id, '--reason', 'no');
    assert.deepEqual([...clones(), ...checkouts()], []);
  });

  it('and what it left in the way of the next one does not matter', async () => {
    await loop.json(0, 'tasks');
    killHost();
    await loop.gone();
    writeFileSync(join(loop.cli.home, 'host/address.json'), '{"pid":1,"socket":"/nowhere"}');
    await loop.json(0, 'tasks');
    killHost();
    await loop.gone();
    writeFileSync(join(loop.cli.home, 'host/address.json'), 'no JSON');
    rmSync(join(loop.cli.home, 'host/socket'), { force: true });
    await loop.json(0, 'tasks');
  });

  it('by nobody when a client is: the task goes on', async () => {
    const work = 'echo waiting; until test -e go; do sleep 0.05; done; rm go; echo done > src/a.txt';
    const client = loop.start('run', loop.brief({ title: 'Left alone', command: work }));
    const started = async () => {
      const tasks = (await loop.json(0, 'tasks')) as { id: string; title: string; state: string }[];
      return tasks.find(({ title, state }) => title === 'Left alone' && state === 'running');
    };
    let task = await started();
    while (task === undefined) task = await started();
    client.process.kill('SIGKILL');
    await client.ended;
    writeFileSync(join(loop.worktree(task.id), 'go'), '');
    assert.equal((await settled(task.id)).verdict, 'clean');
    await loop.json(0, 'reject', task.id, '--reason', 'enough');
  });

  it('by nobody when many start one: there is one', async () => {
    await loop.json(0, 'host', 'stop');
    assert.deepEqual(await loop.gone(), []);
    await Promise.all(Array.from({ length: 4 }, () => loop.json(0, 'tasks')));
    const { pid } = (await loop.json(0, 'host', 'status')) as { pid: number };
    const env = hermeticEnvironment({ COUNTERSIGN_HOME: loop.cli.home });
    const second = spawn(process.execPath, [resolve('dist/host.js')], { env, stdio: 'ignore' });
    assert.equal(await new Promise((settle) => second.on('exit', settle)), 0);
    assert.equal(((await loop.json(0, 'host', 'status')) as { pid: number }).pid, pid);
    assert.equal(loop.processes().length, 1);
  });

  /** The stage that the newest interruption broke into. */
  function stageOf(id: string): string {
    const last = loop.journal(id).findLast((line) => line.type === 'interrupted');
    assert.ok(last?.type === 'interrupted' && last.cause === 'host-died');
    return last.stage;
  }

  /** The packet once the task is ready, resumed where it must be. */
  async function settled(id: string): Promise<Packet> {
    await loop.cli.run(loop.repository.dir, 'log', id, '--follow');
    const packet = await recovered(id);
    if (packet.state === 'interrupted') return loop.packet(0, 'resume', id);
    assert.equal(packet.state, 'ready');
    return packet;
  }
});

describe('the host is killed where no sandbox takes the agent with it', () => {
  let loop: Loop;
  before(() => {
    loop = new Loop({ config: 'sandbox: { mode: off }\n' });
  });
  after(() => loop.end());

  it('and the next host ends what still runs', async () => {
    const work = "setsid sleep 600 & (trap '' TERM; sleep 600) & touch src/begun.txt; sleep 600";
    const id = await loop.detach({ title: 'Orphans', command: work });
    while (!loop.journal(id).some(({ type }) => type === 'turn-started')) await sleep(10);
    while (!list(join(loop.worktree(id), 'src')).includes('begun.txt')) await sleep(10);
    for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
    while (loop.hosts().length > 0) await sleep(10);
    assert.ok(loop.strays().length > 0, 'there was something to end');
    assert.equal(await loop.state(id), 'interrupted');
    assert.deepEqual(loop.strays(), []);
    const packet = await loop.packet(0, 'resume', id, '--as-it-stands');
    assert.deepEqual([packet.state, packet.size?.files], ['ready', 1]);
  });
});

describe('the disk is full', () => {
  let loop: Loop;
  let mounted = false;
  before(function () {
    loop = new Loop();
    mkdirSync(loop.cli.home, { mode: 0o700 });
    mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m,mode=0700', 'tmpfs', loop.cli.home]).status === 0;
    // Only a small file system of its own can be filled, and only root can mount one.
    if (!mounted) this.skip();
  });
  after(async () => {
    if (mounted) {
      await loop.cli.run(loop.repository.dir, 'host', 'stop', '--force');
      await loop.gone();
      execFileSync('umount', [loop.cli.home]);
    }
    await loop.end();
  });

  it('and the task stays what it was, to be resumed when there is room', async () => {
    const before = fingerprint(loop.repository.dir);
    const fill = 'test -e src/once || { touch src/once; cat /dev/zero > src/big; }';
    const command = `echo ok > src/a.txt; ${fill}; exit 0`;
    const id = await loop.detach({ title: 'Full', command });
    while (!loop.journal(id).some(({ type }) => type === 'prepared')) await sleep(20);
    const big = join(loop.worktree(id), 'src/big');
    while (!existsSync(big) || loop.strays().length > 0) await sleep(20);
    // Whether its failure still fitted into the journal or not, nothing drives it after this.
    await loop.cli.run(loop.repository.dir, 'stop', id);
    const full = await loop.packet(0, 'show', id);
    assert.notEqual(full.state, 'ready');
    if (full.error !== null) assert.equal(full.error.code, 'STORAGE_FAILED');
    assert.deepEqual(fingerprint(loop.repository.dir), before);
    execFileSync('mount', ['-o', 'remount,size=64m', loop.cli.home]);
    rmSync(big);
    const packet = await loop.packet(0, 'resume', id);
    assert.deepEqual([packet.state, packet.verdict, packet.size?.files], ['ready', 'clean', 2]);
    loop.history(id);
  });
});
