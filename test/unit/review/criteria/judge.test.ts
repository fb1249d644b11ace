import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Criterion } from '../../../../src/core/brief/brief';
import type { Acceptance } from '../../../../src/core/review/criteria/acceptance';
import type { PacketMaterial } from '../../../../src/core/review/packet';
import { proposalSchema, reviewFindingSchema } from '../../../../src/core/review/reviewer/review';
import { reviewFinding, sampleReview } from '../reviewer/material';
import {
  HASH,
  OTHER_TREE,
  sampleBrief,
  sampleCheck,
  samplePacket,
  sampleTask,
  sampleVerification,
  TREE,
} from '../sample';
import { changedPlace, mentionedTest, mentions } from './material';

const criterion = (proof: Criterion['proof'], text = 'stops'): Criterion => ({ text, proof, line: 1 });
const BY_CHECK = criterion({ kind: 'check', check: 'tests' });
const BY_NOTHING = criterion({ kind: 'none' });
const BY_EYE = criterion({ kind: 'review' });

const REVIEWER = { name: 'Reviewer', email: 'reviewer@example.com' };
const acceptance = (more: Partial<Acceptance> = {}): Acceptance => ({
  ...{
    criterion: 1,
    id: 'AC-1',
    tree: TREE,
    brief: HASH,
    by: REVIEWER,
    at: '2026-01-02T03:04:05Z',
    reason: 'tried it',
  },
  ...more,
});

const packetOf = (criteria: readonly Criterion[], more: Partial<PacketMaterial> = {}) =>
  samplePacket({ brief: sampleBrief({ criteria }), ...more });
const judged = (
  one: Criterion,
  tests: readonly ReturnType<typeof mentionedTest>[],
  more: Partial<PacketMaterial> = {},
) => {
  const { proof, because } = packetOf([one], { mentions: mentions({ tests: [tests] }), ...more }).criteria[0]!;
  return [proof, because];
};

describe('a criterion without a named proof', () => {
  it('is proven by tests that name it and passed', () => {
    assert.deepEqual(judged(BY_NOTHING, [mentionedTest()]), [
      'proven',
      'test "AC-1: stops" names it and passed, and did not before',
    ]);
    const old = mentionedTest({ name: 'AC-1: old', before: 'passed' });
    assert.deepEqual(judged(BY_NOTHING, [mentionedTest(), old]), [
      'proven',
      '2 tests name it and passed, 1 of them did not before',
    ]);
    assert.deepEqual(judged(BY_NOTHING, [old])[1], 'test "AC-1: old" names it and passed');
  });

  it('is unproven where one of them did not pass, and says which', () => {
    const cases = [
      ['failed', 'failed'],
      ['skipped', 'was skipped'],
      ['vanished', 'is not there any more'],
    ] as const;
    for (const [status, said] of cases) {
      const against = mentionedTest({ name: 'AC-1: waits', status, before: 'passed' });
      assert.deepEqual(judged(BY_NOTHING, [against, mentionedTest()]), [
        'unproven',
        `the brief names no proof, and test "AC-1: waits" ${said}`,
      ]);
    }
    const two = ['a', 'b'].map((name) => mentionedTest({ name, status: 'failed' }));
    assert.match(judged(BY_NOTHING, two)[1]!, /test "a" failed, and 1 more test did not pass/);
  });

  it('is unproven where nobody names it', () => {
    assert.deepEqual(judged(BY_NOTHING, []), ['unproven', 'the brief names no proof, and no test names AC-1']);
    assert.equal(packetOf([BY_NOTHING]).criteria[0]?.because, 'the brief names no proof');
  });

  it('is not proven by a check that did not end, or is of another tree', () => {
    const checks = [
      sampleCheck({ status: 'timeout' }),
      sampleCheck({ status: 'void' }),
      sampleCheck({ status: 'missing' }),
      sampleCheck({ tree: OTHER_TREE }),
    ];
    for (const check of checks) {
      const verification = sampleVerification({ checks: [check] });
      assert.equal(judged(BY_NOTHING, [mentionedTest()], { verification })[0], 'unproven');
    }
    const failed = sampleVerification({ checks: [sampleCheck({ status: 'failed' })] });
    assert.equal(judged(BY_NOTHING, [mentionedTest()], { verification: failed })[0], 'proven');
  });

  it('is not proven by an id that two criteria have, and denied by it all the same', () => {
    const twins = [criterion({ kind: 'none' }, 'A-1: one'), criterion({ kind: 'none' }, 'a-1: two')];
    const passed = packetOf(twins, { mentions: mentions({ tests: [[mentionedTest()], [mentionedTest()]] }) });
    assert.deepEqual(
      passed.criteria.map(({ proof, because }) => [proof, because]),
      [
        ['unproven', 'the brief names no proof, and A-1 is the id of several criteria'],
        ['unproven', 'the brief names no proof, and a-1 is the id of several criteria'],
      ],
    );
    const skipped = [mentionedTest({ status: 'skipped' })];
    const denied = packetOf(twins, { mentions: mentions({ tests: [skipped, skipped] }) });
    assert.match(denied.criteria[1]?.because ?? '', /was skipped/);
  });
});

describe('a criterion with a named proof', () => {
  it('is proven by its check as before, unless a test that names it says no', () => {
    assert.deepEqual(judged(BY_CHECK, []), ['proven', 'check "tests" passed']);
    assert.deepEqual(judged(BY_CHECK, [mentionedTest()]), ['proven', 'check "tests" passed']);
    assert.deepEqual(judged(BY_CHECK, [mentionedTest({ status: 'skipped' }), mentionedTest()]), [
      'unproven',
      'check "tests" passed, but test "AC-1: stops" was skipped',
    ]);
  });

  it('is not proven by its tests where its check failed', () => {
    const verification = sampleVerification({ checks: [sampleCheck({ status: 'failed' })] });
    assert.deepEqual(judged(BY_CHECK, [mentionedTest()], { verification }), ['unproven', 'check "tests": failed']);
  });

  it('stays the reviewer’s where the brief leaves it to them, and says what speaks against it', () => {
    assert.deepEqual(judged(BY_EYE, [mentionedTest()]), ['review', 'the brief leaves it to the reviewer']);
    assert.deepEqual(judged(BY_EYE, [mentionedTest({ status: 'failed' })]), [
      'review',
      'the brief leaves it to the reviewer; but test "AC-1: stops" failed',
    ]);
  });
});

describe('evidence of a criterion', () => {
  it('is of every kind, in one order, bounded and counted', () => {
    const tests = Array.from({ length: 25 }, (_, index) => mentionedTest({ name: `AC-1 ${index}` }));
    const places = [changedPlace({ criteria: [0] }), changedPlace({ criteria: [1] })];
    const packet = packetOf([BY_CHECK], {
      mentions: mentions({ tests: [tests], places }),
      review: sampleReview({ findings: [reviewFinding(), reviewFinding({ id: 'r2', criterion: 2 })] }),
    });
    const [{ evidence, more } = { evidence: [], more: 0 }] = packet.criteria;
    assert.deepEqual(
      evidence.map(({ kind, says }) => `${kind} ${says}`),
      ['check for', ...Array<string>(20).fill('test for'), 'hunk beside', 'remark against'],
    );
    assert.equal(more, 5);
    assert.deepEqual(evidence.at(-1), {
      ...{ kind: 'remark', says: 'against', finding: 'r0123456789abcde', severity: 'major' },
      ...{ path: 'src/retry.ts', line: 3, message: 'the wait does not grow' },
    });
  });

  it('fits a packet, however many criteria a brief has', () => {
    const criteria = Array.from({ length: 4_000 }, () => BY_NOTHING);
    const tests = criteria.map(() => [mentionedTest(), mentionedTest(), mentionedTest()]);
    const places = Array.from({ length: 5_000 }, (_, at) => changedPlace({ criteria: [at % 4_000], isTied: true }));
    const packet = packetOf(criteria, { mentions: mentions({ tests, places }) });
    const [first] = packet.criteria;
    assert.deepEqual([first?.proof, first?.evidence.length, first?.more], ['proven', 2, 3]);
  });

  it('takes nothing from a review of another tree', () => {
    const review = sampleReview({ tree: OTHER_TREE, findings: [reviewFinding()], unexplained: UNEXPLAINED });
    const packet = packetOf([BY_CHECK], { review });
    assert.deepEqual(
      packet.criteria[0]?.evidence.map(({ kind }) => kind),
      ['check'],
    );
    assert.equal(packet.unexplained, null);
  });
});

describe('a model’s word', () => {
  const anything = fc.record({
    criterion: fc.integer({ min: 1, max: 3 }),
    proof: fc.constantFrom('proven', 'unproven'),
    because: fc.string(),
    places: fc.array(fc.record({ path: fc.constantFrom('src/a.ts', 'x'), line: fc.option(fc.integer()) })),
  });
  const finding = fc.record({ severity: fc.constantFrom('major', 'minor', 'nit'), criterion: fc.option(fc.integer()) });

  it('never makes a criterion proven, nor a packet better', () => {
    const criteria = [BY_CHECK, BY_NOTHING, BY_EYE];
    const tests = fc.array(fc.constantFrom(mentionedTest(), mentionedTest({ status: 'skipped' })), { maxLength: 2 });
    const rank = { clean: 0, attention: 1, blocked: 2 };
    fc.assert(
      fc.property(fc.array(anything), fc.array(finding), tests, (said, found, named) => {
        const known = mentions({ tests: [named, named, named], places: [changedPlace()] });
        const review = sampleReview({
          criteria: said.map((one) => proposalSchema.parse(one)),
          findings: found.map((one, index) =>
            reviewFindingSchema.parse(reviewFinding({ ...(one as object), id: `${index}` })),
          ),
        });
        const [without, withIt] = [
          packetOf(criteria, { mentions: known }),
          packetOf(criteria, { mentions: known, review }),
        ];
        const proofs = ({ criteria: all }: typeof without) => all.map(({ proof, because }) => [proof, because]);
        assert.deepEqual(proofs(withIt), proofs(without));
        assert.ok(rank[withIt.verdict] >= rank[without.verdict]);
        const bought = withIt.criteria.flatMap(({ evidence }) => evidence).filter(({ kind }) => kind === 'remark');
        assert.ok(bought.every(({ says }) => says === 'against'));
      }),
    );
  });
});

describe('a person’s word', () => {
  const accepted = (more: Partial<Acceptance> = {}) => ({ task: sampleTask({ accepted: [acceptance(more)] }) });

  it('answers the want of a proof, and is none', () => {
    const packet = packetOf([BY_NOTHING], accepted());
    assert.deepEqual([packet.verdict, packet.reasons], ['clean', []]);
    assert.deepEqual(packet.criteria[0]?.accepted, {
      ...{ by: REVIEWER, at: '2026-01-02T03:04:05Z', reason: 'tried it', tree: TREE, stale: false },
    });
    assert.equal(packet.criteria[0]?.proof, 'unproven');
  });

  it('is stale at another tree or for another brief, visibly', () => {
    for (const more of [{ tree: OTHER_TREE }, { brief: '9'.repeat(64) }]) {
      const packet = packetOf([BY_NOTHING], accepted(more));
      assert.deepEqual([packet.verdict, packet.reasons], ['attention', ['1 criterion without proof']]);
      assert.equal(packet.criteria[0]?.accepted?.stale, true);
    }
  });

  it('answers what a reviewer doubts', () => {
    const criteria = [{ criterion: 1, proof: 'unproven' as const, because: 'no test', places: [] }];
    const review = sampleReview({ criteria });
    assert.deepEqual(packetOf([BY_CHECK], { review }).reasons, ['the reviewer holds 1 criterion unproven']);
    assert.deepEqual(packetOf([BY_CHECK], { review, ...accepted() }).reasons, []);
  });

  it('is of its own criterion alone', () => {
    assert.deepEqual(packetOf([BY_NOTHING], accepted({ criterion: 2 })).reasons, ['1 criterion without proof']);
  });
});

const UNEXPLAINED = [{ path: 'src/a.ts', line: 4, why: 'nobody asked' }];

describe('changes that serve no criterion', () => {
  const silent = changedPlace({ path: 'src/b.ts', line: 9, from: 8, to: 12 });
  const tied = changedPlace({ isTied: true, criteria: [0] });
  const changesOf = (more: Partial<PacketMaterial>) => packetOf([BY_NOTHING], more).unexplained;

  it('are not told where nobody could tie them', () => {
    assert.equal(changesOf({}), null);
    assert.deepEqual(changesOf({ mentions: mentions({ tests: [[]], places: [silent] }) }), {
      judges: [],
      unread: [],
      total: 0,
      hunks: [],
    });
  });

  it('are those without an id, once any id stands anywhere', () => {
    const expected = {
      judges: ['ids'],
      unread: [],
      total: 1,
      hunks: [{ path: 'src/b.ts', line: 9, lines: 2, by: null, why: '' }],
    };
    assert.deepEqual(changesOf({ mentions: mentions({ tests: [[]], places: [silent, tied] }) }), expected);
    assert.deepEqual(changesOf({ mentions: mentions({ tests: [[mentionedTest()]], places: [silent] }) }), expected);
  });

  it('are without what a reviewer proposes as a proof, and with what they name, each once', () => {
    const proposal = (proof: 'proven' | 'unproven', places: { path: string; line: number | null }[]) =>
      sampleReview({ criteria: [{ criterion: 1, proof, because: 'x', places }], unexplained: UNEXPLAINED });
    const known = mentions({ tests: [[]], places: [silent, tied] });
    const named = { path: 'src/a.ts', line: 4, lines: 2, by: 'Gemini CLI 1.0.0', why: 'nobody asked' };
    const hunks = (review: ReturnType<typeof proposal>) => changesOf({ mentions: known, review })?.hunks;
    assert.deepEqual(hunks(proposal('proven', [{ path: 'src/b.ts', line: 12 }])), [named]);
    assert.deepEqual(hunks(proposal('proven', [{ path: 'src/b.ts', line: null }])), [named]);
    for (const places of [[{ path: 'src/b.ts', line: 13 }], []]) {
      assert.deepEqual(
        hunks(proposal('proven', places))?.map(({ path }) => path),
        ['src/a.ts', 'src/b.ts'],
      );
    }
    assert.equal(hunks(proposal('unproven', [{ path: 'src/b.ts', line: 9 }]))?.length, 2);
    const both = sampleReview({ unexplained: [{ path: 'src/b.ts', line: 9, why: 'why' }] });
    assert.deepEqual(
      changesOf({ mentions: known, review: both })?.hunks.map(({ by }) => by),
      ['Gemini CLI 1.0.0'],
    );
    const alone = changesOf({
      mentions: mentions({ tests: [[]], places: [silent] }),
      review: proposal('unproven', []),
    });
    assert.deepEqual([alone?.judges, alone?.hunks.length], [['reviewer'], 1]);
  });

  it('are bounded and counted, and block nothing', () => {
    const places = [tied, ...Array.from({ length: 80 }, (_, line) => changedPlace({ line }))];
    const packet = packetOf([BY_CHECK], { mentions: mentions({ tests: [[]], places }) });
    assert.deepEqual([packet.unexplained?.total, packet.unexplained?.hunks.length], [80, 50]);
    assert.deepEqual([packet.verdict, packet.decisions], ['clean', []]);
  });
});
