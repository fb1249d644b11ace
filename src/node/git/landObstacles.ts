/**
 * What stands in the way of changing paths of a working tree. Git itself says what is modified, through a copy of the
 * index, with the user's own conversions; nothing of the user's is written to.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import { visible } from '../../core/visible';
import type { Git } from './git';
import { copyIndex } from './indexFile';
import type { CheckoutPlace } from './landOccupied';
import { lstatOrNull, parentsOf } from './landPaths';
import { type CheckoutTarget, GITLINK, type LandedPath, openCheckout } from './landTarget';

interface Obstacle {
  readonly path: string;
  readonly why: string;
}

/** Paths named in a refusal. */
const NAMED = 10;

/** Throws LANDING_DIRTY, naming what would be overwritten. A copy of the index is made below `scratch`, and removed. */
export async function requireClean(target: CheckoutTarget, scratch = tmpdir()): Promise<void> {
  const found = await obstacles(target, scratch);
  if (found.length === 0) return;
  const named = found.slice(0, NAMED).map(({ path, why }) => `${visible(path)} (${why})`);
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
  const { root } = target.checkout;
  fail('LANDING_DIRTY', `not landed, because these would be overwritten in ${root}: ${named.join(', ')}${more}`);
}

/** Every change that cannot be made without losing something of the user's. */
async function obstacles(target: CheckoutTarget, scratch: string): Promise<Obstacle[]> {
  const { checkout, changes } = target;
  if (changes.length === 0) return [];
  const folder = await mkdtemp(join(scratch, 'countersign-index-'));
  try {
    const git = openCheckout(target);
    await requireFull(git, checkout);
    const index = await readIndex(git, join(folder, 'index'));
    const leaving = new Set(changes.filter((change) => change.after === null).map((change) => change.path));
    const look = new Look(checkout.root, index, leaving);
    const found: Obstacle[] = [];
    for (const change of changes) {
      const why = await look.at(change);
      if (why !== null) found.push({ path: change.path, why });
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A sparse checkout decides by rules of its own which paths have files; those are git's to apply. */
async function requireFull(git: Git, { root }: CheckoutPlace): Promise<void> {
  const sparse = await git.text(['config', '--type=bool', '--get', 'core.sparseCheckout'], { exits: [0, 1] });
  if (sparse !== 'true') return;
  fail('REPOSITORY_UNSUPPORTED', `${root} is a sparse checkout, and has the target checked out`, {
    fix: 'deliver as a branch, and merge it with git',
  });
}

interface IndexEntry {
  /** `H` = plain; lower case = assume-unchanged; `S` = skip-worktree (git-ls-files(1), -t and -v). */
  readonly tag: string;
  readonly mode: string;
  readonly oid: string;
  readonly stage: string;
}

interface Index {
  readonly entries: ReadonlyMap<string, IndexEntry>;
  /** Every folder that has an entry below it. */
  readonly folders: ReadonlySet<string>;
  /** Paths whose file is not what the index says; nothing is known of those that a flag marks. */
  readonly modified: ReadonlySet<string>;
}

async function readIndex(git: Git, copy: string): Promise<Index> {
  await copyIndex(join(git.gitDir, 'index'), copy).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown;
  });
  const env = { GIT_INDEX_FILE: copy };
  await git.run(['update-index', '-q', '--ignore-submodules', '--refresh'], { env, exits: [0, 1] });
  const modified = await git.list(['diff-files', '-z', '--name-only', '--ignore-submodules=dirty'], { env });
  const entries = readEntries(await git.list(['ls-files', '-z', '-s', '-v'], { env }));
  const folders = new Set<string>();
  for (const path of entries.keys()) for (const folder of parentsOf(path)) folders.add(folder);
  return { entries, folders, modified: new Set(modified) };
}

/** Entries of `ls-files -s -v -z` by path; of an unmerged path, its last stage. */
export function readEntries(records: readonly string[]): Map<string, IndexEntry> {
  const entries = new Map<string, IndexEntry>();
  for (const record of records) {
    const match = /^(\S) (\d{6}) ([0-9a-f]+) (\d)\t(.+)$/s.exec(record);
    if (match === null)
      fail('GIT_FAILED', `git ls-files gave an unexpected record: ${JSON.stringify(record.slice(0, 200))}`);
    const [, tag = '', mode = '', oid = '', stage = '', path = ''] = match;
    entries.set(path, { tag, mode, oid, stage });
  }
  return entries;
}

/** Looks at one path after the other. */
class Look {
  constructor(
    private readonly root: string,
    private readonly index: Index,
    /** Paths that the landing deletes. */
    private readonly leaving: ReadonlySet<string>,
  ) {}

  /** Why the change cannot be made, or null. */
  async at(change: LandedPath): Promise<string | null> {
    const changed = this.#tracked(change);
    if (changed !== null) return changed;
    if (change.after === null) return null;
    if (change.before === null) return (await this.#blockedAbove(change.path)) ?? this.#blockedAt(change.path);
    // A submodule that becomes a file: its folder is the user's unless it is empty.
    return change.before.mode === GITLINK && change.after.mode !== GITLINK ? this.#blockedAt(change.path) : null;
  }

  #tracked({ path, before }: LandedPath): string | null {
    const entry = this.index.entries.get(path);
    if (before === null) {
      if (entry !== undefined) return 'staged';
      return this.index.folders.has(path) && this.#stays(path) ? 'staged files lie below it' : null;
    }
    if (entry === undefined) return 'its deletion is staged';
    if (entry.stage !== '0') return 'unmerged';
    if (entry.tag !== 'H') return entry.tag === 'h' ? 'marked assume-unchanged' : 'marked skip-worktree';
    if (entry.mode !== before.mode || entry.oid !== before.oid) return 'staged changes';
    return this.index.modified.has(path) ? 'changed' : null;
  }

  #stays(folder: string): boolean {
    for (const path of this.index.entries.keys()) {
      if (path.startsWith(`${folder}/`) && !this.leaving.has(path)) return true;
    }
    return false;
  }

  async #blockedAbove(path: string): Promise<string | null> {
    for (const parent of parentsOf(path)) {
      if (this.index.entries.has(parent) && !this.leaving.has(parent)) return `${parent} is staged as a file`;
      const stat = await lstatOrNull(join(this.root, parent));
      if (stat === null) return null;
      if (!stat.isDirectory()) return this.leaving.has(parent) ? null : `${parent} is no folder`;
    }
    return null;
  }

  async #blockedAt(path: string): Promise<string | null> {
    // A parent that will be replaced by a folder hides nothing below it.
    if (parentsOf(path).some((parent) => this.leaving.has(parent))) return null;
    const stat = await lstatOrNull(join(this.root, path));
    if (stat === null) return null;
    if (!stat.isDirectory()) return 'an untracked or ignored file is there';
    const stranger = await this.#stranger(path);
    return stranger === null ? null : `the folder holds ${stranger}`;
  }

  /** A file below the folder that the landing does not delete. */
  async #stranger(folder: string): Promise<string | null> {
    for (const entry of await readdir(join(this.root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) {
        if (!this.leaving.has(path)) return path;
        continue;
      }
      const below = await this.#stranger(path);
      if (below !== null) return below;
    }
    return null;
  }
}
