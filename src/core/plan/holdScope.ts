/** Holds the patterns of an answer against the repository: what names nothing, or everything, is dropped with its reason. */
import { compilePattern } from '../brief/pattern';
import { compileScope } from '../brief/scope';
import { CountersignError } from '../errors';
import type { AnsweredBrief } from './answer';
import type { Drops } from './drops';
import { countCovered, countFree } from './matchCounts';
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
/** Patterns of a list that are looked at: a scope that a person reads has fewer. */
const MOST_PATTERNS = 30;
export const WHY_LIMIT = 300;

type Answered = AnsweredBrief['change'][number];

/** The patterns that can stand; `change` may be empty then. The policy's own `avoid` is not among them. */
export function holdScope(brief: Pick<AnsweredBrief, 'change' | 'avoid'>, offer: Offer, drops: Drops): HeldScope {
  const told = { change: (text: string) => text, avoid: (text: string) => `avoid ${text}` };
  const change = withoutEverything(readable(brief.change, told.change, drops), drops);
  const avoid = readable(brief.avoid, told.avoid, drops);
  const forbidden = offer.facts.policy?.scope.avoid ?? [];
  const held = withoutWhole(heldChange(change, { ...offer, forbidden }, drops), offer, drops);
  return { change: held, avoid: heldAvoid(avoid, held, offer, drops) };
}

const patternOf = ({ pattern }: { readonly pattern: string }) => pattern;

/** Each pattern once, as far as it is one. */
function readable(patterns: readonly Answered[], told: (pattern: string) => string, drops: Drops): readonly Answered[] {
  const distinct = new Map(patterns.toReversed().map((one) => [one.pattern, one] as const));
  const held = [...distinct.values()].toReversed().filter(({ pattern }) => {
    const problem = problemOf(pattern);
    if (problem !== null) drops.add(told(pattern), problem);
    return problem === null;
  });
  for (const { pattern } of held.slice(MOST_PATTERNS)) drops.add(told(pattern), `more than ${MOST_PATTERNS} patterns`);
  return held.slice(0, MOST_PATTERNS);
}

/** Whether patterns mean every path that a repository could hold. */
function isEverything(patterns: readonly Answered[]): boolean {
  if (patterns.length === 0) return false;
  return compileScope({ change: patterns.map(({ pattern }) => pattern), avoid: [] }).matchesWholeRepository;
}

function withoutEverything(patterns: readonly Answered[], drops: Drops): readonly Answered[] {
  if (!isEverything(patterns)) return patterns;
  const held = patterns.filter((one) => !isEverything([one]));
  for (const { pattern } of patterns) {
    if (held.every((one) => one.pattern !== pattern)) drops.add(pattern, 'it is the whole repository, and no scope');
  }
  if (!isEverything(held)) return held;
  for (const { pattern } of held) drops.add(pattern, TOGETHER);
  return [];
}

const TOGETHER = 'together with the others it is the whole repository';

function heldChange(
  change: readonly Answered[],
  { paths, forbidden }: Pick<Offer, 'paths'> & { readonly forbidden: readonly string[] },
  drops: Drops,
): readonly HeldPattern[] {
  const policy = compileScope({ change: forbidden, avoid: [] });
  const counts = countFree(change.map(patternOf), forbidden, paths);
  return change.flatMap((one, index) => {
    const { files, asked: free } = counts[index]!;
    const why = whyNoScope(one, files, paths.length);
    const isFree = files > 0 ? free > 0 : policy.judge(placeOf(one.pattern)) !== 'in';
    if (why === null && isFree) {
      return [{ pattern: one.pattern, why: lineOf(one.why ?? '', WHY_LIMIT), files, isNew: files === 0 }];
    }
    drops.add(one.pattern, why ?? 'the policy of the team lets none of it change');
    return [];
  });
}

function whyNoScope(one: Answered, files: number, all: number): string | null {
  if (files === all && all > SMALL) return `it matches every one of the ${all} files, and is no scope`;
  if (files > 0) return null;
  if (one.new !== true) return 'it matches no file, and was not said to be new';
  return isPlain(one.pattern) ? null : 'what is not there yet must be named without wildcards';
}

/** Patterns that are harmless one by one can match every file together. */
function withoutWhole(held: readonly HeldPattern[], { paths }: Offer, drops: Drops): readonly HeldPattern[] {
  if (held.length === 0 || paths.length <= SMALL) return held;
  const scope = compileScope({ change: held.map(({ pattern }) => pattern), avoid: [] });
  if (!paths.every((path) => scope.judge(path) === 'in')) return held;
  for (const { pattern } of held) drops.add(pattern, TOGETHER);
  return [];
}

function heldAvoid(
  avoid: readonly Answered[],
  change: readonly HeldPattern[],
  { paths }: Offer,
  drops: Drops,
): readonly HeldPattern[] {
  const { counts, changing } = countCovered(avoid.map(patternOf), change.map(patternOf), paths);
  return avoid.flatMap((one, index) => {
    const { files, asked: covered } = counts[index]!;
    const isNew = files === 0;
    const isNothing = isNew && (one.new !== true || !isPlain(one.pattern));
    // What is new is outside of every count.
    const swallows = covered === changing && !leavesSomething(change, [one.pattern], []);
    if (!isNothing && !swallows) return [{ pattern: one.pattern, why: lineOf(one.why ?? '', WHY_LIMIT), files, isNew }];
    drops.add(`avoid ${one.pattern}`, isNothing ? 'it matches no file' : 'nothing would be left that may change');
    return [];
  });
}

/** Whether a scope still lets something change: a file that is there, or one that is said to be new. */
export function leavesSomething(
  change: readonly HeldPattern[],
  avoid: readonly string[],
  paths: readonly string[],
): boolean {
  const scope = compileScope({ change: change.map(({ pattern }) => pattern), avoid });
  return (
    change.some(({ pattern, isNew }) => isNew && scope.judge(placeOf(pattern)) === 'in') ||
    paths.some((path) => scope.judge(path) === 'in')
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
