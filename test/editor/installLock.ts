/** One at a time, between processes: a file that holds the pid of whoever works. */
import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** How often whoever waits looks again. */
const EVERY_MS = 500;

/**
 * Does some work while holding a lock file. Waits while a living process holds it; what a dead one left is taken over.
 *
 * @param file the lock: an absolute path
 * @param say gets one line when there is something to wait for
 * @param work what must not be done twice at once
 */
export async function taking(file: string, say: (line: string) => void, work: () => Promise<void>): Promise<void> {
  for (let told = false; !(await take(file)); told = true) {
    const holder = await holderOf(file);
    if (holder !== null && !lives(holder)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) say(`waiting for process ${holder ?? '?'}, which does the same`);
    await wait(EVERY_MS);
  }
  try {
    await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Linked into place, so that nobody ever reads a lock without its pid. */
async function take(file: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own);
  }
}

/** Null when it is gone again. */
async function holderOf(file: string): Promise<number | null> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  return pid > 0 ? pid : null;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
