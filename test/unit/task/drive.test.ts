import assert from 'node:assert/strict';
import { CountersignError } from '../../../src/core/errors';
import type { TaskEvent } from '../../../src/core/events';
import type { TaskContext } from '../../../src/core/task/context';
import { drive } from '../../../src/core/task/drive';
import { PermissionDesk } from '../../../src/core/task/permissionDesk';
import type { Task } from '../../../src/core/task/task';

/** A queued task on a machine where nothing works, with a journal that takes nothing the first times it is asked. */
function broken(refusals: number, code: 'STORAGE_FAILED' | 'JOURNAL_CORRUPT' = 'STORAGE_FAILED') {
  const recorded: TaskEvent[] = [];
  const told: string[] = [];
  let left = refusals;
  const context = {
    ports: { records: { get: async () => ({ id: 't', state: 'queued', next: 'prepare', prompt: null }) as Task } },
    audience: { progress: (_task: string, message: string) => told.push(message) },
    record: async (_task: string, event: TaskEvent) => {
      if (event.type === 'preparing') throw new CountersignError('GIT_FAILED', 'git is broken');
      left -= 1;
      if (left >= 0) throw new CountersignError(code, 'no room');
      recorded.push(event);
    },
  } as unknown as TaskContext;
  return { context, recorded, told };
}

describe('driving a task', () => {
  it('records its failure as soon as there is room again', async () => {
    const { context, recorded, told } = broken(1);
    await drive(context, 't', new PermissionDesk(), new AbortController().signal);
    assert.deepEqual(
      recorded.map((event) => [event.type, event.type === 'failed' ? event.error.code : null]),
      [['failed', 'GIT_FAILED']],
    );
    assert.match(told.join(), /no room/);
  });

  it('ends when it is stopped while there is no room', async () => {
    const { context, recorded } = broken(1_000);
    const abort = new AbortController();
    const driven = drive(context, 't', new PermissionDesk(), abort.signal);
    setTimeout(() => abort.abort(), 10);
    await driven;
    assert.deepEqual(recorded, []);
  });

  it('does not ask a broken journal twice', async () => {
    const { context, recorded, told } = broken(1, 'JOURNAL_CORRUPT');
    await drive(context, 't', new PermissionDesk(), new AbortController().signal);
    assert.deepEqual([recorded.length, told.length], [0, 1]);
  });
});
