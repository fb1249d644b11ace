/** The state directory: everything that Countersign remembers, for one user, outside every repository. */
import { access, chmod, readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fail } from '../../core/errors';
import { makeFolder } from './makeFolder';
import { stateFolder } from './platformFolders';
import { storageFailure, systemCode } from './storageFailure';

/** The places inside a state directory. */
export class StateDirectory {
  /** Absolute, links resolved. */
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Below it, `<repository id>/tasks/<task id>/`. */
  get repositories(): string {
    return join(this.root, 'repos');
  }

  tasks(repository: string): string {
    return join(this.repositories, repository, 'tasks');
  }

  /** Agents' folders. */
  get worktrees(): string {
    return join(this.root, 'worktrees');
  }

  /** Clean worktrees for checks and reviewers. */
  get checkouts(): string {
    return join(this.root, 'checkouts');
  }

  /** Socket, lock and log of the host. */
  get host(): string {
    return join(this.root, 'host');
  }
}

/**
 * Opens the user's state directory, and makes it when it is not there yet: mode 0700, never inside a repository.
 *
 * @param env the environment that may name it
 * @throws CONFIG_INVALID when it lies in a repository or others may enter it; STORAGE_FAILED when it cannot be made
 */
export async function openStateDirectory(env: NodeJS.ProcessEnv = process.env): Promise<StateDirectory> {
  const folder = stateFolder({ platform: process.platform, home: homedir(), env });
  try {
    const place = await nearestExisting(folder);
    await refuseRepository(folder, place);
    await makeFolder(folder, 0o700);
    await keepPrivate(folder);
    const directory = new StateDirectory(await realpath(folder));
    for (const inner of [directory.repositories, directory.worktrees, directory.checkouts, directory.host]) {
      await makeFolder(inner, 0o700);
    }
    return directory;
  } catch (cause) {
    return storageFailure(`the state directory ${folder} could not be made`, cause);
  }
}

/** The real path of the folder, or of the nearest folder above it that exists. */
async function nearestExisting(folder: string): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    try {
      return await realpath(place);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || place === dirname(place)) throw error;
    }
  }
}

/** In a repository its files would show up as changes, and in a `.git` they would be in the way of git. */
async function refuseRepository(folder: string, existing: string): Promise<void> {
  for (let place = existing; ; place = dirname(place)) {
    const bare =
      (await exists(join(place, 'HEAD'))) &&
      (await exists(join(place, 'objects'))) &&
      (await exists(join(place, 'refs')));
    if (bare || (await exists(join(place, '.git')))) {
      fail('CONFIG_INVALID', `the state directory ${folder} would lie inside the repository ${place}`, {
        fix: 'set COUNTERSIGN_HOME to a folder outside every repository',
      });
    }
    if (place === dirname(place)) return;
  }
}

/** A new folder is made private; one that holds something already may be meant for others, so its owner decides. */
async function keepPrivate(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // The platform's per-user folders carry an access list of their own.
  const { mode, uid } = await stat(folder);
  if (uid !== process.getuid?.()) {
    fail('CONFIG_INVALID', `the state directory ${folder} belongs to another user`, {
      fix: 'set COUNTERSIGN_HOME to a folder of your own',
    });
  }
  if ((mode & 0o077) === 0) return;
  if ((await readdir(folder)).length > 0) {
    fail('CONFIG_INVALID', `other users may enter the state directory ${folder}`, {
      fix: `run \`chmod 700 ${folder}\`, or set COUNTERSIGN_HOME to another folder`,
    });
  }
  await chmod(folder, 0o700);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
