/** Files that ignore rules keep out of a snapshot, outside the folders that builds fill. */
import { isBuildFolder } from './ignore';
import { indexOf } from './indexFile';
import { indexGit } from './stage';
import { walk } from './walk';

/** Most files listed: a list that a person is to read. */
const MAX_LISTED = 20_000;

/**
 * The ignored files of a folder by the rules that hold in it now, in order, as paths. Git reads those rules, so a walk
 * must have shown before that it can (`assertRulesReadable`).
 */
export async function listIgnored(shadow: string, workTree: string, signal?: AbortSignal): Promise<string[]> {
  const git = indexGit({ shadow, workTree, index: indexOf(shadow) });
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
  const entries = (await git.list(args, { signal })).filter((path) => !path.split('/').some(isBuildFolder));
  const files = entries.filter((path) => !path.endsWith('/'));
  const folders = entries.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1));
  if (folders.length > 0) {
    await walk(workTree, {
      from: folders,
      enter: (_path, name) => !isBuildFolder(name),
      file: (path) => {
        if (files.length < MAX_LISTED) files.push(path);
      },
      signal,
    });
  }
  return files.sort();
}

/**
 * The topmost ignored files and folders of a folder, folders with `/` at their end, those that builds fill included.
 * Git reads the rules that hold there, as above.
 */
export async function listIgnoredTop(shadow: string, workTree: string): Promise<string[]> {
  const git = indexGit({ shadow, workTree, index: indexOf(shadow) });
  const listed = await git.list(['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']);
  return listed.slice(0, MAX_LISTED).sort();
}
