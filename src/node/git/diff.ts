/** The difference of two trees as records, from `-z` output: no patch is parsed for a path. */
import type { Change } from '../../core/drift/diff';
import { fail } from '../../core/errors';
import { openGit } from './git';

/** Renames are looked for among at most this many added and deleted files; beyond it they are judged as both. */
const RENAME_LIMIT = 1_000;

/** How two trees are compared everywhere, so that two runs of git pair the same files in the same order. */
export const COMPARE: readonly string[] = ['-r', '-M', `-l${RENAME_LIMIT}`, '--no-ext-diff', '--no-textconv'];

const ABSENT = /^0+$/;

/**
 * What changed from tree (or commit) `a` to `b`, in git's order. `gitDir` must be one of ours: `--numstat` obeys the
 * attributes of checkout, index and git directory even with `--text`, and they would decide what is counted.
 */
export async function diffTrees(gitDir: string, a: string, b: string, signal?: AbortSignal): Promise<Change[]> {
  const args = ['diff-tree', ...COMPARE, '--raw', '--numstat', '-z', '--no-commit-id', `${a}^{tree}`, `${b}^{tree}`];
  return parseChanges(await openGit(gitDir).list(args, { signal }));
}

/** Reads the records of `diff-tree --raw --numstat -z`. Throws GIT_FAILED when they are not in the expected form. */
export function parseChanges(records: readonly string[]): Change[] {
  const changes: Change[] = [];
  const counts = new Map<string, readonly [number | null, number | null]>();
  for (let at = 0; at < records.length; ) {
    const record = records[at++]!;
    if (record.startsWith(':')) {
      const change = parseRaw(record, records[at], records[at + 1]);
      at += change.oldPath === null ? 1 : 2;
      changes.push(change);
    } else {
      const [insertions, deletions, path] = record.split(/\t(.*?)\t(.*)/s);
      if (insertions === undefined || deletions === undefined || path === undefined) malformed(record);
      const renamed = path === '';
      const key = renamed ? records[at + 1] : path;
      if (renamed) at += 2;
      if (key === undefined) malformed(record);
      counts.set(key, [count(insertions), count(deletions)]);
    }
  }
  return changes.map((change) => {
    const [insertions, deletions] = counts.get(change.path) ?? [0, 0];
    return { ...change, insertions, deletions };
  });
}

function parseRaw(record: string, first: string | undefined, second: string | undefined): Change {
  const match = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([AMDRT])\d*$/.exec(record);
  if (match === null || first === undefined) malformed(record);
  const [, oldMode, newMode, oldOid, newOid, letter] = match;
  const renamed = letter === 'R';
  if (renamed && second === undefined) malformed(record);
  return {
    status: letter as Change['status'],
    path: renamed ? second! : first,
    oldPath: renamed ? first : null,
    oldMode: present(oldMode!),
    newMode: present(newMode!),
    oldOid: present(oldOid!),
    newOid: present(newOid!),
    insertions: 0,
    deletions: 0,
  };
}

function present(text: string): string | null {
  return ABSENT.test(text) ? null : text;
}

function count(text: string): number | null {
  return text === '-' ? null : Number(text);
}

function malformed(record: string): never {
  return fail('GIT_FAILED', `git diff-tree gave an unexpected record: ${JSON.stringify(record.slice(0, 200))}`);
}
