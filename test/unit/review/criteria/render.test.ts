import assert from 'node:assert/strict';
import type { Criterion } from '../../../../src/core/brief/brief';
import {
  criterionState,
  criterionTitle,
  testWords,
  unexplainedWords,
} from '../../../../src/core/review/criteria/words';
import { renderPacket } from '../../../../src/core/review/markdown';
import type { PacketMaterial } from '../../../../src/core/review/packet';
import { renderSummary } from '../../../../src/core/review/terminal';
import { ACTIVE, ATTACKS, withoutCode } from '../hostile';
import { reviewFinding, sampleReview } from '../reviewer/material';
import { deliveredTask, HASH, OTHER_TREE, sampleBrief, samplePacket, sampleTask, TREE } from '../sample';
import { changedPlace, mentionedTest, mentions } from './material';

const CRITERIA: readonly Criterion[] = [
  { text: 'RETRY-1: stops', proof: { kind: 'none' }, line: 1 },
  { text: 'waits', proof: { kind: 'none' }, line: 2 },
  { text: 'is fast', proof: { kind: 'review' }, line: 3 },
];
const WORD = {
  ...{ criterion: 2, id: 'AC-2', tree: TREE, brief: HASH, by: { name: 'Ann', email: 'ann@example.com' } },
  ...{ at: '2026-01-02T03:04:05Z', reason: 'tried it' },
};
const KNOWN = mentions({
  tests: [[mentionedTest({ before: 'failed' }), mentionedTest({ name: 'RETRY-1: old', before: 'passed' })], [], []],
  places: [changedPlace({ isTied: true, criteria: [0] }), changedPlace({ path: 'src/b.ts', line: 9 })],
});

const packetOf = (more: Partial<PacketMaterial> = {}) =>
  samplePacket({ brief: sampleBrief({ criteria: CRITERIA }), mentions: KNOWN, ...more });
const summary = (packet: ReturnType<typeof packetOf>) => renderSummary(packet, { color: false, width: 200 });

describe('the criteria matrix as text', () => {
  it('is a table with evidence, and a list of what serves none', () => {
    const text = renderPacket(packetOf({ task: sampleTask({ accepted: [WORD] }) }));
    assert.match(
      text,
      /\| `RETRY-1` \| RETRY-1: stops \| ✓ proven \| 2 tests name it.*; test `AC-1: stops` \(passed, failed before\); test `RETRY-1: old` \(passed, as before\); named at `src\/a\.ts:3` \|/,
    );
    assert.match(
      text,
      /\| `AC-2` \| waits \| ✓ accepted by Ann \|.*accepted by \*\*Ann\*\* \(`ann@example\.com`\): tried it \|/,
    );
    assert.match(text, /\| `AC-3` \| is fast \| \? reviewer decides \|/);
    assert.match(text, /1 changed place serves no criterion, by the ids in it:\n\n- `src\/b\.ts:9`\n/);
  });

  it('says that a word was for another tree', () => {
    const packet = packetOf({ task: sampleTask({ accepted: [{ ...WORD, tree: OTHER_TREE }] }) });
    assert.match(
      renderPacket(packet),
      /✗ unproven; accepted for another tree \|.*for tree `2222222222`, \*\*which is not the one/,
    );
    assert.match(summary(packet), /✗ AC-2: waits \(unproven; accepted for another tree: the brief names no proof/);
  });

  it('is a line each on a terminal, with the want of a proof', () => {
    const text = summary(packetOf());
    assert.match(text, /^ {2}✓ RETRY-1: stops \(proven\)$/m);
    assert.match(text, /^ {2}✗ AC-2: waits \(unproven: the brief names no proof, and no test names AC-2\)$/m);
    assert.match(text, /^ {2}- 1 changed place serves no criterion, by the ids in it$/m);
    assert.match(text, /^ {2}countersign accept T1 --criterion AC-2 --reason TEXT$/m);
    const accepted = summary(packetOf({ task: sampleTask({ accepted: [WORD] }) }));
    assert.match(accepted, /^ {2}✓ AC-2: waits \(accepted by Ann: tried it\)$/m);
    assert.doesNotMatch(accepted, /countersign accept/);
    assert.doesNotMatch(
      summary(packetOf({ mentions: mentions({ tests: [[], [], []] }) })),
      /serves? no criterion|Nobody tied/,
    );
  });

  it('says what was not looked through', () => {
    const packet = packetOf({ mentions: { ...KNOWN, unread: ['The change is too large'] } });
    assert.match(renderPacket(packet), /- `src\/b\.ts:9`\n\nThe change is too large\.\n/);
  });

  it('says who told nothing', () => {
    assert.equal(unexplainedWords(null), '');
    assert.match(unexplainedWords({ judges: [], unread: [], total: 0, hunks: [] }), /Nobody tied changes to criteria/);
    assert.match(
      unexplainedWords({ judges: ['reviewer'], unread: [], total: 0, hunks: [] }),
      /Every change .* as the reviewer sees it/,
    );
    assert.match(
      unexplainedWords({ judges: ['ids', 'reviewer'], unread: [], total: 2, hunks: [] }),
      /2 changed places serve no criterion, by the ids in it and as/,
    );
  });

  it('stands in the record of a sign-off', () => {
    const task = deliveredTask();
    const { criterion, id, by, at, reason } = WORD;
    const signoff = { ...task.signoff!, criteria: [{ criterion, id, by, at, reason }] };
    const text = renderPacket(packetOf({ task: { ...task, signoff } }));
    assert.match(text, /- Criterion `AC-2` accepted by Ann \(`ann@example\.com`\): tried it/);
  });

  it('calls every test by what it did', () => {
    const words = (status: 'passed' | 'vanished', before: 'passed' | 'absent' | 'failed' | null) =>
      testWords({ status, before });
    assert.deepEqual(
      [words('passed', null), words('passed', 'absent'), words('passed', 'passed'), words('vanished', 'failed')],
      ['passed', 'passed, new', 'passed, as before', 'gone, failed before'],
    );
    assert.equal(criterionTitle({ id: '', text: 'as it was' }), 'as it was');
    assert.equal(criterionState({ proof: 'proven' }).words, 'proven');
  });

  it('shows what others wrote as text', () => {
    for (const text of ATTACKS) {
      const packet = packetOf({
        mentions: mentions({
          tests: [[mentionedTest({ name: text, status: 'failed' })], [], []],
          places: [changedPlace({ path: text, criteria: [0], isTied: true }), changedPlace({ path: text })],
        }),
        review: sampleReview({
          findings: [reviewFinding({ message: text, path: text })],
          unexplained: [{ path: text, line: 1, why: text }],
        }),
        task: sampleTask({ accepted: [{ ...WORD, reason: text, by: { name: text, email: text } }] }),
      });
      const shown = withoutCode(renderPacket(packet));
      for (const active of ACTIVE) assert.doesNotMatch(shown, active, text);
      assert.doesNotMatch(summary(packet), /[\u0000-\u0009\u000b-\u001f\u202e]/);
    }
  });
});
