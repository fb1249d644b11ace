/** What the host does for the methods about second opinions. */
import type { TaskController } from '../../core/task/controller';
import type { TaskHandlers } from '../rpc';
import type { REVIEWING } from '../rpc/reviewing';

/** @param resolve the id of the task that a person named */
export function reviewingHandlers(
  controller: Pick<TaskController, 'accept' | 'review'>,
  resolve: (named: { readonly id: string; readonly repo?: string | undefined }) => Promise<string>,
): Pick<TaskHandlers, keyof typeof REVIEWING> {
  return {
    'task/review': async ({ agent, by, ...named }) => {
      await controller.review(await resolve(named), agent ?? null, by);
      return {};
    },
    'task/accept-criterion': async ({ criterion, tree, reason, withdraw, ...named }) => {
      const wish = { criterion, tree: tree ?? null, reason: reason ?? null, withdraw };
      await controller.accept(await resolve(named), wish);
      return {};
    },
  };
}
