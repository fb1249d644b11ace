/** A clean folder of a snapshot for a program that is only to read it, and the question whether it is still as it was. */
import { join } from 'node:path';
import type { ReadingRoom } from '../../core/ports/workspace';
import type { CheckoutRequest } from '../checks/checkoutPort';
import { isTouched, makeCheckout, removeChecks } from './checkout';
import { isSameFolder } from './folders';

/** Throws CHECKOUT_FAILED, STORAGE_FAILED, STOPPED. What an earlier reader of the same tree left behind goes first. */
export async function openReadingRoom(
  stateDir: string,
  request: CheckoutRequest,
  signal: AbortSignal,
): Promise<ReadingRoom> {
  const { workspace, snapshot, repository } = request;
  await removeChecks(stateDir, workspace.shadow, snapshot.tree);
  const folder = await makeCheckout(stateDir, request, 'check', signal);
  const note = { folder, tree: snapshot.tree, use: 'check' } as const;
  return {
    folder: folder.path,
    readable: [join(repository.commonDir, 'objects')],
    isUntouched: async () => (await isSameFolder(folder)) && !(await isTouched(workspace, note)),
    close: () => removeChecks(stateDir, workspace.shadow, snapshot.tree),
  };
}
