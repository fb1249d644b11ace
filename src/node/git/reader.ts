/** Reads the two trees under comparison: blobs from one process, added lines from one patch that is scanned as it comes. */
import type { AddedLine, BlobContent, Change, SecretMatch, TreeReader } from '../../core/drift/diff';
import type { Closable } from '../../core/ports/machine';
import { BlobCache } from './blobCache';
import { COMPARE } from './diff';
import { openGit } from './git';
import { PatchScan } from './patch';
import { type BatchObject, ObjectBatch, streamGit } from './plumbing';

const DEFAULT_BLOB = 5 * 1024 * 1024;

/** A reader that can be told that everything will be asked, so that git works while the difference is being looked for. */
export interface GitReader extends TreeReader, Closable {
  /** Starts to read the added lines. */
  begin(): void;
}

/** Opens a reader on two trees or commits of a git directory of ours. Nothing is started before `begin` or a question. */
export function openReader(gitDir: string, base: string, head: string): GitReader {
  return new GitTreeReader(gitDir, base, head);
}

class GitTreeReader implements GitReader {
  readonly #gitDir: string;
  readonly #trees: { readonly base: string; readonly head: string };
  readonly #objects: ObjectBatch;
  readonly #paths = new Map<'base' | 'head', Promise<readonly string[]>>();
  readonly #roots = new Map<'base' | 'head', Promise<string | null>>();
  readonly #blobs: BlobCache;
  readonly #closing = new AbortController();
  readonly #linesOf = new WeakMap<Change, readonly AddedLine[]>();
  #added: Promise<PatchScan> | null = null;

  constructor(gitDir: string, base: string, head: string) {
    this.#gitDir = gitDir;
    this.#trees = { base: `${base}^{tree}`, head: `${head}^{tree}` };
    this.#objects = new ObjectBatch(gitDir);
    this.#blobs = new BlobCache((oid, maxBytes) => this.#objects.read(oid, maxBytes).then(asBlob));
  }

  begin(): void {
    // Whoever asks for the lines sees the failure; unasked it must not end the process.
    this.#patch().catch(() => undefined);
  }

  blob(oid: string, maxBytes = DEFAULT_BLOB): Promise<BlobContent | null> {
    return this.#blobs.read(oid, maxBytes);
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
    const known = this.#linesOf.get(change);
    if (known !== undefined) return known;
    const lines = (await this.#patch()).linesOf(change.oldOid, change.newOid);
    this.#linesOf.set(change, lines);
    return lines;
  }

  async secrets(text: string): Promise<readonly SecretMatch[]> {
    return (await import('../secrets/scan')).scanSecrets(text);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#objects.close(), this.#added?.catch(() => undefined)]);
  }

  #patch(): Promise<PatchScan> {
    this.#added ??= this.#scan();
    return this.#added;
  }

  async #scan(): Promise<PatchScan> {
    const scan = new PatchScan();
    const args = ['diff-tree', ...COMPARE, '--no-commit-id', '-p', '-U0', '--text', '--full-index', '--no-color'];
    const take = (chunk: Buffer) => scan.take(chunk);
    await streamGit(this.#gitDir, [...args, this.#trees.base, this.#trees.head], '', take, this.#closing.signal);
    scan.end();
    return scan;
  }
}

function asBlob(object: BatchObject | null): BlobContent | null {
  if (object === null || object.type !== 'blob') return null;
  return { oid: object.oid, size: object.size, bytes: object.bytes, tooLarge: object.bytes.length < object.size };
}
