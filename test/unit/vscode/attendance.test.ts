import assert from 'node:assert/strict';
import { CountersignError } from '../../../src/core/errors';
import { type Connection, HostLink, type News } from '../../../src/vscode/hostLink';
import { Attendance } from '../../../src/vscode/tasks/attendance';

/** A host that remembers who sits where. */
class Host implements Connection {
  readonly watched: string[] = [];
  refuses = false;
  end: () => void = () => undefined;
  readonly closed = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  async request(method: string, params: unknown): Promise<never> {
    assert.equal(method, 'task/watch');
    const { id, on, answers, updates, grace } = params as Record<string, unknown>;
    if (this.refuses) throw new CountersignError('TASK_NOT_FOUND', 'gone');
    this.watched.push(`${on ? '+' : '-'}${id} ${answers} ${updates} ${grace}`);
    return {} as never;
  }

  tell: (news: News) => void = () => undefined;

  on(name: string, listener: (value: never) => void): void {
    if (name === 'task/event') this.tell = listener as (news: News) => void;
  }

  close(): void {
    this.end();
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('attending to tasks', () => {
  let hosts: Host[];
  let link: HostLink;
  let trusted: boolean;
  let failures: unknown[];
  let attendance: Attendance;

  beforeEach(() => {
    hosts = [new Host(), new Host()];
    const queue = [...hosts];
    link = new HostLink(
      async () => queue.shift() ?? null,
      () => true,
      [],
    );
    trusted = true;
    failures = [];
    attendance = new Attendance(link, { mayAnswer: () => trusted, failed: (thrown) => failures.push(thrown) }, 1);
  });

  afterEach(() => {
    attendance.dispose();
    link.dispose();
  });

  it('tells the host once of each task at work, and when it rests', async () => {
    await link.connect();
    attendance.attend(['a', 'b']);
    attendance.attend(['a', 'b']);
    attendance.attend(['b']);
    await turn();
    assert.deepEqual(hosts[0]?.watched, ['+a true false 120', '+b true false 120', '-a false false 0']);
  });

  it('tells a host that came back everything again, and starts none', async () => {
    attendance.attend(['a']);
    await turn();
    assert.deepEqual(hosts[0]?.watched, []);
    await link.connect();
    attendance.attend(['a']);
    await turn();
    hosts[0]?.end();
    await turn();
    attendance.attend(['a']);
    await turn();
    await link.connect();
    attendance.attend(['a']);
    await turn();
    assert.deepEqual(
      hosts.map(({ watched }) => watched),
      [['+a true false 120'], ['+a true false 120']],
    );
  });

  it('sits nowhere while nobody trusts the workspace', async () => {
    await link.connect();
    trusted = false;
    attendance.attend(['a']);
    await turn();
    trusted = true;
    attendance.attend(['a']);
    await turn();
    assert.deepEqual(hosts[0]?.watched, ['+a true false 120']);
  });

  it('tries again what the host refused', async () => {
    await link.connect();
    hosts[0]!.refuses = true;
    attendance.attend(['a']);
    await turn();
    assert.equal(failures.length, 1);
    hosts[0]!.refuses = false;
    attendance.attend(['a']);
    await turn();
    assert.deepEqual(hosts[0]?.watched, ['+a true false 120']);
  });

  it('greets a new task before any list has it, and leaves it when no list does', async () => {
    await link.connect();
    const queued = (id: string) => hosts[0]?.tell({ id, state: 'queued', at: '', event: { type: 'queued' } });
    queued('ours');
    queued('theirs');
    // A list that was asked for before they were made.
    attendance.attend([]);
    attendance.attend(['ours']);
    await turn();
    // On a busy machine the greeting may be over by now.
    assert.deepEqual(hosts[0]?.watched.slice(0, 2), ['+ours true false 120', '+theirs true false 120']);
    while (hosts[0].watched.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.deepEqual(hosts[0].watched.slice(2), ['-theirs false false 0']);
  });
});
