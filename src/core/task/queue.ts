/** Which waiting tasks may start: a pure policy over what waits and what runs. */

/** How many tasks may be at work at the same time. Both at least 1. */
export interface QueueLimits {
  readonly tasks: number;
  readonly perRepository: number;
}

export interface QueueEntry {
  readonly id: string;
  /** The repository's key: its tasks share `perRepository`. */
  readonly repository: string;
}

/** Memory that one real agent is given, by measurement of the common ones (170 to 396 MB each after one prompt). */
const AGENT_MEMORY_BYTES = 350 * 1024 * 1024;
/** Above this the disk and the person who reviews are the limit, not the memory. */
const MOST_TASKS = 32;
const PER_REPOSITORY = 4;

/**
 * The limits of a machine whose owner set none.
 *
 * @param freeMemory bytes that new processes can have
 */
export function defaultLimits(freeMemory: number): QueueLimits {
  const tasks = Math.min(MOST_TASKS, Math.max(1, Math.floor(freeMemory / AGENT_MEMORY_BYTES)));
  return { tasks, perRepository: Math.min(PER_REPOSITORY, tasks) };
}

/**
 * The waiting tasks that may start now, first come first served. A task whose repository is full is passed over and
 * keeps its place: it is the first of its repository to start when one there ends, so nothing starves.
 *
 * @param queued  in the order of their arrival
 * @param running what is at work
 */
export function nextToStart(
  queued: readonly QueueEntry[],
  running: readonly QueueEntry[],
  limits: QueueLimits,
): string[] {
  const busy = new Map<string, number>();
  for (const { repository } of running) busy.set(repository, (busy.get(repository) ?? 0) + 1);
  let free = limits.tasks - running.length;
  const starting: string[] = [];
  for (const { id, repository } of queued) {
    if (free <= 0) break;
    const atWork = busy.get(repository) ?? 0;
    if (atWork >= limits.perRepository) continue;
    busy.set(repository, atWork + 1);
    free -= 1;
    starting.push(id);
  }
  return starting;
}
