/**
 * Submodules in an index of ours. They are taken out while git looks at a folder: at the place of a submodule it would
 * start `git status` inside, under a configuration that whoever wrote the folder may have chosen.
 */
import { type Git, joinNul } from './git';

export interface Gitlink {
  readonly path: string;
  readonly oid: string;
}

/** Removes every submodule from the index, and returns them. */
export async function takeGitlinks(git: Git, signal?: AbortSignal): Promise<Gitlink[]> {
  const links: Gitlink[] = [];
  for (const record of await git.list(['ls-files', '-z', '--stage'], { signal })) {
    if (!record.startsWith('160000 ')) continue;
    const tab = record.indexOf('\t');
    links.push({ path: record.slice(tab + 1), oid: record.slice(0, tab).split(' ')[1]! });
  }
  const input = joinNul(links.map(({ path }) => path));
  if (links.length > 0) await git.run(['update-index', '--force-remove', '-z', '--stdin'], { input, signal });
  return links;
}

/** Puts submodules into the index, in the place of whatever it has there. */
export async function putGitlinks(git: Git, links: readonly Gitlink[], signal?: AbortSignal): Promise<void> {
  if (links.length === 0) return;
  const input = joinNul(links.map(({ path, oid }) => `160000 ${oid} 0\t${path}`));
  await git.run(['update-index', '--add', '--replace', '-z', '--index-info'], { input, signal });
}
