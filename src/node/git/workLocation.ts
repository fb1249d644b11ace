/** What a person means by a branch, a revision or a pull request; what is only on a remote is fetched, into a ref of ours. */
import { randomUUID } from 'node:crypto';
import { CountersignError, fail } from '../../core/errors';
import type { AdoptionRequest } from '../../core/ports/adoption';
import {
  isSameRemote,
  type PullRequestName,
  parsePullRequest,
  parseRemote,
  pullRequestRefs,
  type Remote,
} from '../../core/remote';
import { visible } from '../../core/visible';
import { fetchAsUser, openGit, runAsUser } from './git';
import { arrivingRef } from './pin';
import { gitDirOf, resolveRevision } from './repository';

export interface Located {
  readonly commit: string;
  readonly name: string;
  /** Where it is found again; null for a bare commit. */
  readonly ref: string | null;
  release(): Promise<void>;
}

/** Longest that one fetch may take, in milliseconds. */
const FETCH_LIMIT_MS = 120_000;
/** Remotes that are looked at. */
const MAX_REMOTES = 50;

/** Throws REVISION_NOT_FOUND, ADOPT_UNREACHABLE. */
export async function locateWork({ repository, named }: AdoptionRequest, signal: AbortSignal): Promise<Located> {
  const pull = parsePullRequest(named);
  // A branch may be called `pull/12`; whoever has one means it.
  if (pull === null || (await isBranch(repository.commonDir, named))) return locateRevision(repository, named);
  const remote = await remoteOf(repository.root, pull);
  return fetchPullRequest(repository, named, pull, remote, signal);
}

async function locateRevision(repository: AdoptionRequest['repository'], named: string): Promise<Located> {
  const commit = await resolveRevision(repository, named);
  const git = openGit(await gitDirOf(repository.root));
  const asked = ['rev-parse', '--verify', '--quiet', '--symbolic-full-name', '--end-of-options', named];
  const answer = (await git.run(asked, { exits: [0, 1, 128] })).stdout.toString('utf8').trim();
  const ref = /^refs\/[^\n]+$/.test(answer) ? answer : null;
  const name = ref?.replace(/^refs\/(?:heads|remotes|tags)\//, '') ?? named;
  return { commit, name, ref, release: async () => undefined };
}

async function isBranch(commonDir: string, name: string): Promise<boolean> {
  const asked = ['show-ref', '--verify', '--quiet', `refs/heads/${name}`];
  return (await openGit(commonDir).run(asked, { exits: [0, 1, 128] })).exit === 0;
}

interface NamedRemote {
  readonly name: string;
  /** Null when it is a folder, or an address that no forge has. */
  readonly place: Remote | null;
}

/** The remote whose address the pull request's has; without an address `origin`, or the only one. */
async function remoteOf(root: string, { remote }: PullRequestName): Promise<NamedRemote> {
  const names = (await runAsUser(root, ['remote'])).split('\n').filter((name) => name !== '' && !name.startsWith('-'));
  const named = async (name: string): Promise<NamedRemote> => {
    const address = await runAsUser(root, ['remote', 'get-url', name], [0, 2, 128]);
    return { name, place: parseRemote(address.trim()) };
  };
  if (remote !== null) {
    const known = await Promise.all(names.slice(0, MAX_REMOTES).map(named));
    const found = known.find(({ place }) => place !== null && isSameRemote(place, remote));
    if (found !== undefined) return found;
    const page = `${remote.host}/${remote.owner}/${remote.name}`;
    return fail('REVISION_NOT_FOUND', `no remote of this repository is ${visible(page)}`, {
      fix: `add it first: \`git remote add NAME https://${visible(page)}\``,
    });
  }
  const name = names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
  if (name !== undefined) return named(name);
  const have = names.length === 0 ? 'it has no remote' : `its remotes are ${names.map(visible).join(', ')}`;
  return fail('REVISION_NOT_FOUND', `from which remote the pull request is to come is not known: ${have}`, {
    fix: 'name the pull request by its address, or fetch it yourself and adopt the branch',
  });
}

async function fetchPullRequest(
  { root, commonDir }: AdoptionRequest['repository'],
  named: string,
  pull: PullRequestName,
  { name: remote, place }: NamedRemote,
  signal: AbortSignal,
): Promise<Located> {
  const into = arrivingRef(randomUUID());
  const git = openGit(commonDir);
  const release = async () => {
    await git.run(['update-ref', '--no-deref', '-d', into], { exits: [0, 1, 128] });
  };
  const tried = pullRequestRefs(pull, place);
  for (const ref of tried) {
    if (!(await fetched(root, { remote, ref, into }, signal))) continue;
    try {
      const commit = await git.text(['rev-parse', '--verify', '--quiet', `${into}^{commit}`]);
      return { commit, name: `#${pull.number} (${remote})`, ref: `${remote} ${ref}`, release };
    } catch (thrown) {
      await release();
      throw thrown;
    }
  }
  return fail(
    'REVISION_NOT_FOUND',
    `${visible(remote)} has no pull request ${visible(named)}: no ${tried.join(', no ')}`,
    {
      fix: 'check the number; a server that shows no such refs has its branch: fetch that, and adopt it',
    },
  );
}

/** Whether the remote has the ref, which is here then. Throws ADOPT_UNREACHABLE, with what to run by hand. */
async function fetched(
  root: string,
  from: { readonly remote: string; readonly ref: string; readonly into: string },
  signal: AbortSignal,
): Promise<boolean> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(FETCH_LIMIT_MS)]);
  try {
    await fetchAsUser(root, from, limited);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof CountersignError)) throw thrown;
    if (/couldn't find remote ref/.test(thrown.message)) return false;
    if (thrown.code !== 'GIT_FAILED' && thrown.code !== 'STOPPED') throw thrown;
    const why = limited.aborted ? `it did not end within ${FETCH_LIMIT_MS / 1_000} seconds` : thrown.message;
    const branch = from.ref.replace(/^refs\/(.*)\/head$/, '$1');
    const own = `${from.remote}/${branch}`;
    return fail(
      'ADOPT_UNREACHABLE',
      `${visible(from.ref)} could not be fetched from ${visible(from.remote)}: ${visible(why)}`,
      {
        fix: `run \`git fetch ${visible(from.remote)} +${from.ref}:refs/remotes/${visible(own)}\` yourself, then adopt ${visible(own)}`,
        cause: thrown,
      },
    );
  }
}
