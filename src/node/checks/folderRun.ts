/** A check in a copy of the agent's folder: what passes only there rests on something that no snapshot holds. */
import { join } from 'node:path';
import type { Check } from '../../core/brief/brief';
import type { Folder } from '../../core/events';
import { identifyFolder, isSameFolder, makeFolder, removeFolder } from '../git/folders';
import { type CheckOutcome, runCheck } from './checkRun';
import { copyTree } from './copyTree';
import { type Grounds, hiddenFrom, type SiteRequest, type Watch } from './site';

/**
 * Runs the check in a copy, so that the agent finds its folder as it left it. Null when the folder could not be copied.
 * Throws STOPPED, STORAGE_FAILED, COMMAND_FAILED.
 */
export async function runInFolder(
  grounds: Grounds,
  request: SiteRequest,
  folder: Folder,
  check: Check,
  { progress, signal }: Watch,
): Promise<CheckOutcome | null> {
  if (!(await isSameFolder(folder))) return null;
  progress(`in a copy of the agent's folder: check ${check.name}: ${check.run}`);
  const made = await makeFolder(grounds.homes, `folder-${request.task}`);
  try {
    const [copy, home] = [join(made.path, 'copy'), join(made.path, 'home')];
    const copied = await copyTree(folder.path, copy, signal).then(
      () => true,
      () => signal.aborted,
    );
    if (!copied) return null;
    const place = {
      confinement: grounds.confinement,
      checkout: {
        folder: await identifyFolder(copy),
        readable: [join(request.repository.commonDir, 'objects')],
      },
      home: { path: home, dev: '', ino: '' },
      hidden: hiddenFrom(grounds, request),
      network: grounds.network.includes('checks'),
    };
    // It holds the snapshot's files by the agent's word only: what is asked is whether the command ends well here.
    const checkouts = { treeOf: async () => request.snapshot.tree };
    const context = { request, place, checkouts, now: () => grounds.clock.now(), variant: 'folder' };
    return await runCheck(context, check, signal);
  } finally {
    await removeFolder(made);
  }
}
