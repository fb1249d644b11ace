/** The processes of this machine, with what is needed to tell which of them belong to a task. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly name: string;
  /** Ended, and waits only for its parent to notice. */
  readonly zombie: boolean;
  /** Holds `NAME=value` of the looked-for marker in its environment. */
  readonly marked: boolean;
}

/** A marker as it stands in an environment, e.g. `COUNTERSIGN_TASK=k3f…`. */
export type Marker = `${string}=${string}`;

/** All processes that this user may see. Processes that end meanwhile are left out. */
export async function processTable(marker: Marker): Promise<readonly ProcessRow[]> {
  switch (process.platform) {
    case 'linux':
      return procTable(marker);
    case 'win32':
      return []; // Windows tells no environment; `taskkill /T` ends the tree instead.
    default:
      return psTable(marker);
  }
}

async function procTable(marker: Marker): Promise<readonly ProcessRow[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const rows = await Promise.all(pids.map((pid) => procRow(pid, marker)));
  return rows.filter((row) => row !== null);
}

/** `/proc/PID/stat` per proc(5): the name stands in parentheses and may itself contain any character. */
async function procRow(pid: number, marker: Marker): Promise<ProcessRow | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    const nameEnd = stat.lastIndexOf(')');
    const [state, parent, group] = stat.slice(nameEnd + 2).split(' ');
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    return {
      pid,
      parent: Number(parent),
      group: Number(group),
      name: stat.slice(stat.indexOf('(') + 1, nameEnd),
      zombie: state === 'Z' || state === 'X',
      marked: environment.split('\0').includes(marker),
    };
  } catch {
    return null;
  }
}

/** `ps -E` shows the environment of the user's own processes after the command (macOS, BSD). */
function psTable(marker: Marker): Promise<readonly ProcessRow[]> {
  const args = ['-axww', '-E', '-o', 'pid=,ppid=,pgid=,stat=,command='];
  return new Promise((resolve) => {
    execFile('/bin/ps', args, { maxBuffer: 64 * 1024 * 1024, timeout: 10_000 }, (_error, stdout) => {
      resolve(
        stdout
          .split('\n')
          .map((line) => psRow(line, marker))
          .filter((row) => row !== null),
      );
    });
  });
}

/** A line of `ps -axww -E -o pid=,ppid=,pgid=,stat=,command=`, or null for what is none. */
export function psRow(line: string, marker: Marker): ProcessRow | null {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
  if (match === null) return null;
  const [, pid, parent, group, state, command] = match;
  const words = command!.split(' ');
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    name: words[0]!,
    zombie: state!.startsWith('Z'),
    marked: words.includes(marker),
  };
}

/** Rows that are marked, in the group of `leader`, `leader` itself, or descend from any of these. Never this process. */
export function membersOf(rows: readonly ProcessRow[], leader: number | null): readonly ProcessRow[] {
  const members = new Set<number>();
  for (const row of rows) {
    if (row.marked || (leader !== null && (row.pid === leader || row.group === leader))) members.add(row.pid);
  }
  for (let before = -1; before !== members.size; ) {
    before = members.size;
    for (const row of rows) if (members.has(row.parent)) members.add(row.pid);
  }
  members.delete(process.pid);
  return rows.filter((row) => members.has(row.pid) && !row.zombie);
}
