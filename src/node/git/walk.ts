/**
 * Looks at every entry of a folder with lstat, before git is let near it: what git would hang on, pass over or be fooled
 * by. Links are never followed and nothing is opened, so that a FIFO, a link to a device or a file of 100 GB costs no more
 * than any other entry.
 */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTick } from 'node:timers/promises';
import { fail } from '../../core/errors';

/** Files above this are not read into a snapshot (a 3 GB file costs 22 s in `git add`). */
export const MAX_FILE = 100 * 1024 * 1024;

/** Most entries looked at; a folder that holds more is refused. */
const MAX_ENTRIES = 2_000_000;

/** Longest relative path that git and the file system handle for sure, in bytes. */
const MAX_PATH = 3_500;

/**
 * Most findings of one kind. What git is kept from by name must all be known, so a folder that holds more is refused; what
 * could not be read is told anyway, and cut.
 */
const MAX_FINDINGS = 1_000;

/** Entries between two breaths of the event loop: about 5 ms. */
const SLICE = 1_000;

export interface Walk {
  readonly special: readonly { path: string; kind: string }[];
  readonly oversize: readonly { path: string; size: number }[];
  readonly unreadable: readonly { path: string; reason: string }[];
  /** Folders below the top that hold a `.git`, in whatever spelling a file system may read as that. */
  readonly nested: readonly string[];
  /** Every `.gitignore` that is a regular file. */
  readonly ignoreFiles: readonly string[];
  /** Folders that were not entered because `enter` said no. */
  readonly skipped: readonly string[];
  readonly entries: number;
}

export interface WalkOptions {
  /** Relative folder to start from; '' is the top. */
  readonly from?: readonly string[];
  /** Whether to look inside a folder; asked with its relative path and name. */
  readonly enter?: (path: string, name: string) => boolean;
  /** Called for every regular file and link. */
  readonly file?: (path: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The spellings of `.git` that git itself guards against: letter case, NTFS short name, trailing dots, spaces and streams. */
const GIT_NAME = /^(\.git|git~1)[. ]*(:.*)?$/i;

/** Whether a file system may read a name as `.git`. */
export function isGitName(name: string): boolean {
  return GIT_NAME.test(name);
}

/**
 * Walks below `top`. Paths are relative with `/`; a start that is no folder, or is reached through a link, holds nothing.
 * Throws SNAPSHOT_FAILED when there is too much to be told, STOPPED when the signal is aborted.
 */
export async function walk(top: string, options: WalkOptions = {}): Promise<Walk> {
  const special: { path: string; kind: string }[] = [];
  const oversize: { path: string; size: number }[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const nested: string[] = [];
  const ignoreFiles: string[] = [];
  const skipped: string[] = [];
  const folders = (options.from ?? ['']).filter((start) => isFolderBelow(top, start));
  let entries = 0;
  let breath = SLICE;

  const visit = (folder: string, name: string, isFolder: boolean, kind: string | null): void => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (Buffer.byteLength(path) > MAX_PATH) {
      note(unreadable, { path: `${path.slice(0, 400)}…`, reason: 'the path is too long' });
    } else if (isGitName(name)) {
      if (folder !== '' && nested.at(-1) !== folder) nested.push(folder);
      else if (folder === '' && name !== '.git') nested.push(path);
    } else if (kind !== null) {
      special.push({ path, kind });
    } else if (isFolder) {
      if (options.enter === undefined || options.enter(path, name)) folders.push(path);
      else skipped.push(path);
    } else {
      visitFile(path, name);
    }
  };

  const visitFile = (path: string, name: string): void => {
    const stat = lstatSync(join(top, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isFile() && stat.size > MAX_FILE) oversize.push({ path, size: stat.size });
    if (stat.isFile() && name === '.gitignore') ignoreFiles.push(path);
    options.file?.(path);
  };

  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (options.signal?.aborted) fail('STOPPED', 'stopped');
    for (const entry of list(top, folder, unreadable)) {
      visit(folder, entry.name, entry.isDirectory(), kindOf(entry));
      entries++;
      if (--breath === 0) {
        breath = SLICE;
        await nextTick();
      }
    }
    assertAtMost(MAX_ENTRIES, entries, 'files and folders');
  }
  assertAtMost(MAX_FINDINGS, nested.length, 'repositories');
  assertAtMost(MAX_FINDINGS, special.length, 'pipes, sockets and devices');
  assertAtMost(MAX_FINDINGS, oversize.length, `files of more than ${MAX_FILE} bytes`);
  return { special, oversize, unreadable, nested, ignoreFiles, skipped, entries };
}

function assertAtMost(limit: number, count: number, what: string): void {
  if (count <= limit) return;
  fail('SNAPSHOT_FAILED', `the folder holds ${count} ${what}; up to ${limit} are looked at`, {
    fix: "remove them from the task's folder, then resume the task",
  });
}

/** Whether every step of the way below `top` is a folder, and none a link. */
export function isFolderBelow(top: string, path: string): boolean {
  let place = top;
  try {
    return path.split('/').every((name) => {
      place = join(place, name);
      return lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
    });
  } catch {
    // It may not be looked at: listing it will say so.
    return true;
  }
}

type Entry = ReturnType<typeof readEntries>[number];

function readEntries(path: string) {
  return readdirSync(path, { withFileTypes: true });
}

function list(top: string, folder: string, unreadable: { path: string; reason: string }[]): Entry[] {
  try {
    return readEntries(join(top, folder));
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? String(thrown);
    // Gone since its parent was listed: an agent may still be writing while we look.
    if (code !== 'ENOENT') note(unreadable, { path: folder, reason: code });
    return [];
  }
}

function kindOf(entry: Entry): string | null {
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'device';
  return null;
}

function note<T>(findings: T[], finding: T): void {
  if (findings.length < MAX_FINDINGS) findings.push(finding);
}
