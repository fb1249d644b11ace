/** Ends processes and makes sure that they are gone. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { TASK_MARKER } from './environment';
import { type Marker, membersOf, type ProcessRow, processTable } from './processTable';

/** How long killed processes get to disappear, in milliseconds. */
const GONE_WITHIN_MS = 3_000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;

/**
 * Kills everything that carries the marker of a task, as recovery does after the host itself was killed.
 * @returns descriptions of what is still there; normally none
 */
export function reapTask(task: string): Promise<string[]> {
  return reap(`${TASK_MARKER}=${task}`, null);
}

/**
 * Kills what carries `marker`, the group of `leader`, and all that descends from them, and looks again until none is
 * left or the time is over.
 * @param leader the process that we started, while its id is still ours; null when it may have been given to another
 * @returns descriptions of what is still there; normally none
 */
export async function reap(marker: Marker, leader: number | null): Promise<string[]> {
  if (process.platform === 'win32') {
    if (leader !== null) await killTree(leader);
    return [];
  }
  const end = performance.now() + GONE_WITHIN_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const left = await membersLeft(marker, leader);
    if (left.length === 0) return [];
    if (performance.now() > end) return left.map((row) => `${row.name} (pid ${row.pid})`);
    for (const row of left) signal(row.pid, 'SIGKILL');
    await sleep(pause);
  }
}

/** What of a run is alive. */
export async function membersLeft(marker: Marker, leader: number | null): Promise<readonly ProcessRow[]> {
  return membersOf(await processTable(marker), leader);
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone, or not ours to signal: the look afterwards tells.
  }
}

/** Windows: the process and its tree. */
export function killTree(pid: number): Promise<void> {
  return new Promise((resolve) => {
    execFile('taskkill', ['/PID', String(pid), '/T', '/F'], { timeout: 10_000 }, () => resolve());
  });
}
