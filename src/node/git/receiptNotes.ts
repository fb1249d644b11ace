/**
 * Git notes of ours: the receipts of delivered commits, in `refs/notes/countersign` of the user's repository. The tree of
 * notes is changed through an index of ours and the ref by compare-and-swap, so that notes that others write at the same
 * time are kept.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountersignError, fail } from '../../core/errors';
import type { Repository, Signoff } from '../../core/events';
import { NOTES_REF } from '../../core/signoff/receipts';
import { type Receipt, withReceipts } from '../../core/verify/receipt';
import { joinNul, openGit } from './git';
import { DURABLE } from './landCommit';
import { tipOf } from './landRef';
import { ObjectBatch } from './plumbing';

/** Largest note that is read, in bytes. */
const NOTE_MOST = 4 * 1024 * 1024;
/** Times that a change is made anew because another process was faster. */
const TRIES = 20;

/** Adds the receipts to the commit's note. Throws GIT_FAILED, STORAGE_FAILED. */
export async function writeReceipts(
  { commonDir }: Pick<Repository, 'commonDir'>,
  commit: string,
  receipts: readonly Receipt[],
  by: Signoff['by'],
): Promise<void> {
  const git = openGit(commonDir);
  // Outside the repository: what a killed process leaves is not the user's to wonder about.
  const folder = await mkdtemp(join(tmpdir(), 'countersign-notes-'));
  const index = join(folder, 'index');
  const env = { GIT_INDEX_FILE: index };
  const person = {
    GIT_AUTHOR_NAME: by.name,
    GIT_AUTHOR_EMAIL: by.email,
    GIT_COMMITTER_NAME: by.name,
    GIT_COMMITTER_EMAIL: by.email,
  };
  try {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const tip = await tipOf(commonDir, NOTES_REF);
      const paths = tip === null ? [] : await pathsAt(commonDir, tip);
      const path = paths.find((one) => oidOf(one) === commit) ?? fannedLike(paths[0], commit);
      const before = tip === null ? null : await readAt(commonDir, tip, path);
      const after = withReceipts(before, receipts);
      if (after === before) return;
      const blob = await git.text(['hash-object', '-w', '--stdin'], { input: after, config: DURABLE });
      await rm(index, { force: true });
      if (tip !== null) await git.run(['read-tree', tip], { env });
      const input = joinNul([`100644 ${blob}\t${path}`]);
      await git.run(['update-index', '-z', '--index-info'], { input, env });
      const tree = await git.text(['write-tree'], { env, config: DURABLE });
      const parents = tip === null ? [] : ['-p', tip];
      const made = await git.text(['commit-tree', '--no-gpg-sign', tree, ...parents, '-F', '-'], {
        input: `Notes added by Countersign for ${commit}\n`,
        env: person,
        config: DURABLE,
      });
      if (await swapped(commonDir, tip, made, person)) return;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  fail('GIT_FAILED', `${NOTES_REF} was changed by others again and again`);
}

/** The note of a commit; null when there is none here. */
export async function readNote({ commonDir }: Pick<Repository, 'commonDir'>, commit: string): Promise<string | null> {
  return (await readNotes(commonDir, [commit])).get(commit) ?? null;
}

/** The notes of commits, as far as there are any here. */
export async function readNotes(gitDir: string, commits: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>();
  const tip = commits.length === 0 ? null : await tipOf(gitDir, NOTES_REF);
  if (tip === null) return notes;
  const wanted = new Set(commits);
  for (const path of await pathsAt(gitDir, tip)) {
    const oid = oidOf(path);
    if (!wanted.has(oid)) continue;
    const text = await readAt(gitDir, tip, path);
    if (text !== null) notes.set(oid, text);
  }
  return notes;
}

function pathsAt(gitDir: string, tip: string): Promise<string[]> {
  return openGit(gitDir).list(['ls-tree', '-r', '-z', '--name-only', '--full-tree', tip]);
}

/** The object that a path of a notes tree is about: git spreads many over folders of two digits. */
function oidOf(path: string): string {
  return path.replaceAll('/', '');
}

/** The path of a new note, spread as another one is. Git reads any mixture. */
function fannedLike(other: string | undefined, commit: string): string {
  const folders = other === undefined ? 0 : other.split('/').length - 1;
  const parts = Array.from({ length: folders }, (_, at) => commit.slice(at * 2, at * 2 + 2));
  return [...parts, commit.slice(folders * 2)].join('/');
}

async function readAt(gitDir: string, tip: string, path: string): Promise<string | null> {
  const objects = new ObjectBatch(gitDir);
  try {
    const found = await objects.read(`${tip}:${path}`, NOTE_MOST);
    if (found === null || found.type !== 'blob') return null;
    if (found.bytes.length < found.size) fail('GIT_FAILED', `the note at ${path} is larger than ${NOTE_MOST} bytes`);
    return found.bytes.toString('utf8');
  } finally {
    await objects.close();
  }
}

/** Moves the ref, if it is still where it was, and says so in its log: to another task it would be a move by nobody. */
async function swapped(
  gitDir: string,
  from: string | null,
  to: string,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  const input = `update ${NOTES_REF}\0${to}\0${from ?? '0'.repeat(to.length)}\0`;
  try {
    const args = ['update-ref', '--no-deref', '-m', 'countersign: receipts', '-z', '--stdin'];
    await openGit(gitDir).run(args, { input, env, config: DURABLE });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof CountersignError) || thrown.code !== 'GIT_FAILED') throw thrown;
    // Another process was faster, or holds the lock at this moment; what else is wrong is wrong again.
    return false;
  }
}
