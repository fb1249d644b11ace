/** What the host does for the methods about work that others pushed. */
import type { TaskContext } from '../../core/task/context';
import type { TaskController } from '../../core/task/controller';
import type { TaskHandlers } from '../rpc';
import type { ADOPTING } from '../rpc/adopting';

export function adoptingHandlers(
  controller: Pick<TaskController, 'adopt'>,
  { ports: { repositories, adoptions } }: Pick<TaskContext, 'ports'>,
): Pick<TaskHandlers, keyof typeof ADOPTING> {
  return {
    'task/adopt': async ({ repo, ref, brief, base, origin }) => {
      const { task, again, warnings } = await controller.adopt({
        folder: repo,
        named: ref,
        brief: { text: brief.text, file: brief.file ?? 'brief.md' },
        base: base ?? null,
        origin,
      });
      return { id: task.id, again, warnings };
    },
    'repository/branches': async ({ repo }) => ({
      branches: await adoptions.branches(await repositories.identify(repo)),
    }),
  };
}
