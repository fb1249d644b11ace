/** Whether a brief may be handed off, and as what: everything that could refuse is asked before a task is made. */

import { applyPolicy } from '../brief/applyPolicy';
import type { Brief } from '../brief/brief';
import { parseBrief } from '../brief/parse';
import { assessReadiness, type ReadinessFacts, type ReadinessFinding } from '../brief/readiness';
import { fail } from '../errors';
import type { EventOf } from '../events';
import type { TaskContext } from './context';
import { reviewerOf } from './reviewer';

export interface HandOff {
  /** A folder in the user's working tree. */
  readonly folder: string;
  readonly brief: { readonly text: string; readonly file: string };
  readonly agent: string | null;
  /** The revision to start from; null = what is checked out. */
  readonly base: string | null;
  readonly origin: 'human' | 'machine';
}

/** What a task begins with. */
export interface Admission {
  readonly created: Omit<EventOf<'created'>, 'id' | 'slug' | 'branch'>;
  /** The brief's text, as it was handed off. */
  readonly brief: string;
  /** What deserves a look and refuses nothing. */
  readonly warnings: readonly ReadinessFinding[];
}

/**
 * Reads the brief against its repository and the machine.
 * @throws BRIEF_*, POLICY_INVALID, BRIEF_NOT_READY, AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_REQUIRED, and what
 *   `identify` and `resolve` of the repository throw
 */
export async function judgeHandOff(
  context: TaskContext,
  { folder, brief, agent, base, origin }: HandOff,
  defaultAgent: string | null,
): Promise<Admission> {
  const { repositories, agents } = context.ports;
  const { branch: target, head, ...repository } = await repositories.identify(folder);
  const commit = base === null ? head : await repositories.resolve(repository, base);
  const policy = await context.policy(repository, commit);
  const parsed = parseBrief(brief.text, brief.file);
  const terms = policy === null ? parsed : applyPolicy(parsed, policy).brief;
  const chosen = chooseAgent(terms, agent, defaultAgent);
  const [paths, liveTasks] = await Promise.all([
    repositories.pathsAt(repository, commit),
    context.liveScopes.of(repository.id),
  ]);
  // Whether this machine has a brief's programs is for `brief check` to say: they run in an environment of their own.
  const reportingOf = (id: string) => agents.reporting?.(id) ?? null;
  const facts = { paths, agent: chosen, policy, liveTasks, commandExists: () => null, knownAgents: null, reportingOf };
  const warnings = requireReadiness(parsed, brief.file, facts);
  await agents.confinement(chosen);
  // A reviewer that is not there would be missed only when everything is done.
  const reviewer = reviewerOf(terms);
  if (reviewer !== null) await agents.confinement(reviewer);
  return {
    brief: parsed.source,
    warnings,
    created: {
      type: 'created',
      title: terms.title,
      repository,
      brief: parsed.hash,
      base: commit,
      target,
      agent: chosen,
      reviewer: terms.front.reviewer ?? null,
      origin,
    },
  };
}

/** The warnings about a brief in which nothing blocks. Throws BRIEF_NOT_READY, naming all that does. */
export function requireReadiness(brief: Brief, file: string, facts: ReadinessFacts): ReadinessFinding[] {
  const findings = assessReadiness(brief, facts);
  const blocks = findings.filter(({ severity }) => severity === 'block');
  if (blocks.length === 0) return findings;
  const reasons = blocks.map(({ line, message }) => `${file}:${line ?? 1}: ${message}`);
  fail('BRIEF_NOT_READY', `the brief is not ready to be handed off:\n${reasons.join('\n')}`);
}

/** The agent that would work: the one asked for, the brief's own, or the default. Throws AGENT_UNKNOWN. */
export function chooseAgent({ front }: Brief, asked: string | null, fallback: string | null): string {
  const chosen = asked ?? front.agent ?? (front.command === undefined ? fallback : 'command');
  if (chosen === null) fail('AGENT_UNKNOWN', 'the brief names no agent, and no default agent is configured');
  if (chosen === 'command' && front.command === undefined) {
    fail('AGENT_UNKNOWN', 'the `command` agent needs a `command:` in the brief');
  }
  return chosen;
}
