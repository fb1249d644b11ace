/** Whether a host may run, told without what speaks to one: most windows that open have no use for it. */
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stateFolder } from '../node/store/platformFolders';
import { ADDRESS_FILE } from './addressFile';

/** False when no host of this user left word where it is. Never throws: what is wrong is told by whoever connects. */
export async function hostMayRun(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  try {
    const state = stateFolder({ platform: process.platform, home: homedir(), env });
    await access(join(state, 'host', ADDRESS_FILE));
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
