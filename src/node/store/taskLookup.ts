import { fail } from '../../core/errors';
import type { TaskSummary } from '../../core/task/summary';
import { normalizeId } from './taskId';

/** How many tasks a message names. */
const NAMED = 5;

/**
 * The task that a person means by an id, a slug, or the beginning of one that only one task has.
 *
 * @throws TASK_NOT_FOUND, naming those that it could be or that are near
 */
export function findTask(typed: string, tasks: readonly TaskSummary[]): TaskSummary {
  const id = normalizeId(typed);
  const slug = typed.trim().toLowerCase();
  const exact = tasks.find((task) => task.id === id || task.slug === slug);
  if (exact !== undefined) return exact;
  const begun = slug === '' ? [] : tasks.filter((task) => task.id.startsWith(id) || task.slug.startsWith(slug));
  const [only] = begun;
  if (only !== undefined && begun.length === 1) return only;
  if (begun.length > 1) return fail('TASK_NOT_FOUND', `"${typed}" could be any of: ${describe(begun)}`);
  const near = tasks.filter((task) => slug !== '' && (task.slug.includes(slug) || task.id.endsWith(id)));
  const shown = near.length > 0 ? near : tasks.slice(-NAMED);
  return fail(
    'TASK_NOT_FOUND',
    shown.length === 0
      ? `there is no task "${typed}", nor any other`
      : `there is no task "${typed}"; there are: ${describe(shown)}`,
  );
}

function describe(tasks: readonly TaskSummary[]): string {
  const newest = tasks.slice(-NAMED).reverse();
  const more = tasks.length > newest.length ? ` and ${tasks.length - newest.length} more` : '';
  return newest.map((task) => `${task.id} (${task.slug})`).join(', ') + more;
}
