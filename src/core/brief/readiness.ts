/** Readiness: what a brief lacks to be handed off, as findings with stable rule ids. */

import { CountersignError } from '../errors';
import { applyPolicy } from './applyPolicy';
import type { Brief } from './brief';
import { parseBrief, readBrief } from './parse';
import { EMPTY_POLICY } from './policy';
import { judgeBudget } from './readiness/budget';
import {
  block,
  type ReadinessCase,
  type ReadinessFacts,
  type ReadinessFinding,
  type ReadinessRule,
  warn,
} from './readiness/finding';
import { judgeChecks, judgeCriteria, judgeGoal } from './readiness/goal';
import { judgeOverlap, judgeScope } from './readiness/scope';
import { judgeAgent, judgeCommands, judgeGrants, judgeReviewer } from './readiness/surroundings';
import { lineOfPath, type Problem } from './yamlDocument';

export type { ReadinessFacts, ReadinessFinding, ReadinessRule, Reporting } from './readiness/finding';

const RULES: readonly ((readiness: ReadinessCase) => ReadinessFinding[])[] = [
  judgeGoal,
  judgeCriteria,
  judgeScope,
  judgeChecks,
  judgeReviewer,
  judgeCommands,
  judgeGrants,
  judgeAgent,
  judgeBudget,
  judgeOverlap,
];

/**
 * Everything that a parsed brief lacks, in the order of its lines; what is about no line comes last. The brief is judged
 * as the policy of `facts` tightens it. Ready means that no finding is a `block`. Throws PATTERN_INVALID only when the
 * `change` patterns of a live task are none.
 */
export function assessReadiness(brief: Brief, facts: ReadinessFacts): ReadinessFinding[] {
  const policy = facts.policy ?? EMPTY_POLICY;
  const tightened = applyPolicy(brief, policy);
  const overruled = tightened.notes
    .filter(({ kind }) => kind === 'overruled')
    .map(({ path, message }) => warn('readiness/policy', message, lineOfPath(brief.lines, path)));
  const agent = facts.agent ?? brief.front.agent ?? (brief.front.command === undefined ? null : 'command');
  const readiness: ReadinessCase = { brief: tightened.brief, facts, policy, agent };
  const findings = [...overruled, ...RULES.flatMap((rule) => rule(readiness))];
  return findings.sort((a, b) => (a.line ?? Number.POSITIVE_INFINITY) - (b.line ?? Number.POSITIVE_INFINITY) || 0);
}

/** What `brief check` shows: the brief if it parses, the error if it does not, and the findings in both cases. */
export interface BriefInspection {
  readonly brief: Brief | null;
  readonly error: CountersignError | null;
  readonly findings: readonly ReadinessFinding[];
}

/** Reads and assesses a brief; a file that does not parse gives blocking findings instead of an exception. */
export function inspectBrief(source: string | Uint8Array, file: string, facts: ReadinessFacts): BriefInspection {
  try {
    const brief = parseBrief(source, file);
    return { brief, error: null, findings: assessReadiness(brief, facts) };
  } catch (thrown) {
    if (!(thrown instanceof CountersignError)) throw thrown;
    if (thrown.code !== 'BRIEF_INVALID') {
      const { line, message } = placed(thrown.message, file);
      return { brief: null, error: thrown, findings: [block('readiness/unparsable', message, line)] };
    }
    const findings = readBrief(source, file).problems.map((problem) =>
      block(ruleOf(problem), problem.message, problem.line),
    );
    return { brief: null, error: thrown, findings };
  }
}

/** A message that begins with its place, `file:line: `, taken apart. */
function placed(text: string, file: string): { readonly line: number | null; readonly message: string } {
  const [, line, message] = (text.startsWith(`${file}:`) && /^(\d+): (.*)$/s.exec(text.slice(file.length + 1))) || [];
  return line === undefined || message === undefined ? { line: null, message: text } : { line: Number(line), message };
}

/** A missing part that the interface has a rule for; everything else is a file that cannot be read. */
function ruleOf({ path, message }: Problem): ReadinessRule {
  const isMissing = /found (?:nothing|no |an empty)/.test(message);
  if (isMissing && path === '# Goal') return 'readiness/no-goal';
  if (isMissing && path === '# Acceptance criteria') return 'readiness/no-criteria';
  if (isMissing && (path === 'scope' || path === 'scope.change')) return 'readiness/no-scope';
  return 'readiness/unparsable';
}
