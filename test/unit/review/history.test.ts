import assert from 'node:assert/strict';
import type { TranscriptLine } from '../../../src/core/agent/transcript';
import type { JournalLine, TaskEvent } from '../../../src/core/events';
import { memorable, ToolCalls } from '../../../src/core/review/history';

const AT = '2026-01-02T03:04:05Z';
const line = (event: TaskEvent, seq = 1): JournalLine => ({ v: 1, seq, at: AT, ...event });
const call = (name: string, status: string, seq = 1): TranscriptLine => ({
  seq,
  at: `2026-01-02T03:04:${10 + (seq % 50)}Z`,
  kind: 'tool',
  call: name,
  title: `run ${name}`,
  status,
  paths: [],
});

describe('what is told of how a task came about', () => {
  it('leaves out the steps in between, and texts that stand elsewhere', () => {
    const told = memorable([
      line({ type: 'queued' }),
      line({ type: 'drifting', verdict: 'clean', files: 1, paths: [] }),
      line({ type: 'correction-requested', turn: 2, by: 'Reviewer', prompt: 'a long text', again: false }),
      line({ type: 'reverted', turn: 3, by: 'Reviewer', paths: Array.from({ length: 30 }, (_, at) => `${at}.txt`) }),
    ]);
    assert.deepEqual(
      told.map(({ type }) => type),
      ['correction-requested', 'reverted'],
    );
    assert.deepEqual(
      told.map((own) =>
        own.type === 'correction-requested' ? own.prompt : own.type === 'reverted' && own.paths.length,
      ),
      ['', 20],
    );
  });

  it('is the newest of very much', () => {
    const told = memorable(Array.from({ length: 600 }, (_, seq) => line({ type: 'restored' }, seq)));
    assert.deepEqual([told.length, told[0]?.seq, told.at(-1)?.seq], [500, 100, 599]);
  });

  it('gathers what is said of one call, over the parts of a transcript', () => {
    const calls = new ToolCalls();
    calls.add([call('a', 'pending', 1), { seq: 2, at: AT, kind: 'note', text: 'x' }, call('b', 'completed', 3)]);
    calls.add([call('a', 'completed', 4)]);
    assert.deepEqual(
      calls.list().map(({ at, title, status }) => [at, title, status]),
      [
        ['2026-01-02T03:04:11Z', 'run a', 'completed'],
        ['2026-01-02T03:04:13Z', 'run b', 'completed'],
      ],
    );
  });

  it('takes the command of the embedded agent for what it ran', () => {
    const calls = new ToolCalls();
    calls.add([{ seq: 1, at: AT, kind: 'note', text: '$ make all' }]);
    assert.deepEqual(calls.list(), [{ at: AT, title: 'make all', status: '', paths: [] }]);
  });

  it('counts the older calls that it let go', () => {
    const calls = new ToolCalls();
    calls.add(Array.from({ length: 502 }, (_, seq) => call(`c${seq}`, 'completed', seq + 1)));
    assert.deepEqual([calls.list().length, calls.omitted, calls.list()[0]?.title], [500, 2, 'run c2']);
  });
});
