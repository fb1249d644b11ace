/** Work of others, as a task takes it over: found, judged sound, and kept from being collected. */
import type { Person } from '../../core/brief/brief';
import { CountersignError, fail } from '../../core/errors';
import type { AdoptionPort, AdoptionRequest, FoundWork } from '../../core/ports/adoption';
import { visible } from '../../core/visible';
import { listBranches } from './branches';
import { openGit } from './git';
import { viewObjects } from './gitDirectory';
import { adoptedRef } from './pin';
import { pipeGit } from './plumbing';
import { locateWork } from './workLocation';

/** Most authors that are named. */
const MAX_AUTHORS = 100;
const MAX_NAME = 400;
/** Commits whose authors are asked for, the newest, and most that the answer may be, in bytes. */
const MAX_COMMITS = 20_000;
const MAX_LOG = 64 * 1024 * 1024;

export const adoptions: AdoptionPort = {
  find,
  keep: async ({ commonDir }, task, commit) => {
    await openGit(commonDir).run(['update-ref', '--no-deref', adoptedRef(task), commit]);
  },
  branches: listBranches,
};

async function find(request: AdoptionRequest, signal: AbortSignal): Promise<FoundWork> {
  const { repository, against } = request;
  const { commit, name, ref, release } = await locateWork(request, signal);
  try {
    const git = openGit(repository.commonDir);
    const base = await mergeBase(repository.commonDir, against, commit, name);
    await requireSound(repository.commonDir, base, commit, signal);
    const [tree, count, authors] = await Promise.all([
      git.text(['rev-parse', '--verify', `${commit}^{tree}`]),
      git.text(['rev-list', '--count', `${base}..${commit}`]),
      authorsOf(repository.commonDir, base, commit),
    ]);
    return { work: { name, ref, commit, tree, commits: Number(count), authors: [...authors] }, base, release };
  } catch (thrown) {
    await release();
    throw thrown;
  }
}

/** Where the work left the history that it is compared with. Throws ADOPT_EMPTY. */
async function mergeBase(commonDir: string, against: string, commit: string, name: string): Promise<string> {
  const found = await openGit(commonDir).run(['merge-base', against, commit], { exits: [0, 1] });
  const base = found.stdout.toString('utf8').trim();
  const shown = visible(name);
  if (base === '') {
    fail('ADOPT_EMPTY', `${shown} has no history in common with ${against.slice(0, 12)}`, {
      fix: 'name the branch that it was begun from with --base; a shallow clone may lack it: `git fetch --unshallow`',
    });
  }
  if (base === commit) {
    fail(
      'ADOPT_EMPTY',
      `${shown} has no commit that ${against === commit ? 'what is checked out' : against.slice(0, 12)} lacks`,
    );
  }
  return base;
}

/**
 * Every object that the work adds is one that git takes from a stranger: no name that leads into a git directory or out
 * of the folder, no crafted submodule. They may have come here by a fetch that checks nothing. Throws ADOPT_REFUSED.
 */
async function requireSound(commonDir: string, base: string, commit: string, signal: AbortSignal): Promise<void> {
  const view = await viewObjects(commonDir);
  try {
    const packing = { gitDir: view.gitDir, args: ['pack-objects', '--revs', '--stdout', '--window=0', '--quiet'] };
    const checking = { gitDir: view.gitDir, args: ['index-pack', '--strict', '--stdin'] };
    await pipeGit(packing, checking, `${commit}\n^${base}\n`, signal);
  } catch (thrown) {
    if (!(thrown instanceof CountersignError) || thrown.code !== 'GIT_FAILED') throw thrown;
    fail('ADOPT_REFUSED', `git refuses an object of ${commit}: ${visible(thrown.message)}`, { cause: thrown });
  } finally {
    await view.close();
  }
}

/** Name and address of each author, then those of `Co-authored-by`: agents and their users stand in either place. */
const AUTHORS = '--format=%an <%ae>%x00%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x00)%x00';
const PERSON = /^([^<>]{0,1000})<([^<>]{0,1000})>$/;

/** Who wrote the commits, as they say themselves, the oldest first. */
async function authorsOf(commonDir: string, base: string, commit: string): Promise<readonly Person[]> {
  const plain = ['--no-show-signature', '--no-notes', '--no-color', '--no-mailmap', '--encoding=UTF-8', '--no-patch'];
  const args = ['log', '--reverse', `--max-count=${MAX_COMMITS}`, AUTHORS, ...plain, `${base}..${commit}`];
  const said = await openGit(commonDir).list(args, { maxBytes: MAX_LOG });
  const authors = new Map<string, Person>();
  for (const text of said) {
    const [, name = '', email = ''] = PERSON.exec(text.trim()) ?? [];
    const person = { name: name.trim().slice(0, MAX_NAME), email: email.trim().slice(0, MAX_NAME) };
    const key = person.email.toLowerCase();
    if (person.name !== '' && key !== '' && !authors.has(key)) authors.set(key, person);
    if (authors.size >= MAX_AUTHORS) break;
  }
  return [...authors.values()];
}
