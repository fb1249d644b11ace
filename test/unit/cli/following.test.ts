import assert from 'node:assert/strict';
import { type Attendant, type FollowedHost, followTask } from '../../../src/cli/following';
import { Output } from '../../../src/cli/output';
import { CountersignError } from '../../../src/core/errors';
import type { TaskEvent } from '../../../src/core/events';
import type { TaskState } from '../../../src/core/task/task';
import { MemorySink } from './sinks';

const ID = 't1';
const OID = 'a'.repeat(40);
const READY: TaskEvent = {
  type: 'ready',
  turn: 1,
  verdict: 'clean',
  snapshot: { turn: 1, commit: OID, tree: OID },
};
const ASKED: TaskEvent = { type: 'asked', request: 'r1', what: 'run make', boundary: 'config' };

/** A host that says what the test says. */
class ScriptedHost implements FollowedHost {
  readonly requests: string[] = [];
  readonly closed: Promise<void>;
  hangUp: () => void = () => undefined;
  #event: ((news: never) => void) | undefined;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.hangUp = resolve;
    });
  }

  request: FollowedHost['request'] = async (method, params) => {
    this.requests.push(`${method} ${JSON.stringify(params)}`);
    return {} as never;
  };

  on: FollowedHost['on'] = (name, listener) => {
    if (name === 'task/event') this.#event = listener as (news: never) => void;
  };

  says(state: TaskState, event: TaskEvent, id = ID): void {
    this.#event?.({ id, state, event, at: '2024-01-02T03:04:05Z' } as never);
  }
}

function make({ by = null as string | null, answer = true } = {}) {
  const host = new ScriptedHost();
  const stderr = new MemorySink();
  const output = new Output({ stdout: new MemorySink(), stderr, json: false, env: {} });
  const questions: string[] = [];
  let interrupt: () => void = () => undefined;
  let released = false;
  const attendant: Attendant = {
    output,
    by,
    ask: async (question, signal) => {
      questions.push(question);
      if (answer) return true;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('taken back'))));
    },
    onInterrupt: (listener) => {
      interrupt = listener;
      return () => {
        released = true;
      };
    },
  };
  return { host, stderr, attendant, questions, interrupt: () => interrupt(), released: () => released };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('following a task', () => {
  it('ends when the task rests', async () => {
    const { host, attendant, released } = make();
    const rest = followTask(host, attendant, async () => ID);
    await turn();
    host.says('running', { type: 'turn-started', turn: 1, kind: 'work', confinement: 'none' });
    host.says('ready', READY, 'another');
    host.says('ready', READY);
    assert.deepEqual(await rest, { id: ID, state: 'ready', cause: null });
    assert.equal(released(), true);
  });

  it('misses nothing that is told before the id is known', async () => {
    const { host, attendant } = make();
    const rest = followTask(host, attendant, async () => {
      host.says('interrupted', { type: 'interrupted', stage: 'running', cause: 'stopped' });
      return ID;
    });
    assert.deepEqual(await rest, { id: ID, state: 'interrupted', cause: 'stopped' });
  });

  it('passes on what is said at the beginning', async () => {
    const { host, attendant, stderr } = make();
    const rest = followTask(host, attendant, async (note) => {
      note('brief.md:6: warn: it overlaps');
      return ID;
    });
    await turn();
    assert.equal(stderr.text, 'brief.md:6: warn: it overlaps\n');
    host.says('ready', READY);
    await rest;
  });

  it('stops the task at the first Ctrl-C and waits for its end', async () => {
    const { host, attendant, interrupt } = make();
    const rest = followTask(host, attendant, async () => ID);
    await turn();
    interrupt();
    assert.ok(host.requests.includes('task/stop {"id":"t1"}'));
    host.says('interrupted', { type: 'interrupted', stage: 'running', cause: 'stopped' });
    assert.deepEqual(await rest, { id: ID, state: 'interrupted', cause: 'stopped' });
  });

  it('stops a task whose id comes only after Ctrl-C', async () => {
    const { host, attendant, interrupt } = make();
    const rest = followTask(host, attendant, async () => {
      interrupt();
      return ID;
    });
    await turn();
    assert.ok(host.requests.includes('task/stop {"id":"t1"}'));
    host.says('interrupted', { type: 'interrupted', stage: 'queued', cause: 'stopped' });
    assert.equal((await rest).cause, 'stopped');
  });

  it('stops waiting at the second Ctrl-C, and says what goes on', async () => {
    const { host, attendant, interrupt, stderr } = make();
    const rest = followTask(host, attendant, async () => ID);
    await turn();
    host.says('running', { type: 'turn-started', turn: 1, kind: 'work', confinement: 'none' });
    interrupt();
    interrupt();
    assert.deepEqual(await rest, { id: ID, state: 'running', cause: 'detached' });
    assert.match(stderr.text, /task t1 goes on stopping/);
  });

  it('passes a permission question on to the person, and the answer back', async () => {
    const { host, attendant, questions } = make({ by: 'Developer <dev@example.com>' });
    const rest = followTask(host, attendant, async () => ID);
    await turn();
    host.says('running', ASKED);
    await turn();
    assert.match(questions[0] ?? '', /The agent asks \(config\): run make/);
    assert.ok(
      host.requests.includes('task/answer {"id":"t1","request":"r1","allow":true,"by":"Developer <dev@example.com>"}'),
    );
    host.says('ready', READY);
    await rest;
  });

  it('tells the host whether somebody is there to answer', async () => {
    for (const [by, answers] of [
      [null, false],
      ['Developer', true],
    ] as const) {
      const { host, attendant, questions } = make({ by });
      const rest = followTask(host, attendant, async () => ID);
      await turn();
      assert.ok(host.requests.includes(`task/watch {"id":"t1","on":true,"answers":${answers}}`));
      host.says('running', ASKED);
      host.says('ready', READY);
      await rest;
      assert.equal(questions.length, answers ? 1 : 0);
    }
  });

  it('takes a question back that was answered elsewhere', async () => {
    const { host, attendant } = make({ by: 'Developer', answer: false });
    const rest = followTask(host, attendant, async () => ID);
    await turn();
    host.says('running', ASKED);
    host.says('running', { type: 'decided', request: 'r1', what: 'x', decision: 'refused', by: 'policy', why: 'y' });
    await turn();
    assert.ok(!host.requests.some((request) => request.startsWith('task/answer')));
    host.says('ready', READY);
    await rest;
  });

  it('says that the host is gone', async () => {
    const { host, attendant } = make();
    const rest = followTask(host, attendant, async () => ID);
    await turn();
    host.hangUp();
    await assert.rejects(rest, (thrown) => thrown instanceof CountersignError && thrown.code === 'HOST_UNREACHABLE');
  });

  it('passes on why the work could not begin', async () => {
    const { host, attendant, released } = make();
    const refused = new CountersignError('BRIEF_NOT_READY', 'no check');
    await assert.rejects(
      followTask(host, attendant, async () => {
        throw refused;
      }),
      refused,
    );
    assert.equal(released(), true);
  });
});
