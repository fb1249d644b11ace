/** What the host does for the methods about what follows a correction. */
import type { TaskController } from '../../core/task/controller';
import type { TaskHandlers } from '../rpc';
import type { CLOSING } from '../rpc/closing';

/** @param resolve the id of the task that a person named */
export function closingHandlers(
  controller: Pick<TaskController, 'takeOver' | 'handIn' | 'giveUp' | 'previewSplit' | 'split'>,
  resolve: (named: { readonly id: string; readonly repo?: string | undefined }) => Promise<string>,
): Pick<TaskHandlers, keyof typeof CLOSING> {
  return {
    'task/take-over': async ({ by, ...named }) => ({ path: await controller.takeOver(await resolve(named), by) }),
    'task/hand-in': async ({ by, message, ...named }) => {
      await controller.handIn(await resolve(named), by, message ?? null);
      return {};
    },
    'task/give-up': async ({ by, discard, ...named }) => controller.giveUp(await resolve(named), by, discard),
    'task/preview-split': async ({ paths, keep, ...named }) =>
      controller.previewSplit(await resolve(named), { paths, keep }),
    'task/split': async ({ paths, keep, commit, by, ...named }) =>
      controller.split(await resolve(named), { paths, keep }, by, commit ?? null),
  };
}
