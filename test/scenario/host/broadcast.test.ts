import assert from 'node:assert/strict';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskEvent } from '../../../src/core/events';
import type { AgentUpdate } from '../../../src/core/ports/transcript';
import { transition } from '../../../src/core/task/transition';
import { Broadcast } from '../../../src/host/broadcast';
import { Channel } from '../../../src/host/channel';
import type { NotificationOf } from '../../../src/host/rpc';
import { AT, WAYS, walk } from '../../unit/task/events';

describe('broadcast', () => {
  const broadcast = new Broadcast(() => undefined);
  const sockets: Socket[] = [];
  let server: Server;
  /** The host's ends, in the order in which clients came. */
  const ends: Channel[] = [];

  before(async () => {
    server = createServer((socket) => {
      const end = new Channel(socket);
      end.listen();
      broadcast.join(end);
      void end.closed.then(() => broadcast.leave(end));
      ends.push(end);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  async function rawClient(): Promise<{ socket: Socket; end: Channel }> {
    const count = ends.length;
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    while (ends.length === count) await sleep(5);
    return { socket, end: ends.at(-1)! };
  }

  async function client() {
    const { socket, end } = await rawClient();
    const channel = new Channel(socket);
    const events: NotificationOf<'task/event'>[] = [];
    const updates: NotificationOf<'task/update'>[] = [];
    const progress: string[] = [];
    channel.hear('task/event', (event) => events.push(event));
    channel.hear('task/update', (update) => updates.push(update));
    channel.hear('task/progress', ({ message }) => progress.push(message));
    channel.listen();
    return { channel, end, events, updates, progress };
  }

  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(5);
  };

  const { task } = walk(WAYS.running);
  const drifting = (files: number): TaskEvent => ({ type: 'drifting', verdict: 'clean', files, paths: [] });
  const text = (words: string): AgentUpdate => ({ kind: 'text', role: 'agent', text: words });

  it('tells every client of every change of state, in order, and thins the floods between', async () => {
    const [one, two] = [await client(), await client()];
    for (let files = 1; files <= 1_000; files++) broadcast.event(task, drifting(files));
    const ended = { type: 'interrupted', stage: 'running', cause: 'stopped' } as const;
    broadcast.event(transition(task, ended, AT), ended);
    for (const { events } of [one, two]) {
      await until(() => events.at(-1)?.event.type === 'interrupted');
      assert.deepEqual(
        events.map(({ state, event }) => [state, event.type === 'drifting' ? event.files : event.type]),
        [
          ['running', 1],
          ['running', 1_000],
          ['interrupted', 'interrupted'],
        ],
      );
    }
    one.channel.close();
    two.channel.close();
  });

  it('tells the newest of a flood in the end', async () => {
    const { channel, events } = await client();
    await sleep(150);
    for (let files = 1; files <= 10; files++) broadcast.event(task, drifting(files));
    await until(() => events.length === 2);
    assert.equal(events[1]?.event.type === 'drifting' && events[1].event.files, 10);
    channel.close();
  });

  it('sends what the agent says to those who watch, in batches, and counts what is too much', async () => {
    const [watcher, other] = [await client(), await client()];
    broadcast.watch(watcher.end, task.id, { answers: false, updates: true, graceMs: 0 });
    assert.equal(broadcast.attended(task.id), false);
    broadcast.watch(watcher.end, task.id, { answers: true, updates: true, graceMs: 0 });
    assert.equal(broadcast.attended(task.id), true);
    broadcast.progress(task.id, 'tests 3 s');
    for (let n = 0; n < 100; n++) broadcast.update(task.id, text('x'.repeat(10_000)));
    await until(() => watcher.updates.length > 0);
    const [batch] = watcher.updates;
    assert.deepEqual(watcher.progress, ['tests 3 s']);
    assert.ok(batch && batch.updates.length > 1 && batch.skipped > 1);
    assert.equal(batch.updates.length + batch.skipped, 100);
    assert.deepEqual(other.updates, []);
    watcher.channel.close();
    await until(() => !broadcast.attended(task.id));
    other.channel.close();
  });

  it('hangs up on a client that does not read, and goes on with the others', async () => {
    const stuck = await rawClient();
    stuck.socket.pause();
    const good = await client();
    let gone = false;
    void stuck.end.closed.then(() => {
      gone = true;
    });
    const large: TaskEvent = { type: 'asked', request: 'r', what: 'w'.repeat(4_000), boundary: 'b'.repeat(20_000) };
    let told = 0;
    while (!gone) {
      for (let n = 0; n < 50; n++, told++) broadcast.event(task, large);
      await until(() => good.events.length === told);
    }
    assert.equal(good.events.length, told);
    good.channel.close();
  });
});
