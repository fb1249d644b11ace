/** A shadow without a task: what checkouts of a commit need when nobody has worked on it. */
import type { Folder, Workspace } from '../../core/events';
import type { RepositoryFacts } from '../../core/ports/repository';
import { keepStandardFilters } from './filters';
import { makeFolder } from './folders';
import { openGit } from './git';
import { writeRecord } from './record';
import { makeShadow } from './shadow';
import { readCarriedConfig } from './userConfig';

export const TRIAL_SHADOW = 'shadow.git';

/**
 * Makes a shadow in a folder of ours, at the commit that is checked out. Nothing is pinned: that commit is the user's
 * own. Throws what git says; the folder is then the caller's to delete.
 */
export async function makeTrialShadow(
  stateDir: string,
  home: Folder,
  repository: RepositoryFacts,
  isolation: Workspace['isolation'],
): Promise<Pick<Workspace, 'shadow' | 'base' | 'isolation'>> {
  const shadow = await makeFolder(home.path, TRIAL_SHADOW);
  const base = repository.head;
  const carrying = readCarriedConfig(repository).then((all) => keepStandardFilters(all, [stateDir, repository.root]));
  const { marks, files } = await makeShadow(
    shadow.path,
    repository,
    base,
    carrying.then(({ config }) => config),
  );
  const { config, notRun } = await carrying;
  await writeRecord(shadow.path, {
    v: 1,
    carried: config.map(([key, value]) => [key, value]),
    notRun: [...notRun],
    ignoreFiles: [...marks.ignoreFiles],
    gitlinks: [...marks.gitlinks],
    files,
    cloneGit: { path: '', dev: '', ino: '' },
    ignored: [],
    nested: [],
    fingerprints: { clone: {}, repository: {} },
  });
  return { shadow, base, isolation };
}

/** The tree of the commit that is checked out. */
export function headTree({ commonDir, head }: RepositoryFacts): Promise<string> {
  return openGit(commonDir).text(['rev-parse', '--verify', '--end-of-options', `${head}^{tree}`]);
}
