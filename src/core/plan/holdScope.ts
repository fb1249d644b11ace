/** Holds the patterns of an answer against the repository: what names nothing, or everything, is dropped with its reason. */
import { compilePattern } from '../brief/pattern';
import { compileScope } from '../brief/scope';
import { CountersignError } from '../errors';
import type { AnsweredBrief } from './answer';
import type { Drops } from './drops';
import type { Offer } from './offer';
import { lineOf } from './texts';

export interface HeldPattern {
  readonly pattern: string;
  readonly why: string;
  /** Paths of the repository that it matches. */
  readonly files: number;
  /** It names what is not there yet, and the answer said so. */
  readonly isNew: boolean;
}

export interface HeldScope {
  readonly change: readonly HeldPattern[];
  readonly avoid: readonly HeldPattern[];
}

/** Repositories of fewer files may be in scope whole, file by file. */
const SMALL = 12;
export const WHY_LIMIT = 300;

type Answered = AnsweredBrief['change'][number];

/** The patterns that can stand; `change` may be empty then. The policy's own `avoid` is not among them. */
export function holdScope(brief: Pick<AnsweredBrief, 'change' | 'avoid'>, offer: Offer, drops: Drops): HeldScope {
  const change = withoutWhole(
    distinct(brief.change).flatMap((one) => heldChange(one, offer, drops) ?? []),
    offer,
    drops,
  );
  const avoid = distinct(brief.avoid).flatMap((one) => heldAvoid(one, change, offer, drops) ?? []);
  return { change, avoid };
}

function distinct(patterns: readonly Answered[]): readonly Answered[] {
  return [...new Map(patterns.toReversed().map((one) => [one.pattern, one] as const)).values()].toReversed();
}

function heldChange(one: Answered, { paths, facts }: Offer, drops: Drops): HeldPattern | null {
  const drop = (why: string) => {
    drops.add(one.pattern, why);
    return null;
  };
  const problem = problemOf(one.pattern);
  if (problem !== null) return drop(problem);
  const scope = compileScope({ change: [one.pattern], avoid: [] });
  if (scope.matchesWholeRepository) return drop('it is the whole repository, and no scope');
  const matched = paths.filter((path) => scope.judge(path) === 'in');
  if (matched.length === 0) {
    if (one.new !== true) return drop('it matches no file, and was not said to be new');
    if (!isPlain(one.pattern)) return drop('what is not there yet must be named without wildcards');
  } else if (matched.length === paths.length && paths.length > SMALL) {
    return drop(`it matches every one of the ${paths.length} files, and is no scope`);
  }
  const forbidden = facts.policy?.scope.avoid ?? [];
  if (forbidden.length > 0) {
    const left = compileScope({ change: [one.pattern], avoid: forbidden });
    const isLeft =
      matched.length > 0
        ? matched.some((path) => left.judge(path) === 'in')
        : left.judge(placeOf(one.pattern)) === 'in';
    if (!isLeft) return drop('the policy of the team lets none of it change');
  }
  return {
    pattern: one.pattern,
    why: lineOf(one.why ?? '', WHY_LIMIT),
    files: matched.length,
    isNew: matched.length === 0,
  };
}

/** Patterns that are harmless one by one can be everything together. */
function withoutWhole(held: readonly HeldPattern[], { paths }: Offer, drops: Drops): readonly HeldPattern[] {
  if (held.length === 0) return held;
  const scope = compileScope({ change: held.map(({ pattern }) => pattern), avoid: [] });
  const isAll = paths.length > SMALL && paths.every((path) => scope.judge(path) === 'in');
  if (!isAll && !scope.matchesWholeRepository) return held;
  for (const { pattern } of held) drops.add(pattern, 'together with the others it is the whole repository');
  return [];
}

function heldAvoid(one: Answered, change: readonly HeldPattern[], { paths }: Offer, drops: Drops): HeldPattern | null {
  const drop = (why: string) => {
    drops.add(`avoid ${one.pattern}`, why);
    return null;
  };
  const problem = problemOf(one.pattern);
  if (problem !== null) return drop(problem);
  const matcher = compileScope({ change: [one.pattern], avoid: [] });
  const files = paths.filter((path) => matcher.judge(path) === 'in').length;
  if (files === 0 && (one.new !== true || !isPlain(one.pattern))) return drop('it matches no file');
  if (!leavesSomething(change, [one.pattern], paths)) return drop('nothing would be left that may change');
  return { pattern: one.pattern, why: lineOf(one.why ?? '', WHY_LIMIT), files, isNew: files === 0 };
}

/** Whether a scope still lets something change: a file that is there, or one that is said to be new. */
export function leavesSomething(
  change: readonly HeldPattern[],
  avoid: readonly string[],
  paths: readonly string[],
): boolean {
  const scope = compileScope({ change: change.map(({ pattern }) => pattern), avoid });
  return (
    paths.some((path) => scope.judge(path) === 'in') ||
    change.some(({ pattern, isNew }) => isNew && scope.judge(placeOf(pattern)) === 'in')
  );
}

/** Why a pattern cannot be read; null when it can. A control character would be read by nobody as it is. */
function problemOf(pattern: string): string | null {
  if (/[\p{Cc}\p{Cf}]/u.test(pattern)) return 'it holds characters that nobody can see';
  try {
    compilePattern(pattern);
    return null;
  } catch (thrown) {
    if (thrown instanceof CountersignError) return 'it is no pattern of a brief';
    throw thrown;
  }
}

/** A path, or everything below one. */
function isPlain(pattern: string): boolean {
  return !/(?<!\\)[*?{]/.test(pattern.replace(/\/\*\*$/, ''));
}

/** A path that a plain pattern means. */
function placeOf(pattern: string): string {
  return pattern
    .replace(/\/\*\*$/, '')
    .replace(/^\.\//, '')
    .replaceAll('\\', '')
    .replace(/\/$/, '');
}
