/** Rows about the built programs: `drift` as a process, the host's start and memory. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connectHost, findHost, type HostConnection } from '../../../src/host/client';
import { openStateDirectory, type StateDirectory } from '../../../src/node/store/stateDirectory';
import { BRIEF, edit, type Ground, git } from '../ground';
import { type Row, ratio, ratioRow, time } from '../measure';

const CLI = resolve('dist/cli.js');
const HOST = resolve('dist/host.js');

export async function driftProcess(ground: Ground, rounds: number): Promise<Row> {
  const { root } = ground.repository;
  const clone = ground.fresh('drift');
  execFileSync('git', ['clone', '--quiet', root, clone]);
  edit(ground, clone, 100);
  git(clone, 'commit', '--quiet', '-am', 'edited');
  const brief = join(ground.folder, 'brief.md');
  writeFileSync(brief, BRIEF.source);
  const args = [CLI, 'drift', '--brief', brief, '--base', 'HEAD~1', '--head', 'HEAD'];
  const ours = () => time(() => spawnSync(process.execPath, args, { cwd: clone }));
  const theirs = () =>
    time(() => {
      git(clone, 'diff-tree', '-p', 'HEAD~1', 'HEAD');
      spawnSync(process.execPath, ['-e', '0']);
    });
  const measured = await ratio(rounds, ours, theirs);
  const what = 'countersign drift, 100 files / git diff-tree -p and the start of Node';
  return ratioRow(what, '<= 2', measured);
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

async function withHost<T>(
  directory: StateDirectory,
  use: (pid: number, host: HostConnection) => Promise<T>,
): Promise<T> {
  const env = { ...process.env, COUNTERSIGN_HOME: directory.root };
  const connection = await connectHost(directory, { execPath: process.execPath, args: [HOST] }, env);
  try {
    return await use(connection.host.pid, connection);
  } finally {
    await connection.request('host/stop', { force: true });
    await connection.closed;
  }
}

async function directoryOf(root: string): Promise<StateDirectory> {
  return openStateDirectory({ ...process.env, COUNTERSIGN_HOME: root });
}

export async function hostMemory(ground: Ground): Promise<Row> {
  const directory = await directoryOf(ground.fresh('idle'));
  const megabytes = await withHost(directory, async (pid) => {
    await new Promise((done) => setTimeout(done, 1_000));
    return residentMegabytes(pid);
  });
  return { what: 'host memory, idle', value: `${megabytes.toFixed(0)} MB`, budget: '<= 70 MB', detail: 'resident' };
}

const BENCH_HASH = createHash('sha256').update('bench').digest('hex');
const BENCH_REPOSITORY = BENCH_HASH.slice(0, 16);

/** Finished tasks, written as their journals would be, without the wait for a disk at each of them. */
function writeTasks(directory: StateDirectory, count: number): void {
  const hash = BENCH_HASH;
  const id = BENCH_REPOSITORY;
  const repository = { id, name: 'bench', root: '/nowhere', commonDir: '/nowhere/.git' };
  const at = '2026-01-01T00:00:00.000Z';
  for (let index = 0; index < count; index += 1) {
    const task = `1m7z${index
      .toString(32)
      .padStart(8, '0')
      .replace(/[ilou]/g, 'z')}`;
    const created = {
      ...{ v: 1, seq: 1, at, type: 'created', id: task, slug: `task-${index}`, title: `Task ${index}`, repository },
      ...{ brief: hash, base: hash.slice(0, 40), target: 'refs/heads/main', branch: `countersign/task-${index}` },
      ...{ agent: 'command', reviewer: null, origin: 'human' },
    };
    const rejected = { v: 1, seq: 2, at, type: 'rejected', reason: 'bench', by: 'bench' };
    const folder = join(directory.tasks(id), task);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'brief.md'), BRIEF.source);
    writeFileSync(join(folder, 'journal.ndjson'), `${JSON.stringify(created)}\n${JSON.stringify(rejected)}\n`);
  }
}

export async function startWithTasks(ground: Ground, rounds: number, count: number): Promise<Row[]> {
  const directory = await directoryOf(ground.fresh('many'));
  writeTasks(directory, count);
  // The first start builds the index.
  const megabytes = await withHost(directory, async (pid) => residentMegabytes(pid));
  const index = join(directory.repositories, 'index.ndjson');
  const parse = `for (const line of require('fs').readFileSync(${JSON.stringify(index)}, 'utf8').split('\\n')) if (line) JSON.parse(line)`;
  const ours = async () => {
    const started = performance.now();
    return withHost(directory, async () => performance.now() - started);
  };
  const theirs = () => time(() => spawnSync(process.execPath, ['-e', parse]));
  const measured = await ratio(rounds, ours, theirs);
  if ((await findHost(directory)) !== null) throw new Error('the host did not end');
  return [
    ratioRow(`host start to answering, ${count} tasks / Node and JSON.parse of the index`, '<= 2', measured),
    {
      what: `host memory after a first start over ${count} tasks`,
      value: `${megabytes.toFixed(0)} MB`,
      budget: '',
      detail: 'resident',
    },
  ];
}

/** The figures of all tasks are folded from their journals anew each time. */
export async function statsOfTasks(ground: Ground, rounds: number, count: number): Promise<Row> {
  const directory = await directoryOf(ground.fresh('counted'));
  writeTasks(directory, count);
  const tasks = directory.tasks(BENCH_REPOSITORY);
  const theirs = () =>
    time(() => {
      for (const task of readdirSync(tasks)) {
        const lines = readFileSync(join(tasks, task, 'journal.ndjson'), 'utf8').split('\n');
        for (const line of lines) if (line !== '') JSON.parse(line);
      }
    });
  const measured = await withHost(directory, (_pid, host) =>
    ratio(rounds, () => time(() => host.request('stats/read', { archived: true })), theirs),
  );
  return ratioRow(`figures of ${count} tasks / reading and JSON.parse of their journals`, '', measured);
}

/** The start of a program of ours that does nothing, for scale. */
export async function helpProcess(rounds: number): Promise<Row> {
  const run = (args: string[]) =>
    new Promise<number>((done) => {
      const start = performance.now();
      spawn(process.execPath, args, { stdio: 'ignore' }).once('exit', () => done(performance.now() - start));
    });
  const measured = await ratio(
    rounds,
    () => run([CLI, '--help']),
    () => run(['-e', '0']),
  );
  return ratioRow('countersign --help / the start of Node', '', measured);
}
