/** The branches of a repository that hold something which is not checked out yet. */
import type { BranchFacts } from '../../core/ports/adoption';
import type { RepositoryFacts } from '../../core/ports/repository';
import { openGit } from './git';

/** Branches that are told: nobody looks for an older one in a list. */
const MOST = 200;
const FIELDS = ['%(refname)', '%(symref)', '%(committerdate:iso-strict)', '%(authorname)', '%(contents:subject)'];
/** Characters of a name or subject. */
const MOST_TEXT = 300;

/** The newest first; without those of tasks that were delivered as a branch, and aliases such as `origin/HEAD`. */
export async function listBranches({
  commonDir,
  head,
}: Pick<RepositoryFacts, 'commonDir' | 'head'>): Promise<BranchFacts[]> {
  const listed = await openGit(commonDir).text([
    'for-each-ref',
    '--sort=-committerdate',
    `--count=${MOST * 2}`,
    `--no-merged=${head}`,
    `--format=${FIELDS.join('%00')}`,
    'refs/heads',
    'refs/remotes',
  ]);
  return listed
    .split('\n')
    .map((line) => line.split('\0'))
    .flatMap(([ref = '', alias = '', at = '', author = '', subject = '']) => {
      const name = ref.replace(/^refs\/(?:heads|remotes)\//, '');
      if (ref === '' || alias !== '' || name.startsWith('countersign/')) return [];
      return [{ ref, name, at, author: author.slice(0, MOST_TEXT), subject: subject.slice(0, MOST_TEXT) }];
    })
    .slice(0, MOST);
}
