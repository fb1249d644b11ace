/** Judges a sign-off: a named human's approval of exactly one tree, with an answer to everything that stands against it. */
import type { Brief, Person } from '../brief/brief';
import type { DriftReport, Finding } from '../drift/report';
import { fail } from '../errors';
import type { Amendment, Grant, Signoff, Snapshot } from '../events';
import { amendmentOf, PATTERNS_LIMIT } from '../review/amendment';
import { digestOfPlaces, offers } from '../review/answers';
import type { Acceptance } from '../review/criteria/acceptance';
import { answerTo, mustBeAnswered, REVIEW } from '../review/decisions';
import { opinionsOf, packetReviewOf } from '../review/reviewer/packetReview';
import { wantOf } from '../review/reviewer/reasons';
import type { Review } from '../review/reviewer/review';
import { type ReviewStanding, standingOf } from '../review/reviewer/standing';
import type { CheckStatus, Verification } from '../verify/verification';
import { visible } from '../visible';

/** Longest reason, in UTF-16 units: what a record of the journal holds. */
const REASON_LIMIT = 4_000;

export interface SignoffRequest {
  readonly brief: Brief;
  readonly snapshot: Snapshot;
  /** The tree that the reviewer looked at. */
  readonly tree: string;
  /** Whether the reviewer said so: what is answered as a group is known by nothing else. */
  readonly treeNamed: boolean;
  readonly verification: Verification | null;
  readonly drift: DriftReport | null;
  /** The newest review, of whatever tree; null or absent when none was asked for. */
  readonly review?: Review | null;
  /** Who is at the keyboard, by git's configuration; null when it names nobody. */
  readonly identity: Person | null;
  /** Who the brief says signs off; null when it names nobody. */
  readonly reviewer: Person | null;
  /** Reason by finding id. */
  readonly accepted: Readonly<Record<string, string>>;
  /** Reason by finding id, for findings that are answered by an amendment of the brief. */
  readonly widened: Readonly<Record<string, string>>;
  /** Reason by check name. */
  readonly overridden: Readonly<Record<string, string>>;
  /** Criteria that a person accepted for this tree; absent or empty when none was. */
  readonly criteria?: readonly Acceptance[];
  /** What people added to the brief while the agent worked. */
  readonly grants?: readonly Grant[];
  /** Digests of the receipts of the verification. */
  readonly receipts?: readonly string[];
  /** RFC 3339. */
  readonly at: string;
}

export interface Refusal {
  readonly code: 'SIGNOFF_REFUSED' | 'SIGNOFF_IDENTITY' | 'FINDING_UNKNOWN' | 'USAGE';
  /** What stands against it. */
  readonly what: string;
  /** What to type or do. */
  readonly fix: string;
}

export type SignoffVerdict =
  | { readonly signed: true; readonly signoff: Signoff }
  | { readonly signed: false; readonly refusals: readonly Refusal[] };

/** The record of the sign-off, or everything that stands against it. */
export function judgeSignoff(request: SignoffRequest): SignoffVerdict {
  const checks = checkStatuses(request);
  const refusals = [
    ...unknownAnswers(request),
    ...identityRefusals(request),
    ...treeRefusals(request),
    ...findingRefusals(request),
    ...groupRefusals(request),
    ...amendmentRefusals(request),
    ...checkRefusals(request, checks),
    ...reviewRefusals(request),
  ];
  const { identity, drift, snapshot, brief } = request;
  if (refusals.length > 0 || identity === null || drift === null) return { signed: false, refusals };
  const standing = reviewStanding(request);
  const isNeeded = (name: string) =>
    (Object.hasOwn(checks, name) && checks[name] !== 'passed') ||
    (name === REVIEW && isReviewRequired(request) && standing !== 'valid');
  const overridden = Object.entries(request.overridden).filter(([name]) => isNeeded(name));
  return {
    signed: true,
    signoff: {
      by: { name: identity.name, email: identity.email },
      at: request.at,
      brief: brief.hash,
      commit: snapshot.commit,
      tree: snapshot.tree,
      accepted: trimmed(Object.entries(request.accepted)),
      overridden: trimmed(overridden),
      widened: amendmentsOf(request),
      ...(request.grants === undefined || request.grants.length === 0 ? {} : { granted: [...request.grants] }),
      places: placesOf(request),
      checks,
      ...(request.receipts === undefined || request.receipts.length === 0 ? {} : { receipts: [...request.receipts] }),
      ...acceptedCriteria(request),
      drift: drift.verdict,
      ...(standing === 'missing' && !isReviewRequired(request)
        ? {}
        : { review: { agent: request.review?.agent?.id ?? null, standing } }),
    },
  };
}

function acceptedCriteria({ criteria = [] }: SignoffRequest): Pick<Signoff, 'criteria'> {
  if (criteria.length === 0) return {};
  return { criteria: criteria.map(({ criterion, id, by, at, reason }) => ({ criterion, id, by, at, reason })) };
}

function reviewStanding({ review, snapshot, brief }: SignoffRequest): ReviewStanding {
  return standingOf(review ?? null, { tree: snapshot.tree, brief: brief.hash });
}

function isReviewRequired({ brief }: Pick<SignoffRequest, 'brief'>): boolean {
  return brief.front.review?.required ?? false;
}

/** Everything that was found: by the rules in the diff, and by a reviewer of this very tree. */
function findingsOf({ drift, review, snapshot, brief }: SignoffRequest): readonly Finding[] {
  const opinions = opinionsOf(review ?? null, { tree: snapshot.tree, brief: brief.hash });
  return [...(drift?.findings ?? []), ...opinions];
}

/**
 * The record of the sign-off.
 *
 * @throws FINDING_UNKNOWN, USAGE  an answer to something that does not exist
 * @throws SIGNOFF_IDENTITY        the person is not the named reviewer
 * @throws SIGNOFF_REFUSED         with every obstacle, and what to type for each
 */
export function requireSignoff(request: SignoffRequest): Signoff {
  const verdict = judgeSignoff(request);
  if (verdict.signed) return verdict.signoff;
  const { refusals } = verdict;
  const gravest = refusals[0]?.code ?? 'SIGNOFF_REFUSED';
  const obstacles = refusals.map((refusal) => `  - ${refusal.what}`);
  const fixes = [...new Set(refusals.map((refusal) => refusal.fix))];
  return fail(gravest, `not signed off:\n${obstacles.join('\n')}`, { fix: fixes.join('\n     ') });
}

/** The status of every check of the brief at the tree under sign-off: a result of another tree or brief counts as none. */
function checkStatuses({ brief, snapshot, verification }: SignoffRequest): Record<string, CheckStatus> {
  const current = verification?.tree === snapshot.tree && verification.brief === brief.hash ? verification.checks : [];
  const statusOf = (name: string): CheckStatus => {
    const result = current.find((candidate) => candidate.name === name && candidate.tree === snapshot.tree);
    return result?.status ?? 'missing';
  };
  return Object.fromEntries(brief.front.checks.map(({ name }) => [name, statusOf(name)]));
}

function unknownAnswers(request: SignoffRequest): Refusal[] {
  const { accepted, widened, overridden, brief } = request;
  const findings = new Set(findingsOf(request).map((finding) => finding.id));
  const checks = new Set(brief.front.checks.map((check) => check.name));
  if (isReviewRequired(request)) checks.add(REVIEW);
  return [
    ...[...Object.keys(accepted), ...Object.keys(widened)]
      .filter((id) => !findings.has(id))
      .map((id) =>
        refusal('FINDING_UNKNOWN', `no finding has the id ${visible(id)}`, 'take the ids from `countersign show`'),
      ),
    ...Object.keys(widened)
      .filter((id) => Object.hasOwn(accepted, id))
      .map((id) => refusal('USAGE', `finding ${visible(id)} is both accepted and widened`, 'give one answer')),
    ...[...Object.entries(accepted), ...Object.entries(widened), ...Object.entries(overridden)]
      .filter(([, reason]) => reason.length > REASON_LIMIT)
      .map(([key]) =>
        refusal('USAGE', `the reason for ${visible(key)} is over ${REASON_LIMIT} characters`, 'shorten it'),
      ),
    ...Object.keys(overridden)
      .filter((name) => !checks.has(name))
      .map((name) =>
        refusal('USAGE', `the brief has no check "${visible(name)}"`, 'take the names from `countersign show`'),
      ),
  ];
}

function identityRefusals({ identity, reviewer }: SignoffRequest): Refusal[] {
  if (reviewer === null) {
    return [
      refusal('SIGNOFF_IDENTITY', 'the brief names no reviewer', 'name one in a new brief: `reviewer: Name <email>`'),
    ];
  }
  const named = `${visible(reviewer.name)} <${visible(reviewer.email)}>`;
  const configure = `sign off as ${named}: git config user.email ${visible(reviewer.email)}`;
  if (identity === null) {
    return [refusal('SIGNOFF_IDENTITY', `git does not say who you are; the reviewer is ${named}`, configure)];
  }
  if (sameEmail(identity.email, reviewer.email)) return [];
  const who = `${visible(identity.name)} <${visible(identity.email)}>`;
  return [refusal('SIGNOFF_IDENTITY', `you are ${who}; the reviewer is ${named}`, configure)];
}

/** Addresses are compared without case: forges and mail providers do the same. */
function sameEmail(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** What nobody can override: a sign-off is of one tree, and its drift is known. */
function treeRefusals({ tree, snapshot, drift, brief }: SignoffRequest): Refusal[] {
  const refusals: Refusal[] = [];
  if (tree !== snapshot.tree) {
    const what = `you looked at tree ${visible(tree)}, and the work is now at ${snapshot.tree}`;
    refusals.push(refusal('SIGNOFF_REFUSED', what, 'look at it again with `countersign show`'));
  }
  if (drift === null) {
    refusals.push(refusal('SIGNOFF_REFUSED', 'there is no drift report of this tree', 'run `countersign resume`'));
  } else if (drift.tree !== snapshot.tree || drift.brief !== brief.hash) {
    const what = 'the drift report is of another tree or another brief';
    refusals.push(refusal('SIGNOFF_REFUSED', what, 'run `countersign resume`'));
  }
  return refusals;
}

function findingRefusals(request: SignoffRequest): Refusal[] {
  const { accepted, widened } = request;
  return findingsOf(request)
    .filter(mustBeAnswered)
    .flatMap((finding) => {
      const given = isAnswered(widened, finding.id) ? 'widen' : isAnswered(accepted, finding.id) ? 'accept' : null;
      if (given !== null && offers(finding, given)) return [];
      const where = finding.path === null ? '' : ` ${visible(finding.path)}`;
      const not = given === null ? '' : given === 'widen' ? 'no amendment answers it: ' : 'no reason makes it fine: ';
      const what = `${not}${finding.severity} ${finding.rule}${where}: ${visible(finding.message)} (${finding.id})`;
      const answer = answerTo(finding);
      return [
        refusal(
          'SIGNOFF_REFUSED',
          what,
          answer === null
            ? 'revert it, or ask for a correction that takes it out'
            : `${answer}, or ask for a correction`,
        ),
      ];
    });
}

/** A group keeps its id when places come to it: only the tree says which of them the reviewer saw. */
function groupRefusals({ drift, accepted, widened, treeNamed, snapshot }: SignoffRequest): Refusal[] {
  if (treeNamed) return [];
  const answered = (drift?.findings ?? []).filter(
    ({ id, places }) => places.length > 1 && (isAnswered(accepted, id) || isAnswered(widened, id)),
  );
  return answered.map(({ id, places }) =>
    refusal(
      'SIGNOFF_REFUSED',
      `finding ${id} has ${places.length} places, and nothing says which of them you saw`,
      `look at them with \`countersign show\`, then add --tree ${snapshot.tree.slice(0, 10)}`,
    ),
  );
}

function amendmentRefusals(request: SignoffRequest): Refusal[] {
  const patterns = Object.values(amendmentsOf(request)).flatMap(({ change }) => change);
  if (patterns.reduce((sum, pattern) => sum + pattern.length, 0) <= PATTERNS_LIMIT) return [];
  const what = `${patterns.length} paths are too many for an amendment`;
  return [refusal('SIGNOFF_REFUSED', what, 'accept them, or hand off a brief with a wider scope')];
}

function amendmentsOf({ drift, widened }: SignoffRequest): Record<string, Amendment> {
  const given = answeredIn(drift, widened);
  return Object.fromEntries(
    given.map((finding) => [finding.id, amendmentOf(finding, (widened[finding.id] ?? '').trim())]),
  );
}

function placesOf({ drift, accepted, widened }: SignoffRequest): NonNullable<Signoff['places']> {
  const answered = [...answeredIn(drift, accepted), ...answeredIn(drift, widened)];
  return Object.fromEntries(
    answered.filter(({ places }) => places.length > 1).map((finding) => [finding.id, digestOfPlaces(finding)]),
  );
}

function answeredIn(drift: DriftReport | null, reasons: Readonly<Record<string, string>>): readonly Finding[] {
  return (drift?.findings ?? []).filter(({ id }) => isAnswered(reasons, id));
}

function checkRefusals({ overridden }: SignoffRequest, checks: Record<string, CheckStatus>): Refusal[] {
  return Object.entries(checks)
    .filter(([name, status]) => status !== 'passed' && !isAnswered(overridden, name))
    .map(([name, status]) => {
      const what = status === 'missing' ? `check ${name} has no result at this tree` : `check ${name}: ${status}`;
      return refusal('SIGNOFF_REFUSED', what, `--override ${name}=REASON, or ask for a correction`);
    });
}

function reviewRefusals(request: SignoffRequest): Refusal[] {
  const { review, overridden, snapshot, brief } = request;
  if (!isReviewRequired(request) || reviewStanding(request) === 'valid' || isAnswered(overridden, REVIEW)) return [];
  const want = wantOf(packetReviewOf(review ?? null, { tree: snapshot.tree, brief: brief.hash }));
  const what = `a review is required: ${visible(want)}`;
  return [refusal('SIGNOFF_REFUSED', what, `ask for one with \`countersign review\`, or --override ${REVIEW}=REASON`)];
}

/** Own keys only: a check may be called `constructor`. */
function isAnswered(reasons: Readonly<Record<string, string>>, key: string): boolean {
  return Object.hasOwn(reasons, key) && reasons[key]?.trim() !== '';
}

function trimmed(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.map(([key, reason]) => [key, reason.trim()]));
}

function refusal(code: Refusal['code'], what: string, fix: string): Refusal {
  return { code, what, fix };
}
