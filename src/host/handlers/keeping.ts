/** What the host does for the methods about the task as a thing that is kept: put aside, deleted, looked around in. */

import type { TaskRecords } from '../../core/ports/records';
import type { TaskController } from '../../core/task/controller';
import { diskOf } from '../../node/git/disk';
import type { TaskHandlers } from '../rpc';

type KeepingHandlers = Pick<TaskHandlers, 'task/archive' | 'task/disk' | 'task/delete' | 'task/checkout'>;

/** @param resolve the id of the task that a person means */
export function keepingHandlers(
  controller: TaskController,
  records: TaskRecords,
  resolve: (named: { readonly id: string; readonly repo?: string | undefined }) => Promise<string>,
): KeepingHandlers {
  return {
    'task/archive': async ({ on, ...named }) => {
      await controller.archive(await resolve(named), on);
      return {};
    },
    'task/disk': async (named) => {
      const { id, workspace } = await records.get(await resolve(named));
      return diskOf(records.folder(id), workspace);
    },
    'task/delete': async (named) => controller.delete(await resolve(named)),
    'task/checkout': async (named) => ({ path: await controller.checkout(await resolve(named)) }),
  };
}
