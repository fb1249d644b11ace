import assert from 'node:assert/strict';
import { CountersignError } from '../../../src/core/errors';
import type { Amendment, EventOf, TaskEvent } from '../../../src/core/events';
import type { Task } from '../../../src/core/task/task';
import { transition } from '../../../src/core/task/transition';
import { AT, walk } from './events';

const amendment: Amendment = { reason: 'it is needed', change: ['src/b.ts'], allow: [] };
const asked: EventOf<'asked'> = { type: 'asked', request: 'q1', what: 'change src/b.ts', boundary: null, amendment };
const amended: EventOf<'amended'> = { type: 'amended', request: 'q1', by: 'Reviewer', amendment };
const decided: TaskEvent = {
  type: 'decided',
  request: 'q1',
  what: 'change src/b.ts',
  decision: 'allowed',
  by: 'Reviewer',
  why: 'answered by a person',
};

const running = walk(['created', 'queued', 'preparing', 'prepared', 'turn-started']).task;
const fold = (task: Task, ...events: TaskEvent[]) => events.reduce((at, event) => transition(at, event, AT), task);
const refuses = (task: Task, event: TaskEvent) =>
  assert.throws(
    () => transition(task, event, AT),
    (thrown) => thrown instanceof CountersignError && thrown.code === 'TASK_STATE',
  );

describe('what a person grants while an agent works', () => {
  it('is kept with who, when and for which request, over all that follows', () => {
    const task = fold(running, asked, amended, decided);
    const grant = { ...amendment, request: 'q1', turn: 1, by: 'Reviewer', at: AT };
    assert.deepEqual([task.grants, task.asking, task.refused], [[grant], null, 0]);
    const later = fold(
      task,
      { type: 'interrupted', stage: 'running', cause: 'stopped' },
      { type: 'resumed', how: 'go-on' },
    );
    assert.deepEqual(later.grants, [grant]);
  });

  it('is only what was asked for, while it is asked for', () => {
    refuses(running, amended);
    const asking = fold(running, asked);
    refuses(asking, { ...amended, request: 'q2' });
    refuses(asking, { ...amended, amendment: { ...amendment, change: ['**'] } });
    refuses(fold(running, { type: 'asked', request: 'q1', what: 'run it', boundary: null }), amended);
    refuses(fold(asking, amended, decided), amended);
  });
});
