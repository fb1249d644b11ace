/** `scope/destructive`: deletion in bulk, and deletion of what a revert may not bring back. */
import { compileMatcher } from '../../brief/scope';
import type { BoundaryTable } from '../boundaries';
import type { Change } from '../diff';
import type { ContentRule, PathRule } from '../input';
import type { RawFinding } from '../report';

/** Below this many files, half of a folder is an everyday edit. */
const SMALLEST_FOLDER = 5;
const NAMED = 8;
/** The empty blob's name in SHA-1 and SHA-256 repositories: a file emptied is as gone as one deleted. */
const EMPTY_BLOBS: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/** Files that hold data of users or of the project rather than code. */
const isData = compileMatcher([
  '**/*.{sql,csv,tsv,sqlite,sqlite3,db,mdb,parquet,avro,jsonl,ndjson,dump,bak}',
  '**/{seeds,uploads,backups}/**',
  '**/data/**/*.{json,yaml,yml,xml,txt,md}',
]);

/** More deleted files than the limit, and every deleted data file or migration. Reads nothing. */
export const judgeDeletions: PathRule = ({ changes, limits, boundaries }) => {
  const deleted = deletions(changes);
  const findings: RawFinding[] = changes
    .filter((change) => isGone(change) && holdsData(change.path, boundaries))
    .map((change) => ({
      rule: 'scope/destructive',
      path: change.path,
      message: `${change.path} holds data or a migration, and is gone.`,
      evidence: change.status === 'D' ? 'deleted' : 'emptied',
    }));
  if (deleted.length > limits.deletedFiles) {
    findings.push({
      rule: 'scope/destructive',
      path: null,
      message: `${deleted.length} files are deleted (more than ${limits.deletedFiles}).`,
      evidence: named(deleted),
    });
  }
  return findings;
};

/** Folders that lost at least the limit's share of their files: the topmost of each, if it had five files or more. */
export const judgeEmptiedFolders: ContentRule = async ({ changes, limits, reader }) => {
  const deleted = deletions(changes);
  if (deleted.length < SMALLEST_FOLDER * limits.deletedShare) return { findings: [] };
  const lost = countByFolder(deleted);
  const had = countByFolder(await reader.paths('base'));
  const emptied = [...lost.keys()].filter((folder) => {
    const size = had.get(folder) ?? 0;
    return size >= SMALLEST_FOLDER && (lost.get(folder) ?? 0) >= size * limits.deletedShare;
  });
  const lostWhole = new Set(emptied);
  const topmost = emptied.filter(
    (folder) => !foldersOf(folder).some((above) => above !== folder && lostWhole.has(above)),
  );
  return {
    findings: topmost.map((folder) => ({
      rule: 'scope/destructive',
      path: folder === '' ? null : folder,
      message: `${lost.get(folder)} of ${had.get(folder)} files of ${folder || 'the repository'} are deleted.`,
      evidence: named(deleted.filter((path) => folder === '' || path.startsWith(`${folder}/`))),
    })),
  };
};

function deletions(changes: readonly Change[]): readonly string[] {
  return changes.filter((change) => change.status === 'D').map((change) => change.path);
}

function isGone(change: Change): boolean {
  if (change.status === 'D') return true;
  return change.status === 'M' && change.oldOid !== change.newOid && EMPTY_BLOBS.has(change.newOid ?? '');
}

function holdsData(path: string, boundaries: BoundaryTable): boolean {
  return isData(path.toLowerCase()) || boundaries.of(path).includes('schema');
}

/** How many of the paths lie at or below each folder; the repository itself is `''`. */
function countByFolder(paths: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    for (const folder of foldersOf(path).slice(0, -1)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}

/** `a/b/c` → `''`, `a`, `a/b`, `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const folders = [''];
  if (path === '') return folders;
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  folders.push(path);
  return folders;
}

function named(paths: readonly string[]): string {
  const rest = paths.length - NAMED;
  return paths.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
