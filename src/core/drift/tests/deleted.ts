/** `tests/deleted`: files and cases that are nowhere any more. */
import type { RawFinding, Severity } from '../report';
import { findingIn, namesOf } from './finding';
import type { TestCase } from './model';
import type { Side, TestChange } from './sides';
import type { DeletedSources } from './subjects';
import { takesAnyName } from './testPaths';

/** What a file has lost, after everything that was found elsewhere. */
export interface Departed {
  readonly change: TestChange;
  readonly side: Side;
  readonly gone: readonly TestCase[];
  /** Cases that the base side had. */
  readonly all: number;
  /** Cases of the file that came, and are none that moved here. */
  readonly came: readonly TestCase[];
}

/** One finding for a file. */
export function judgeDeparted(
  { change, side, gone, all, came }: Departed,
  sources: DeletedSources,
): readonly RawFinding[] {
  if (gone.length === 0) return [];
  const isExplained = sources.explains(side, gone);
  const why = isExplained ? ', with the code that it tested' : '';
  const isReplaced = gone.every((test) => livesOn(test, came));
  const severity: Severity = isExplained || isReplaced || isDoubtful(change) ? 'warn' : 'block';
  const evidence = namesOf(gone);
  const isWhole = change.after === null && gone.length === all;
  if (isWhole) {
    const message = `${fate(change)}${why}: ${gone.length === 1 ? 'its case no longer runs' : `its ${gone.length} cases no longer run`}`;
    return [findingIn(side, { rule: 'tests/deleted', severity, line: null, message, evidence })];
  }
  const instead = isReplaced ? '; others came, which may take their place' : '';
  const message = `${gone.length === 1 ? 'A case is' : `${gone.length} cases are`} gone${why}${instead}`;
  return [findingIn(side, { rule: 'tests/deleted', severity, line: null, message, evidence })];
}

/** Shorter ones are in every test. */
const LITERAL = /"[^"\n]{3,200}"|'[^'\n]{3,200}'|\b\d{3,}\b/g;

/** Whether others that came speak of what a case spoke of: rewritten, split, or made a row. */
function livesOn(test: TestCase, came: readonly TestCase[]): boolean {
  const literals = (test.body ?? '').match(LITERAL) ?? [];
  if (literals.length === 0 || came.length === 0) return false;
  const texts = came.map(({ body = '', rows }) => `${body} ${rows?.join(' ') ?? ''}`).join(' ');
  return literals.filter((literal) => texts.includes(literal.slice(1, -1))).length * 2 > literals.length;
}

/** A test file without any case that could be told: its name says what it was. */
export function judgeBareFile(change: TestChange, side: Side, sources: DeletedSources): readonly RawFinding[] {
  const severity = sources.explains(side, []) ? 'warn' : 'block';
  return [
    findingIn(side, { rule: 'tests/deleted', severity, line: null, message: fate(change), evidence: 'the whole file' }),
  ];
}

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
