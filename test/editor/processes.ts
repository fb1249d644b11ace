/** Who still runs: processes are known by the temporary folder that all of their surroundings lie in. */
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

export interface Leftover {
  readonly pid: number;
  readonly command: string;
}

/**
 * Finds the processes that name a folder in their command, their environment or as the place where they run. Linux only:
 * elsewhere it finds none.
 *
 * @param folder an absolute path
 */
export async function processesOf(folder: string): Promise<Leftover[]> {
  if (!existsSync('/proc/self/environ')) return [];
  const found: Leftover[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const read = (file: string) => readFile(`/proc/${name}/${file}`, 'latin1').catch(() => '');
    const command = await read('cmdline');
    const place = await readlink(`/proc/${name}/cwd`).catch(() => '');
    // A process that has ended and was not waited for yet has no command.
    if (command === '' || ![command, place, await read('environ')].some((text) => text.includes(folder))) continue;
    found.push({ pid: Number(name), command: command.replaceAll('\0', ' ').trim().slice(0, 200) });
  }
  return found;
}

/**
 * Waits until no process of a folder is left. What does not go by itself is killed, and told.
 *
 * @param folder an absolute path
 * @param patience for how long they may take, in milliseconds
 * @param stays the one that is not waited for
 * @returns those that had to be killed
 */
export async function untilNobodyIsLeft(folder: string, patience = 30_000, stays?: number): Promise<Leftover[]> {
  const others = async () => (await processesOf(folder)).filter(({ pid }) => pid !== stays);
  const until = performance.now() + patience;
  let left = await others();
  while (left.length > 0 && performance.now() < until) {
    await wait(100);
    left = await others();
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went by itself in this very moment.
    }
  }
  return left;
}
