/**
 * Joins the rules: what a diff does that its brief did not ask for or grant. Rules look at git objects and at what
 * Countersign itself observed, never at the agent's account. One file per rule family; `rules.ts` lists every rule.
 */
import { compileScope } from '../brief/scope';
import { compileBoundaries } from './boundaries';
import { judgeBoundaries } from './boundary';
import { judgeBoundaryLines } from './boundaryLines';
import { pathsOf } from './changes';
import type { Change } from './diff';
import { settle, verdictOf } from './findings';
import { judgeGitState } from './gitState';
import { judgeEntries } from './hidden/entries';
import { judgeHidden } from './hidden/hidden';
import {
  type ContentRule,
  DEFAULT_LIMITS,
  type DriftInput,
  type DriftLimits,
  type DriftPolicy,
  type PathContext,
  type PathRule,
  type RuleContext,
} from './input';
import type { DriftReport } from './report';
import { judgeBudget, judgeSize } from './scope/budget';
import { judgeDeletions, judgeEmptiedFolders } from './scope/destructive';
import { judgeScope } from './scope/paths';

/** Each is loaded when it is first asked: a host at rest does without them all. */
const judgeDependencies: ContentRule = async (context) => (await import('./contentRules')).judgeDependencies(context);
const judgeTests: ContentRule = async (context) => (await import('./contentRules')).judgeTests(context);
const judgePatched: ContentRule = async (context) => (await import('./contentRules')).judgePatched(context);
const judgeChecks: ContentRule = async (context) => (await import('./contentRules')).judgeChecks(context);
const judgeKept: ContentRule = async (context) => (await import('./contentRules')).judgeKept(context);
const judgeSecrets: ContentRule = async (context) => (await import('./secrets/secrets')).judgeSecrets(context);
const judgeWords: ContentRule = async (context) => (await import('./words/words')).judgeWords(context);

const PATH_RULES: readonly PathRule[] = [judgeScope, judgeDeletions, judgeBoundaries, judgeEntries];
const QUICK_RULES: readonly PathRule[] = [...PATH_RULES, judgeBudget];
const CONTENT_RULES: readonly ContentRule[] = [
  judgeSize,
  judgeEmptiedFolders,
  judgeDependencies,
  judgeHidden,
  judgeGitState,
  judgeBoundaryLines,
  judgeTests,
  judgePatched,
  judgeChecks,
  judgeKept,
  judgeSecrets,
  judgeWords,
];

/**
 * The drift of one diff from one brief. Reads through `input.reader` only what a rule asks for. Throws
 * `PATTERN_INVALID` for a pattern of brief or policy that does not compile, and what the reader throws; nothing that
 * the trees contain makes it throw.
 */
export async function computeDrift(input: DriftInput): Promise<DriftReport> {
  const context: RuleContext = {
    ...pathContext(input),
    reader: input.reader,
    observations: input.observations,
  };
  const results = await Promise.all(CONTENT_RULES.map((rule) => rule(context)));
  const raw = [...PATH_RULES.flatMap((rule) => rule(context)), ...results.flatMap((result) => result.findings)];
  const findings = settle(raw, grantsOf(input), changedIn(input.changes));
  return {
    schema: 1,
    brief: input.brief.hash,
    base: input.base,
    head: input.head,
    tree: input.tree,
    verdict: verdictOf(findings),
    stats: statsOf(input.changes),
    findings: [...findings],
    dependencies: results.flatMap((result) => result.dependencies ?? []),
  };
}

export type QuickDriftInput = Pick<DriftInput, 'brief' | 'changes' | 'policy'>;
export type QuickDrift = Pick<DriftReport, 'verdict' | 'stats' | 'findings'>;

/**
 * Drift by paths and modes alone, for a task that is still running: synchronous, reads nothing. It can miss what only
 * contents show, and says nothing that the full report would not say too.
 */
export function quickDrift(input: QuickDriftInput): QuickDrift {
  const context = pathContext(input);
  const findings = settle(
    QUICK_RULES.flatMap((rule) => rule(context)),
    grantsOf(input),
    changedIn(input.changes),
  );
  return { verdict: verdictOf(findings), stats: statsOf(input.changes), findings: [...findings] };
}

function pathContext(input: QuickDriftInput): PathContext {
  return {
    brief: input.brief,
    scope: compileScope(input.brief.front.scope),
    boundaries: compileBoundaries(input.policy?.boundaries ?? []),
    limits: limitsOf(input.policy),
    changes: input.changes,
  };
}

function limitsOf(policy: DriftPolicy | null): DriftLimits {
  return {
    oversizeBytes: policy?.limits.oversizeBytes ?? DEFAULT_LIMITS.oversizeBytes,
    deletedFiles: policy?.limits.deletedFiles ?? DEFAULT_LIMITS.deletedFiles,
    deletedShare: policy?.limits.deletedShare ?? DEFAULT_LIMITS.deletedShare,
  };
}

function grantsOf(input: QuickDriftInput): ReadonlySet<string> {
  return new Set(input.brief.front.approval.allow);
}

/** Only what the diff changed has a base that could come back. */
function changedIn(changes: readonly Change[]): (path: string) => boolean {
  const changed = new Set(changes.flatMap(pathsOf));
  return (path) => changed.has(path);
}

function statsOf(changes: readonly Change[]): DriftReport['stats'] {
  let insertions = 0;
  let deletions = 0;
  for (const change of changes) {
    insertions += change.insertions ?? 0;
    deletions += change.deletions ?? 0;
  }
  return { files: changes.length, insertions, deletions };
}
