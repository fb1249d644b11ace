/** Which process a pid means: a pid is given away again, a pid with its start time is not. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** Stands for a start time that could not be read: such a process counts as the same as long as its pid lives. */
const UNKNOWN = 'unknown';

/**
 * The identity of a live process, or null when there is none with this pid. A zombie runs nothing and so is none.
 * `startedAt` is in the platform's own words, to be compared and never to be read as a time.
 */
export function processIdentity(pid: number): Promise<ProcessIdentity | null> {
  switch (process.platform) {
    case 'linux':
      return procIdentity(pid);
    case 'win32':
      return askedIdentity(pid, 'powershell.exe', [
        '-NoProfile',
        '-NonInteractive',
        '-Command',
        `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
      ]);
    default:
      return askedIdentity(pid, '/bin/ps', ['-o', 'lstart=', '-p', String(pid)]);
  }
}

/** Whether the process that an identity names still lives. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await processIdentity(identity.pid);
  if (now === null) return false;
  return now.startedAt === identity.startedAt || now.startedAt === UNKNOWN || identity.startedAt === UNKNOWN;
}

/**
 * Field 22 of `/proc/PID/stat` (proc(5)) is the start in clock ticks since boot; the boot's id makes it unique.
 * The name, field 2, stands in parentheses and may itself contain spaces and parentheses.
 */
async function procIdentity(pid: number): Promise<ProcessIdentity | null> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'latin1'),
      readFile(`/proc/${pid}/stat`, 'latin1'),
    ]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return null;
    return { pid, startedAt: `${boot.trim()}:${ticks}` };
  } catch {
    return liveByPid(pid);
  }
}

function askedIdentity(pid: number, command: string, args: readonly string[]): Promise<ProcessIdentity | null> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return new Promise((resolve) => {
    execFile(command, args, { env, timeout: 10_000 }, (_error, stdout) => {
      const startedAt = stdout.trim();
      resolve(startedAt === '' ? liveByPid(pid) : { pid, startedAt });
    });
  });
}

function liveByPid(pid: number): ProcessIdentity | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null;
  }
  return { pid, startedAt: UNKNOWN };
}
