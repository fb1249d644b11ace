import assert from 'node:assert/strict';
import { fail } from '../../../src/core/errors';
import type { ControllerPorts, TaskContext } from '../../../src/core/task/context';
import { mentionsOf } from '../../../src/core/task/mentions';
import type { Task } from '../../../src/core/task/task';
import type { CheckResult } from '../../../src/core/verify/verification';
import { change, hunk } from '../review/reviewer/material';
import {
  OTHER_TREE,
  SNAPSHOT,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleTask,
  sampleVerification,
  TREE,
} from '../review/sample';

const BRIEF = sampleBrief({ criteria: [{ text: 'RETRY-1: stops', proof: { kind: 'none' }, line: 1 }] });
const TASK = { ...sampleTask(), repository: { id: 'r' } } as unknown as Task;
const REF = { format: 'junit', path: 'now.json', bytes: 1, sha256: 'good', count: 1 };

/** A machine with the files of one task, which counts what is asked of it. */
class Machine {
  readonly files = new Map<string, string>([['now.json', tests('RETRY-1: stops', 'passed')]]);
  readonly digests = new Map<string, string>();
  asked: string[] = [];
  gone = false;
  check: Partial<CheckResult> = { results: REF };
  drift = sampleDrift();
  readonly context = { ports: this.#ports() } as unknown as TaskContext;

  async found(task = TASK) {
    const verification = sampleVerification({ checks: [sampleCheck(this.check)] });
    return mentionsOf(this.context, task, { brief: BRIEF, verification, drift: this.drift });
  }

  #ports(): Partial<ControllerPorts> {
    const records = {
      output: async (_task: string, file: string, most: number) => {
        this.asked.push(file);
        const text = this.files.get(file);
        if (text === undefined) return null;
        const bytes = new TextEncoder().encode(text);
        return { bytes: bytes.subarray(0, most), size: bytes.length };
      },
      digest: async (_task: string, file: string) => this.digests.get(file) ?? 'good',
    };
    const objects = {
      hunks: async () => {
        this.asked.push('hunks');
        if (this.gone) fail('NOT_A_REPOSITORY', 'it is gone');
        return [{ change: change('src/a.ts'), hunks: [hunk(1, ['+// RETRY-1'])] }];
      },
    };
    return { records, objects } as unknown as Partial<ControllerPorts>;
  }
}

function tests(name: string, status: string, more: object = {}): string {
  return JSON.stringify({ check: 'tests', tests: [{ name, status }], unlisted: 0, ...more });
}

const base = (path: string | null, status = 'passed'): Partial<CheckResult> => {
  const results = path === null ? null : { path, sha256: 'good' };
  return { base: { kind: 'ran', cached: false, run: { ...sampleCheck(), status, results } } } as Partial<CheckResult>;
};
const told = async (machine: Machine) =>
  (await machine.found())?.tests[0]?.map(({ name, status, before }) => [name, status, before]);

describe('mentions that are read for a packet', () => {
  it('are of the results by name and of the changes, and are read once', async () => {
    const machine = new Machine();
    assert.deepEqual(await told(machine), [['RETRY-1: stops', 'passed', null]]);
    assert.equal((await machine.found())?.places.length, 1);
    assert.deepEqual(machine.asked, ['now.json', 'hunks']);
    await machine.found({ ...TASK, snapshots: [{ ...SNAPSHOT, commit: '9'.repeat(40) }] } as Task);
    assert.equal(machine.asked.length, 4, 'another snapshot is looked at anew');
  });

  it('compare with the base where it told its tests', async () => {
    const machine = new Machine();
    machine.files.set('then.json', tests('RETRY-1: stops', 'failed'));
    machine.check = { results: REF, ...base('then.json', 'failed') };
    assert.deepEqual(await told(machine), [['RETRY-1: stops', 'passed', 'failed']]);
    const same = new Machine();
    same.check = { results: REF, base: { kind: 'same' } };
    assert.deepEqual(await told(same), [['RETRY-1: stops', 'passed', 'passed']]);
    const untold = new Machine();
    untold.check = { results: REF, ...base('then.json', 'timeout') };
    assert.deepEqual(await told(untold), [['RETRY-1: stops', 'passed', null]]);
  });

  it('miss what a run that passed does not tell any more', async () => {
    const machine = new Machine();
    machine.files.set('then.json', tests('RETRY-1: stops', 'passed'));
    machine.check = { results: null, ...base('then.json') };
    assert.deepEqual(await told(machine), [['RETRY-1: stops', 'vanished', 'passed']]);
    const failed = new Machine();
    failed.files.set('then.json', tests('RETRY-1: stops', 'passed'));
    failed.check = { status: 'failed', results: null, ...base('then.json') };
    assert.deepEqual(await told(failed), []);
  });

  it('are none of what was altered, cut, or is no list, and say so', async () => {
    const spoil: readonly ((machine: Machine) => void)[] = [
      ({ digests }) => digests.set('now.json', 'other'),
      ({ files }) => files.delete('now.json'),
      ({ files }) => files.set('now.json', 'null'),
      ({ files }) => files.set('now.json', '{"tests":[{"name":1}]}'),
      ({ files }) => files.set('now.json', '{'),
      ({ files }) => files.set('now.json', tests('x', 'passed', { pad: 'x'.repeat(17 * 1024 * 1024) })),
    ];
    for (const act of spoil) {
      const machine = new Machine();
      act(machine);
      const found = await machine.found();
      assert.deepEqual(found?.tests, [[]]);
      assert.deepEqual(found.unread, ['The tests of check "tests" could not be looked through by name']);
    }
  });

  it('are none of checks at another tree, or that did not end', async () => {
    const machine = new Machine();
    machine.check = { results: REF, status: 'void' };
    assert.deepEqual(await told(machine), []);
    const verification = sampleVerification({ tree: OTHER_TREE, checks: [sampleCheck({ results: REF })] });
    const other = await mentionsOf(new Machine().context, TASK, { brief: BRIEF, verification, drift: null });
    assert.deepEqual(other?.tests, [[]]);
  });

  it('do without a repository that is gone, and without a change that is too large', async () => {
    const machine = new Machine();
    machine.gone = true;
    assert.deepEqual([(await machine.found())?.places, (await told(machine))?.length], [[], 1]);
    const large = new Machine();
    large.drift = sampleDrift([], { stats: { files: 3, insertions: 200_001, deletions: 0 }, tree: TREE });
    assert.deepEqual((await large.found())?.unread, ['The change is too large to be looked through for ids']);
    assert.ok(!large.asked.includes('hunks'));
  });

  it('are null where there is nothing to look for', async () => {
    const { context } = new Machine();
    const nothing = { verification: null, drift: null };
    assert.equal(await mentionsOf(context, { ...TASK, snapshots: [] } as Task, { brief: BRIEF, ...nothing }), null);
    assert.equal(await mentionsOf(context, TASK, { brief: sampleBrief({ criteria: [] }), ...nothing }), null);
  });
});
