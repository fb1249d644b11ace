import assert from 'node:assert/strict';
import type { TaskEvent } from '../../../src/core/events';
import type { TaskContext } from '../../../src/core/task/context';
import { passesOf } from '../../../src/core/task/passes';
import type { Task } from '../../../src/core/task/task';
import {
  COMMIT,
  OTHER_TREE,
  SNAPSHOT,
  sampleBrief,
  sampleCheck,
  sampleTask,
  sampleVerification,
  TREE,
} from '../review/sample';

const SENT = { tree: TREE, items: [], omitted: 0, edited: false };
const AFTER = { turn: 2, commit: COMMIT, tree: OTHER_TREE };
const TASK = { ...sampleTask({ turns: 2, snapshots: [SNAPSHOT, AFTER] }), repository: { id: 'r' } } as unknown as Task;
const HISTORY = [
  { type: 'verified', tree: TREE, file: TREE, checks: {} },
  { type: 'correction-requested', turn: 2, by: 'Reviewer', prompt: '', again: false, sent: SENT },
  { type: 'verified', tree: OTHER_TREE, file: OTHER_TREE, checks: {} },
] as const satisfies readonly TaskEvent[];

const listOfTests = (tree: string) =>
  JSON.stringify({
    ...{ check: 'tests', tree, format: 'junit', unlisted: 0 },
    counts: { total: 1, passed: 1, failed: 0, skipped: 0 },
    tests: [{ name: `at ${tree}`, status: 'passed' }],
  });

interface Machine {
  /** Of each file of results; absent = a list of one test. */
  readonly bytes?: number;
  readonly digest?: string;
  readonly checks?: number;
}

function contextOf({ bytes, digest = 'good', checks = 1 }: Machine = {}) {
  const read: string[] = [];
  const records = {
    drift: async () => null,
    review: async () => null,
    verification: async (_task: string, tree: string) =>
      sampleVerification({
        tree,
        checks: Array.from({ length: checks }, (_, index) => {
          const results = { format: 'junit', path: `${tree}-${index}`, bytes: bytes ?? 1, sha256: 'good', count: 1 };
          return sampleCheck({ name: `tests-${index}`, tree, results });
        }),
      }),
    output: async (_task: string, path: string) => {
      read.push(path);
      const text = new TextEncoder().encode(listOfTests(path.slice(0, 40)));
      return bytes === undefined ? { bytes: text, size: text.length } : { bytes: new Uint8Array(bytes), size: bytes };
    },
    digest: async () => digest,
  };
  return { read, context: { ports: { records } } as unknown as TaskContext };
}

const namesOf = async (context: TaskContext) => {
  const [pass] = await passesOf(context, TASK, { brief: sampleBrief(), history: HISTORY, agentWords: null });
  return [pass?.before, pass?.after].map((side) =>
    [...(side?.checks.values() ?? [])].map(({ run }) => run?.tests?.map(({ name }) => name) ?? null),
  );
};

describe('the evidence on both sides of a correction', () => {
  it('has the tests of both by name', async () => {
    assert.deepEqual(await namesOf(contextOf().context), [[[`at ${TREE}`]], [[`at ${OTHER_TREE}`]]]);
  });

  it('has none of results that are not as they were recorded', async () => {
    assert.deepEqual(await namesOf(contextOf({ digest: 'other' }).context), [[null], [null]]);
  });

  it('reads no more than fits, however many checks tell their tests', async () => {
    const { context, read } = contextOf({ bytes: 30 * 1024 * 1024, checks: 4 });
    await namesOf(context);
    assert.equal(read.length, 3);
  });
});
