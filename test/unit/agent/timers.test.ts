import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { QuietTimer, TurnDeadline } from '../../../src/node/agents/timers';

const never = new AbortController().signal;

describe("a turn's deadline", () => {
  it('is reached when the time is over', async () => {
    const deadline = new TurnDeadline(10, never);
    assert.equal(await deadline.reached, 'timeout');
    assert.equal(deadline.reason, 'timeout');
    assert.equal(deadline.signal.aborted, true);
    deadline.dispose();
  });

  it('is reached when the caller says so, also before', async () => {
    const caller = new AbortController();
    const deadline = new TurnDeadline(null, caller.signal);
    assert.equal(deadline.reason, null);
    caller.abort();
    assert.equal(await deadline.reached, 'cancelled');
    const late = new TurnDeadline(60_000, caller.signal);
    assert.equal(late.reason, 'cancelled');
    late.dispose();
  });

  it('does not come nearer while it is paused', async () => {
    const deadline = new TurnDeadline(30, never);
    deadline.pause();
    deadline.pause();
    await sleep(60);
    assert.equal(deadline.reason, null);
    deadline.resume();
    deadline.resume();
    assert.equal(await deadline.reached, 'timeout');
    deadline.dispose();
  });

  it('keeps its first reason', async () => {
    const caller = new AbortController();
    const deadline = new TurnDeadline(5, caller.signal);
    await deadline.reached;
    caller.abort();
    assert.equal(deadline.reason, 'timeout');
    deadline.dispose();
  });
});

describe('a quiet timer', () => {
  it('fires once, and again only after a touch', async () => {
    let fired = 0;
    const timer = new QuietTimer(5, () => {
      fired += 1;
    });
    await sleep(40);
    assert.equal(fired, 1);
    timer.touch();
    await sleep(40);
    assert.equal(fired, 2);
    timer.dispose();
  });

  it('does not fire while it is held', async () => {
    let fired = 0;
    const timer = new QuietTimer(5, () => {
      fired += 1;
    });
    timer.hold(true);
    await sleep(30);
    assert.equal(fired, 0);
    timer.hold(false);
    await sleep(30);
    assert.equal(fired, 1);
    timer.dispose();
  });

  it('stand still for good once they were let go, whoever is answered later', async () => {
    const deadline = new TurnDeadline(5, never);
    let quiet = 0;
    const silence = new QuietTimer(5, () => {
      quiet += 1;
    });
    deadline.pause();
    silence.hold(true);
    deadline.dispose();
    silence.dispose();
    // A person's answer, or that there is none, comes when the turn has ended.
    deadline.resume();
    silence.hold(false);
    await sleep(40);
    assert.deepEqual([deadline.reason, quiet], [null, 0]);
  });
});
