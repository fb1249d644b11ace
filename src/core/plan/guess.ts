/** The shape of a brief without any model: what the places, the words of the wish and the project say. */
import { draftBrief } from '../brief/draft';
import { inferPatterns } from '../brief/inferScope';
import { patternOfPath } from '../brief/pattern';
import { scopeOf } from '../brief/scopeOf';
import type { AnsweredBrief } from './answer';
import { holdAnswer } from './hold';
import { noPlan } from './noPlan';
import type { Offer, SeenPlace } from './offer';
import { kindOfPlace } from './offer';
import type { Proposal, Wish } from './plan';

/** Words of a wish that are looked at. */
const MOST_WORDS = 400;
/** Tests beside what was pointed at that are proposed. */
const MOST_TESTS = 12;

type Pattern = AnsweredBrief['change'][number];

/**
 * A brief from the wish's own words and the repository. It says of itself that nobody thought about it.
 *
 * @throws PLAN_NONE when not even that can be made
 */
export function guessPlan(wish: Wish, places: readonly SeenPlace[], offer: Offer): Proposal {
  const remark =
    'guessed without a model: scope and checks by the repository, the goal in your own words. Read every line.';
  const { facts } = offer;
  const check = facts.policy?.checks[0]?.name ?? (facts.testCommand === null ? null : 'tests');
  const brief: AnsweredBrief = {
    title: titleOf(wish.intent),
    goal: { text: wish.intent, why: 'your own words' },
    nonGoals: [],
    change: patternsOf(wish, places, offer),
    avoid: [],
    criteria: [
      { text: wish.intent, check: null, why: 'your own words: say by what one sees that it is done' },
      {
        text: 'what worked before still works',
        check,
        why: check === null ? 'no test command was found' : 'the project has these tests',
      },
    ],
    checks: [],
    budget: null,
    after: [],
  };
  const held = holdAnswer({ run: '', questions: [], briefs: [brief] }, { ...wish, final: true }, offer, remark);
  if (held.proposal === null) throw noPlan(held.problem);
  return { ...held.proposal, notes: [...notesOf(wish, offer), ...held.proposal.notes] };
}

function notesOf({ intent }: Wish, { facts }: Offer): string[] {
  const items = intent.split('\n').filter((line) => /^\s{0,3}(?:[-*+]|\d{1,3}[.)])\s/.test(line)).length;
  return [
    'guessed without a model: the scope follows what you pointed at, the criteria are your own words',
    ...(facts.testCommand === null && facts.policy === null ? ['no test command was found: say how it is proven'] : []),
    ...(items > 1 ? [`your wish has ${items} items: a planner could split it, or you write a brief for each`] : []),
  ];
}

/** Words that lead on to the next one: a title that was cut does not end with one. */
const LEADING = /^(?:and|or|but|that|which|the|an?|to|of|in|on|at|by|for|with|from|as|it)$/i;
const TITLE_WORDS = 10;
const TITLE_LENGTH = 72;

/** The first words of a wish. */
function titleOf(intent: string): string {
  const words = intent.trim().split(/\s+/);
  const taken: string[] = [];
  let length = 0;
  for (const word of words.slice(0, TITLE_WORDS)) {
    length += word.length + 1;
    if (length > TITLE_LENGTH) break;
    taken.push(word);
  }
  if (taken.length < words.length) while (taken.length > 1 && LEADING.test(taken.at(-1) ?? '')) taken.pop();
  const title = taken.length === 0 ? (words[0] ?? '').slice(0, TITLE_LENGTH) : taken.join(' ');
  return title.replace(/[.:;,!?]$/, '');
}

/** What was pointed at, with its tests; else what the wish names; else the folders that the project works in. */
function patternsOf(wish: Wish, places: readonly SeenPlace[], offer: Offer): Pattern[] {
  const pointed = places.filter(({ path }) => path !== '' && path !== '.');
  const own = pointed.length > 0 ? pointed : namedIn(wish.intent, offer.paths);
  const because = pointed.length > 0 ? 'you pointed at it' : 'your sentence names it';
  if (own.length > 0) {
    const patterns = own.map(({ path, kind }): Pattern => {
      const pattern = kind === 'folder' ? `${patternOfPath(path)}/**` : patternOfPath(path);
      return { pattern, why: because, new: kind === 'absent' };
    });
    return [...patterns, ...testsOf(own, offer.paths)];
  }
  // As `brief new` proposes.
  const found = scopeOf(draftBrief(offer.facts)).change.filter(
    (pattern) => pattern !== 'src/**' || offer.paths.some((path) => path.startsWith('src/')),
  );
  const all = found.length > 0 ? found : inferPatterns(offer.paths, offer.paths).slice(0, 50);
  return all.map((pattern) => ({ pattern, why: 'the project has its files there: make it narrower', new: false }));
}

/** Paths that stand in a sentence as they are. */
function namedIn(intent: string, paths: readonly string[]): readonly Pick<SeenPlace, 'path' | 'kind'>[] {
  const words = intent
    .split(/[\s"'`,;()<>]+/)
    .slice(0, MOST_WORDS)
    .map((word) => word.replace(/^\.\//, '').replace(/[.:/]+$/, ''))
    .filter((word) => /[./]/.test(word));
  const named = [...new Set(words)].map((path) => ({ path, kind: kindOfPlace({ path, line: null }, paths) }));
  return named.filter(({ kind }) => kind !== 'absent');
}

/** Tests by their names: `retry.test.ts`, `test_retry.py`, `retry_test.go`, `RetryTest.java` of `retry`. */
function testsOf(own: readonly Pick<SeenPlace, 'path' | 'kind'>[], paths: readonly string[]): Pattern[] {
  const stems = own
    .filter(({ kind }) => kind !== 'folder')
    .map(({ path }) =>
      path
        .slice(path.lastIndexOf('/') + 1)
        .replace(/\..*$/s, '')
        .toLowerCase(),
    )
    .filter((stem) => stem.length > 1);
  const there = new Set(own.map(({ path }) => path));
  const found = paths.filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    return !there.has(path) && stems.some((stem) => isTestOf(name, stem));
  });
  return found
    .slice(0, MOST_TESTS)
    .map((path) => ({ pattern: patternOfPath(path), why: 'its tests, by their name', new: false }));
}

function isTestOf(name: string, stem: string): boolean {
  return (
    name.startsWith(`${stem}.test.`) ||
    name.startsWith(`${stem}.spec.`) ||
    name.startsWith(`${stem}_test.`) ||
    name.startsWith(`${stem}_spec.`) ||
    name.startsWith(`test_${stem}.`) ||
    name.startsWith(`${stem}test.`) ||
    name.startsWith(`${stem}tests.`)
  );
}
