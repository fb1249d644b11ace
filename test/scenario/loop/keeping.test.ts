/** Tasks put aside, deleted, measured and looked around in: by clients of the real host, and by the command line. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostConnection } from '../../../src/host/client';
import { connect, until } from './client';
import { Loop } from './loop';
import { list } from './traces';

describe('keeping tasks', () => {
  let loop: Loop;
  let host: HostConnection;
  const deleted: string[] = [];
  let count = 0;

  before(async () => {
    loop = new Loop({ config: 'limits: { tasks: 4, perRepository: 4 }\n' });
    await reconnect();
  });
  after(async () => {
    host.close();
    await loop.end();
  });
  afterEach(() => assert.deepEqual(loop.strays(), []));

  async function reconnect(): Promise<void> {
    host = await connect(loop);
    host.on('task/deleted', ({ id }) => deleted.push(id));
  }

  /** A ready task that wrote a file of its own. */
  async function ready(): Promise<string> {
    count += 1;
    return (await loop.run(0, { title: `Task ${count}`, command: `echo ${count} > src/new-${count}.txt` })).id;
  }

  const failed = async (command: string) => (await loop.packet(3, 'run', loop.brief({ command }))).id;
  const summaryOf = async (id: string) => (await host.request('task/list', {})).tasks.find((task) => task.id === id);
  const refs = (id: string) =>
    loop.repository.git('for-each-ref', '--format=%(refname)', `refs/countersign/${id}/`).split('\n');
  const folderOf = (id: string) => dirname(loop.journalFile(id));
  const tasksFolder = () =>
    dirname(
      folderOf(
        [...list(join(loop.cli.home, 'repos'))].flatMap((repo) =>
          list(join(loop.cli.home, 'repos', repo, 'tasks')),
        )[0]!,
      ),
    );
  const code = (asked: Promise<unknown>) =>
    asked.then(
      () => 'done',
      (error) => error.code as string,
    );

  describe('archiving', () => {
    it('puts a task aside and takes it back, for every client and the next host', async () => {
      const id = await ready();
      const told: string[] = [];
      const other = await connect(loop);
      other.on('task/event', (event) => told.push(`${event.id} ${event.state} ${event.event.type}`));
      await other.request('task/list', {});
      await host.request('task/archive', { id, on: true });
      await host.request('task/archive', { id, on: true });
      await until(() => told.length > 0);
      assert.deepEqual(told, [`${id} ready archived`]);
      assert.deepEqual([(await summaryOf(id))?.archived, (await summaryOf(id))?.state], [true, 'ready']);
      other.close();
      const listed = async (...words: string[]) =>
        ((await loop.json(0, 'tasks', ...words)) as { id: string; archived: boolean }[]).filter(
          (task) => task.id === id,
        );
      assert.deepEqual(await listed(), []);
      for (const flag of ['--all', '--archived'])
        assert.deepEqual(
          (await listed(flag)).map(({ archived }) => archived),
          [true],
        );
      assert.match((await loop.cli.run(loop.repository.dir, 'tasks')).stdout, /1 put aside/);
      assert.match((await loop.cli.run(loop.repository.dir, 'tasks', '--archived')).stdout, /ready \(aside\)/);
      await loop.json(0, 'archive', id, '--undo');
      assert.equal((await listed())[0]?.archived, false);
    });

    it('is kept through a rejection and over a restart, and ends with what makes the task live again', async () => {
      const id = await ready();
      await loop.json(0, 'archive', id);
      await loop.json(0, 'reject', id, '--reason', 'no');
      assert.equal((await summaryOf(id))?.archived, true);
      for (let round = 0; round < 2; round++) {
        await host.request('host/stop', { force: true });
        await host.closed;
        await reconnect();
        assert.deepEqual([(await summaryOf(id))?.archived, (await summaryOf(id))?.state], [true, 'rejected']);
      }
      // What is at rest is known from the index alone: an entry must not outlive its journal.
      await host.request('task/archive', { id, on: false });
      await host.request('task/archive', { id, on: true });
      await loop.json(0, 'restore', id);
      assert.deepEqual([(await summaryOf(id))?.archived, (await summaryOf(id))?.state], [false, 'ready']);
    });

    it('is refused while something drives the task', async () => {
      const { id } = await host.request('task/run', {
        repo: loop.repository.dir,
        brief: { text: readFileSync(loop.brief({ command: 'sleep 1000' }), 'utf8'), file: null },
        origin: 'human',
      });
      await until(async () => (await summaryOf(id))?.state === 'running');
      for (const method of ['task/archive', 'task/delete'] as const) {
        await assert.rejects(host.request(method, { id, on: true }), { code: 'TASK_STATE', fix: /countersign stop/ });
      }
      await until(async () => (await summaryOf(id))?.activity !== null);
      await host.request('task/stop', { id });
      assert.equal((await summaryOf(id))?.activity, null, 'only what is at work gives signs of life');
      await host.request('task/archive', { id, on: true });
      await host.request('task/delete', { id });
    });
  });

  describe('deleting', () => {
    it('takes folders and record, tells everybody, and leaves the snapshots', async () => {
      const id = await ready();
      const worktree = loop.worktree(id);
      const record = folderOf(id);
      const look = await host.request('task/checkout', { id });
      const kept = refs(id);
      assert.ok(kept.includes(`refs/countersign/${id}/1`));
      const refused = await loop.refused(2, 'delete', id);
      assert.match(refused.message, new RegExp(`worktree .*${worktree}`));
      assert.match(refused.fix, /--yes/);
      const answer = await loop.json(0, 'delete', id, '--yes');
      assert.deepEqual(answer, { id, refs: kept, kept: [] });
      await until(() => deleted.includes(id));
      for (const place of [worktree, record, look.path]) assert.ok(!existsSync(place), place);
      assert.deepEqual(refs(id), kept);
      assert.equal(loop.repository.git('show', `refs/countersign/${id}/1:src/new-${count}.txt`), `${count}`);
      assert.equal(await summaryOf(id), undefined);
      assert.equal(await code(host.request('task/show', { id })), 'TASK_NOT_FOUND');
    });

    it('keeps what the folder holds and no snapshot has', async () => {
      const broken = await failed('echo precious > src/precious.txt; exit 1');
      const { refs: kept } = await host.request('task/delete', { id: broken });
      assert.equal(
        loop.repository.git('show', `${kept.find((ref) => ref.endsWith('/2'))}:src/precious.txt`),
        'precious',
      );
      const changed = await ready();
      writeFileSync(join(loop.worktree(changed), 'src', 'late.txt'), 'late\n');
      const reviewed = loop.repository.git('rev-parse', `refs/countersign/${changed}/1`);
      const after = await host.request('task/delete', { id: changed });
      assert.deepEqual(after.refs, refs(changed));
      assert.equal(loop.repository.git('show', `refs/countersign/${changed}/2:src/late.txt`), 'late');
      assert.equal(loop.repository.git('rev-parse', `refs/countersign/${changed}/1`), reviewed);
      assert.equal(loop.repository.git('rev-parse', `refs/countersign/${changed}/2^`), reviewed);
    });

    it('deletes nothing when that cannot be kept', async () => {
      const id = await failed('echo precious > src/precious.txt; exit 1');
      const objects = join(loop.repository.dir, '.git', 'objects');
      renameSync(objects, `${objects}-away`);
      try {
        assert.notEqual(await code(host.request('task/delete', { id })), 'done');
      } finally {
        renameSync(`${objects}-away`, objects);
      }
      assert.equal(readFileSync(join(loop.worktree(id), 'src/precious.txt'), 'utf8'), 'precious\n');
      assert.equal((await summaryOf(id))?.state, 'failed');
      await host.request('task/delete', { id });
    });

    it('deletes no folder that is not the one that was made', async () => {
      const id = await ready();
      const worktree = loop.worktree(id);
      const elsewhere = join(loop.repository.outside, 'elsewhere');
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'mine.txt'), 'mine');
      rmSync(worktree, { recursive: true });
      symlinkSync(elsewhere, worktree);
      await host.request('task/delete', { id });
      assert.equal(readFileSync(join(elsewhere, 'mine.txt'), 'utf8'), 'mine');
      rmSync(worktree);
    });

    it('deletes a task at rest too, and one whose repository is gone', async () => {
      const id = await ready();
      await loop.json(0, 'reject', id, '--reason', 'no');
      assert.deepEqual((await host.request('task/delete', { id })).refs, refs(id));
      assert.equal(await summaryOf(id), undefined);
      const orphan = await ready();
      await loop.json(0, 'reject', orphan, '--reason', 'no');
      const { dir } = loop.repository;
      renameSync(dir, `${dir}-away`);
      try {
        assert.deepEqual(await host.request('task/delete', { id: orphan }), { refs: [], kept: [] });
      } finally {
        renameSync(`${dir}-away`, dir);
      }
      assert.equal(await summaryOf(orphan), undefined);
    });

    it('is won by one of two', async () => {
      const id = await ready();
      const other = await connect(loop);
      const codes = await Promise.all([
        code(host.request('task/delete', { id })),
        code(other.request('task/delete', { id })),
      ]);
      assert.deepEqual(codes.sort(), ['TASK_NOT_FOUND', 'done']);
      const rejected = await ready();
      const mixed = await Promise.all([
        code(host.request('task/delete', { id: rejected })),
        code(other.request('task/reject', { id: rejected, reason: 'no', by: 'Developer' })),
        code(other.request('task/resume', { id: rejected, asItStands: true })),
      ]);
      assert.ok(
        mixed.every((one) => ['done', 'TASK_NOT_FOUND', 'TASK_STATE'].includes(one)),
        mixed.join(),
      );
      assert.ok(mixed.includes('done'));
      await until(async () => !['queued', 'verifying'].includes((await summaryOf(rejected))?.state ?? ''));
      other.close();
    });

    it('is finished by the next host where this one was killed', async () => {
      const [one, two] = [await ready(), await ready()];
      const places = [loop.worktree(one), loop.worktree(two)];
      const [first, second] = [folderOf(one), folderOf(two)];
      await host.request('task/checkout', { id: one });
      await host.request('task/list', {});
      for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
      await host.closed;
      // Killed after the decision; and killed when only the folder was left, half removed.
      renameSync(first, join(dirname(first), `.deleted-${one}`));
      const { dev, ino } = statSync(second, { bigint: true });
      rmSync(places[1]!, { recursive: true });
      rmSync(join(second, 'journal.ndjson'));
      renameSync(second, join(dirname(second), `.gone-${dev}-${ino}`));
      await reconnect();
      for (const id of [one, two]) assert.equal(await summaryOf(id), undefined);
      for (const place of [...places, first, second]) assert.ok(!existsSync(place), place);
      assert.deepEqual(
        list(tasksFolder()).filter((name) => name.startsWith('.')),
        [],
      );
      assert.equal(list(join(loop.cli.home, 'checkouts')).length, 0);
      assert.ok(refs(one).includes(`refs/countersign/${one}/1`));
    });
  });

  it('is deleted whole or not at all, whenever the host is killed', async () => {
    for (let round = 0; round < 4; round++) {
      const id = await ready();
      const [worktree, record] = [loop.worktree(id), folderOf(id)];
      const { path } = await host.request('task/checkout', { id });
      const deleting = code(host.request('task/delete', { id }));
      await new Promise((settle) => setTimeout(settle, round * 10));
      for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
      await deleting;
      await reconnect();
      const found = await summaryOf(id);
      for (const place of [worktree, record, path]) assert.equal(existsSync(place), found !== undefined, place);
      if (found !== undefined) await host.request('task/delete', { id });
      assert.ok(refs(id).includes(`refs/countersign/${id}/1`));
    }
  });

  describe('the checkout to look around in', () => {
    it('is the same until somebody touches it, and what they did stays', async () => {
      const id = await ready();
      const open = async () => (await host.request('task/checkout', { id })).path;
      const first = await open();
      assert.equal(readFileSync(join(first, `src/new-${count}.txt`), 'utf8'), `${count}\n`);
      assert.equal(await open(), first);
      mkdirSync(join(first, 'built'));
      writeFileSync(join(first, 'built', 'x.o'), 'ignored by the base');
      assert.equal(await open(), first);
      writeFileSync(join(first, 'notes.txt'), 'mine');
      const second = await open();
      assert.notEqual(second, first);
      assert.ok(!existsSync(join(second, 'notes.txt')));
      assert.deepEqual(await Promise.all([open(), open(), open()]), [second, second, second]);
      rmSync(second, { recursive: true });
      assert.equal(await open(), second);
      assert.equal(readFileSync(join(second, `src/new-${count}.txt`), 'utf8'), `${count}\n`);
      await loop.packet(0, 'correct', id, '-m', 'again');
      assert.equal(existsSync(second), true, 'verification leaves it alone');
      await loop.packet(0, 'resume', id, '--as-it-stands');
      await loop.packet(0, 'signoff', id);
      assert.ok(!existsSync(second));
      assert.equal(readFileSync(join(first, 'notes.txt'), 'utf8'), 'mine');
      await assert.rejects(host.request('task/checkout', { id }), { code: 'TASK_STATE', fix: /snapshot is commit/ });
      rmSync(first, { recursive: true });
    });

    it('is told when a deleted task leaves it', async () => {
      const id = await ready();
      const { path } = await host.request('task/checkout', { id });
      writeFileSync(join(path, 'other.txt'), 'changed\n');
      assert.deepEqual((await host.request('task/delete', { id })).kept, [path]);
      assert.equal(readFileSync(join(path, 'other.txt'), 'utf8'), 'changed\n');
      rmSync(path, { recursive: true });
    });

    it('is refused where there is no snapshot', async () => {
      const id = await failed('exit 1');
      await assert.rejects(host.request('task/checkout', { id }), { code: 'TASK_STATE', message: /no snapshot/ });
      await host.request('task/delete', { id });
    });
  });

  describe('disk use', () => {
    it('is what is allocated, in folders that are the task’s own', async () => {
      const id = await ready();
      const before = await host.request('task/disk', { id });
      assert.deepEqual(
        before.folders.map(({ what }) => what),
        ['worktree', 'shadow', 'record'],
      );
      assert.equal(before.cut, false);
      assert.equal(
        before.bytes,
        before.folders.reduce((sum, { bytes }) => sum + bytes, 0),
      );
      const worktree = loop.worktree(id);
      writeFileSync(join(worktree, 'sparse'), '');
      truncateSync(join(worktree, 'sparse'), 5_000_000_000);
      symlinkSync(loop.repository.dir, join(worktree, 'link'));
      symlinkSync(worktree, join(worktree, 'loop'));
      writeFileSync(join(worktree, 'large'), Buffer.alloc(3_000_000, 1));
      const { path } = await host.request('task/checkout', { id });
      const after = await host.request('task/disk', { id });
      const grown = after.folders[0]!.bytes - before.folders[0]!.bytes;
      assert.ok(grown >= 3_000_000 && grown < 3_200_000, `${grown}`);
      assert.deepEqual(
        after.folders.map(({ what }) => what),
        ['worktree', 'shadow', 'checkout', 'record'],
      );
      assert.equal(after.folders[2]?.path, path);
      rmSync(worktree, { recursive: true });
      assert.deepEqual(
        (await host.request('task/disk', { id })).folders.map(({ what }) => what),
        ['shadow', 'checkout', 'record'],
      );
      await host.request('task/delete', { id });
    });
  });
});
