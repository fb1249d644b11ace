/** `tests/deleted`: files and cases that are nowhere any more. */
import { append } from '../append';
import type { RawFinding, Severity } from '../report';
import { findingIn, namesOf } from './finding';
import type { TestCase } from './model';
import {
  isHelperNow,
  isReworded,
  isRowOf,
  livesElsewhere,
  livesOn,
  ownValues,
  type Standing,
  spokenTexts,
} from './remains';
import type { Side, TestChange } from './sides';
import type { DeletedSources } from './subjects';
import { takesAnyName } from './testPaths';
import type { VanishedNames } from './vanished';

/** What a file has lost, after everything that was found elsewhere. */
export interface Departed {
  readonly change: TestChange;
  readonly side: Side;
  readonly gone: readonly TestCase[];
  /** Cases that the base side had. */
  readonly all: number;
  /** Cases of the file that came, and are none that moved here. */
  readonly came: readonly TestCase[];
  /** Cases of the file that are still there. */
  readonly staying: readonly TestCase[];
  /** Tables of the file that are new, or have more rows. */
  readonly grown: readonly TestCase[];
  /** What the cases of other files that came speak of, a set of words for each. */
  readonly elsewhere: readonly ReadonlySet<string>[];
}

/** What the change shows beyond the file. */
export interface Findable {
  readonly sources: DeletedSources;
  readonly vanished: VanishedNames;
  readonly standing: Standing;
  /** Functions that assert, in all changed files. */
  readonly helpers: ReadonlySet<string>;
}

/** Why a person has to look, and nobody is stopped. */
type Reason = 'code' | 'empty' | 'silent' | 'near' | 'came';

/** One finding for a file, or for those of its cases that went for one reason. */
export function judgeDeparted(departed: Departed, findable: Findable): readonly RawFinding[] {
  const { change, side, gone, all } = departed;
  const isWhole = change.after === null && gone.length === all;
  const reasonOf = reasons(departed, findable);
  const found = gone.map((test) => [test, reasonOf(test)] as const);
  // A file is of one thing: what some of its cases do not name they need all the same.
  const isOfCode = isWhole && found.filter(([, reason]) => reason === 'code').length * 2 > all;
  const groups = new Map<Reason | null, TestCase[]>();
  for (const [test, reason] of found) append(groups, isOfCode ? 'code' : reason, test);
  return [...groups].map(([reason, tests]) => {
    const severity: Severity = reason !== null || isDoubtful(change) ? 'warn' : 'block';
    const message = `${isWhole ? wholeGone(change, tests.length, all) : manyGone(tests.length)}${said(reason, tests.length === 1)}`;
    return findingIn(side, { rule: 'tests/deleted', severity, line: null, message, evidence: namesOf(tests) });
  });
}

function wholeGone(change: TestChange, gone: number, all: number): string {
  if (gone < all) return `${fate(change)}: ${gone} of its ${all} cases no longer run`;
  return `${fate(change)}: ${all === 1 ? 'its case no longer runs' : `its ${all} cases no longer run`}`;
}

function manyGone(gone: number): string {
  return gone === 1 ? 'A case is gone' : `${gone} cases are gone`;
}

function said(reason: Reason | null, isOne: boolean): string {
  switch (reason) {
    case 'code':
      return `, with the code that ${isOne ? 'it' : 'they'} tested`;
    case 'empty':
      return isOne ? '; it asserted nothing that can fail' : '; they asserted nothing that can fail';
    case 'silent':
      return isOne ? '; it did not run before' : '; they did not run before';
    case 'near':
      return isOne ? '; nearly the same stands elsewhere' : '; nearly the same stand elsewhere';
    case 'came':
      return `; others came, which may take ${isOne ? 'its' : 'their'} place`;
    default:
      return '';
  }
}

function reasons(
  { change, side, gone, came, staying, grown, elsewhere }: Departed,
  { sources, vanished, standing, helpers }: Findable,
): (test: TestCase) => Reason | null {
  const isDeleted = sources.explains(side);
  const valuesOf = ownValues(staying);
  const texts = gone.length > MOST_REWRITTEN ? '' : spokenTexts(came, helpers);
  const isVanished = vanished.explains(change.after?.text ?? '');
  const tables = grown.length === 0 || gone.length > MOST_MERGED ? [] : grown;
  return (test) => {
    if (isDeleted(test) || isVanished(test)) return 'code';
    if (test.skip !== null && !test.conditional) return 'silent';
    if (test.assertions.length > 0 && test.assertions.every(({ trivial }) => trivial)) return 'empty';
    if (standing.nearly(test) !== null || isHelperNow(test, change.after?.file ?? null)) return 'near';
    const values = valuesOf(test);
    const isThere = livesOn(values, texts) || isReworded(test, came) || isRowOf(test, tables);
    return isThere || livesElsewhere(values, elsewhere) ? 'came' : null;
  };
}

/** More cases than this are not looked for in what came to their file. */
const MOST_REWRITTEN = 300;
/** More cases than this are not taken for rows of a table that makes the same claims. */
const MOST_MERGED = 10;

/** A test file without any case that could be told: its name says what it was. */
export function judgeBareFile(change: TestChange, side: Side, sources: DeletedSources): readonly RawFinding[] {
  // What exports something is as likely what tests share.
  const severity = sources.explainsFile(side) || EXPORTS.test(side.text) ? 'warn' : 'block';
  return [
    findingIn(side, { rule: 'tests/deleted', severity, line: null, message: fate(change), evidence: 'the whole file' }),
  ];
}

const EXPORTS = /^(?:export\b|module\.exports\b|exports\.)/m;

export function fate({ change: { status, path } }: TestChange): string {
  switch (status) {
    case 'D':
      return 'The test file is deleted';
    case 'R':
      return `The test file is renamed to ${path}, which no runner takes`;
    default:
      return 'The test file holds no source any more';
  }
}

/** A place that some runners take: by their folder, or by a name in a folder of data. */
function isDoubtful({ change, placeBefore, placeAfter }: TestChange): boolean {
  if (change.status !== 'R') return false;
  return placeBefore?.kind === 'folder' || placeAfter?.kind === 'fixture';
}

/** A file that kept its cases under a name that fewer runners take. */
export function judgeDemoted({ change, before, after }: TestChange): readonly RawFinding[] {
  if (change.status !== 'R' || before === null || after === null || after.file.cases.length === 0) return [];
  const language = after.place.language;
  if (language === null || takesAnyName(language)) return [];
  if (before.place.kind !== 'test' || (after.place.kind !== 'folder' && after.place.kind !== 'support')) return [];
  const message = `${before.path} has a new name that only runners which go by folder take`;
  return [
    findingIn(after, {
      rule: 'tests/deleted',
      severity: 'warn',
      line: null,
      message,
      evidence: `renamed from ${before.path}`,
    }),
  ];
}
