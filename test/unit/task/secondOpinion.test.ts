import assert from 'node:assert/strict';
import { CountersignError } from '../../../src/core/errors';
import type { EventOf, TaskEvent } from '../../../src/core/events';
import type { Consultation, ConsultRequest } from '../../../src/core/ports/agents';
import { REVIEW_STOPPED, type Review } from '../../../src/core/review/reviewer/review';
import type { ControllerPorts, ReviewSettings, TaskContext } from '../../../src/core/task/context';
import { reviewReady, reviewVerified } from '../../../src/core/task/secondOpinion';
import type { Task, TaskIn } from '../../../src/core/task/task';
import { transition } from '../../../src/core/task/transition';
import { answerOf, FILES, RETRY } from '../review/reviewer/material';
import { sampleBrief, sampleDrift, sampleVerification } from '../review/sample';
import { AT, snapshotOf, WAYS, walk } from './events';

const { tree } = snapshotOf(1);

/** A machine on which one task is reviewed: everything as it should be, but for what a test changes. */
class Machine {
  readonly asked: ConsultRequest[] = [];
  readonly events: TaskEvent[] = [];
  stored: Review | null = null;
  installed: string[] = ['worker', 'reader'];
  untouched = true;
  closed = 0;
  answer: (request: ConsultRequest) => Partial<Consultation> | Error = goodAnswer;
  reviews: ReviewSettings = { agent: null, automatic: true };
  terms: { review?: { agent?: string; command?: string; required?: boolean } } = {};
  #clock = 0;

  constructor(public task: Task) {}

  get context(): TaskContext {
    const brief = sampleBrief();
    const terms = { brief: { ...brief, front: { ...brief.front, ...this.terms } }, policy: null };
    return {
      ports: this.#ports(),
      reviews: this.reviews,
      audience: { progress: () => undefined },
      terms: async () => terms,
      record: async (_id: string, event: TaskEvent) => {
        this.task = transition(this.task, event, AT);
        this.events.push(event);
        return this.task;
      },
    } as unknown as TaskContext;
  }

  get reviewed(): EventOf<'reviewed'> {
    const event = this.events.at(-1);
    assert.ok(event?.type === 'reviewed');
    return event;
  }

  #ports(): Partial<ControllerPorts> {
    return {
      clock: { now: () => AT, monotonic: () => (this.#clock += 1_000) },
      records: {
        verification: async () => sampleVerification({ tree }),
        drift: async () => sampleDrift([], { tree }),
        review: async () => this.stored,
        saveReview: async (_id: string, review: Review) => {
          this.stored = review;
          return 'evidence/r.json';
        },
      } as unknown as ControllerPorts['records'],
      repositories: {
        pathsAt: async () => ['src/retry.ts', 'test/retry.test.ts'],
      } as unknown as ControllerPorts['repositories'],
      objects: {
        hunks: async () => FILES,
        entry: async () => ({ oid: '', mode: '100644', size: RETRY.length, bytes: new TextEncoder().encode(RETRY) }),
      } as unknown as ControllerPorts['objects'],
      workspaces: {
        reading: async () => ({
          folder: '/room',
          readable: ['/objects'],
          isUntouched: async () => this.untouched,
          close: async () => {
            this.closed += 1;
          },
        }),
      } as unknown as ControllerPorts['workspaces'],
      agents: {
        installed: async () => this.installed,
        confinement: async (agent: string) => {
          if (agent === 'gone') throw new CountersignError('AGENT_NOT_INSTALLED', 'gone is not installed');
          return '';
        },
        consult: async (request: ConsultRequest) => {
          this.asked.push(request);
          const said = this.answer(request);
          if (said instanceof Error) throw said;
          const who = { name: request.agent, version: null };
          return {
            text: '',
            usage: null,
            agent: who,
            stop: 'end_turn',
            refused: [],
            confinement: 'c',
            survivors: [],
            ...said,
          };
        },
      } as unknown as ControllerPorts['agents'],
    };
  }
}

const runOf = ({ prompt }: ConsultRequest) => prompt.trimEnd().split('\n').at(-1) ?? '';

function goodAnswer(request: ConsultRequest): Partial<Consultation> {
  return { text: JSON.stringify({ ...answerOf(), run: runOf(request) }) };
}

const never = new AbortController().signal;

function verifying(): Machine {
  const machine = new Machine(walk([...WAYS['verifying a snapshot'], 'verified', 'drift']).task);
  machine.task = { ...machine.task, agent: 'worker' };
  return machine;
}

async function verified(change: (machine: Machine) => void = () => undefined): Promise<Machine> {
  const machine = verifying();
  change(machine);
  await reviewVerified(machine.context, machine.task, tree, never);
  return machine;
}

/** A task that is ready, and whose review was begun. */
function ready(): Machine {
  const machine = new Machine(walk(WAYS['ready, being reviewed']).task);
  machine.task = { ...machine.task, agent: 'worker', reviewing: { tree, agent: 'reader' } };
  return machine;
}

describe('a second opinion after the checks', () => {
  it('is asked for in a folder that is only read, of another agent than the one that did the work', async () => {
    const { events, asked, stored, closed, task } = await verified();
    assert.deepEqual(
      events.map((event) => [event.type, 'agent' in event ? event.agent : null]),
      [
        ['review-started', 'reader'],
        ['reviewed', 'reader'],
      ],
    );
    const [{ folder, readable, hidden, purpose, limit } = {} as ConsultRequest] = asked;
    assert.deepEqual([folder, readable, purpose, hidden.length], ['/room', ['/objects'], 'review', 2]);
    assert.ok(limit > 0 && limit <= 15 * 60_000);
    assert.deepEqual([stored?.none, stored?.findings.length, stored?.same, closed], [null, 1, false, 1]);
    assert.deepEqual(task.evidence.review, { tree, file: 'evidence/r.json' });
  });

  it('is not asked for where nobody wants it', async () => {
    const { events } = await verified((machine) => {
      machine.reviews = { agent: 'reader', automatic: false };
    });
    assert.deepEqual(events, []);
  });

  it('is not made again for a tree that has one', async () => {
    const machine = await verified();
    machine.events.length = 0;
    await reviewVerified(machine.context, machine.task, tree, never);
    assert.deepEqual(machine.events, []);
  });

  it('is given by whom the brief names, else by whom the user names, else by the worker itself', async () => {
    const agentOf = async (change: (machine: Machine) => void) => {
      const { events, stored } = await verified(change);
      const [started] = events;
      return [started?.type === 'review-started' ? `${started.agent} by ${started.by}` : null, stored?.same];
    };
    const named = (machine: Machine) => {
      machine.reviews = { agent: 'configured', automatic: true };
    };
    assert.deepEqual(
      await agentOf((machine) => {
        named(machine);
        machine.terms = { review: { agent: 'briefed' } };
      }),
      ['briefed by brief', false],
    );
    assert.deepEqual(await agentOf(named), ['configured by configuration', false]);
    assert.deepEqual(
      await agentOf((machine) => {
        machine.installed = ['worker'];
      }),
      ['worker by configuration', true],
    );
    const { asked } = await verified((machine) => {
      machine.terms = { review: { command: 'read-it' } };
    });
    assert.deepEqual([asked[0]?.agent, asked[0]?.command], ['command', 'read-it']);
  });

  it('fails no task: whoever is not there gives no review', async () => {
    const nobody = await verified((machine) => {
      machine.installed = [];
    });
    assert.match(nobody.reviewed.none ?? '', /no agent on this machine/);
    assert.equal(nobody.reviewed.agent, null);
    const gone = await verified((machine) => {
      machine.terms = { review: { agent: 'gone' } };
    });
    assert.match(gone.reviewed.none ?? '', /gone is not installed/);
  });

  it('is void when the reader changed what it read', async () => {
    const { reviewed, stored, closed } = await verified((machine) => {
      machine.untouched = false;
    });
    assert.match(reviewed.none ?? '', /changed files of the checkout/);
    assert.deepEqual([stored?.findings, closed], [[], 1]);
  });

  it('is asked for once more with what was wrong, and no third time', async () => {
    let attempts = 0;
    const { asked, stored } = await verified((machine) => {
      machine.answer = (request) => {
        attempts += 1;
        return attempts === 1 ? { text: 'fine!' } : goodAnswer(request);
      };
    });
    assert.deepEqual([asked.length, stored?.none, stored?.answers[0]], [2, null, 'fine!']);
    assert.match(asked[1]?.prompt ?? '', /could not be used: it holds no JSON object/);
    assert.ok(asked[1]!.limit < asked[0]!.limit, 'both share the time');
    const never_ = await verified((machine) => {
      machine.answer = () => ({ text: 'fine!' });
    });
    assert.equal(never_.asked.length, 2);
    assert.match(never_.reviewed.none ?? '', /no JSON object/);
  });

  it('takes no answer from what ran out of time, crashed, or left processes behind', async () => {
    const reason = async (answer: Machine['answer']) =>
      (
        await verified((machine) => {
          machine.answer = answer;
        })
      ).reviewed.none ?? '';
    assert.match(await reason((request) => ({ ...goodAnswer(request), stop: 'timeout' })), /no answer within 15 min/);
    assert.match(
      await reason((request) => ({ ...goodAnswer(request), survivors: ['pid 7'] })),
      /could not be ended: pid 7/,
    );
    assert.match(await reason(() => new CountersignError('AGENT_FAILED', 'it crashed')), /it crashed/);
    assert.match(await reason((request) => ({ ...goodAnswer(request), stop: 'too-long' })), /far longer/);
  });

  it('interrupts with the work that it belongs to', async () => {
    const machine = verifying();
    const abort = new AbortController();
    machine.answer = () => {
      abort.abort(new Error('stopped'));
      return { stop: 'cancelled' };
    };
    await assert.rejects(reviewVerified(machine.context, machine.task, tree, abort.signal), /stopped/);
    assert.deepEqual(
      machine.events.map(({ type }) => type),
      ['review-started'],
    );
    assert.equal(machine.closed, 1);
  });
});

describe('a second opinion on what is ready', () => {
  it('changes the verdict of the task', async () => {
    const machine = ready();
    await reviewReady(machine.context, machine.task as TaskIn<'ready'>, never);
    assert.deepEqual([machine.reviewed.major, machine.reviewed.verdict], [1, 'attention']);
    assert.equal(machine.task.state === 'ready' && machine.task.verdict, 'attention');
    assert.equal(machine.task.reviewing, null);
  });

  it('that is stopped is none, whatever was said', async () => {
    const machine = ready();
    const abort = new AbortController();
    machine.answer = (request) => {
      abort.abort();
      return goodAnswer(request);
    };
    await reviewReady(machine.context, machine.task as TaskIn<'ready'>, abort.signal);
    assert.deepEqual([machine.reviewed.none, machine.stored?.findings], [REVIEW_STOPPED, []]);
  });
});
