/** Composes the review packet from what is known of a task. Pure: the same evidence gives the same packet. */
import type { Brief } from '../brief/brief';
import { pathsOfFinding } from '../drift/places';
import type { DriftReport } from '../drift/report';
import type { Adoption, DeliveryMode, EventOf, Grant, Signoff, Snapshot, TaskEvent, Usage } from '../events';
import type { Columns } from '../verify/columns';
import type { CheckResult, Verification } from '../verify/verification';
import { choicesOf } from './afterwards/choices';
import type { Afterwards } from './afterwards/outcome';
import { CORRECTIONS_ALLOWED } from './correction';
import type { Acceptance } from './criteria/acceptance';
import { judgeCriteria } from './criteria/judge';
import type { Mentions } from './criteria/mentions';
import { unexplainedChanges } from './criteria/unexplained';
import { decisionsOf } from './decisions';
import type { Packet, PacketCheck, PacketReceipts } from './packetSchema';
import { reasonsOf } from './reasons';
import { packetReceipts } from './receipts';
import { standingIn } from './reviewer/opinions';
import { packetReviewOf } from './reviewer/packetReview';
import type { Review } from './reviewer/review';
import { reviewerWords } from './reviewer/words';
import { spendingOf } from './spending';

export { type Decision, type Packet, packetSchema } from './packetSchema';

/** What the packet reads of a task; every task has it, whatever its state. */
export interface PacketSubject {
  readonly id: string;
  readonly state: string;
  readonly title: string;
  readonly brief: string;
  readonly base: string;
  readonly target: string | null;
  readonly branch: string;
  readonly agent: string;
  readonly agentVersion: string | null;
  readonly confinement: string | null;
  readonly usage: Usage | null;
  readonly reviewer: string | null;
  readonly origin: 'human' | 'machine';
  readonly adopted: Adoption | null;
  readonly adopting: Adoption | null;
  readonly turns: number;
  readonly corrections: number;
  readonly snapshots: readonly Snapshot[];
  readonly lastTurn: { readonly stop: string; readonly survivors: readonly string[] } | null;
  readonly asking: EventOf<'asked'> | null;
  /** Absent where nobody could add to the brief. */
  readonly grants?: readonly Grant[];
  /** Absent or null while nobody reviews it. */
  readonly reviewing?: { readonly agent: string | null } | null;
  /** Criteria that a person accepted, of whatever tree. */
  readonly accepted?: readonly Acceptance[];
  /** Absent or null while nobody has taken it over. */
  readonly takenOver?: { readonly by: string; readonly folder: { readonly path: string } } | null;
  /** The newest turn that a person made by hand; absent or null = none. */
  readonly handed?: { readonly turn: number; readonly by: string } | null;
  /** Of a task that failed. */
  readonly error?: EventOf<'failed'>['error'];
  /** Of a task that was rejected. */
  readonly reason?: string;
  /** Of a task that was signed off. */
  readonly signoff?: Signoff;
  /** Of a task that was delivered. */
  readonly mode?: DeliveryMode;
  readonly ref?: string | null;
  readonly commit?: string | null;
}

export interface PacketMaterial {
  readonly task: PacketSubject;
  readonly brief: Brief;
  readonly verification: Verification | null;
  readonly drift: DriftReport | null;
  /** The newest review, of whatever tree; null or absent when none was asked for. */
  readonly review?: Review | null;
  /** Which tests and changes of the tree under review name which criterion; null or absent where nobody looked. */
  readonly mentions?: Mentions | null;
  /** The agent's last message; null when it said nothing. */
  readonly agentWords: string | null;
  /** Everything that happened to the task so far. */
  readonly history: readonly TaskEvent[];
  /** What became of the newest correction; null or absent when there was none. */
  readonly correction?: Afterwards | null;
  /** Git's note of the delivered commit; null when there is none, absent when nobody looked. */
  readonly note?: string | null;
  /** Evidence that is not as its receipts say; absent when nobody looked. */
  readonly altered?: PacketReceipts['altered'];
}

/** Last part of a check's output that a packet carries, in UTF-16 units; the whole is in the evidence file. */
const TAIL_LIMIT = 8_000;
const WORDS_LIMIT = 20_000;

/** The packet of a task as it stands now. */
export function composePacket(material: PacketMaterial): Packet {
  const { task, brief, drift } = material;
  const snapshot = task.snapshots.at(-1) ?? null;
  const checks = brief.front.checks.map((check) => packetCheck(check, material.verification, snapshot));
  const review = packetReviewOf(material.review ?? null, { tree: snapshot?.tree ?? null, brief: brief.hash });
  const packet: Omit<Packet, 'verdict' | 'reasons' | 'decisions' | 'choices'> = {
    id: task.id,
    state: task.state,
    title: task.title,
    brief: task.brief,
    ...terms(brief),
    reviewer: task.reviewer,
    origin: task.origin,
    base: task.base,
    branch: task.branch,
    target: task.target,
    snapshot: snapshot === null ? null : { commit: snapshot.commit, tree: snapshot.tree },
    turn: task.turns,
    corrections: { used: task.corrections, allowed: CORRECTIONS_ALLOWED },
    correction: material.correction ?? null,
    checks,
    ...(material.verification?.overlay === undefined ? {} : { overlay: material.verification.overlay }),
    confinement: material.verification?.confinement ?? null,
    drift,
    stale: [...staleEvidence(material, snapshot), ...(review?.stale === true ? (['review'] as const) : [])],
    ...matrixOf(material, checks, { tree: snapshot?.tree ?? null, isReviewed: standingIn(review) === 'valid' }),
    review,
    reviewing: task.reviewing == null ? null : { agent: task.reviewing.agent },
    reviewRequired: brief.front.review?.required ?? false,
    size: drift === null ? null : { ...drift.stats },
    meter: drift === null ? null : meterOf(drift),
    agent: agentOf(task),
    ...told(material.history),
    grants: [...(task.grants ?? [])],
    takenOver: task.takenOver == null ? null : { by: task.takenOver.by, path: task.takenOver.folder.path },
    spending: spendingOf(material.history, brief),
    agentWords: material.agentWords === null ? null : material.agentWords.slice(0, WORDS_LIMIT),
    error: task.error ?? null,
    rejected: task.state === 'rejected' ? (task.reason ?? '') : null,
    ...(task.signoff === undefined ? {} : { signoff: task.signoff }),
    ...receiptsOfPacket(material, snapshot),
    delivery: task.mode === undefined ? null : { mode: task.mode, ref: task.ref ?? null, commit: task.commit ?? null },
  };
  const reasons = reasonsOf(packet, task);
  const decisions = decisionsOf(packet, task.asking);
  return {
    ...packet,
    verdict: reasons.blocked.length > 0 ? 'blocked' : reasons.attention.length > 0 ? 'attention' : 'clean',
    reasons: [...reasons.blocked, ...reasons.attention],
    decisions,
    choices: choicesOf(packet, decisions.length),
  };
}

function receiptsOfPacket({ task, verification, note, altered = [] }: PacketMaterial, snapshot: Snapshot | null) {
  if (verification === null || verification.checks.length === 0) return {};
  return { receipts: { ...packetReceipts(task, verification, snapshot?.tree ?? null, note), altered: [...altered] } };
}

/** What people decided meanwhile. */
function told(history: readonly TaskEvent[]): Pick<Packet, 'refused' | 'reverted' | 'byHand'> {
  const decided = history.filter((event) => event.type === 'decided');
  return {
    refused: decided.filter(({ decision }) => decision === 'refused').map(({ what, by, why }) => ({ what, by, why })),
    reverted: history
      .filter((event) => event.type === 'reverted')
      .map(({ turn, by, paths, split }) => ({
        turn,
        by,
        paths: [...paths],
        ...(split === undefined ? {} : { split }),
      })),
    byHand: history
      .filter((event) => event.type === 'handed-in')
      .map(({ turn, by, message = '' }) => ({ turn, by, message })),
  };
}

function terms(brief: Brief) {
  const { scope, approval, budget, setup, unchecked } = brief.front;
  return {
    goal: brief.goal,
    nonGoals: [...brief.nonGoals],
    scope: { change: [...scope.change], avoid: [...scope.avoid], allow: [...approval.allow] },
    budget: { ...budget },
    setup: setup ?? null,
    unchecked: unchecked ?? null,
  };
}

function agentOf(task: PacketSubject): Packet['agent'] {
  return {
    id: task.agent,
    ...(task.agentVersion === null ? {} : { version: task.agentVersion }),
    ...(task.usage === null ? {} : { usage: task.usage }),
    confinement: task.confinement,
    stop: task.lastTurn?.stop ?? null,
    survivors: [...(task.lastTurn?.survivors ?? [])],
    ...adoptedOf(task.adopting ?? task.adopted),
  };
}

function adoptedOf(adoption: Adoption | null): Pick<Packet['agent'], 'adopted'> {
  if (adoption === null) return {};
  const { name, ref, commit, commits, authors } = adoption;
  return { adopted: { name, ref, commit, commits, authors: [...authors] } };
}

function packetCheck(
  check: { readonly name: string; readonly run: string },
  verification: Verification | null,
  snapshot: Snapshot | null,
): PacketCheck {
  const result = verification?.checks.find((candidate) => candidate.name === check.name);
  if (result === undefined) {
    const never = { status: 'missing', exit: null, seconds: 0, tree: null, stale: false, log: null } as const;
    const untold = { failures: [], results: null, asked: null };
    return { name: check.name, command: check.run, ...never, ...untold, note: 'it did not run' };
  }
  return { ...resultOf(result), stale: result.tree !== snapshot?.tree };
}

function resultOf(result: CheckResult): Omit<PacketCheck, 'stale'> {
  return {
    name: result.name,
    command: result.command,
    status: result.status,
    exit: result.exit,
    seconds: result.seconds,
    tree: result.tree,
    ...(result.counts === null ? {} : { counts: result.counts }),
    failures: result.failures,
    results: result.results,
    asked: result.asked,
    note: result.note,
    ...besideOf(result),
    log: { path: result.log.path, bytes: result.log.bytes, head: result.log.head, tail: lastPart(result.log) },
  };
}

/** What stands beside the result; evidence of earlier versions has nothing. */
function besideOf({ base, overlay, comparisons, attempts, folder }: CheckResult): Columns {
  return {
    ...(base === undefined ? {} : { base }),
    ...(overlay === undefined ? {} : { overlay }),
    ...(comparisons === undefined ? {} : { comparisons }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(folder === undefined ? {} : { folder }),
  };
}

/** The end of the output. What was captured last holds more than is shown, unless it and the first part are all there is. */
function lastPart({ head, tail }: CheckResult['log']): string {
  return (tail.length < TAIL_LIMIT ? head + tail : tail).slice(-TAIL_LIMIT);
}

/** The criteria with what speaks for and against them, and the changes that serve none. */
function matrixOf(
  { brief, task, mentions = null, review = null }: PacketMaterial,
  checks: readonly PacketCheck[],
  { tree, isReviewed }: { readonly tree: string | null; readonly isReviewed: boolean },
): Pick<Packet, 'criteria' | 'unexplained'> {
  const opinion = isReviewed ? review : null;
  const { criteria, hash } = brief;
  const reviewer =
    opinion === null
      ? null
      : { name: reviewerWords(opinion), proposals: opinion.criteria, unexplained: opinion.unexplained };
  return {
    criteria: judgeCriteria({
      ...{ criteria, checks, mentions, review: opinion },
      accepted: task.accepted ?? [],
      subject: { tree, brief: hash },
    }),
    unexplained: mentions === null && reviewer === null ? null : unexplainedChanges(mentions, reviewer),
  };
}

function staleEvidence({ brief, verification, drift }: PacketMaterial, snapshot: Snapshot | null): Packet['stale'] {
  const isStale = (evidence: { tree: string; brief: string } | null) =>
    evidence !== null && (evidence.tree !== snapshot?.tree || evidence.brief !== brief.hash);
  return [
    ...(isStale(verification) ? (['verification'] as const) : []),
    ...(isStale(drift) ? (['drift'] as const) : []),
  ];
}

function meterOf(drift: DriftReport): { inside: number; outside: number; boundary: number } {
  const strayed = drift.findings.filter(({ rule }) => rule === 'scope/outside' || rule === 'scope/avoided');
  const outside = new Set(strayed.flatMap(pathsOfFinding)).size;
  const boundary = drift.findings.filter((finding) => finding.boundary !== null && finding.severity !== 'info').length;
  return { inside: Math.max(0, drift.stats.files - outside), outside, boundary };
}
