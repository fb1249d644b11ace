import assert from 'node:assert/strict';
import { renderSummary } from '../../../src/core/review/terminal';
import {
  ADOPTED_TASK,
  deliveredTask,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  samplePacket,
  sampleTask,
  sampleVerification,
} from './sample';

const PLAIN = { color: false, width: 80 };

describe('the summary for a terminal', () => {
  it('says the verdict in words and what to type next', () => {
    const text = renderSummary(samplePacket(), PLAIN);
    assert.match(text, /^Retry on 429\n✓ Ready/);
    assert.match(
      text,
      /\n {2}countersign signoff T1 --tree [0-9a-f]{10}\n {2}countersign correct T1 -m TEXT\n {2}countersign reject T1 --reason TEXT\n/,
    );
    assert.match(text, /✓ tests: passed, 41 s, 212 passed, 1 skipped/);
  });

  it('says of adopted work where it came from and who wrote it', () => {
    const text = renderSummary(samplePacket({ task: sampleTask(ADOPTED_TASK) }), PLAIN);
    assert.match(
      text,
      /\ntask {5}T1, turn 1, adopted from origin\/topic\\u\{202e\}\nauthors {2}2 commits by Ann <b>, Bo\n/,
    );
    const corrected = renderSummary(samplePacket({ task: sampleTask({ ...ADOPTED_TASK, agent: 'codex' }) }), PLAIN);
    assert.match(corrected, /agent codex\nauthors {2}2 commits/);
  });

  it('types out the answer to exactly what is asked', () => {
    const asking = { type: 'asked' as const, request: 'tool-1-2', what: 'change docs', boundary: null };
    const task = sampleTask({ state: 'running', snapshots: [], asking });
    const text = renderSummary(samplePacket({ task, verification: null, drift: null }), PLAIN);
    assert.match(
      text,
      /\nNext\n {2}countersign answer T1 allow --request tool-1-2\n {2}countersign answer T1 refuse --request tool-1-2\n/,
    );
  });

  it('types the answers out', () => {
    const text = renderSummary(
      samplePacket({
        drift: sampleDrift([sampleFinding()]),
        verification: sampleVerification({ checks: [sampleCheck({ status: 'failed', exit: 1 })] }),
      }),
      PLAIN,
    );
    assert.match(text, /✗ Blocked/);
    assert.match(text, /\n {2}✗ scope\/outside: .*\(f1\)\n/);
    assert.match(text, /countersign signoff T1 --tree [0-9a-f]{10} --accept f1=REASON --override tests=REASON/);
  });

  it('names the first tests that failed, unless a check would go unseen for it', () => {
    const failure = { name: 'adds\u202e', message: 'no\nmore', expected: '1', actual: '2', file: 'test/a.ts', line: 7 };
    const check = (name: string) =>
      sampleCheck({ name, status: 'failed', exit: 1, failures: [failure, failure, failure, failure] });
    const render = (...names: string[]) => {
      const checks = names.map((name) => ({ name, run: 'true', timeout: 1 }));
      const brief = sampleBrief({ front: { ...sampleBrief().front, checks } });
      const verification = sampleVerification({ checks: names.map(check) });
      return renderSummary(samplePacket({ brief, verification }), PLAIN);
    };
    assert.match(
      render('tests'),
      /✗ tests: failed.*\n {6}adds\\u\{202e\}: test\/a\.ts:7: no\n(?:.*\n){2} {6}and 1 more failure\n/,
    );
    const many = render('one', 'two', 'three');
    assert.doesNotMatch(many, /adds/);
    assert.match(many, /✗ three: failed/);
  });

  it('says first what was decided, once it is', () => {
    const second = (state: string) =>
      renderSummary(samplePacket({ task: sampleTask({ state }) }), PLAIN).split('\n')[1];
    assert.deepEqual(['signed', 'rejected', 'failed', 'interrupted', 'running'].map(second), [
      '✓ Signed off; not delivered yet',
      '✗ Rejected',
      '✗ Failed',
      '! Interrupted',
      '… Not ready yet (running)',
    ]);
    const delivered = samplePacket({
      task: deliveredTask(),
      drift: sampleDrift([sampleFinding()]),
      verification: sampleVerification({ checks: [sampleCheck({ status: 'failed', exit: 1 })] }),
    });
    const text = renderSummary(delivered, { ...PLAIN, width: 200 });
    assert.match(text, /^Retry on 429\n✓ Signed off and delivered\n\ntask /, 'no reasons that are answered');
    assert.match(text, /✓ scope\/outside: .* \(f1\), accepted: needed here\n/);
    assert.match(text, /✗ tests: failed, .*, overridden: known flaky\n/);
    assert.doesNotMatch(text, /✗ scope/);
    const named = sampleVerification({ checks: [sampleCheck({ name: 'constructor', status: 'failed', exit: 1 })] });
    const { front } = sampleBrief();
    const brief = sampleBrief({
      front: { ...front, checks: front.checks.map((one) => ({ ...one, name: 'constructor' })) },
    });
    const inherited = renderSummary(samplePacket({ task: deliveredTask(), brief, verification: named }), PLAIN);
    assert.match(inherited, /✗ constructor: failed/);
    assert.doesNotMatch(inherited, /constructor: .*overridden/, 'what every object has is no override');
  });

  it('offers no correction that is spent, and resume after a failure', () => {
    assert.doesNotMatch(renderSummary(samplePacket({ task: sampleTask({ corrections: 1 }) }), PLAIN), /correct T1/);
    const error = { code: 'AGENT_FAILED', message: 'it ended', fix: 'read the transcript' };
    const failed = samplePacket({
      task: sampleTask({ state: 'failed', error, snapshots: [] }),
      verification: null,
      drift: null,
    });
    assert.match(renderSummary(failed, PLAIN), /read the transcript\n {2}countersign resume T1/);
  });

  it('colours only when asked, and obeys no escape of outside text', () => {
    const packet = samplePacket({ task: sampleTask({ title: 'a\u001b[2Jb\nc' }) });
    const plain = renderSummary(packet, PLAIN);
    assert.doesNotMatch(plain, /\u001b/);
    assert.match(plain, /^a\\u\{1b\}\[2Jb\\nc\n/);
    const coloured = renderSummary(packet, { color: true, width: 80 });
    assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), plain);
    assert.match(coloured, /\u001b\[32m✓/);
  });

  it('cuts lines to the width, commands excepted', () => {
    const brief = sampleBrief({ criteria: [{ text: 'x'.repeat(300), proof: { kind: 'review' }, line: 1 }] });
    for (const line of renderSummary(samplePacket({ brief }), { color: false, width: 60 }).split('\n')) {
      assert.ok([...line].length <= 60, line);
    }
  });
});
