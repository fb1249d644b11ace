/** Files taken back to the base by a reviewer: in the folder, in a snapshot of its own, and on the record. */
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Packet, packetSchema } from '../../../src/core/review/packet';
import type { HostConnection } from '../../../src/host/client';
import { type BriefOptions, Loop } from '../loop/loop';
import { fingerprint } from '../loop/traces';
import { connectTo, refusalOf, settled } from './connection';

const BY = 'Developer <dev@example.com>';
const LONG = Array.from({ length: 40 }, (_, line) => `line ${line} of a file that is moved\n`).join('');

describe('reverting files', () => {
  let loop: Loop;
  let host: HostConnection;

  before(async () => {
    loop = new Loop({
      files: {
        'src/a.txt': 'one\r\n',
        'src/b.txt': 'two\n',
        'src/deep/gone.txt': 'gone\n',
        'src/moved.txt': LONG,
        'src/run.sh': { script: '#!/bin/sh\n' },
        'src/link': { link: 'a.txt' },
        'src/folder/in.txt': 'in\n',
        'other.txt': 'other\n',
        '.gitattributes': 'src/crlf.txt text eol=crlf\n',
        'src/crlf.txt': 'a\r\nb\r\n',
        '.gitignore': '*.o\n',
      },
      config: 'limits: { tasks: 4, perRepository: 4 }\n',
    });
    await loop.json(0, 'tasks');
    await loop.run(0, { title: 'First', command: 'echo x > src/first.txt' });
    host = await connectTo(loop);
  });
  after(async () => {
    host.close();
    await loop.end();
  });
  afterEach(() => assert.deepEqual(loop.strays(), []));

  const run = (exit: number, command: string, options: Partial<BriefOptions> = {}) =>
    loop.run(exit, { title: 'Revert', command, ...options });
  const revert = async ({ id }: Packet, ...paths: string[]): Promise<Packet> => {
    await host.request('task/revert', { id, paths, by: BY });
    return settled(host, id);
  };
  const changed = async ({ id }: Packet): Promise<string[]> => {
    const { changes } = await host.request('task/changes', { id });
    return changes.map(({ status, path }) => `${status} ${path}`);
  };

  it('takes every kind of change back, in a turn of its own, and nothing else', async () => {
    const command = [
      'echo changed > src/a.txt; chmod +x src/b.txt; rm -r src/deep; mv src/moved.txt "src/größe\u202e.txt"',
      'chmod -x src/run.sh; rm src/link; echo file > src/link; mkdir -p src/new/er; echo n > src/new/er/x.txt',
      'printf e > "$(printf \'src/new\\nline\\033.txt\')"; echo out > other.txt; echo kept > src/kept.txt; echo c > src/crlf.txt',
    ].join('; ');
    const before = fingerprint(loop.repository.dir);
    const first = await run(1, command);
    const paths = ['src/a.txt', 'src/b.txt', 'src/deep/gone.txt', 'src/moved.txt', 'src/run.sh', 'src/link'];
    const odd = ['src/new/er/x.txt', 'src/new\nline\u001b.txt', 'other.txt', 'src/crlf.txt'];
    const second = await revert(first, ...paths, ...odd);
    assert.deepEqual([second.state, second.verdict, second.turn, second.corrections.used], ['ready', 'clean', 2, 0]);
    assert.deepEqual(await changed(second), ['A src/kept.txt']);
    const folder = loop.worktree(first.id);
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');
    assert.equal(read('src/a.txt'), 'one\r\n');
    assert.equal(read('src/crlf.txt'), 'a\r\nb\r\n');
    assert.equal(read('src/moved.txt'), LONG);
    assert.equal(readlinkSync(join(folder, 'src/link')), 'a.txt');
    assert.notEqual(lstatSync(join(folder, 'src/run.sh')).mode & 0o100, 0);
    assert.equal(lstatSync(join(folder, 'src/b.txt')).mode & 0o100, 0);
    assert.equal(existsSync(join(folder, 'src/new')), false);
    assert.deepEqual(
      second.checks.map(({ status, stale }) => [status, stale]),
      [['passed', false]],
    );
    assert.deepEqual(fingerprint(loop.repository.dir), before);

    const { git } = loop.repository;
    assert.equal(git('rev-parse', `refs/countersign/${first.id}/1`), first.snapshot?.commit);
    assert.equal(git('rev-parse', `${second.snapshot?.commit}^`), first.snapshot?.commit);
    assert.match(git('log', '-1', '--format=%B', second.snapshot!.commit), /after Developer.* took files back/);
    assert.deepEqual(
      second.reverted.map(({ turn, by, paths: all }) => [turn, by, all.length]),
      [[2, BY, 11]],
    );
    assert.match(
      (await loop.cli.run(loop.repository.dir, 'show', first.id)).stdout,
      /Reverted.*src\/a\.txt.*Developer/,
    );

    const since = await host.request('task/since', { id: first.id, turn: 1 });
    assert.deepEqual([since.turn, since.changes.length, since.appeared, since.dirtied], [2, 10, [], []]);
    assert.ok(since.gone.some(({ path }) => path === 'other.txt'));
    assert.equal((await loop.packet(0, 'signoff', first.id, '--deliver', 'branch')).state, 'delivered');
  });

  it('refuses what it cannot do, and changes nothing', async () => {
    const packet = await run(1, 'echo x > src/a.txt; rm -r src/folder; echo f > src/folder; echo y > other.txt');
    const { id } = packet;
    const before = loop.journal(id).length;
    for (const path of ['src/none.txt', 'src/b.txt', 'src', '../other.txt', 'src/*', '/etc/passwd']) {
      await refusalOf(host.request('task/revert', { id, paths: ['src/a.txt', path], by: BY }), 'REVERT_REFUSED');
    }
    const blocked = await refusalOf(
      host.request('task/revert', { id, paths: ['src/folder/in.txt'], by: BY }),
      'REVERT_REFUSED',
    );
    assert.match(blocked.message, /while src\/folder is there/);
    await refusalOf(host.request('task/revert', { id, paths: [], by: BY }), 'RPC_INVALID');
    await refusalOf(host.request('task/revert', { id: 'nosuchtask', paths: ['a'], by: BY }), 'TASK_NOT_FOUND');
    writeFileSync(join(loop.worktree(id), 'src/a.txt'), 'edited by a person\n');
    const unsaved = await refusalOf(
      host.request('task/revert', { id, paths: ['other.txt'], by: BY }),
      'REVERT_REFUSED',
    );
    assert.match(unsaved.fix, /--as-it-stands/);
    assert.equal(readFileSync(join(loop.worktree(id), 'src/a.txt'), 'utf8'), 'edited by a person\n');
    assert.equal(loop.journal(id).length, before);
    const standing = await loop.packet(1, 'resume', id, '--as-it-stands');
    assert.deepEqual(await changed(await revert(standing, 'src/folder', 'src/folder/in.txt')), [
      'M other.txt',
      'M src/a.txt',
    ]);
    const { git } = loop.repository;
    const kept = git('for-each-ref', '--format=%(objectname)', `refs/countersign/${id}/replaced`);
    assert.equal(kept, packet.snapshot?.commit, 'the snapshot that was replaced is still there');
  });

  it('goes through no link that was put in the way', async () => {
    const packet = await run(1, 'echo x > src/folder/in.txt; rm src/deep/gone.txt; rmdir src/deep; echo o > other.txt');
    const outside = join(loop.repository.outside, 'victim');
    mkdirSync(outside);
    writeFileSync(join(outside, 'in.txt'), 'precious\n');
    const folder = loop.worktree(packet.id);
    // What is ignored is in no snapshot, so that the folder counts as unchanged.
    symlinkSync(outside, join(folder, 'src/deep.o'));
    rmSync(join(folder, 'src/folder'), { recursive: true });
    symlinkSync(outside, join(folder, 'src/folder'));
    await refusalOf(
      host.request('task/revert', { id: packet.id, paths: ['src/folder/in.txt'], by: BY }),
      'REVERT_REFUSED',
    );
    assert.equal(readFileSync(join(outside, 'in.txt'), 'utf8'), 'precious\n');
    rmSync(join(folder, 'src/folder'));
    mkdirSync(join(folder, 'src/folder'));
    writeFileSync(join(folder, 'src/folder/in.txt'), 'x\n');
    assert.deepEqual(await changed(await revert(packet, 'src/folder/in.txt', 'src/deep/gone.txt')), ['M other.txt']);
  });

  it('stops at what no snapshot holds, and goes on when that is out of the way', async () => {
    const packet = await run(1, 'rm src/b.txt; mkdir src/b.txt; echo o > src/b.txt/x.o; echo k > src/kept.txt');
    const failed = await revert(packet, 'src/b.txt');
    assert.deepEqual([failed.state, failed.error?.code], ['failed', 'REVERT_REFUSED']);
    assert.match(failed.error!.message, /src\/b\.txt/);
    const folder = loop.worktree(packet.id);
    assert.equal(readFileSync(join(folder, 'src/b.txt/x.o'), 'utf8'), 'o\n');
    rmSync(join(folder, 'src/b.txt'), { recursive: true });
    const resumed = await loop.packet(0, 'resume', packet.id);
    assert.deepEqual([resumed.state, resumed.turn, await changed(resumed)], ['ready', 2, ['A src/kept.txt']]);
  });

  it('takes a revert that failed to review without it, when a person says so', async () => {
    const packet = await run(1, 'rm src/b.txt; mkdir src/b.txt; echo o > src/b.txt/x.o');
    assert.equal((await revert(packet, 'src/b.txt')).state, 'failed');
    const standing = await loop.packet(1, 'resume', packet.id, '--as-it-stands');
    assert.deepEqual([standing.state, standing.turn, await changed(standing)], ['ready', 2, ['D src/b.txt']]);
  });

  it('lets the agent go on after it', async () => {
    const command =
      'test -n "$COUNTERSIGN_CORRECTION" && echo three > src/c.txt || { echo x > src/a.txt; echo y > other.txt; }';
    const first = await run(1, command);
    const second = await revert(first, 'other.txt');
    assert.deepEqual([second.verdict, second.turn], ['clean', 2]);
    const third = await loop.packet(0, 'correct', first.id, '-m', 'write three');
    assert.deepEqual(
      [third.turn, third.corrections.used, await changed(third)],
      [3, 1, ['M src/a.txt', 'A src/c.txt']],
    );
    const since = await host.request('task/since', { id: first.id, turn: 1 });
    assert.deepEqual(
      since.changes.map(({ path }) => path),
      ['other.txt', 'src/c.txt'],
    );
  });

  it('is a command too', async () => {
    const first = await run(1, 'echo x > src/a.txt; echo y > other.txt; echo z > -odd.txt');
    const { id } = first;
    assert.equal(await loop.refusal(2, 'revert', id, 'src/b.txt'), 'REVERT_REFUSED');
    const done = await loop.cli.run(loop.repository.dir, 'revert', '--json', id, 'other.txt', '--', '-odd.txt');
    const second = packetSchema.parse(JSON.parse(done.stdout));
    assert.equal(done.exit, 0);
    assert.deepEqual([second.state, second.verdict, second.turn], ['ready', 'clean', 2]);
    assert.deepEqual(second.reverted, [{ turn: 2, by: BY, paths: ['-odd.txt', 'other.txt'] }]);
    assert.equal(await loop.refusal(2, 'correct', id, '--justify', 'nosuch'), 'FINDING_UNKNOWN');
    await loop.json(0, 'reject', id, '--reason', 'enough');
    assert.equal(await loop.refusal(2, 'revert', id, 'src/a.txt'), 'TASK_STATE');
  });

  it('is done although the host is killed meanwhile', async () => {
    const packet = await run(1, 'echo x > src/a.txt; echo y > other.txt');
    const { id } = packet;
    await host.request('task/revert', { id, paths: ['other.txt'], by: BY });
    for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
    await host.closed;
    await loop.json(0, 'tasks');
    host = await connectTo(loop);
    let after = await settled(host, id);
    if (after.state === 'interrupted') after = await loop.packet(0, 'resume', id);
    assert.deepEqual([after.state, after.verdict, after.turn], ['ready', 'clean', 2]);
    assert.deepEqual(await changed(after), ['M src/a.txt']);
    assert.equal(loop.repository.git('rev-parse', `refs/countersign/${id}/1`), packet.snapshot?.commit);
  });

  it('of two at the same moment, does one', async () => {
    const packet = await run(1, 'echo x > src/a.txt; echo y > other.txt');
    const both = await Promise.allSettled(
      ['src/a.txt', 'other.txt'].map((path) => host.request('task/revert', { id: packet.id, paths: [path], by: BY })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await settled(host, packet.id)).turn, 2);
  });
});
