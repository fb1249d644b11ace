/** A task's evidence to compose packets from. */
import type { Brief } from '../../../src/core/brief/brief';
import { frontMatterSchema } from '../../../src/core/brief/brief';
import { type DriftReport, type Finding, findingSchema } from '../../../src/core/drift/report';
import { composePacket, type Packet, type PacketMaterial, type PacketSubject } from '../../../src/core/review/packet';
import type { SignoffRequest } from '../../../src/core/signoff/signoff';
import type { CheckResult, Verification } from '../../../src/core/verify/verification';

export const TREE = '1'.repeat(40);
export const OTHER_TREE = '2'.repeat(40);
export const COMMIT = '3'.repeat(40);
export const BASE = '4'.repeat(40);
export const HASH = '5'.repeat(64);
export const SNAPSHOT = { turn: 1, commit: COMMIT, tree: TREE };

export function sampleBrief(change: Partial<Brief> = {}): Brief {
  const front = frontMatterSchema.parse({
    countersign: 1,
    scope: { change: ['src/http/**'], avoid: ['src/auth/**'] },
    budget: { files: 12, lines: 400 },
    checks: [{ name: 'tests', run: 'npm test' }],
    approval: { allow: ['tests'] },
    reviewer: 'Reviewer <reviewer@example.com>',
  });
  return {
    source: '',
    hash: HASH,
    title: 'Retry on 429',
    front,
    goal: 'Retry idempotent requests on 429.',
    nonGoals: ['no new dependencies'],
    criteria: [
      { text: 'at most 3 retries', proof: { kind: 'check', check: 'tests' }, line: 20 },
      { text: 'a POST is never retried', proof: { kind: 'review' }, line: 21 },
    ],
    context: '',
    otherSections: [],
    lines: {},
    ...change,
  };
}

export function sampleCheck(change: Partial<CheckResult> = {}): CheckResult {
  return {
    name: 'tests',
    command: 'npm test',
    status: 'passed',
    exit: 0,
    signal: null,
    seconds: 41.2,
    tree: TREE,
    treeAfter: TREE,
    counts: { total: 213, passed: 212, failed: 0, skipped: 1 },
    failures: [],
    results: null,
    asked: null,
    note: null,
    log: { path: 'evidence/tests.log', bytes: 4, sha256: '6'.repeat(64), head: 'head', tail: 'tail' },
    ...change,
  };
}

export function sampleVerification(change: Partial<Verification> = {}): Verification {
  return {
    commit: COMMIT,
    tree: TREE,
    brief: HASH,
    startedAt: '2026-01-02T03:04:05Z',
    seconds: 42,
    confinement: 'bwrap',
    setup: null,
    checks: [sampleCheck()],
    ...change,
  };
}

export function sampleFinding(change: Partial<Finding> = {}): Finding {
  // What is not said follows from the rest, as in a report of an earlier version.
  return findingSchema.parse({
    id: 'f1',
    rule: 'scope/outside',
    severity: 'block',
    path: 'src/config.ts',
    line: 12,
    message: 'the path is not in scope',
    evidence: 'src/config.ts',
    boundary: null,
    ...change,
  });
}

/** A group of paths that are out of scope, with ids `p0`, `p1`, … */
export function sampleGroup(paths: readonly string[], change: Partial<Finding> = {}): Finding {
  const places = paths.map((path, index) => ({ id: `p${index}`, path, line: null }));
  return sampleFinding({
    id: 'g1',
    path: paths[0] ?? null,
    line: null,
    message: `${paths.length} paths`,
    places,
    ...change,
  });
}

export function sampleDrift(findings: Finding[] = [], change: Partial<DriftReport> = {}): DriftReport {
  const has = (severity: string) => findings.some((finding) => finding.severity === severity);
  return {
    schema: 1,
    brief: HASH,
    base: BASE,
    head: COMMIT,
    tree: TREE,
    verdict: has('block') ? 'blocked' : has('warn') ? 'attention' : 'clean',
    stats: { files: 3, insertions: 40, deletions: 2 },
    findings,
    dependencies: [],
    ...change,
  };
}

/** Of a task whose work somebody else pushed. */
export const ADOPTED_TASK: Partial<PacketSubject> = {
  agent: 'adopted',
  agentVersion: null,
  confinement: null,
  lastTurn: null,
  adopted: {
    turn: 1,
    name: 'origin/topic\u202e',
    ref: 'refs/remotes/origin/topic',
    commit: 'd'.repeat(40),
    tree: TREE,
    commits: 2,
    authors: [
      { name: 'Ann <b>', email: 'ann@example.com' },
      { name: 'Bo', email: 'bo@example.com' },
    ],
  },
};

export function sampleTask(change: Partial<PacketSubject> = {}): PacketSubject {
  return {
    id: 'T1',
    state: 'ready',
    title: 'Retry on 429',
    brief: HASH,
    base: BASE,
    target: 'refs/heads/main',
    branch: 'countersign/retry-on-429',
    agent: 'codex',
    agentVersion: '2.6.0',
    confinement: 'bwrap',
    usage: null,
    reviewer: 'Reviewer <reviewer@example.com>',
    origin: 'human',
    adopted: null,
    adopting: null,
    turns: 1,
    corrections: 0,
    snapshots: [SNAPSHOT],
    lastTurn: { stop: 'end_turn', survivors: [] },
    asking: null,
    ...change,
  };
}

export function samplePacket(change: Partial<PacketMaterial> = {}): Packet {
  return composePacket({
    task: sampleTask(),
    brief: sampleBrief(),
    verification: sampleVerification(),
    drift: sampleDrift(),
    agentWords: null,
    history: [],
    ...change,
  });
}

/** Signed off with finding `f1` accepted and check `tests` overridden, and merged. */
export function deliveredTask(): PacketSubject {
  const signoff = {
    by: { name: 'Reviewer', email: 'reviewer@example.com' },
    at: '2026-01-02T03:04:05Z',
    brief: HASH,
    commit: COMMIT,
    tree: TREE,
    accepted: { f1: 'needed here' },
    overridden: { tests: 'known flaky' },
    checks: { tests: 'failed' as const },
    drift: 'blocked' as const,
  };
  return sampleTask({ state: 'delivered', signoff, mode: 'merge', ref: 'refs/heads/main', commit: '9'.repeat(40) });
}

const REVIEWER = { name: 'Reviewer', email: 'reviewer@example.com' };

/** A request that nothing stands against. */
export function sampleRequest(change: Partial<SignoffRequest> = {}): SignoffRequest {
  return {
    brief: sampleBrief(),
    snapshot: SNAPSHOT,
    tree: TREE,
    treeNamed: true,
    verification: sampleVerification(),
    drift: sampleDrift(),
    identity: REVIEWER,
    reviewer: REVIEWER,
    accepted: {},
    widened: {},
    overridden: {},
    at: '2026-01-02T03:04:05Z',
    ...change,
  };
}
