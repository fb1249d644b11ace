/** What the engine is given, and what each rule family gets to see of it. */

import type { Brief } from '../brief/brief';
import type { Scope } from '../brief/scope';
import type { BoundaryTable, NamedBoundary } from './boundaries';
import type { Change, RunObservations, TreeReader } from './diff';
import type { DependencyChange, RawFinding } from './report';

/** Thresholds that a policy may set. */
export interface DriftLimits {
  /** A file that grew by, or came with, more bytes than this is `hidden/oversize`. */
  readonly oversizeBytes: number;
  /** More deleted files than this are `scope/destructive`. */
  readonly deletedFiles: number;
  /** The part of a folder (0 to 1) whose deletion is `scope/destructive`. */
  readonly deletedShare: number;
}

export const DEFAULT_LIMITS: DriftLimits = { oversizeBytes: 5 * 1024 * 1024, deletedFiles: 20, deletedShare: 0.5 };

/** The part of a team's policy that drift needs; it was read from the base. */
export interface DriftPolicy {
  readonly boundaries: readonly NamedBoundary[];
  readonly limits: { readonly [K in keyof DriftLimits]?: DriftLimits[K] | undefined };
}

export interface DriftInput {
  /** The brief that binds: as it was handed off, tightened by the policy. */
  readonly brief: Brief;
  readonly base: string;
  /** The commit at the other end, or null for a tree that no commit names. */
  readonly head: string | null;
  readonly tree: string;
  readonly changes: readonly Change[];
  readonly reader: TreeReader;
  readonly observations: RunObservations;
  readonly policy: DriftPolicy | null;
}

/** What can be judged from paths and modes alone. */
export interface PathContext {
  readonly brief: Brief;
  readonly scope: Scope;
  readonly boundaries: BoundaryTable;
  readonly limits: DriftLimits;
  readonly changes: readonly Change[];
}

/** What a full pass adds: contents, and what the run itself showed. */
export interface RuleContext extends PathContext {
  readonly reader: TreeReader;
  readonly observations: RunObservations;
}

export interface RuleResult {
  readonly findings: readonly RawFinding[];
  readonly dependencies?: readonly DependencyChange[];
}

/** Judges a change by its paths and modes; no blob is read. */
export type PathRule = (context: PathContext) => readonly RawFinding[];

/** Judges with contents. Never throws for what a tree contains: what cannot be read is a finding. */
export type ContentRule = (context: RuleContext) => Promise<RuleResult>;
