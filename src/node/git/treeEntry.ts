/** Finds what a commit has at a path by reading the trees on the way: no process, and no path that git would expand. */
import { fail } from '../../core/errors';
import type { ObjectBatch } from './plumbing';

export interface FoundEntry {
  /** Octal, six digits, as `git ls-tree` prints it. */
  readonly mode: string;
  readonly oid: string;
}

/** Bytes of one tree object: a folder of some 200,000 files. */
const TREE_LIMIT = 16 * 1024 * 1024;

/**
 * @returns null when there is nothing, or a folder, at the path
 * @throws GIT_FAILED when a folder on the way is too large to be read
 */
export async function entryAtPath(objects: ObjectBatch, commit: string, path: string): Promise<FoundEntry | null> {
  const names = path.split('/');
  let tree = `${commit}^{tree}`;
  for (const [depth, name] of names.entries()) {
    const read = await objects.read(tree, TREE_LIMIT);
    if (read?.type !== 'tree') return null;
    if (read.bytes.length < read.size) fail('GIT_FAILED', `a folder on the way to ${path} is too large to be read`);
    const found = entryNamed(read.bytes, Buffer.from(name), read.oid.length / 2);
    if (found === null) return null;
    const isFolder = found.mode === '040000';
    if (depth === names.length - 1) return isFolder ? null : found;
    if (!isFolder) return null;
    tree = found.oid;
  }
  return null;
}

/** A tree object is a row of `<mode> <name>\0<oid bytes>`: gitformat-pack(5) and the Git book, "Git Objects". */
function entryNamed(tree: Buffer, name: Buffer, oidBytes: number): FoundEntry | null {
  for (let at = 0; at < tree.length; ) {
    const blank = tree.indexOf(0x20, at);
    const end = tree.indexOf(0, blank);
    if (blank < 0 || end < 0) return null;
    const next = end + 1 + oidBytes;
    if (tree.subarray(blank + 1, end).equals(name)) {
      const mode = tree.toString('latin1', at, blank).padStart(6, '0');
      return { mode, oid: tree.toString('hex', end + 1, next) };
    }
    at = next;
  }
  return null;
}
