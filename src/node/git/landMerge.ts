/**
 * Merges two commits without a working tree, in a git directory of our own that has none of the repository's
 * configuration: a merge driver is a program, and no program runs here. A path that the repository gives to a driver, or
 * declares unmergeable, is a conflict when both sides changed it.
 */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import { type Git, joinNul, openGit } from './git';
import { initialise } from './gitDirectory';

export type MergeResult =
  | { readonly clean: true; readonly tree: string }
  | { readonly clean: false; readonly paths: readonly string[] };

/** Values of the attribute `merge` that git's own merge stands for (gitattributes(5)). */
const OWN_DRIVERS: ReadonlySet<string> = new Set(['unspecified', 'set', 'text', 'union']);

/** Merges `theirs` into `ours`; the resulting objects are written to the repository. Moves nothing. */
export async function mergeCommits(
  commonDir: string,
  ours: string,
  theirs: string,
  signal: AbortSignal,
): Promise<MergeResult> {
  const dir = await mkdtemp(join(tmpdir(), 'countersign-merge-'));
  try {
    const gitDir = join(dir, 'git');
    await initialise(gitDir, { commonDir }, { bare: true, branch: 'merge', config: [] });
    await mkdir(join(gitDir, 'info'), { recursive: true });
    await copyFile(join(commonDir, 'info', 'attributes'), join(gitDir, 'info', 'attributes')).catch(() => undefined);
    const env = { GIT_OBJECT_DIRECTORY: join(commonDir, 'objects') };
    const git = openGit(gitDir);
    const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs];
    const merged = await git.run(args, { env, signal, exits: [0, 1], config: ['core.fsync=loose-object'] });
    const [tree, ...paths] = merged.stdout
      .toString('utf8')
      .split('\0')
      .filter((record) => record !== '');
    if (tree === undefined) fail('GIT_FAILED', 'git merge-tree named no tree');
    if (merged.exit === 1) return { clean: false, paths: [...new Set(paths)] };
    const reserved = await reservedPaths(git, env, ours, theirs);
    return reserved.length === 0 ? { clean: true, tree } : { clean: false, paths: reserved };
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Paths that both sides changed, differently, and whose merge the repository gives to a driver or forbids. */
async function reservedPaths(
  git: Git,
  env: Readonly<Record<string, string>>,
  ours: string,
  theirs: string,
): Promise<readonly string[]> {
  const base = await git.text(['merge-base', ours, theirs], { env });
  const changedIn = async (to: string) =>
    new Set(await git.list(['diff-tree', '-r', '-z', '--no-renames', '--name-only', base, to], { env }));
  const [mine, yours] = [await changedIn(ours), await changedIn(theirs)];
  const differing = new Set(
    await git.list(['diff-tree', '-r', '-z', '--no-renames', '--name-only', ours, theirs], { env }),
  );
  const both = [...mine].filter((path) => yours.has(path) && differing.has(path));
  if (both.length === 0) return [];
  const withIndex = { ...env, GIT_INDEX_FILE: join(git.gitDir, 'attributes-index') };
  await git.run(['read-tree', ours], { env: withIndex });
  const answers = await git.list(['check-attr', '--cached', '--stdin', '-z', 'merge'], {
    env: withIndex,
    input: joinNul(both),
  });
  const reserved: string[] = [];
  // Records of three: path, attribute, value.
  for (let at = 0; at + 2 < answers.length; at += 3) {
    if (!OWN_DRIVERS.has(answers[at + 2] ?? '')) reserved.push(answers[at] ?? '');
  }
  return reserved;
}
