/** Reads the two trees under comparison: blobs from one process, added lines from one patch that is scanned as it comes. */
import type { AddedLine, BlobContent, Change, SecretMatch, TreeReader } from '../../core/drift/diff';
import type { Closable } from '../../core/ports';
import { COMPARE } from './diff';
import { openGit } from './git';
import { PatchScan } from './patch';
import { type BatchObject, ObjectBatch, streamGit } from './plumbing';

const DEFAULT_BLOB = 5 * 1024 * 1024;

/** Opens a reader on two trees or commits of a git directory of ours. Nothing is started before the first question. */
export function openReader(gitDir: string, base: string, head: string): TreeReader & Closable {
  return new GitTreeReader(gitDir, base, head);
}

class GitTreeReader implements TreeReader, Closable {
  readonly #gitDir: string;
  readonly #trees: { readonly base: string; readonly head: string };
  readonly #objects: ObjectBatch;
  readonly #paths = new Map<'base' | 'head', Promise<readonly string[]>>();
  readonly #roots = new Map<'base' | 'head', Promise<string | null>>();
  #added: Promise<PatchScan> | null = null;

  constructor(gitDir: string, base: string, head: string) {
    this.#gitDir = gitDir;
    this.#trees = { base: `${base}^{tree}`, head: `${head}^{tree}` };
    this.#objects = new ObjectBatch(gitDir);
  }

  async blob(oid: string, maxBytes = DEFAULT_BLOB): Promise<BlobContent | null> {
    return asBlob(await this.#objects.read(oid, maxBytes));
  }

  async at(side: 'base' | 'head', path: string): Promise<BlobContent | null> {
    const root = await this.#root(side);
    return root === null ? null : asBlob(await this.#objects.read(`${root}:${path}`, DEFAULT_BLOB));
  }

  /** The tree's own name: what may stand before `:path`. */
  #root(side: 'base' | 'head'): Promise<string | null> {
    const known = this.#roots.get(side);
    if (known !== undefined) return known;
    const root = this.#objects.read(this.#trees[side], 0).then((tree) => tree?.oid ?? null);
    this.#roots.set(side, root);
    return root;
  }

  paths(side: 'base' | 'head'): Promise<readonly string[]> {
    const known = this.#paths.get(side);
    if (known !== undefined) return known;
    const listed = openGit(this.#gitDir).list(['ls-tree', '-r', '-z', '--name-only', '--full-tree', this.#trees[side]]);
    this.#paths.set(side, listed);
    return listed;
  }

  async addedLines(change: Change): Promise<readonly AddedLine[]> {
    if (change.newOid === null || change.newMode === '160000') return [];
    this.#added ??= this.#scan();
    return (await this.#added).linesOf(change.oldOid, change.newOid);
  }

  async secrets(text: string): Promise<readonly SecretMatch[]> {
    return (await import('../secrets/scan')).scanSecrets(text);
  }

  close(): Promise<void> {
    return this.#objects.close();
  }

  async #scan(): Promise<PatchScan> {
    const scan = new PatchScan();
    const args = ['diff-tree', ...COMPARE, '--no-commit-id', '-p', '-U0', '--text', '--full-index', '--no-color'];
    await streamGit(this.#gitDir, [...args, this.#trees.base, this.#trees.head], '', (chunk) => scan.take(chunk));
    scan.end();
    return scan;
  }
}

function asBlob(object: BatchObject | null): BlobContent | null {
  if (object === null || object.type !== 'blob') return null;
  return { oid: object.oid, size: object.size, bytes: object.bytes, tooLarge: object.bytes.length < object.size };
}
