/** The commits of a range, as the gate judges them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../core/errors';
import type { GateCommit } from '../core/signoff/gate';
import { parseTrailers } from '../core/signoff/trailers';
import { nullDevice } from './git/environment';
import { openGit } from './git/git';
import { readNotes } from './git/receiptNotes';
import { locateRevisions } from './revisions';

/** Object name, tree, parents, message: each ended by a NUL (`-z` ends the last). */
const FORMAT = '--format=tformat:%H%x00%T%x00%P%x00%B';
const FIELDS = 4;

/**
 * Every commit that `head` reaches and `base` does not, newest first, whatever configuration, replace
 * refs, grafts and notes would show instead.
 *
 * @param folder a folder in the repository
 * @throws REVISION_NOT_FOUND; REPOSITORY_UNSUPPORTED when a shallow clone cuts the range; the repository's errors
 */
export async function commitsOfRange(folder: string, base: string, head: string): Promise<GateCommit[]> {
  const located = await locateRevisions(folder, [base, head]);
  const [from, to] = located.revisions.map(
    ({ commit }, at) =>
      commit ?? fail('REVISION_NOT_FOUND', `\`${[base, head][at]}\` names a tree, which is in no range`),
  );
  const git = openGit(located.gitDir);
  const plain = ['--no-show-signature', '--no-notes', '--no-color', '--no-mailmap', '--encoding=UTF-8', '--no-patch'];
  const env = { GIT_GRAFT_FILE: nullDevice() };
  const fields = await git.list(['log', '-z', FORMAT, ...plain, `${from}..${to}`], { env });
  const commits: GateCommit[] = [];
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const [oid, tree, parents, message] = fields.slice(at, at + FIELDS) as [string, string, string, string];
    commits.push({ oid, tree, parents: parents.split(' ').filter((parent) => parent !== ''), message });
  }
  await refuseCutRange(located.commonDir, commits);
  const signed = commits.filter(({ message }) => parseTrailers(message).kind === 'delivered');
  const notes = await readNotes(
    located.gitDir,
    signed.map(({ oid }) => oid),
  );
  return commits.map((commit) => ({ ...commit, note: notes.get(commit.oid) ?? null }));
}

/** A shallow clone shows its oldest commits as if they had no parents: what lies behind them would go unjudged. */
async function refuseCutRange(commonDir: string, commits: readonly GateCommit[]): Promise<void> {
  const listed = await readFile(join(commonDir, 'shallow'), 'utf8').catch(() => '');
  const cut = new Set(listed.split('\n').filter((line) => line !== ''));
  const at = commits.find((commit) => cut.has(commit.oid));
  if (at === undefined) return;
  fail(
    'REPOSITORY_UNSUPPORTED',
    `the clone is shallow: the range is cut at ${at.oid}, and what lies before it is unknown`,
    {
      fix: 'fetch the whole range first: `git fetch --unshallow`',
    },
  );
}
