/** Both sides of a changed test file, read into the model. */
import { MODE } from '../changes';
import type { Change, TreeReader } from '../diff';
import type { Language } from '../syntax/language';
import { isWithinLimits, LONGEST_SOURCE, type Syntax } from '../syntax/parse';
import { parseOnce } from '../syntax/parses';
import type { TestFile } from './model';
import { READERS, type ReadTests } from './readers';
import { mayHoldTests } from './readers/rust/presence';
import { placesOf, type TestPath } from './testPaths';

export interface Side {
  readonly path: string;
  readonly place: TestPath;
  readonly text: string;
  readonly file: TestFile;
}

/** A file whose base or head side runners take, or that tests share. */
export interface TestChange {
  readonly change: Change;
  /** Null: there is no such side, or no runner takes it. */
  readonly before: Side | null;
  readonly after: Side | null;
  /** Where the base side was a test by its place; it tells what a side that was not read would have been. */
  readonly placeBefore: TestPath | null;
  readonly placeAfter: TestPath | null;
  /** Why a side was not read. */
  readonly unread: string | null;
}

/** Most bytes of a test file that are read. */
const LONGEST_FILE = 4 * LONGEST_SOURCE;
/** Sources in whose text no test can stand are not parsed. */
const MAY_HOLD_TESTS = /\btest\b/;

/** What a reader says of a source without tests. */
const NO_TESTS: TestFile = {
  cases: [],
  helpers: [],
  skip: null,
  mocks: new Map(),
  patience: new Map(),
  readBy: 'syntax',
};

/** Whether a change touches something that has to be read as a test. */
export function touchesTests(change: Change): boolean {
  return [placeBeforeOf(change), placeAfterOf(change)].some(isRead);
}

function isRead(place: TestPath | null): boolean {
  return place !== null && place.language !== null && place.kind !== 'snapshot' && place.kind !== 'fixture';
}

function placeBeforeOf(change: Change): TestPath | null {
  return change.status === 'A' ? null : placesOf(change)[0];
}

function placeAfterOf(change: Change): TestPath | null {
  return change.status === 'D' ? null : placesOf(change)[1];
}

function oldPathOf({ status, oldPath, path }: Change): string | null {
  return status === 'A' ? null : (oldPath ?? path);
}

function newPathOf({ status, path }: Change): string | null {
  return status === 'D' ? null : path;
}

/** Reads the sides that runners take. Never throws for what they contain. */
export async function readChange(change: Change, reader: TreeReader): Promise<TestChange> {
  const [oldPath, newPath] = [oldPathOf(change), newPathOf(change)];
  const [placeBefore, placeAfter] = [placeBeforeOf(change), placeAfterOf(change)];
  const before = await readSide(oldPath, placeBefore, change.oldOid, change.oldMode, reader);
  const after = await readSide(newPath, placeAfter, change.newOid, change.newMode, reader);
  return {
    change,
    before: typeof before === 'string' ? null : before,
    after: typeof after === 'string' ? null : after,
    placeBefore,
    placeAfter,
    unread: typeof after === 'string' ? after : typeof before === 'string' ? before : null,
  };
}

/** The side; a text when it could not be read: why. */
async function readSide(
  path: string | null,
  place: TestPath | null,
  oid: string | null,
  mode: string | null,
  reader: TreeReader,
): Promise<Side | string | null> {
  if (path === null || place === null || oid === null || place.language === null || !isRead(place)) return null;
  if (mode === MODE.link || mode === MODE.gitlink) return null;
  const blob = await reader.blob(oid, LONGEST_FILE);
  if (blob === null) return 'there is no such content';
  if (blob.tooLarge) return `it has ${blob.size} bytes`;
  const text = new TextDecoder('utf-8').decode(blob.bytes);
  if (place.kind === 'inline' && !MAY_HOLD_TESTS.test(text)) return null;
  const file = await readText(path, text, place.language, reader);
  return typeof file === 'string' ? file : { path, place, text, file };
}

async function readText(
  path: string,
  text: string,
  language: Language,
  reader: TreeReader,
): Promise<TestFile | string> {
  if (text.length > LONGEST_SOURCE) return `it has ${text.length} characters`;
  if (language === 'rust' && !mayHoldTests(path, text) && isWithinLimits(text)) return NO_TESTS;
  const read = await readerOf(language);
  if (read === undefined) return `there is no reader for ${language}`;
  const syntax = await parseOnce(reader, language, text);
  const file = safely(() => read({ path, text, syntax }));
  if (file === null) return 'no parser could take it';
  return syntax !== null && isTorn(file, syntax) ? { ...file, isTorn: true } : file;
}

const LOADED = new Map<Language, Promise<ReadTests>>();

/** Loaded once: even what is loaded already is looked up again by every `import`. */
function readerOf(language: Language): Promise<ReadTests> | undefined {
  const loading = LOADED.get(language) ?? READERS[language]?.();
  if (loading !== undefined) LOADED.set(language, loading);
  return loading;
}

function isTorn({ helpers }: TestFile, { tree }: Syntax): boolean {
  const isLoose = helpers?.some(({ name, assertions }) => name === '' && assertions.length > 0) ?? false;
  if (!isLoose) return false;
  let hasErrors = false;
  tree.iterate({
    enter: ({ type }) => {
      hasErrors ||= type.isError;
      return !hasErrors;
    },
  });
  return hasErrors;
}

/** A source can be nested deeper than a stack is. */
function safely<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
