import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError, type ErrorCode } from '../../../src/core/errors';
import type { EventOf } from '../../../src/core/events';
import type { TaskSummary } from '../../../src/core/task/summary';
import type { Task } from '../../../src/core/task/task';
import type { StateDirectory } from '../../../src/node/store/stateDirectory';
import { TaskStore } from '../../../src/node/store/taskStore';
import { createdEvent, type EventType, eventsFor, oid, WAYS } from '../../unit/task/events';
import { program, run, stateDirectoryAt, temporaryFolder } from './places';

const coded =
  (code: ErrorCode, message = /./) =>
  (error: unknown) => {
    assert.ok(error instanceof CountersignError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };

/** At rest, with nothing left to be removed. */
const DONE: readonly EventType[] = [...WAYS.delivered, 'cleaned'];

const { id: _id, slug: _slug, branch: _branch, ...NEW } = createdEvent;

describe('task store', () => {
  const folder = temporaryFolder();
  let count = 0;
  const newDirectory = (): Promise<StateDirectory> => stateDirectoryAt(folder.make(`state-${count++}`));
  const opened: TaskStore[] = [];
  const open = async (directory: StateDirectory): Promise<TaskStore> => {
    const store = await TaskStore.open(directory);
    opened.push(store);
    return store;
  };
  // Before the folder goes away: its hook was registered earlier and so would run first.
  afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));
  const index = (directory: StateDirectory) => join(directory.repositories, 'index.ndjson');

  const summaries = async (directory: StateDirectory): Promise<TaskSummary[]> =>
    JSON.parse((await readFile(index(directory), 'utf8')).split('\n')[1]!);

  /** Creates a task and brings it along a way. */
  async function taskOf(store: TaskStore, way: readonly EventType[], event: Partial<typeof NEW> = {}): Promise<Task> {
    let task = await store.create({ ...NEW, ...event }, 'the brief');
    for (const type of way.slice(1)) task = await store.append(task.id, eventsFor(task)[type]);
    return task;
  }

  const reopened = async (store: TaskStore, directory: StateDirectory): Promise<TaskStore> => {
    await store.close();
    return open(directory);
  };

  it('keeps a task, its brief and its folder over a restart', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const task = await taskOf(store, WAYS.correcting, { title: 'Wiederholung für 429: Größe!' });
    assert.match(task.slug, /^wiederholung-fur-429-gro-e-[0-9a-z]{6}$/);
    assert.equal(task.branch, `countersign/${task.slug}`);
    assert.equal(store.folder(task.id), join(directory.root, 'repos', 'r1', 'tasks', task.id));
    assert.deepEqual(
      (await readdir(store.folder(task.id))).sort(),
      ['brief.md', 'journal.ndjson', 'signoff.json'].slice(0, 2),
    );
    const again = await reopened(store, directory);
    assert.deepEqual(await again.get(task.id), task);
    assert.deepEqual(await again.live(), [task]);
    assert.equal(await again.brief(task.id), 'the brief');
  });

  it('writes nothing of an event that is not possible', async () => {
    const store = await open(await newDirectory());
    const task = await taskOf(store, WAYS.ready);
    const journal = join(store.folder(task.id), 'journal.ndjson');
    const before = await readFile(journal);
    await assert.rejects(store.append(task.id, { type: 'restored' }), coded('TASK_STATE', /ready.*restored/));
    await assert.rejects(store.append('nobody', { type: 'queued' }), coded('TASK_NOT_FOUND'));
    assert.deepEqual(await readFile(journal), before);
    assert.deepEqual(await store.get(task.id), task);
  });

  it('judges events that come at once one after the other', async () => {
    const store = await open(await newDirectory());
    const task = await taskOf(store, WAYS.draft);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => store.append(task.id, { type: 'queued' })),
    );
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('lists the tasks of one or all repositories, oldest first', async () => {
    const store = await open(await newDirectory());
    const other = { ...createdEvent.repository, id: 'r2' };
    const tasks = [
      await taskOf(store, WAYS.rejected),
      await taskOf(store, WAYS.ready, { repository: other }),
      await taskOf(store, WAYS.draft),
    ];
    assert.deepEqual(
      store.list().map(({ id, state, verdict }) => [id, state, verdict]),
      [
        [tasks[0]!.id, 'rejected', 'clean'],
        [tasks[1]!.id, 'ready', 'clean'],
        [tasks[2]!.id, 'draft', null],
      ],
    );
    assert.deepEqual(
      store.list('r2').map(({ id }) => id),
      [tasks[1]!.id],
    );
    assert.equal(store.size, 3);
  });

  it('remembers tasks at rest without reading their journals, and reads them when asked', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const resting = [await taskOf(store, DONE), await taskOf(store, WAYS['rejected, cleaned'])];
    const ready = await taskOf(store, WAYS.ready);
    const list = store.list();
    await store.close();
    // Were it read at start, it would be a problem.
    const journal = join(store.folder(resting[0]!.id), 'journal.ndjson');
    const bytes = await readFile(journal);
    await writeFile(journal, 'damaged\n');
    const again = await open(directory);
    assert.deepEqual(again.problems(), []);
    assert.deepEqual(again.list(), list);
    assert.deepEqual(await again.live(), [ready]);
    await assert.rejects(again.get(resting[0]!.id), coded('JOURNAL_CORRUPT', /:1:/));
    await writeFile(journal, bytes);
    assert.deepEqual(await again.get(resting[0]!.id), resting[0]);
    assert.deepEqual(await again.get(resting[1]!.id), resting[1]);
  });

  it('takes a task out of the index before anything is added to its journal', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const task = await taskOf(store, WAYS['rejected, cleaned']);
    await store.close();
    const [indexed, left] = [await readFile(index(directory)), join(directory.repositories, 'index.left')];
    const revived = await open(directory);
    const restored = await revived.append(task.id, { type: 'restored' });
    assert.equal(restored.state, 'ready');
    // As if the host had been killed now: the index on the disk is the old one, beside the list of who left.
    assert.deepEqual(await readFile(index(directory)), indexed);
    assert.match(await readFile(left, 'utf8'), new RegExp(task.id));
    const afterKill = await open(directory);
    assert.deepEqual(await afterKill.live(), [restored]);
    assert.equal(afterKill.size, 1);
    await afterKill.append(task.id, { type: 'rejected', reason: 'again', by: 'Reviewer' });
    await afterKill.close();
    await assert.rejects(stat(left), /ENOENT/);
    assert.equal((await open(directory)).list()[0]?.state, 'rejected');
  });

  it('is not at the mercy of its index', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    await taskOf(store, DONE);
    await taskOf(store, WAYS.ready);
    const list = store.list();
    await store.close();
    for (const damage of [
      '',
      '{',
      '[]',
      '{"v":1,"sha256":"0"}\n[]',
      (await readFile(index(directory), 'utf8')).replace('delivered', 'rejected!'),
      '\0'.repeat(100),
    ]) {
      await writeFile(index(directory), damage);
      const again = await open(directory);
      assert.deepEqual(again.list(), list);
      await again.close();
      assert.equal((await summaries(directory)).length, 1, 'it was made again');
    }
    await rm(index(directory));
    assert.deepEqual((await open(directory)).list(), list);
  });

  it('makes an index of an older version again, whose entries knew less', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const task = await taskOf(store, [...DONE, 'archived']);
    await store.close();
    const [head = '', body = ''] = (await readFile(index(directory), 'utf8')).split('\n');
    const { fields, ...rest } = JSON.parse(head);
    const older = JSON.stringify(JSON.parse(body).map(({ archived: _, ...summary }: TaskSummary) => summary));
    const sha256 = createHash('sha256').update(older).digest('hex');
    const known = fields.split(',').filter((name: string) => name !== 'archived');
    await writeFile(index(directory), `${JSON.stringify({ ...rest, fields: known.join(), sha256 })}\n${older}`);
    assert.deepEqual(
      (await open(directory)).list().map(({ id, archived }) => [id, archived]),
      [[task.id, true]],
    );
  });

  it('forgets a task for good, before its folders are gone', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const [live, done] = [await taskOf(store, WAYS.ready), await taskOf(store, DONE)];
    for (const task of [live, done]) {
      const folder = store.folder(task.id);
      const remains = await store.forget(task.id);
      assert.match(remains.folder, /\.deleted-/);
      assert.deepEqual(remains.workspace?.worktree, task.workspace?.worktree);
      await assert.rejects(stat(folder), /ENOENT/);
      await assert.rejects(store.get(task.id), coded('TASK_NOT_FOUND'));
      await assert.rejects(store.append(task.id, { type: 'restored' }), coded('TASK_NOT_FOUND'));
      await assert.rejects(store.forget(task.id), coded('TASK_NOT_FOUND'));
    }
    assert.deepEqual([store.size, store.list()], [0, []]);
    const next = await reopened(store, directory);
    assert.equal(next.size, 0);
    assert.deepEqual(
      (await next.remains()).map(({ workspace }) => workspace?.worktree),
      [live.workspace?.worktree, undefined],
    );
  });

  it('forgets no task that something drives, and none when its folder cannot be moved', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    for (const way of [WAYS.running, WAYS['queued to verify'], WAYS.landing]) {
      const { id } = await taskOf(store, way);
      await assert.rejects(store.forget(id), coded('TASK_STATE'));
      assert.ok(store.list().some((task) => task.id === id));
    }
    const task = await taskOf(store, DONE);
    const before = store.list();
    await mkdir(join(store.folder(task.id), '..', `.deleted-${task.id}`, 'taken'), { recursive: true });
    await assert.rejects(store.forget(task.id), coded('STORAGE_FAILED'));
    assert.deepEqual(store.list(), before);
    assert.deepEqual((await reopened(store, directory)).list(), before);
  });

  it('keeps what is left of a task whose journal cannot be read', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const { folder: left } = await store.forget((await taskOf(store, WAYS.ready)).id);
    await writeFile(join(left, 'journal.ndjson'), 'nonsense\n');
    const next = await reopened(store, directory);
    assert.deepEqual(await next.remains(), []);
    assert.match(next.notes.join(), /\.deleted-.* was kept/);
    await stat(left);
  });

  it('forgets an entry whose folder is gone', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const task = await taskOf(store, WAYS.delivered);
    await store.close();
    await rm(store.folder(task.id), { recursive: true });
    assert.deepEqual((await open(directory)).list(), []);
  });

  it('names a task whose journal is damaged, and goes on with the others', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const [bad, good] = [await taskOf(store, WAYS.ready), await taskOf(store, WAYS.ready)];
    await store.close();
    const journal = join(store.folder(bad.id), 'journal.ndjson');
    await appendFile(journal, 'nonsense\n');
    const bytes = await readFile(journal);
    const again = await open(directory);
    const [problem] = again.problems();
    assert.deepEqual([problem?.id, problem?.file, problem?.code], [bad.id, journal, 'JOURNAL_CORRUPT']);
    assert.deepEqual(await again.live(), [good]);
    assert.throws(() => again.resolve(bad.id), coded('JOURNAL_CORRUPT'));
    await assert.rejects(again.append(bad.id, { type: 'queued' }), coded('JOURNAL_CORRUPT'));
    await again.append(good.id, { type: 'rejected', reason: 'no', by: 'Reviewer' });
    assert.deepEqual(await readFile(journal), bytes);
  });

  it('mends a torn line and says so', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const task = await taskOf(store, WAYS.ready);
    await store.close();
    await appendFile(join(store.folder(task.id), 'journal.ndjson'), '{"v":1,"seq":9,"ty');
    const again = await open(directory);
    assert.deepEqual(await again.live(), [task]);
    assert.match(again.notes.join(), /dropped 18 bytes/);
  });

  it('sweeps what was never handed off', async () => {
    const directory = await newDirectory();
    const tasks = directory.tasks('r1');
    await mkdir(join(tasks, '.new-0123456789ab'), { recursive: true });
    await mkdir(join(tasks, 'not an id'));
    assert.deepEqual((await open(directory)).list(), []);
    assert.deepEqual(await readdir(tasks), ['not an id']);
  });

  it('writes the sign-off where people and scripts find it, and again when a kill came between', async () => {
    const directory = await newDirectory();
    const store = await open(directory);
    const task = await taskOf(store, WAYS.signed);
    const file = join(store.folder(task.id), 'signoff.json');
    const signoff = JSON.parse(await readFile(file, 'utf8'));
    assert.equal(task.state === 'signed' && task.signoff.tree, signoff.tree);
    await rm(file);
    await open(directory);
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), signoff);
  });

  it('keeps evidence and parses it when it comes back', async () => {
    const store = await open(await newDirectory());
    const { id } = await taskOf(store, WAYS.ready);
    const report = {
      schema: 1 as const,
      brief: createdEvent.brief,
      base: createdEvent.base,
      head: null,
      tree: oid(1),
      verdict: 'clean' as const,
      stats: { files: 0, insertions: 0, deletions: 0 },
      findings: [],
      dependencies: [],
    };
    const file = await store.saveDrift(id, report);
    assert.equal(file, `evidence/drift-${oid(1)}.json`);
    assert.deepEqual(await store.drift(id, file), report);
    assert.equal(await store.drift(id, 'evidence/none.json'), null);
    await writeFile(join(store.folder(id), file), '{"schema":2}');
    await assert.rejects(store.drift(id, file), coded('JOURNAL_CORRUPT', /schema/));
    await assert.rejects(store.drift(id, '../../../../etc/passwd'), coded('JOURNAL_CORRUPT', /names no evidence/));
  });

  it('tells everything that happened to a task', async () => {
    const store = await open(await newDirectory());
    const task = await taskOf(store, WAYS.running);
    const decided = eventsFor(task).decided as EventOf<'decided'>;
    await store.append(task.id, decided);
    await store.append(task.id, { ...decided, request: 'q2', decision: 'allowed' });
    assert.deepEqual(
      (await store.history(task.id)).map((event) => (event.type === 'decided' ? event.request : event.type)),
      [...WAYS.running, 'q1', 'q2'],
    );
  });

  it('finds a task by id, slug or the beginning of one, and names near ones otherwise', async () => {
    const store = await open(await newDirectory());
    assert.throws(() => store.resolve('x'), coded('TASK_NOT_FOUND', /nor any other/));
    const one = await taskOf(store, WAYS.draft, { title: 'Retry requests' });
    const two = await taskOf(store, WAYS.rejected, { title: 'Retire the cache' });
    assert.equal(store.resolve(one.id), one.id);
    assert.equal(store.resolve(one.id.toUpperCase().replaceAll('0', 'O')), one.id);
    assert.equal(store.resolve(two.slug), two.id);
    assert.equal(store.resolve('retry'), one.id);
    assert.equal(store.resolve('RETIRE-'), two.id);
    assert.throws(() => store.resolve('ret'), coded('TASK_AMBIGUOUS', new RegExp(`any of: ${two.id}.*${one.id}`)));
    assert.throws(
      () => store.resolve('cache'),
      coded('TASK_NOT_FOUND', new RegExp(`there are: ${two.id} \\(${two.slug}\\)$`)),
    );
    assert.throws(() => store.resolve(''), coded('TASK_NOT_FOUND'));
  });

  it('gives ids that sort by time and are never given twice', async () => {
    const store = await open(await newDirectory());
    const tasks = [];
    for (let n = 0; n < 30; n++) tasks.push(await store.create(NEW, ''));
    const ids = tasks.map(({ id }) => id);
    assert.deepEqual(ids.toSorted(), ids);
    assert.equal(new Set(ids).size, 30);
    assert.equal(new Set(tasks.map(({ slug }) => slug)).size, 30);
  });

  it('has every acknowledged event after its process was killed, and a task whole or not at all', async function () {
    this.timeout(60_000);
    const directory = await newDirectory();
    const worker = await program(
      `import { openStateDirectory } from '../../../src/node/store/stateDirectory';
       import { TaskStore } from '../../../src/node/store/taskStore';
       async function main() {
         const store = await TaskStore.open(await openStateDirectory());
         for (let n = 0; ; n++) {
           const task = await store.create(JSON.parse(process.argv[2]), 'the brief');
           for (const type of ['queued', 'rejected', 'restored']) {
             const after = await store.append(task.id, type === 'rejected' ? { type, reason: 'r', by: 'b' } : { type });
             process.stdout.write(task.id + ' ' + after.state + '\\n');
           }
         }
       }
       main();`,
      folder.make('worker.cjs'),
    );
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 5; round++) {
      const { child, ended } = run(worker, [JSON.stringify(NEW)], { COUNTERSIGN_HOME: directory.root });
      await new Promise<void>((resolve) => {
        let heard = 0;
        child.stdout?.on('data', () => {
          heard += 1;
          if (heard === 4 * round + 1) resolve();
        });
        child.on('close', () => resolve());
      });
      child.kill('SIGKILL');
      const { output, signal } = await ended;
      assert.equal(signal, 'SIGKILL', output);
      for (const line of output.slice(0, output.lastIndexOf('\n')).split('\n'))
        acknowledged.set(...(line.split(' ') as [string, string]));
    }
    const store = await open(directory);
    assert.deepEqual(store.problems(), []);
    for (const [id, state] of acknowledged) {
      const task = await store.get(id);
      const later = ['queued', 'rejected', 'queued'];
      assert.ok(
        later.includes(task.state) && (task.state === state || later.indexOf(state) < 2),
        `${id}: ${state} became ${task.state}`,
      );
      assert.equal(await store.brief(id), 'the brief');
    }
    assert.ok(store.size >= acknowledged.size);
  });

  it('opens 10,000 tasks at rest from its index alone', async function () {
    this.timeout(60_000);
    const directory = await newDirectory();
    const store = await open(directory);
    const task = await taskOf(store, DONE);
    await store.close();
    const [summary] = await summaries(directory);
    const ids = Array.from({ length: 10_000 }, (_, n) => `000000${String(n).padStart(6, '0')}`);
    for (const id of ids) await mkdir(join(directory.tasks('r1'), id));
    const body = JSON.stringify(ids.map((id) => ({ ...summary, id })).concat(summary as TaskSummary));
    const sha256 = createHash('sha256').update(body).digest('hex');
    await writeFile(
      index(directory),
      `${JSON.stringify({ v: 1, fields: Object.keys(summary!).join(), sha256 })}\n${body}`,
    );
    const again = await open(directory);
    assert.equal(again.size, 10_001);
    assert.deepEqual(again.problems(), [], 'none of the empty folders was looked into');
    assert.equal(again.resolve(task.id), task.id);
  });
});
