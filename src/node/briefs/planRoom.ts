/**
 * A clean checkout of the commit that is checked out, for a planner that only reads: it has no task and no folders of one.
 * It lies beside the trials, and what a killed host left of it goes with theirs at the next start.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Workspace } from '../../core/events';
import type { RepositoryFacts } from '../../core/ports/repository';
import type { ReadingRoom } from '../../core/ports/workspace';
import { TRIALS_FOLDER } from '../checks/trials';
import { makeFolder, removeFolder } from '../git/folders';
import { openReadingRoom } from '../git/readingRoom';
import { headTree, makeTrialShadow } from '../git/trialShadow';

export interface RoomOptions {
  readonly stateDir: string;
  readonly isolation: Workspace['isolation'];
}

export interface PlanRoom extends ReadingRoom {
  /** What the planner's processes are marked with. */
  readonly name: string;
}

/** Throws CHECKOUT_FAILED, STORAGE_FAILED, STOPPED and what git says; then nothing of it is left. */
export async function openPlanRoom(
  { stateDir, isolation }: RoomOptions,
  repository: RepositoryFacts,
  signal: AbortSignal,
): Promise<PlanRoom> {
  const name = `plan-${randomUUID()}`;
  const home = await makeFolder(join(stateDir, TRIALS_FOLDER), name);
  try {
    const workspace = await makeTrialShadow(stateDir, home, repository, isolation);
    const snapshot = { commit: repository.head, tree: await headTree(repository) };
    const place = { task: name, slug: name.slice(0, 'plan-'.length + 8), repository, workspace, snapshot };
    const room = await openReadingRoom(stateDir, place, signal);
    return {
      ...room,
      name,
      close: async () => {
        // What does not go now goes at the next start: the answer stands either way.
        await room.close().catch(() => undefined);
        await removeFolder(home).catch(() => undefined);
      },
    };
  } catch (thrown) {
    await removeFolder(home).catch(() => undefined);
    throw thrown;
  }
}
