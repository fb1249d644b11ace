import assert from 'node:assert/strict';
import { Attendance, type Watch } from '../../../src/host/attendance';
import { TestClock } from './clock';

const PERSON: Watch = { answers: true, updates: true, graceMs: 0 };
const WINDOW: Watch = { answers: true, updates: false, graceMs: 30_000 };

function made() {
  const clock = new TestClock();
  const alone: string[] = [];
  const attendance = new Attendance<string>((task) => alone.push(task), clock.later);
  return { clock, alone, attendance };
}

describe('attendance', () => {
  it('tells when the last person who could answer went', () => {
    const { alone, attendance } = made();
    attendance.come('one', 't', PERSON);
    attendance.come('two', 't', PERSON);
    attendance.come('pipe', 't', { ...PERSON, answers: false });
    attendance.go('one', 't');
    assert.deepEqual([attendance.attended('t'), alone], [true, []]);
    attendance.leave('two');
    assert.deepEqual([attendance.attended('t'), alone], [false, ['t']]);
    attendance.leave('pipe');
    assert.deepEqual(alone, ['t']);
  });

  it('sends what the agent says to those who want it', () => {
    const { attendance } = made();
    attendance.come('window', 't', WINDOW);
    assert.deepEqual([attendance.listened('t'), attendance.listeners('t')], [false, []]);
    assert.deepEqual([...attendance.watchers('t')], ['window']);
    attendance.come('terminal', 't', PERSON);
    assert.deepEqual([attendance.listened('t'), attendance.listeners('t')], [true, ['terminal']]);
  });

  it('waits for a window that is reloaded, and no longer than it asked', () => {
    const { clock, alone, attendance } = made();
    attendance.come('window', 't', WINDOW);
    attendance.leave('window');
    clock.pass(29_999);
    assert.deepEqual([attendance.attended('t'), alone], [true, []]);
    attendance.come('window, again', 't', WINDOW);
    clock.pass(60_000);
    assert.deepEqual([attendance.attended('t'), alone], [true, []]);
    attendance.leave('window, again');
    clock.pass(30_000);
    assert.deepEqual([attendance.attended('t'), alone], [false, ['t']]);
  });

  it('believes one who says that they go', () => {
    const { clock, alone, attendance } = made();
    attendance.come('window', 't', WINDOW);
    attendance.go('window', 't');
    assert.deepEqual(alone, ['t']);
    attendance.leave('window');
    clock.pass(60_000);
    assert.deepEqual(alone, ['t']);
  });

  it('waits for the last of several', () => {
    const { clock, alone, attendance } = made();
    attendance.come('one', 't', WINDOW);
    attendance.come('two', 't', { ...WINDOW, graceMs: 60_000 });
    attendance.leave('one');
    attendance.leave('two');
    clock.pass(30_000);
    assert.deepEqual(alone, []);
    clock.pass(30_000);
    assert.deepEqual(alone, ['t']);
  });

  it('lets go of a task that was deleted', () => {
    const { clock, alone, attendance } = made();
    attendance.come('window', 't', WINDOW);
    attendance.leave('window');
    attendance.forget('t');
    clock.pass(60_000);
    assert.deepEqual([attendance.attended('t'), alone], [false, []]);
  });
});
