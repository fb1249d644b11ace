import assert from 'node:assert/strict';
import { packetSchema } from '../../../src/core/review/packet';
import type { Task } from '../../../src/core/task/task';
import {
  OTHER_TREE,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  samplePacket,
  sampleTask,
  sampleVerification,
  TREE,
} from './sample';

describe('the review packet', () => {
  it('takes any task as its subject', () => {
    const asSubject = (task: Task): ReturnType<typeof sampleTask> => task;
    assert.equal(typeof asSubject, 'function');
  });

  it('is clean when everything is in scope and proven', () => {
    const packet = samplePacket();
    assert.equal(packet.verdict, 'clean');
    assert.deepEqual(packet.reasons, []);
    assert.deepEqual(packet.decisions, []);
    assert.deepEqual(packet.meter, { inside: 3, outside: 0, boundary: 0 });
    assert.deepEqual(
      packet.criteria.map(({ proof }) => proof),
      ['proven', 'review'],
    );
    assert.equal(packet.checks[0]?.tree, TREE);
    assert.equal(packet.target, 'refs/heads/main');
    assert.equal(packet.agent.version, '2.6.0');
  });

  it('shows the end of what a check printed, however little or much that was', () => {
    const shown = (head: string, tail: string) => {
      const log = { ...sampleCheck().log, head, tail };
      return samplePacket({ verification: sampleVerification({ checks: [sampleCheck({ log })] }) }).checks[0]?.log
        ?.tail;
    };
    assert.equal(shown('boom\n', ''), 'boom\n');
    assert.equal(shown('first ', 'last'), 'first last');
    assert.equal(shown('first', 'x'.repeat(16_000)), 'x'.repeat(8_000));
  });

  it('survives its own schema as JSON', () => {
    const packet = samplePacket({ drift: sampleDrift([sampleFinding()]), agentWords: 'done' });
    assert.deepEqual(packetSchema.parse(JSON.parse(JSON.stringify(packet))), packet);
  });

  it('is blocked by a blocking finding, which waits for an answer', () => {
    const packet = samplePacket({ drift: sampleDrift([sampleFinding()]) });
    assert.equal(packet.verdict, 'blocked');
    assert.deepEqual(packet.reasons, ['1 blocking finding: scope/outside']);
    assert.deepEqual(
      packet.decisions.map(({ answer }) => answer),
      ['--accept f1=REASON'],
    );
    assert.deepEqual(packet.meter, { inside: 2, outside: 1, boundary: 0 });
  });

  it('counts a boundary that is not granted, and does not count a granted one', () => {
    const open = sampleFinding({ rule: 'deps/added', boundary: 'dependencies', path: 'package.json' });
    const granted = { ...open, id: 'f2', severity: 'info' as const };
    assert.equal(samplePacket({ drift: sampleDrift([open]) }).meter?.boundary, 1);
    const allowed = samplePacket({ drift: sampleDrift([granted]) });
    assert.equal(allowed.meter?.boundary, 0);
    assert.equal(allowed.verdict, 'clean');
    assert.deepEqual(allowed.decisions, []);
  });

  it('asks for attention on warnings and on criteria without proof', () => {
    const warned = samplePacket({ drift: sampleDrift([sampleFinding({ severity: 'warn', rule: 'scope/budget' })]) });
    assert.equal(warned.verdict, 'attention');
    const unproven = samplePacket({
      brief: sampleBrief({ criteria: [{ text: 'it is fast', proof: { kind: 'none' }, line: 1 }] }),
    });
    assert.equal(unproven.verdict, 'attention');
    assert.equal(unproven.criteria[0]?.proof, 'unproven');
    const nobody = samplePacket({
      brief: sampleBrief({ criteria: [{ text: 'x', proof: { kind: 'check', check: 'gone' }, line: 1 }] }),
    });
    assert.equal(nobody.criteria[0]?.because, 'the brief has no check "gone"');
  });

  for (const status of ['failed', 'timeout', 'void', 'missing'] as const) {
    it(`is blocked by a check that is ${status}, and does not take it for a proof`, () => {
      const packet = samplePacket({ verification: sampleVerification({ checks: [sampleCheck({ status, exit: 1 })] }) });
      assert.equal(packet.verdict, 'blocked');
      assert.equal(packet.criteria[0]?.proof, 'unproven');
      assert.deepEqual(
        packet.decisions.map(({ answer }) => answer),
        ['--override tests=REASON'],
      );
    });
  }

  it('is blocked without a verification, and by one of another tree or brief', () => {
    const never = samplePacket({ verification: null });
    assert.equal(never.verdict, 'blocked');
    assert.equal(never.checks[0]?.status, 'missing');
    const stale = samplePacket({
      verification: sampleVerification({ tree: OTHER_TREE, checks: [sampleCheck({ tree: OTHER_TREE })] }),
    });
    assert.equal(stale.verdict, 'blocked');
    assert.deepEqual(stale.stale, ['verification']);
    assert.equal(stale.checks[0]?.stale, true);
    assert.equal(stale.criteria[0]?.proof, 'unproven');
    const foreign = samplePacket({ verification: sampleVerification({ brief: '7'.repeat(64) }) });
    assert.equal(foreign.verdict, 'blocked');
    assert.equal(foreign.decisions.length, 1);
  });

  it('is blocked without a drift report, and by one of another tree', () => {
    assert.equal(samplePacket({ drift: null }).verdict, 'blocked');
    const stale = samplePacket({ drift: sampleDrift([], { tree: OTHER_TREE }) });
    assert.equal(stale.verdict, 'blocked');
    assert.deepEqual(stale.stale, ['drift']);
    assert.deepEqual(
      stale.decisions.map(({ kind }) => kind),
      ['evidence'],
    );
  });

  it('says why there is no check', () => {
    const brief = sampleBrief();
    const front = { ...brief.front, checks: [], unchecked: 'prose only' };
    const packet = samplePacket({ brief: { ...brief, front, criteria: [] }, verification: null });
    assert.equal(packet.verdict, 'attention');
    assert.deepEqual(packet.reasons, ['nothing was checked: prose only']);
  });

  it('is blocked by a failure, with its own words, and while the work goes on', () => {
    const error = { code: 'AGENT_FAILED', message: 'the agent ended with 1', fix: 'read the transcript' };
    const failed = samplePacket({
      task: sampleTask({ state: 'failed', error, snapshots: [] }),
      verification: null,
      drift: null,
    });
    assert.deepEqual(failed.reasons, ['the work failed: AGENT_FAILED: the agent ended with 1']);
    assert.equal(failed.snapshot, null);
    assert.deepEqual(failed.decisions, []);
    const running = samplePacket({
      task: sampleTask({ state: 'running', snapshots: [] }),
      verification: null,
      drift: null,
    });
    assert.deepEqual(running.reasons, ['the work is not ready: it is running']);
  });

  it('names a waiting permission and the refused ones', () => {
    const asking = { type: 'asked' as const, request: 'r1', what: 'npm install left-pad', boundary: 'dependencies' };
    const refused = {
      type: 'decided' as const,
      request: 'r0',
      what: 'curl',
      decision: 'refused' as const,
      by: 'policy',
      why: 'no network',
    };
    const packet = samplePacket({ task: sampleTask({ state: 'running', asking }), history: [refused] });
    assert.deepEqual(
      packet.decisions.map(({ kind, id }) => [kind, id]),
      [['permission', 'r1']],
    );
    assert.deepEqual(packet.refused, [{ what: 'curl', by: 'policy', why: 'no network' }]);
  });

  it('has nothing to decide any more once it is signed', () => {
    const packet = samplePacket({ task: sampleTask({ state: 'signed' }), drift: sampleDrift([sampleFinding()]) });
    assert.deepEqual(packet.decisions, []);
  });
});
