/**
 * Folders that we made for agents and checks hold git directories that those can write. Git is never started there as the
 * user: it would run what their configuration names.
 */
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail } from '../../core/errors';
import { StateDirectory } from '../store/stateDirectory';

/**
 * Refuses a folder below the worktrees or checkouts of a state directory, whoever's it is. It is known by what lies beside
 * them, which is out of an agent's reach; marks in the folder itself would not be. Throws REPOSITORY_UNSUPPORTED.
 */
export async function refuseOwnFolder(dir: string): Promise<void> {
  // What is not there is for git to say.
  const path = await realpath(dir).catch(() => '');
  for (let place = path; dirname(place) !== place; place = dirname(place)) {
    const state = new StateDirectory(dirname(place));
    const isOurs = place === state.worktrees || place === state.checkouts;
    if (!isOurs || !(await isStateDirectory(state))) continue;
    fail('REPOSITORY_UNSUPPORTED', `${dir} is a folder that was made for an agent or a check`, {
      fix: 'run it in your own checkout; `countersign show ID` tells what the task changed',
    });
  }
}

async function isStateDirectory({ repositories, worktrees, checkouts, host }: StateDirectory): Promise<boolean> {
  const found = await Promise.allSettled([repositories, worktrees, checkouts, host].map((folder) => stat(folder)));
  return found.every((answer) => answer.status === 'fulfilled' && answer.value.isDirectory());
}
