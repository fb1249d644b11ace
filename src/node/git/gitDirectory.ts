/** Makes git directories of ours: empty, without hooks and templates, with a configuration that we wrote. */
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Repository } from '../../core/events';
import type { Closable } from '../../core/ports/machine';
import { writeFileAtomic } from '../store/atomicFile';
import { openGit } from './git';
import { type ConfigEntries, formatConfig } from './userConfig';

export interface GitDirectoryOptions {
  readonly bare: boolean;
  /** Short name of the branch that HEAD is to point to. */
  readonly branch: string;
  readonly config: ConfigEntries;
  /** Whether the configuration is to outlive a power cut. */
  readonly durable?: boolean;
}

/**
 * Makes an empty git directory of the repository's object format, shallow where the repository is. Only the first on a
 * file system costs a `git init`, which tries out what that file system can do; the others are written by hand.
 */
export async function initialise(
  gitDir: string,
  repository: Pick<Repository, 'commonDir'>,
  options: GitDirectoryOptions,
): Promise<void> {
  await mkdir(gitDir, { recursive: true, mode: 0o700 });
  const abilities = await fileSystemOf(gitDir, options.bare);
  await writeLayout(gitDir, repository, { ...options, config: [...abilities, ...options.config] });
}

/** A git directory through which the objects of a repository are read; it goes with `close`. */
export interface ObjectView extends Closable {
  readonly gitDir: string;
}

/**
 * Opens a temporary view of a repository's objects. Nothing else of the repository is in it: no attribute and no
 * configuration of a checkout decides what counts as text. Starts no process.
 */
export async function viewObjects(commonDir: string): Promise<ObjectView> {
  const gitDir = await mkdtemp(join(tmpdir(), 'countersign-'));
  const close = () => rm(gitDir, { recursive: true, force: true });
  try {
    await writeLayout(gitDir, { commonDir }, { bare: true, branch: 'view', config: [] });
    await borrowObjects(gitDir, join(commonDir, 'objects'));
    return { gitDir, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function writeLayout(
  gitDir: string,
  repository: Pick<Repository, 'commonDir'>,
  options: GitDirectoryOptions,
): Promise<void> {
  const format = await objectFormat(repository);
  await Promise.all(
    ['objects/info', 'refs/heads', 'info'].map((folder) => mkdir(join(gitDir, folder), { recursive: true })),
  );
  const write = options.durable ? writeFileAtomic : writeFile;
  const layout: ConfigEntries = [
    ['core.repositoryformatversion', format === 'sha1' ? '0' : '1'],
    ['core.bare', String(options.bare)],
    ['core.logallrefupdates', String(!options.bare)],
    ...(format === 'sha1' ? [] : [['extensions.objectformat', format] as const]),
  ];
  await Promise.all([
    writeFile(join(gitDir, 'HEAD'), `ref: refs/heads/${options.branch}\n`),
    write(join(gitDir, 'config'), formatConfig([...layout, ...options.config])),
    copyIfPresent(join(repository.commonDir, 'shallow'), join(gitDir, 'shallow')),
  ]);
}

/** Makes git read objects of the user's repository besides its own. */
export async function borrowObjects(gitDir: string, objects: string): Promise<void> {
  await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${quoteAlternate(objects)}\n`);
}

/** Sets a ref of a git directory that only we write, or that nobody knows yet. Needs no lock and no process. */
export async function writeRef(gitDir: string, ref: string, oid: string): Promise<void> {
  const path = join(gitDir, ref);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${oid}\n`);
}

/** What `git init` writes about a file system, by device; asked once a process. */
const probes = new Map<number, Promise<ConfigEntries>>();

const PROBED = /^\t(filemode|symlinks|ignorecase|precomposeunicode) = (true|false)$/gm;

async function fileSystemOf(gitDir: string, bare: boolean): Promise<ConfigEntries> {
  const device = (await stat(gitDir)).dev;
  const known = probes.get(device) ?? probe(gitDir, bare);
  probes.set(device, known);
  return known.catch((thrown) => {
    probes.delete(device);
    throw thrown;
  });
}

async function probe(gitDir: string, bare: boolean): Promise<ConfigEntries> {
  const git = openGit(gitDir, bare ? null : dirname(gitDir));
  await git.run(['init', '--quiet', '--template=', '--initial-branch=probe', ...(bare ? ['--bare'] : [])]);
  const text = await readFile(join(gitDir, 'config'), 'utf8');
  return [...text.matchAll(PROBED)].map(([, key, value]) => [`core.${key}`, value!] as const);
}

/** Git writes the extension itself at `init`, in this form; people do not. Git does without a configuration, too. */
async function objectFormat(repository: Pick<Repository, 'commonDir'>): Promise<'sha1' | 'sha256'> {
  const text = await readFile(join(repository.commonDir, 'config'), 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown;
    return '';
  });
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(text) ? 'sha256' : 'sha1';
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
