/** Whether a changed setting lets more through, less, or something that only a person can tell. */
import type { Fact } from './facts';

/**
 * What a setting's value means.
 * - `floor`, `ceiling`: a number that must be reached, or not be passed; a change for the worse is `checks/threshold`.
 * - `patience`: retries and time: more of it hides what fails now and then.
 * - `strict`, `lax`: true is the stricter, or the looser value.
 * - `level`: off, warn, error.
 * - `exclusions`: what is left out. `inclusions`: what is looked at; absent means everything or a default.
 * - `enables`: what is switched on; absent means little.
 * - `filter`: a choice of tests by name.
 * - `arguments`: options of a command line.
 * - `mappings`: names and what they stand for: another one takes nothing away, a changed one may.
 * - `neutral`: says nothing about what is found.
 */
export type Direction =
  | 'floor'
  | 'ceiling'
  | 'patience'
  | 'strict'
  | 'lax'
  | 'level'
  | 'exclusions'
  | 'inclusions'
  | 'enables'
  | 'filter'
  | 'arguments'
  | 'mappings'
  | 'neutral';

export type Verdict = 'looser' | 'stricter' | 'unknown' | 'none';

/** The two sides of one setting, and whether the head's file builds on another one that may set it. */
export interface Sides {
  readonly before: Fact | undefined;
  readonly after: Fact | undefined;
  readonly inherits: boolean;
  /** Whether what is absent is on. */
  readonly onByDefault: boolean;
}

/** What a change of a setting of that direction means. */
export function judgeDirection(direction: Direction, sides: Sides): Verdict {
  const { before, after } = sides;
  if (direction === 'neutral') return 'none';
  if (before?.isCode || after?.isCode) return 'unknown';
  switch (direction) {
    case 'floor':
      return judgeNumber(numberOf(before), numberOf(after), 1, sides);
    case 'ceiling':
    case 'patience':
      return judgeNumber(numberOf(before), numberOf(after), -1, sides);
    case 'strict':
      return judgeFlag(flagOf(before), flagOf(after), sides);
    case 'lax':
      return judgeLax(flagOf(before), flagOf(after), sides);
    case 'level':
      return judgeLevel(levelOf(before), levelOf(after), sides);
    case 'exclusions':
      return opposite(judgeItems(sourcesIn(before), sourcesIn(after)));
    case 'enables':
      return judgeEnabled(itemsOf(before), itemsOf(after));
    case 'inclusions':
      return judgeInclusions(sides);
    case 'filter':
      return after === undefined ? 'stricter' : before === undefined ? 'looser' : 'unknown';
    case 'mappings':
      return before === undefined ? 'none' : 'unknown';
    case 'arguments':
      return judgeArguments(wordsOf(before), wordsOf(after));
  }
}

/** `sign` 1: higher is stricter. A number that comes or goes is a limit that comes or goes; 0 as a floor is none. */
function judgeNumber(before: Amount, after: Amount, sign: 1 | -1, { inherits }: Sides): Verdict {
  if (before === after) return 'none';
  if (before === 'other' || after === 'other') return 'unknown';
  if (before === null) return inherits ? 'unknown' : 'stricter';
  if (after === null) return inherits ? 'unknown' : 'looser';
  return (after - before) * sign > 0 ? 'stricter' : 'looser';
}

function judgeFlag(before: Flag, after: Flag, { inherits, onByDefault }: Sides): Verdict {
  if (before === after) return 'none';
  if (before === 'other' || after === 'other') return 'unknown';
  if (after === true) return 'stricter';
  if (before === true) return after === null && inherits ? 'unknown' : 'looser';
  // From absent to false: it only says the default, unless something else set it.
  return inherits || onByDefault ? 'looser' : 'none';
}

function judgeLax(before: Flag, after: Flag, { inherits }: Sides): Verdict {
  if (before === after) return 'none';
  if (before === 'other' || after === 'other') return 'unknown';
  if (after === true) return 'looser';
  return before === true ? 'stricter' : after === null && inherits ? 'unknown' : 'none';
}

function judgeLevel(before: Level, after: Level, { inherits }: Sides): Verdict {
  if (before === after) return 'none';
  if (before === 'other' || after === 'other') return 'unknown';
  if (before === null) {
    if (after === 2) return 'stricter';
    if (after === 0) return inherits ? 'looser' : 'none';
    return inherits ? 'unknown' : 'stricter';
  }
  if (after === null) return before === 0 ? 'stricter' : inherits ? 'unknown' : 'looser';
  return after > before ? 'stricter' : 'looser';
}

/** More is stricter. What was exchanged counts by what is lost. */
function judgeItems(before: readonly string[], after: readonly string[]): Verdict {
  const was = new Set(before);
  const now = new Set(after);
  const lost = before.some((item) => !now.has(item));
  const gained = after.some((item) => !was.has(item));
  if (lost && gained) return 'unknown';
  return lost ? 'looser' : gained ? 'stricter' : 'none';
}

/** `ALL` is more than any list. Where `*` stands for everything, another setting says so, and tells of its change. */
function judgeEnabled(before: readonly string[], after: readonly string[]): Verdict {
  if (before.includes('*') || after.includes('*')) return 'none';
  const [wasAll, isAll] = [before.includes('ALL'), after.includes('ALL')];
  if (wasAll !== isAll) return isAll ? 'stricter' : 'looser';
  return isAll ? 'none' : judgeItems(before, after);
}

function opposite(verdict: Verdict): Verdict {
  return verdict === 'looser' ? 'stricter' : verdict === 'stricter' ? 'looser' : verdict;
}

/** Patterns that begin with `!` take away. Without a list the tool looks everywhere, or in its default places. */
function judgeInclusions({ before, after }: Sides): Verdict {
  if (before === undefined || after === undefined) return 'unknown';
  const split = (fact: Fact) => {
    const items = itemsOf(fact);
    const isNegative = (item: string) => item.startsWith('!');
    return {
      wanted: items.filter((item) => !isNegative(item)),
      unwanted: items.filter((item) => isNegative(item) && !isOutput(item.slice(1))),
    };
  };
  const was = split(before);
  const now = split(after);
  const verdicts = [judgeItems(was.wanted, now.wanted), opposite(judgeItems(was.unwanted, now.unwanted))];
  return worst(verdicts);
}

/** Options that leave tests out, or let the run succeed without them (pytest and jest `--help`). */
const LOOSENING =
  /^(?:-[kmp]|--(?:ignore|ignore-glob|deselect|lf|last-failed|reruns|no-cov|passWithNoTests|exit-zero))(?:=|$)/;
const TIGHTENING =
  /^(?:--strict(?:-markers|-config)?|-W|--cov-branch|--cov|--doctest-modules|--forbid-only|--max-warnings)(?:=|$)/;

function judgeArguments(before: readonly string[], after: readonly string[]): Verdict {
  const was = new Set(before);
  const now = new Set(after);
  const lost = before.filter((item) => !now.has(item));
  const gained = after.filter((item) => !was.has(item));
  const looser = gained.some((item) => LOOSENING.test(item)) || lost.some((item) => TIGHTENING.test(item));
  const stricter = gained.some((item) => TIGHTENING.test(item)) || lost.some((item) => LOOSENING.test(item));
  if (looser && stricter) return 'unknown';
  if (looser) return 'looser';
  return stricter ? 'stricter' : 'none';
}

export function worst(verdicts: readonly Verdict[]): Verdict {
  return (['looser', 'unknown', 'stricter'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'none';
}

/** Folders of what tools produce or fetch: to leave them out hides nothing that people wrote. */
const FOLDERS = [
  ...['node_modules', 'bower_components', 'dist', 'build', 'out', 'output', 'coverage', 'next', 'nuxt', 'turbo'],
  ...[
    'svelte-kit',
    'venv',
    'env',
    'tox',
    'nox',
    'git',
    'cache',
    '[a-z]+_cache',
    'target',
    'htmlcov',
    'storybook-static',
  ],
  ...[
    '__pycache__',
    'eggs',
    'vscode-test',
    'yarn',
    'pnpm-store',
    'worktrees',
    'gradle',
    'angular',
    'vercel',
    'netlify',
  ],
  ...['expo', 'tmp', 'temp', 'logs'],
];
const OUTPUT = new RegExp(
  `^!?(?:<rootDir>)?(?:\\./|/|\\*\\*/|\\^)?\\\\?\\.?(?:${FOLDERS.join('|')})(?:[/\\\\].*)?\\)?\\$?$|egg-info|\\.min\\.\\w+$`,
);

/** What a list leaves out of what people wrote. */
function sourcesIn(fact: Fact | undefined): readonly string[] {
  return itemsOf(fact).filter((item) => !isOutput(item));
}

function isOutput(item: string): boolean {
  return OUTPUT.test(item);
}

type Amount = number | null | 'other';
type Flag = boolean | null | 'other';
type Level = 0 | 1 | 2 | null | 'other';

function numberOf(fact: Fact | undefined): Amount {
  if (fact === undefined) return null;
  if (typeof fact.value !== 'string') return 'other';
  if (fact.value === 'max') return Number.POSITIVE_INFINITY;
  const number = /(?:^|max: |max=|\s)(-?\d+(?:\.\d+)?)%?\}?$/.exec(fact.value.slice(-200).trim())?.[1];
  return number === undefined ? (fact.value === 'false' || fact.value === 'off' ? null : 'other') : Number(number);
}

function flagOf(fact: Fact | undefined): Flag {
  if (fact === undefined) return null;
  if (typeof fact.value !== 'string') return 'other';
  if (/^(?:true|yes|on|1|error)$/i.test(fact.value)) return true;
  return /^(?:false|no|off|0|null|none|)$/i.test(fact.value) ? false : 'other';
}

/** Words for levels of ESLint, Biome, Cargo, RuboCop, Pyright and Psalm. */
const LEVELS: Readonly<Record<string, Level>> = {
  ...{ off: 0, '0': 0, allow: 0, none: 0, false: 0, suppress: 0, ignore: 0 },
  ...{ warn: 1, '1': 1, warning: 1, info: 1, information: 1, on: 1 },
  ...{ error: 2, '2': 2, deny: 2, forbid: 2, true: 2, fatal: 2 },
};

function levelOf(fact: Fact | undefined): Level {
  if (fact === undefined) return null;
  if (typeof fact.value !== 'string') return 'other';
  return Object.hasOwn(LEVELS, fact.value.toLowerCase()) ? (LEVELS[fact.value.toLowerCase()] ?? 'other') : 'other';
}

/** Items of a list; text of a list in one value is split as INI files do. */
export function itemsOf(fact: Fact | undefined): readonly string[] {
  if (fact === undefined) return [];
  const lines = typeof fact.value === 'string' ? [fact.value] : fact.value;
  return lines
    .flatMap((line) => (/[,\s]/.test(line) && !/[(|{]/.test(line) ? line.split(/[,\s]+/) : [line]))
    .filter((item) => item !== '');
}

/** Options with their values as one word each. */
function wordsOf(fact: Fact | undefined): readonly string[] {
  const words = (typeof fact?.value === 'string' ? [fact.value] : (fact?.value ?? [])).flatMap((line) =>
    line.split(/\s+/),
  );
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && /^(?:-[kmWp]|--(?:ignore|deselect|reruns|cov))$/.test(last) && !word.startsWith('-')) {
      joined[joined.length - 1] = `${last}=${word}`;
    } else if (word !== '') joined.push(word);
  }
  return joined;
}
