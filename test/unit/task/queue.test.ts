import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultLimits, nextToStart, type QueueEntry } from '../../../src/core/task/queue';

const entry = (id: string, repository: string): QueueEntry => ({ id, repository });
const MIB = 1024 * 1024;

const arrivals = fc
  .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 })
  .map((repositories) => repositories.map((repository, n) => entry(`t${n}`, repository)));
const someLimits = fc.record({ tasks: fc.integer({ min: 1, max: 6 }), perRepository: fc.integer({ min: 1, max: 6 }) });

describe('nextToStart', () => {
  it('starts first come first served, and passes over a repository that is full', () => {
    const queued = [entry('1', 'a'), entry('2', 'a'), entry('3', 'b'), entry('4', 'a'), entry('5', 'c')];
    assert.deepEqual(nextToStart(queued, [], { tasks: 3, perRepository: 1 }), ['1', '3', '5']);
    assert.deepEqual(nextToStart(queued, [entry('0', 'a')], { tasks: 3, perRepository: 2 }), ['1', '3']);
  });

  it('starts nothing while there is no place', () => {
    assert.deepEqual(nextToStart([entry('1', 'a')], [entry('0', 'b')], { tasks: 1, perRepository: 1 }), []);
    assert.deepEqual(
      nextToStart([entry('1', 'a')], [entry('x', 'b'), entry('y', 'b')], { tasks: 1, perRepository: 1 }),
      [],
    );
  });

  it('keeps both limits, leaves no place empty that could be filled, and keeps the order within a repository', () => {
    fc.assert(
      fc.property(arrivals, someLimits, (queued, limits) => {
        const started = nextToStart(queued, [], limits);
        const chosen = queued.filter(({ id }) => started.includes(id));
        assert.deepEqual(
          chosen.map(({ id }) => id),
          started,
        );
        assert.ok(started.length <= limits.tasks);
        for (const repository of ['a', 'b', 'c']) {
          const ofIt = queued.filter((task) => task.repository === repository);
          const startedOfIt = chosen.filter((task) => task.repository === repository);
          assert.ok(startedOfIt.length <= limits.perRepository);
          assert.deepEqual(startedOfIt, ofIt.slice(0, startedOfIt.length));
          if (startedOfIt.length < Math.min(ofIt.length, limits.perRepository))
            assert.equal(started.length, limits.tasks);
        }
      }),
    );
  });

  it('starves nobody: every task starts while new ones keep coming', () => {
    fc.assert(
      fc.property(arrivals, someLimits, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (first, limits, ends) => {
        let queued = [...first];
        let running: QueueEntry[] = [];
        const waiting = new Set(first.map(({ id }) => id));
        for (const [round, end] of ends.entries()) {
          queued.push(entry(`late${round}`, 'a'), entry(`later${round}`, 'b'));
          const started = nextToStart(queued, running, limits);
          for (const id of started) waiting.delete(id);
          running.push(...queued.filter(({ id }) => started.includes(id)));
          queued = queued.filter(({ id }) => !started.includes(id));
          running = running.filter((_, n) => n !== end % Math.max(1, running.length));
        }
        assert.deepEqual([...waiting], []);
      }),
    );
  });
});

describe('defaultLimits', () => {
  it('gives each agent its memory, within bounds', () => {
    assert.deepEqual(defaultLimits(0), { tasks: 1, perRepository: 1 });
    assert.deepEqual(defaultLimits(3 * 350 * MIB), { tasks: 3, perRepository: 3 });
    assert.deepEqual(defaultLimits(8_000 * MIB), { tasks: 22, perRepository: 4 });
    assert.deepEqual(defaultLimits(1_000_000 * MIB), { tasks: 32, perRepository: 4 });
  });
});
