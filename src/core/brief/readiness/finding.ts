/** What readiness rules are given, and what they give back. */
import type { Covers } from '../../events';
import type { Brief } from '../brief';
import type { Policy } from '../policy';

export type ReadinessRule =
  | 'readiness/unparsable'
  | 'readiness/no-goal'
  | 'readiness/no-criteria'
  | 'readiness/no-scope'
  | 'readiness/whole-repository'
  | 'readiness/no-check'
  | 'readiness/no-reviewer'
  | 'readiness/reviewer-not-allowed'
  | 'readiness/unknown-check'
  | 'readiness/unknown-boundary'
  | 'readiness/unknown-agent'
  | 'readiness/agent-unavailable'
  | 'readiness/short-goal'
  | 'readiness/several-goals'
  | 'readiness/unproven-criterion'
  | 'readiness/empty-criterion'
  | 'readiness/duplicate-id'
  | 'readiness/empty-scope'
  | 'readiness/sensitive-area'
  | 'readiness/overlap'
  | 'readiness/command-not-found'
  | 'readiness/agent-steering'
  | 'readiness/budget'
  | 'readiness/policy';

/** `block`: the brief cannot be handed off like this. `warn`: it can, and somebody should look. */
export interface ReadinessFinding {
  readonly rule: ReadinessRule;
  readonly severity: 'block' | 'warn';
  readonly message: string;
  /** 1-based line of the brief, or null when it is about no line of it. */
  readonly line: number | null;
}

/** What an agent tells of what it uses. */
export interface Reporting {
  readonly tokens: Covers;
  readonly usd: 'yes' | 'no' | 'unknown';
}

/** What the machine and the repository are like, as far as the caller knows it; null: not known, so not judged. */
export interface ReadinessFacts {
  /** Every path of the base, with `/`. */
  readonly paths: readonly string[] | null;
  /** Whether a program (a name, or a path with `/`) could be started. */
  readonly commandExists: (program: string) => boolean | null;
  /** Tasks that are not finished, with the `change` patterns of their briefs. */
  readonly liveTasks: readonly { readonly id: string; readonly title: string; readonly change: readonly string[] }[];
  readonly policy: Policy | null;
  /** Ids of the agents that this machine knows. */
  readonly knownAgents: readonly string[] | null;
  /** The agent that would run, where the caller has chosen one or knows the default. */
  readonly agent?: string | null;
  /** What an agent reports; null for one that is not known. */
  readonly reportingOf?: (agent: string) => Reporting | null;
}

/** The brief (tightened by the policy) and the facts: what every rule looks at. */
export interface ReadinessCase {
  readonly brief: Brief;
  readonly facts: ReadinessFacts;
  readonly policy: Policy;
  /** The agent that would run, or null when nobody has said. */
  readonly agent: string | null;
}

export function block(rule: ReadinessRule, message: string, line: number | null): ReadinessFinding {
  return { rule, severity: 'block', message, line };
}

export function warn(rule: ReadinessRule, message: string, line: number | null): ReadinessFinding {
  return { rule, severity: 'warn', message, line };
}
