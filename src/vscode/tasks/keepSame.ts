/** A list that was asked for anew, with what did not change as the same objects: who shows them compares by identity. */
import type { TaskSummary } from '../../core/task/summary';

export function keepSame(old: readonly TaskSummary[], fresh: readonly TaskSummary[]): readonly TaskSummary[] {
  const known = new Map(old.map((task) => [task.id, task]));
  const kept = fresh.map((task) => {
    const before = known.get(task.id);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(task) ? before : task;
  });
  const same = kept.length === old.length && kept.every((task, index) => task === old[index]);
  return same ? old : kept;
}
