/**
 * The shadow: the git directory through which snapshots are made. It lies in the state directory, outside everything the
 * agent is given; it borrows the objects of the user's repository, never those of the agent's clone; its configuration,
 * ignore rules and record are ours.
 *
 * Its index is warm from the start: the agent's folder is checked out through the shadow, so the index was never in a
 * place that the agent could write. What it says about a file is believed only while size, inode, mtime and ctime are
 * the same; ctime cannot be set back by a program that may not set the clock. Windows has no ctime, so there a snapshot
 * starts from an index without file data, and every file is read.
 */

import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Repository } from '../../core/events';
import { type Git, openGit } from './git';
import { type ConfigEntries, formatConfig, readCarriedConfig, readPrivateIgnoreRules } from './userConfig';

/** Above this many files a parallel checkout pays on Linux and macOS; below it costs (measured at 200, 28,000, 79,000). */
const PARALLEL_CHECKOUT = 50_000;

/** A path of a tree that matters beyond its content: ignore rules and submodules. */
export interface BaseMarks {
  /** Every `.gitignore` of the base, by path. */
  readonly ignoreFiles: readonly string[];
  /** Paths of submodules. */
  readonly gitlinks: readonly string[];
}

/** Makes an empty git directory in an existing folder, with the objects of the repository behind it. */
export async function initialise(
  gitDir: string,
  repository: Pick<Repository, 'commonDir'>,
  options: { readonly bare: boolean; readonly branch: string; readonly config: ConfigEntries },
): Promise<Git> {
  const workTree = options.bare ? null : dirname(gitDir);
  await mkdir(gitDir, { recursive: true, mode: 0o700 });
  const format = await openGit(repository.commonDir).text(['rev-parse', '--show-object-format']);
  const git = openGit(gitDir, workTree);
  const kind = options.bare ? ['--bare'] : [];
  await git.run([
    'init',
    '--quiet',
    '--template=',
    `--object-format=${format}`,
    `--initial-branch=${options.branch}`,
    ...kind,
  ]);
  const config = await git.list(['config', '--file', join(gitDir, 'config'), '--null', '--list']);
  const probed = config.map((record) => record.split('\n') as [string, string]);
  await writeFile(join(gitDir, 'config'), formatConfig([...probed, ...options.config]));
  await mkdir(join(gitDir, 'info'), { recursive: true });
  await copyIfPresent(join(repository.commonDir, 'shallow'), join(gitDir, 'shallow'));
  return git;
}

/** Makes git read objects of the user's repository besides its own. */
export async function borrowObjects(gitDir: string, objects: string): Promise<void> {
  await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
  await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${quoteAlternate(objects)}\n`);
}

/** Makes a shadow in an empty folder of ours. */
export async function makeShadow(
  gitDir: string,
  repository: Repository,
  base: string,
): Promise<{ readonly config: ConfigEntries; readonly marks: BaseMarks; readonly files: number }> {
  const [carried, rules] = await Promise.all([readCarriedConfig(repository), readPrivateIgnoreRules(repository)]);
  const config: ConfigEntries = [...carried, ['core.safecrlf', 'false'], ['core.untrackedcache', 'false']];
  const git = await initialise(gitDir, repository, { bare: true, branch: 'shadow', config });
  await borrowObjects(gitDir, join(repository.commonDir, 'objects'));
  await writeFile(join(gitDir, 'info', 'exclude'), rules);
  const { marks, files } = await readMarks(git, base);
  await writeSkeleton(git, base, marks);
  return { config: carried, marks, files };
}

/** The folder that holds nothing but the base's ignore files, so that git can be asked about the base's rules. */
export function skeletonOf(gitDir: string): string {
  return join(gitDir, 'base-rules');
}

/** Fills an empty folder with a commit's files through the shadow, and leaves `index` warm. */
export async function checkOut(
  gitDir: string,
  workTree: string,
  request: {
    readonly commit: string;
    readonly index: string;
    readonly files: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const parallel = request.files > PARALLEL_CHECKOUT && process.platform !== 'win32';
  await openGit(gitDir, workTree).run(['read-tree', '-m', '-u', request.commit], {
    env: { GIT_INDEX_FILE: request.index },
    config: parallel ? ['checkout.workers=2'] : [],
    signal: request.signal,
  });
}

/**
 * Fills an index from a commit without any file data: every file will be read. What Windows needs, whose files have no
 * time that a program cannot set.
 */
export async function fillIndex(gitDir: string, index: string, commit: string): Promise<void> {
  await rm(index, { force: true });
  await openGit(gitDir).run(['read-tree', commit], { env: { GIT_INDEX_FILE: index } });
}

/** Where the shadow keeps the index of the task's own folder. */
export function indexOf(gitDir: string): string {
  return join(gitDir, 'index');
}

/**
 * Works on a copy of an index and, with `keep`, puts the copy in its place afterwards: an index is always whole,
 * whatever dies in between.
 */
export async function withIndexCopy<T>(index: string, keep: boolean, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = `${index}.${randomBytes(6).toString('hex')}`;
  try {
    await copyIndex(index, copy);
    const result = await work(copy);
    if (keep) await rename(copy, index);
    return result;
  } finally {
    await Promise.all([rm(copy, { force: true }), rm(`${copy}.lock`, { force: true })]);
  }
}

/**
 * Copies an index with its time, a little earlier. Git reads a file anew when its time is not older than its index's; a
 * copy with a newer time would believe files that were changed in the instant in which the index was written.
 */
export async function copyIndex(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const written = Math.floor((await stat(from)).mtimeMs) - 1;
  await utimes(to, new Date(), new Date(written));
}

async function readMarks(git: Git, base: string): Promise<{ marks: BaseMarks; files: number }> {
  const listed = await git.list(['ls-tree', '-r', '-z', '--full-tree', base]);
  const ignoreFiles: string[] = [];
  const gitlinks: string[] = [];
  for (const record of listed) {
    const path = record.slice(record.indexOf('\t') + 1);
    if (record.startsWith('160000 ')) gitlinks.push(path);
    else if (record.startsWith('100') && (path === '.gitignore' || path.endsWith('/.gitignore')))
      ignoreFiles.push(path);
  }
  return { marks: { ignoreFiles, gitlinks }, files: listed.length };
}

async function writeSkeleton(git: Git, base: string, marks: BaseMarks): Promise<void> {
  const skeleton = skeletonOf(git.gitDir);
  await mkdir(skeleton, { mode: 0o700 });
  for (const path of marks.ignoreFiles) {
    const { stdout } = await git.run(['cat-file', 'blob', `${base}:${path}`]);
    await mkdir(dirname(join(skeleton, path)), { recursive: true });
    await writeFile(join(skeleton, path), stdout);
  }
}

/** Git unquotes a line that begins with a quotation mark and would end the path at a newline. */
function quoteAlternate(path: string): string {
  if (!/["\n\\]/.test(path)) return path;
  return `"${path.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

async function copyIfPresent(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
}
