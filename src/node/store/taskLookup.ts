import { fail } from '../../core/errors';
import type { TaskSummary } from '../../core/task/summary';
import { normalizeId } from './taskId';

/** How many tasks a message names. */
const NAMED = 5;

/**
 * The task that a person means by an id, a slug, or the beginning of one that only one task has.
 *
 * @param repository whose tasks come first: a beginning is looked up in others only where none of these has it
 * @throws TASK_AMBIGUOUS, naming those that it could be; TASK_NOT_FOUND, naming those that are near
 */
export function findTask(typed: string, tasks: readonly TaskSummary[], repository?: string): TaskSummary {
  const id = normalizeId(typed);
  const slug = typed.trim().toLowerCase();
  const exact = tasks.find((task) => task.id === id || task.slug === slug);
  if (exact !== undefined) return exact;
  const begun = slug === '' ? [] : tasks.filter((task) => task.id.startsWith(id) || task.slug.startsWith(slug));
  const own = begun.filter((task) => task.repository.id === repository);
  const [only, ...others] = own.length > 0 ? own : begun;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) return fail('TASK_AMBIGUOUS', `"${typed}" could be any of: ${describe([only, ...others])}`);
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
