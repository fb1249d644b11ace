/**
 * The shadow: the git directory through which snapshots are made. It lies in the state directory, outside everything the
 * agent is given; it borrows the objects of the user's repository, never those of the agent's clone; its configuration,
 * ignore rules and record are ours.
 *
 * Its index is warm from the start: the agent's folder is checked out through the shadow, so the index was never in a
 * place that the agent could write. What it says about a file is believed only while size, inode, mtime and ctime are
 * the same; ctime cannot be set back by a program that may not set the clock. Windows has no ctime, so there every file
 * is read (`stage.ts`).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../core/errors';
import type { Repository } from '../../core/events';
import { visible } from '../../core/visible';
import { openGit } from './git';
import { borrowObjects, initialise } from './gitDirectory';
import { ObjectBatch } from './plumbing';
import { type ConfigEntries, readPrivateIgnoreRules } from './userConfig';
import { isGitName } from './walk';

/** Above this many files a parallel checkout pays on Linux and macOS; below it costs (measured at 200, 28,000, 79,000). */
const PARALLEL_CHECKOUT = 50_000;

/** Largest `.gitignore` that is kept, in bytes. */
const MAX_RULES = 1024 * 1024;

/** Paths of the base that matter beyond their content. */
export interface BaseMarks {
  /** Every `.gitignore` that is a file. */
  readonly ignoreFiles: readonly string[];
  /** Paths of submodules. */
  readonly gitlinks: readonly string[];
}

export interface Shadow {
  readonly marks: BaseMarks;
  /** How many files the base has. */
  readonly files: number;
}

/** Makes a shadow in an empty folder of ours, with what is carried over from the user's configuration. */
export async function makeShadow(
  gitDir: string,
  repository: Repository,
  base: string,
  carried: Promise<ConfigEntries>,
): Promise<Shadow> {
  const [config, rules, { marks, files }] = await Promise.all([
    carried,
    readPrivateIgnoreRules(repository),
    readMarks(repository, base),
  ]);
  const ours: ConfigEntries = [
    ['core.safecrlf', 'false'],
    ['core.untrackedcache', 'false'],
  ];
  await initialise(gitDir, repository, { bare: true, branch: 'shadow', config: [...config, ...ours], durable: true });
  await Promise.all([
    borrowObjects(gitDir, join(repository.commonDir, 'objects')),
    writeFile(join(gitDir, 'info', 'exclude'), rules),
    writeSkeleton(gitDir, repository, base, marks),
  ]);
  return { marks, files };
}

/** The folder that holds nothing but the base's ignore files, so that git can be asked about the base's rules. */
export function skeletonOf(gitDir: string): string {
  return join(gitDir, 'base-rules');
}

export interface CheckOutRequest {
  readonly commit: string;
  /** The index to fill; it must not exist. */
  readonly index: string;
  readonly files: number;
  readonly signal?: AbortSignal | undefined;
}

/** Fills an empty folder with a commit's files through the shadow, and leaves the index warm. */
export async function checkOut(gitDir: string, workTree: string, request: CheckOutRequest): Promise<void> {
  const parallel = request.files > PARALLEL_CHECKOUT && process.platform !== 'win32';
  await openGit(gitDir, workTree).run(['read-tree', '-m', '-u', request.commit], {
    env: { GIT_INDEX_FILE: request.index },
    config: parallel ? ['checkout.workers=2'] : [],
    signal: request.signal,
  });
}

/** Reads what matters of a base. Throws REPOSITORY_UNSUPPORTED when it has names that lead elsewhere. */
export async function readMarks(repository: Pick<Repository, 'commonDir'>, base: string): Promise<Shadow> {
  const listed = await openGit(repository.commonDir).list(['ls-tree', '-r', '-z', '--full-tree', base]);
  const ignoreFiles: string[] = [];
  const gitlinks: string[] = [];
  for (const record of listed) {
    const path = record.slice(record.indexOf('\t') + 1);
    const isRules = path === '.gitignore' || path.endsWith('/.gitignore');
    if (record.startsWith('160000 ')) gitlinks.push(path);
    else if (record.startsWith('100') && isRules) ignoreFiles.push(path);
  }
  ignoreFiles.forEach(refuseLeading);
  return { marks: { ignoreFiles, gitlinks }, files: listed.length };
}

/** A crafted tree may hold names by which a path leaves its folder or enters a git directory; git refuses them too. */
function refuseLeading(path: string): void {
  const separator = process.platform === 'win32' ? /[\\/]/ : '/';
  const leads = (name: string) => name === '' || name === '.' || name === '..' || isGitName(name);
  if (!path.split(separator).some(leads)) return;
  fail('REPOSITORY_UNSUPPORTED', `the base has a file of the name ${visible(path)}`, {
    fix: 'remove that file from the history, or hand off from another commit',
  });
}

async function writeSkeleton(gitDir: string, repository: Repository, base: string, marks: BaseMarks): Promise<void> {
  const skeleton = skeletonOf(gitDir);
  await mkdir(skeleton, { mode: 0o700 });
  const objects = new ObjectBatch(repository.commonDir);
  try {
    for (const path of marks.ignoreFiles) {
      const rules = await objects.read(`${base}:${path}`, MAX_RULES);
      await mkdir(dirname(join(skeleton, path)), { recursive: true });
      await writeFile(join(skeleton, path), rules?.bytes ?? '', { flag: 'wx' });
    }
  } finally {
    await objects.close();
  }
}
