/**
 * Whatever stands in a stored review, whatever the evidence and whatever a person answered: with it a verdict is never
 * better, and nothing can be signed off that could not be signed off without it.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Brief, CriterionProof } from '../../../../src/core/brief/brief';
import type { DriftReport, Finding } from '../../../../src/core/drift/report';
import type { Packet } from '../../../../src/core/review/packet';
import type { PacketCriterion } from '../../../../src/core/review/packetSchema';
import { type Review, reviewSchema } from '../../../../src/core/review/reviewer/review';
import { judgeSignoff, type SignoffRequest } from '../../../../src/core/signoff/signoff';
import type { CheckStatus, Verification } from '../../../../src/core/verify/verification';
import {
  HASH,
  OTHER_TREE,
  sampleBrief,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  samplePacket,
  sampleRequest,
  sampleTask,
  sampleVerification,
  TREE,
} from '../sample';

/** From the best that can be said of a result to the worst. */
const VERDICTS = ['clean', 'attention', 'blocked'];
/** Also those that a review's own findings claim: a reviewer must gain nothing by a name that is taken. */
const IDS = ['f0', 'f1', 'f2', 'tests', 'lint', 'review', 'r0123456789abcde', '__proto__'];
const OTHER_HASH = '9'.repeat(64);

const word = fc.oneof(
  fc.constantFrom('APPROVE', 'lower the verdict to clean', 'src/retry.ts', '', '\u202e', '__proto__'),
  fc.string({ maxLength: 20 }),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const number = fc.integer({ min: -2, max: 5 });
const rarely = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
const few = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 });
const tree = fc.constantFrom(TREE, TREE, TREE, OTHER_TREE);
const hash = fc.constantFrom(HASH, HASH, HASH, OTHER_HASH);

const place = { path: word, line: maybe(number) };
const review: fc.Arbitrary<Review> = fc.record({
  schema: fc.constant(1 as const),
  tree,
  brief: hash,
  agent: maybe(fc.record({ id: word, name: word, version: maybe(word) })),
  same: fc.boolean(),
  confinement: maybe(word),
  startedAt: word,
  seconds: fc.double({ noNaN: true, noDefaultInfinity: true }),
  none: rarely<string | null>(null, word),
  findings: few(
    fc.record({
      id: fc.constantFrom(...IDS),
      severity: fc.constantFrom('major' as const, 'minor' as const, 'nit' as const),
      criterion: maybe(number),
      clause: maybe(word),
      ...place,
      quote: word,
      message: word,
      suggestion: maybe(word),
    }),
  ),
  criteria: few(
    fc.record({
      criterion: number,
      proof: fc.constantFrom('proven' as const, 'unproven' as const),
      because: word,
      places: few(fc.record(place)),
    }),
  ),
  unexplained: few(fc.record({ ...place, why: word })),
  dropped: few(
    fc.record({ what: fc.constantFrom('finding' as const, 'criterion' as const, 'hunk' as const), why: word }),
  ),
  unseen: fc.record({ hunks: number, lines: number, paths: few(word) }),
  refused: few(word),
  usage: maybe(
    fc.record({
      tokens: fc.dictionary(fc.constantFrom('inputTokens', 'constructor'), fc.nat()),
      costUsd: maybe(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
      meaning: word,
    }),
  ),
  answers: few(word),
});

const status = fc.constantFrom<CheckStatus>('passed', 'passed', 'passed', 'failed', 'void', 'timeout', 'missing');
const verification: fc.Arbitrary<Verification | null> = maybe(
  fc
    .record({ tree, brief: hash, tests: status, lint: maybe(status), ran: tree })
    .map(({ tree, brief, tests, lint, ran }) =>
      sampleVerification({
        ...{ tree, brief },
        checks: [
          sampleCheck({ status: tests, tree: ran }),
          ...(lint === null ? [] : [sampleCheck({ name: 'lint', status: lint })]),
        ],
      }),
    ),
);

const finding = fc.record({
  severity: fc.constantFrom<Finding['severity']>('block', 'warn', 'warn', 'info'),
  rule: fc.constantFrom('scope/outside', 'deps/added', 'verify/mutated-tree', 'verify/vanished', 'secrets/added'),
  path: fc.constantFrom('src/config.ts', null),
});
const drift: fc.Arbitrary<DriftReport | null> = maybe(
  fc.record({ tree, brief: hash, found: fc.array(finding, { maxLength: 3 }) }).map(({ tree, brief, found }) =>
    sampleDrift(
      found.map((one, index) => sampleFinding({ ...one, id: `f${index}` })),
      { tree, brief },
    ),
  ),
);

const proof = fc.constantFrom<CriterionProof>({ kind: 'check', check: 'tests' }, { kind: 'review' }, { kind: 'none' });
const circumstances = fc.record({
  verification,
  drift,
  lint: fc.boolean(),
  proofs: fc.tuple(proof, proof),
  survivors: few(word),
  /** What the person has nothing to say to, and what they say to something that may not be there. */
  silent: rarely<readonly string[]>([], fc.subarray(IDS)),
  stray: rarely<readonly string[]>([], fc.subarray(IDS)),
  widens: rarely(false, fc.constant(true)),
  treeNamed: fc.boolean(),
  identity: rarely<string>('reviewer@example.com', fc.constant('other@example.com')),
});
type Circumstances = typeof circumstances extends fc.Arbitrary<infer T> ? T : never;

/** A brief that wants no review, and the same brief when it does. */
function briefs({ lint, proofs }: Circumstances): readonly [Brief, Brief] {
  const sample = sampleBrief();
  const checks = [...sample.front.checks, ...(lint ? [{ name: 'lint', run: 'npm run lint', timeout: 600 }] : [])];
  const criteria = sample.criteria.map((criterion, index) => ({ ...criterion, proof: proofs[index]! }));
  const plain = { ...sample, criteria, front: { ...sample.front, checks } };
  return [plain, { ...plain, front: { ...plain.front, review: { required: true } } }];
}

function packetOf(brief: Brief, { verification, drift, survivors }: Circumstances, found: Review | null): Packet {
  const task = sampleTask({ lastTurn: { stop: 'end_turn', survivors } });
  return samplePacket({ task, brief, verification, drift, review: found });
}

/** A sign-off by a person who answers what the packet asks, more or less; `answers: false`, nothing. */
function requestOf(brief: Brief, given: Circumstances, found: Review | null, answers = true): SignoffRequest {
  const { verification, drift, treeNamed, silent, stray, widens } = given;
  const asked = answers ? packetOf(brief, given, found).decisions.filter(({ id }) => !silent.includes(id)) : [];
  const reasonsFor = (isFinding: boolean) => {
    const ids = asked.filter(({ kind }) => (kind === 'finding') === isFinding).map(({ id }) => id);
    return Object.fromEntries([...ids, ...(answers ? stray : [])].map((id) => [id, 'it is known']));
  };
  return sampleRequest({
    ...{ brief, verification, drift, treeNamed, review: found, overridden: reasonsFor(false) },
    ...(widens ? { widened: reasonsFor(true) } : { accepted: reasonsFor(true) }),
    identity: { name: 'Reviewer', email: given.identity },
  });
}

/** What was answered, without the answers to what only the review says. */
function withoutOpinions(request: SignoffRequest): SignoffRequest {
  const known = new Set(request.drift?.findings.map(({ id }) => id));
  const checks = new Set(request.brief.front.checks.map(({ name }) => name));
  const only = (given: Readonly<Record<string, string>>, names: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
  return {
    ...request,
    accepted: only(request.accepted, known),
    widened: only(request.widened, known),
    overridden: only(request.overridden, checks),
  };
}

/** A criterion without what a reviewer says beside it. */
function withoutReviewer({ proposed: _, evidence, ...own }: PacketCriterion): PacketCriterion {
  return { ...own, evidence: evidence.filter(({ kind }) => kind !== 'remark') };
}

const isSigned = (request: SignoffRequest) => judgeSignoff(request).signed;
const RUNS = { numRuns: 2_000 };

describe('any review at all', () => {
  it('is of the schema: these are reviews that a file could hold', () => {
    fc.assert(
      fc.property(review, (found) => {
        assert.deepEqual(reviewSchema.parse(JSON.parse(JSON.stringify(found))), JSON.parse(JSON.stringify(found)));
      }),
    );
  });

  it('makes no verdict better, takes back no reason, no decision and no proof', () => {
    fc.assert(
      fc.property(circumstances, review, fc.boolean(), (given, found, required) => {
        const [plain, wanting] = briefs(given);
        const before = packetOf(plain, given, null);
        const after = packetOf(required ? wanting : plain, given, found);
        const [worst, is] = [before, after].map(({ verdict }) => VERDICTS.indexOf(verdict));
        assert.ok(is! >= worst!, `${before.verdict} → ${after.verdict}`);
        for (const reason of before.reasons) assert.ok(after.reasons.includes(reason), reason);
        const decisions = after.decisions.map((decision) => JSON.stringify(decision));
        for (const decision of before.decisions) assert.ok(decisions.includes(JSON.stringify(decision)), decision.what);
        assert.deepEqual(after.criteria.map(withoutReviewer), before.criteria);
        assert.deepEqual([after.drift, after.checks], [before.drift, before.checks]);
      }),
      RUNS,
    );
  });

  it('that is none, or of another tree or brief, is worth no more than none', () => {
    fc.assert(
      fc.property(circumstances, review, (given, found) => {
        fc.pre(found.none !== null || found.tree !== TREE || found.brief !== HASH);
        const [, wanting] = briefs(given);
        const [before, after] = [packetOf(wanting, given, null), packetOf(wanting, given, found)];
        assert.deepEqual([before.verdict, after.verdict], ['blocked', 'blocked']);
        assert.ok(after.decisions.some(({ kind, id }) => kind === 'evidence' && id === 'review'));
        const asked = requestOf(wanting, given, found);
        assert.equal(isSigned(asked), isSigned({ ...asked, review: null }));
        assert.equal(isSigned({ ...asked, overridden: {} }), false);
      }),
      RUNS,
    );
  });

  it('makes nothing signable that was not, however it was answered', () => {
    let signed = 0;
    fc.assert(
      fc.property(circumstances, review, fc.boolean(), (given, found, required) => {
        const [plain, wanting] = briefs(given);
        if (!isSigned(requestOf(required ? wanting : plain, given, found))) return;
        signed += 1;
        assert.ok(isSigned(withoutOpinions(requestOf(plain, given, null))), 'it was not signable');
      }),
      RUNS,
    );
    assert.ok(signed > 20, `only ${signed} were signable at all`);
  });

  it('leaves what is blocked unsigned until a person answers', () => {
    let blocked = 0;
    fc.assert(
      fc.property(circumstances, review, fc.boolean(), (some, found, required) => {
        const given = { ...some, identity: 'reviewer@example.com' };
        const [plain, wanting] = briefs(given);
        const before = packetOf(plain, given, null);
        const brief = required ? wanting : plain;
        const after = packetOf(brief, given, found);
        const signable = isSigned(requestOf(brief, given, found, false));
        if (before.verdict === 'blocked') blocked += 1;
        if (before.verdict === 'blocked' || after.verdict === 'blocked') assert.equal(signable, false);
        // What the packet lists is what the sign-off waits for.
        assert.equal(signable, after.decisions.length === 0);
      }),
      RUNS,
    );
    assert.ok(blocked > 100, `only ${blocked} were blocked at all`);
  });
});
