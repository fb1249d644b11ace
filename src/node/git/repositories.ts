/** Reads of the user's repository that change nothing in it. */
import type { RepositoryPort } from '../../core/ports/repository';
import { openGit } from './git';
import { identifyRepository, readIdentity, resolveRevision } from './repository';

/** Largest text that is read from a commit, in bytes. */
const MAX_TEXT = 1024 * 1024;

export const repositories: RepositoryPort = {
  identify: identifyRepository,
  resolve: resolveRevision,
  identity: (repository) => readIdentity(repository.root),
  pathsAt: (repository, commit) =>
    openGit(repository.commonDir).list(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit]),
  textAt: async (repository, commit, path) => {
    const git = openGit(repository.commonDir);
    const listed = await git.list(['ls-tree', '-z', '--long', '--full-tree', commit, '--', path]);
    const entry = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(listed[0] ?? '');
    if (entry === null || entry[3] !== path || Number(entry[2]) > MAX_TEXT) return null;
    return (await git.run(['cat-file', 'blob', entry[1]!])).stdout.toString('utf8');
  },
};
