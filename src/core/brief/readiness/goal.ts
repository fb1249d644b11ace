/** Readiness of the words: is there one goal, and can each criterion be proven? */
import type { Criterion } from '../brief';
import { criterionIds } from '../criterionIds';
import { PLACEHOLDER_CRITERION } from '../templates/template';
import { lineOfPath } from '../yamlDocument';
import { block, type ReadinessCase, type ReadinessFinding, warn } from './finding';

const MIN_WORDS = 4;

/**
 * Verbs that begin a piece of work, by the kind of work. Two kinds in one goal are two tasks; what merely follows from
 * a piece of work (update, test, document, keep, make) is of no kind.
 */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'something new': ['add', 'build', 'create', 'implement', 'introduce', 'support'],
  'a repair': ['correct', 'debug', 'fix', 'repair', 'resolve'],
  'a rebuilding': [
    'extract',
    'migrate',
    'port',
    'redesign',
    'refactor',
    'rename',
    'reorganise',
    'reorganize',
    'rewrite',
  ],
  'a removal': ['delete', 'deprecate', 'drop', 'remove'],
  'an upgrade': ['bump', 'upgrade'],
  'a tuning': ['optimise', 'optimize', 'speed'],
};
const KIND_OF_VERB = new Map(Object.entries(KINDS).flatMap(([kind, verbs]) => verbs.map((verb) => [verb, kind])));

export function judgeGoal({ brief }: ReadinessCase): ReadinessFinding[] {
  const line = brief.lines['# Goal'] ?? null;
  const words = brief.goal.match(/[\p{L}\p{N}][^\s]*/gu) ?? [];
  if (words.length === 0)
    return [block('readiness/no-goal', 'the goal is empty; say what should be true afterwards', line)];
  const findings: ReadinessFinding[] = [];
  if (words.length < MIN_WORDS) {
    const message = `the goal has fewer than ${MIN_WORDS} words; say what should be true afterwards, and for whom`;
    findings.push(warn('readiness/short-goal', message, line));
  }
  const verbs = leadingVerbs(brief.goal);
  const kinds = new Set(verbs.map((verb) => KIND_OF_VERB.get(verb)));
  if (kinds.size > 1) {
    const message = `the goal asks for several things (${[...new Set(verbs)].join(', ')}); one brief for each is easier to review`;
    findings.push(warn('readiness/several-goals', message, line));
  }
  return findings;
}

/** The known verbs that begin a sentence, a list item or a clause after `and`, `then`, `also` or a comma. */
function leadingVerbs(goal: string): string[] {
  const clauses = goal.toLowerCase().split(/[.,;:!?\n]|\b(?:and|then|also|plus)\b/);
  return clauses.map((clause) => /\p{L}+/u.exec(clause)?.[0] ?? '').filter((word) => KIND_OF_VERB.has(word));
}

export function judgeCriteria({ brief }: ReadinessCase): ReadinessFinding[] {
  const section = brief.lines['# Acceptance criteria'] ?? null;
  if (brief.criteria.every(saysNothing)) {
    return [block('readiness/no-criteria', 'no acceptance criterion says anything yet', section)];
  }
  const checks = brief.front.checks.map(({ name }) => name);
  return [...brief.criteria.flatMap((criterion) => judgeCriterion(criterion, checks)), ...judgeIds(brief.criteria)];
}

/** A test that names an id proves nothing when two criteria have it. */
function judgeIds(criteria: readonly Criterion[]): ReadinessFinding[] {
  const first = new Map<string, number>();
  return criterionIds(criteria).flatMap(({ id, key }, index) => {
    const before = first.get(key);
    if (before === undefined) first.set(key, index);
    if (before === undefined) return [];
    const message = `criteria ${before + 1} and ${index + 1} have the same id \`${id}\`; give one of them another`;
    return [warn('readiness/duplicate-id', message, criteria[index]?.line ?? null)];
  });
}

const saysNothing = ({ text }: Criterion) => text === '' || text === PLACEHOLDER_CRITERION;

function judgeCriterion({ text, proof, line }: Criterion, checks: readonly string[]): ReadinessFinding[] {
  if (text === '') return [warn('readiness/empty-criterion', 'a criterion without words', line)];
  if (text === PLACEHOLDER_CRITERION) {
    const message = 'a criterion that still has the words of the template; say what must be true, or take it out';
    return [warn('readiness/empty-criterion', message, line)];
  }
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  switch (proof.kind) {
    case 'review':
      return [];
    case 'none': {
      const message = `nothing proves "${shown}"; end it with \`(check: NAME)\` or \`(review)\``;
      return [warn('readiness/unproven-criterion', message, line)];
    }
    case 'check': {
      if (checks.includes(proof.check)) return [];
      const known = checks.length === 0 ? 'the brief has none' : `the checks are ${checks.join(', ')}`;
      const message = `"${shown}" names the check \`${proof.check}\`, which does not exist; ${known}`;
      return [block('readiness/unknown-check', message, line)];
    }
  }
}

export function judgeChecks({ brief: { front, lines } }: ReadinessCase): ReadinessFinding[] {
  if (front.checks.length > 0 || front.unchecked !== undefined) return [];
  const message = 'no check proves the result; name one under `checks`, or say why there is none under `unchecked`';
  return [block('readiness/no-check', message, lineOfPath(lines, 'checks'))];
}
