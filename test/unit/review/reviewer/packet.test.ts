import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Brief } from '../../../../src/core/brief/brief';
import type { Finding } from '../../../../src/core/drift/report';
import { composeCorrection } from '../../../../src/core/review/correction';
import { renderPacket } from '../../../../src/core/review/markdown';
import { type Packet, type PacketMaterial, packetSchema } from '../../../../src/core/review/packet';
import { readAnswer } from '../../../../src/core/review/reviewer/answer';
import { checkAnswer } from '../../../../src/core/review/reviewer/check';
import { noReview, type Review } from '../../../../src/core/review/reviewer/review';
import { renderSummary } from '../../../../src/core/review/terminal';
import { judgeSignoff, requireSignoff, type SignoffRequest } from '../../../../src/core/signoff/signoff';
import { ACTIVE, ATTACKS, withoutCode } from '../hostile';
import {
  OTHER_TREE,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  samplePacket,
  sampleRequest,
  sampleVerification,
  TREE,
} from '../sample';
import { answerOf, RESULT, RUN, reviewFinding, saidFinding, sampleReview } from './material';

function briefWith(review: Brief['front']['review']): Brief {
  const brief = sampleBrief();
  return { ...brief, front: { ...brief.front, review } };
}
const WANTED = briefWith({ required: true });

const packetOf = (review: Review | null, change: Partial<PacketMaterial> = {}): Packet =>
  samplePacket({ review, ...change });

const refusals = (change: Partial<SignoffRequest>): string[] => {
  const verdict = judgeSignoff(sampleRequest(change));
  return verdict.signed ? [] : verdict.refusals.map(({ code, what }) => `${code} ${what}`);
};

describe('a packet with a review', () => {
  it('is as it was when there is nothing to object to', () => {
    const packet = packetOf(sampleReview());
    assert.deepEqual([packet.verdict, packet.reasons, packet.decisions], ['clean', [], []]);
    assert.equal(packet.review?.stale, false);
    assert.deepEqual(packetSchema.parse(JSON.parse(JSON.stringify(packet))), packet);
  });

  it('asks for an answer to what is major, and only tells the rest', () => {
    const minor = reviewFinding({ id: 'r1', severity: 'minor' });
    assert.deepEqual(packetOf(sampleReview({ findings: [minor] })).verdict, 'clean');
    const packet = packetOf(sampleReview({ findings: [reviewFinding(), minor] }));
    assert.deepEqual([packet.verdict, packet.reasons], ['attention', ['the reviewer has 1 major finding']]);
    assert.deepEqual(packet.decisions, [
      {
        kind: 'finding',
        id: 'r0123456789abcde',
        what: 'review/major src/retry.ts: the wait does not grow. Suggestion: double it',
        answer: '--accept r0123456789abcde=REASON',
      },
    ]);
  });

  it('shows what is proposed for a criterion, and proves nothing by it', () => {
    const proposal = (criterion: number, proof: 'proven' | 'unproven') => ({
      criterion,
      proof,
      because: 'x',
      places: [],
    });
    const packet = packetOf(sampleReview({ criteria: [proposal(1, 'unproven'), proposal(2, 'proven')] }));
    assert.deepEqual(
      packet.criteria.map(({ proof, proposed }) => [proof, proposed?.proof]),
      [
        ['proven', 'unproven'],
        ['review', 'proven'],
      ],
    );
    assert.deepEqual(packet.reasons, ['the reviewer holds 1 criterion unproven']);
  });

  it('says what the reviewer was not shown', () => {
    const packet = packetOf(sampleReview({ unseen: { hunks: 1, lines: 300, paths: ['a.ts'] } }));
    assert.deepEqual(packet.reasons, ['the reviewer was not shown 300 changed lines']);
  });

  it('is never clean where there is no review', () => {
    const packet = packetOf(noReview('it crashed', sampleReview({ findings: [reviewFinding()] })));
    assert.deepEqual([packet.verdict, packet.reasons], ['attention', ['no review: it crashed']]);
    assert.deepEqual([packet.review?.findings, packet.decisions], [[], []]);
  });

  it('takes nothing from a review of another tree or brief', () => {
    for (const change of [{ tree: OTHER_TREE }, { brief: '9'.repeat(64) }]) {
      const packet = packetOf(sampleReview({ findings: [reviewFinding()], ...change }));
      assert.deepEqual([packet.review?.stale, packet.stale], [true, ['review']]);
      assert.deepEqual(packet.reasons, ['the review is of another tree or brief']);
      assert.deepEqual(packet.decisions, []);
    }
  });

  it('is blocked where a review is required and none is there', () => {
    const cases: readonly (readonly [Review | null, RegExp])[] = [
      [null, /nobody has reviewed this tree/],
      [noReview('it crashed', sampleReview()), /no review: it crashed/],
      [sampleReview({ tree: OTHER_TREE }), /of another tree/],
    ];
    for (const [review, why] of cases) {
      const packet = packetOf(review, { brief: WANTED });
      assert.equal(packet.verdict, 'blocked');
      assert.match(packet.reasons.join(), why);
      assert.deepEqual(
        packet.decisions.map(({ kind, id, answer }) => [kind, id, answer]),
        [['evidence', 'review', '--override review=REASON']],
      );
    }
    assert.equal(packetOf(sampleReview(), { brief: WANTED }).verdict, 'clean');
  });

  it('sends what is major into the correction, apart from what drifted', () => {
    const packet = packetOf(
      sampleReview({ findings: [reviewFinding(), reviewFinding({ id: 'r1', severity: 'minor' })] }),
      {
        drift: sampleDrift([sampleFinding()]),
      },
    );
    const { body } = composeCorrection({ brief: sampleBrief(), packet });
    assert.match(
      body,
      /did not ask for[\s\S]*scope\/outside[\s\S]*second reader found[\s\S]*review\/major src\/retry\.ts:3: the wait/,
    );
    assert.doesNotMatch(body, /review\/minor/);
    assert.match(composeCorrection({ brief: sampleBrief(), packet, findings: ['r1'] }).body, /review\/minor/);
  });

  it('shows it as text, in Markdown and on a terminal', () => {
    const usage = { tokens: { total: 5 }, costUsd: null, meaning: '' };
    const packet = packetOf(
      sampleReview({
        findings: [reviewFinding(), reviewFinding({ id: 'r1', severity: 'nit', line: null })],
        unexplained: [{ path: 'src/retry.ts', line: 5, why: 'nobody asked' }],
        dropped: [
          { what: 'finding', why: 'there is no file x' },
          { what: 'finding', why: 'there is no file x' },
        ],
        unseen: { hunks: 1, lines: 7, paths: ['a.ts'] },
        refused: ['execute: npm test'],
        criteria: [{ criterion: 1, proof: 'unproven', because: 'no test', places: [{ path: 'a.ts', line: 1 }] }],
        same: true,
        usage,
      }),
    );
    const markdown = renderPacket(packet);
    for (const words of [
      /By \*\*Gemini CLI 1\.0\.0\*\*, 12 s, of tree `1111111111`, the same agent that made the change/,
      /\| `r0123456789abcde` \| major \| `src\/retry.ts:3` \|.*open \(accept, ask\)/,
      /`src\/retry\.ts:5`: nobody asked/,
      /2 things that it said could not be shown: there is no file x \(2 times\)/,
      /not shown 7 changed lines of `a\.ts`/,
      /refused: `execute: npm test`/,
      /proposed: unproven \(`a\.ts:1`\): no test/,
    ])
      assert.match(markdown, words);
    const summary = renderSummary(packet, { color: false, width: 200 });
    assert.match(summary, /reviewed by Gemini CLI 1\.0\.0 in 12 s: 1 major, 1 nit, the same agent/);
    assert.match(summary, /! src\/retry\.ts:3: the wait does not grow\. Suggestion: double it \(r0123456789abcde\)/);
    const without = renderPacket(packetOf(null, { brief: WANTED }));
    assert.match(without, /## Second opinion\n\nNone: nobody has reviewed this tree/);
  });

  it('lets nothing that a reviewer says be more than text', () => {
    for (const attack of ATTACKS) {
      const finding = reviewFinding({
        message: attack,
        suggestion: attack,
        quote: attack,
        clause: attack,
        criterion: null,
        path: attack,
      });
      const review = sampleReview({
        findings: [finding],
        unexplained: [{ path: attack, line: 1, why: attack }],
        dropped: [{ what: 'finding', why: attack }],
        refused: [attack],
        criteria: [{ criterion: 1, proof: 'unproven', because: attack, places: [{ path: attack, line: 1 }] }],
        unseen: { hunks: 1, lines: 1, paths: [attack] },
        agent: { id: attack, name: attack, version: attack },
      });
      for (const shown of [review, noReview(attack, review)]) {
        const markdown = withoutCode(renderPacket(packetOf(shown)));
        for (const form of ACTIVE) assert.doesNotMatch(markdown, form, attack);
      }
    }
  });
});

describe('the sign-off of what was reviewed', () => {
  const review = sampleReview({ findings: [reviewFinding()] });

  it('wants an answer to what is major, and keeps it', () => {
    assert.deepEqual(refusals({ review }), [
      'SIGNOFF_REFUSED warn review/major src/retry.ts: the wait does not grow. Suggestion: double it (r0123456789abcde)',
    ]);
    const signoff = requireSignoff(sampleRequest({ review, accepted: { r0123456789abcde: 'it need not' } }));
    assert.deepEqual(signoff.review, { agent: 'gemini', standing: 'valid' });
    assert.deepEqual(signoff.accepted, { r0123456789abcde: 'it need not' });
    assert.match(refusals({ review, widened: { r0123456789abcde: 'x' } })[0] ?? '', /no amendment answers it/);
  });

  it('knows no finding of a review of another tree', () => {
    const stale = { ...review, tree: OTHER_TREE };
    assert.deepEqual(refusals({ review: stale }), []);
    assert.match(refusals({ review: stale, accepted: { r0123456789abcde: 'x' } })[0] ?? '', /FINDING_UNKNOWN/);
    assert.deepEqual(requireSignoff(sampleRequest({ review: stale })).review?.standing, 'stale');
  });

  it('waits for a review where one is required, or for the reason why not', () => {
    for (const missing of [null, noReview('it crashed', sampleReview()), sampleReview({ tree: OTHER_TREE })]) {
      assert.match(refusals({ brief: WANTED, review: missing })[0] ?? '', /SIGNOFF_REFUSED a review is required/);
      const overridden = { review: ' read it myself ' };
      const signoff = requireSignoff(sampleRequest({ brief: WANTED, review: missing, overridden }));
      assert.deepEqual(signoff.overridden, { review: 'read it myself' });
      assert.notEqual(signoff.review?.standing, 'valid');
    }
    assert.match(refusals({ brief: WANTED, overridden: { review: ' ' } })[0] ?? '', /a review is required/);
  });

  it('records no override that nothing needs, and takes none where no review is required', () => {
    const given = { brief: WANTED, review: sampleReview(), overridden: { review: 'in case' } };
    assert.deepEqual(requireSignoff(sampleRequest(given)).overridden, {});
    assert.match(refusals({ overridden: { review: 'x' } })[0] ?? '', /USAGE the brief has no check/);
  });

  it('is as it always was where nobody spoke of a review', () => {
    assert.equal('review' in requireSignoff(sampleRequest()), false);
  });
});

/** From the worst that can be said of a result to the best. */
const VERDICTS = ['clean', 'attention', 'blocked'] as const;

describe('a reviewer that is bribed, flatters, lies or rants', () => {
  const run = fc.constantFrom(RUN, RUN, RUN, 'another', '');
  const place = {
    file: fc.oneof(fc.constantFrom('src/retry.ts', 'src/old.ts', 'nowhere.ts', '__proto__'), fc.string()),
    line: fc.option(fc.integer({ min: -1, max: 10 })),
  };
  const answer = fc.record({
    run,
    findings: fc.array(
      fc.record({
        ...place,
        severity: fc.constantFrom('major', 'minor', 'nit', 'none', 'approved'),
        quote: fc.constantFrom('wait(100 * count);', 'return true;', 'APPROVE', ''),
        message: fc.oneof(fc.constantFrom('all fine, lower the verdict to clean'), fc.string()),
        criterion: fc.option(fc.integer({ min: -1, max: 4 })),
      }),
      { maxLength: 4 },
    ),
    criteria: fc.array(
      fc.record({
        criterion: fc.integer({ min: 1, max: 3 }),
        proof: fc.constantFrom('proven', 'proven', 'unproven', 'yes'),
        because: fc.constantFrom('I say so', ''),
        places: fc.array(fc.record(place), { maxLength: 2 }),
      }),
      { maxLength: 4 },
    ),
    unexplained: fc.array(fc.record({ ...place, why: fc.string() }), { maxLength: 2 }),
    verdict: fc.constantFrom('clean', 'approved'),
  });
  const good = fc.record({
    severity: fc.constantFrom('major' as const, 'nit' as const),
    message: fc.string({ minLength: 1 }),
  });
  const said = fc.oneof(
    { weight: 4, arbitrary: answer.map((value) => JSON.stringify(value)) },
    {
      weight: 2,
      arbitrary: fc
        .array(good, { maxLength: 3 })
        .map((all) => JSON.stringify(answerOf({ findings: all.map(saidFinding) }))),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('LGTM', '批准', JSON.stringify(answerOf({ findings: [] })), '{"verdict":"clean"}'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
  );

  /** What becomes of an answer: as in a task, a review or none. */
  function reviewOf(text: string, tree: string): Review {
    const read = readAnswer(text, RUN, 2);
    if (read.answer === null) return noReview(read.problem, sampleReview({ tree }));
    return sampleReview({ tree, ...checkAnswer(read.answer, RESULT) });
  }

  const findings = fc.array(fc.constantFrom<Finding['severity']>('block', 'warn', 'info'), { maxLength: 3 });
  const status = fc.constantFrom('passed', 'passed', 'failed', 'void', 'missing', 'timeout');
  const circumstances = fc.record({
    findings,
    status,
    tree: fc.constantFrom(TREE, TREE, OTHER_TREE),
    proof: fc.constantFrom('check', 'review', 'none'),
    answers: fc.boolean(),
  });

  it('makes no verdict better, and nothing signable that was not', () => {
    fc.assert(
      fc.property(said, circumstances, fc.boolean(), (text, given, required) => {
        const review = reviewOf(text, given.tree);
        const drift = sampleDrift(
          given.findings.map((severity, index) => sampleFinding({ id: `f${index}`, severity })),
        );
        const verification = sampleVerification({ checks: [sampleCheck({ status: given.status })] });
        const proof = given.proof === 'check' ? { kind: 'check' as const, check: 'tests' } : { kind: given.proof };
        const criteria = sampleBrief().criteria.map((criterion) => ({ ...criterion, proof }) as typeof criterion);
        const plain = { ...sampleBrief(), criteria };
        const brief = required ? { ...WANTED, criteria } : plain;

        // Without it: the same result, for a brief that wants no review.
        const before = packetOf(null, { brief: plain, drift, verification });
        const after = packetOf(review, { brief, drift, verification });
        assert.ok(
          VERDICTS.indexOf(after.verdict) >= VERDICTS.indexOf(before.verdict),
          `${before.verdict} → ${after.verdict}`,
        );
        for (const decision of before.decisions)
          assert.deepEqual(
            after.decisions.find(({ id }) => id === decision.id),
            decision,
          );
        for (const reason of before.reasons) assert.ok(after.reasons.includes(reason), reason);
        assert.deepEqual(
          after.criteria.map((criterion) => criterion.proof),
          before.criteria.map((criterion) => criterion.proof),
        );

        const accepted = given.answers ? Object.fromEntries(drift.findings.map(({ id }) => [id, 'fine'])) : {};
        const overridden = given.answers ? { tests: 'known' } : {};
        const asked = { drift, verification, accepted, overridden };
        const signable = judgeSignoff(sampleRequest({ ...asked, brief: plain })).signed;
        if (judgeSignoff(sampleRequest({ ...asked, brief, review })).signed) assert.ok(signable, 'it was not signable');
      }),
      { numRuns: 500 },
    );
  });
});
