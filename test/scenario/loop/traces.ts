/** What a run leaves behind: processes, journals, and the user's repository byte for byte. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotOfFolder } from '../cli/folderSnapshot';

export interface Living {
  readonly pid: number;
  readonly command: string;
}

/** Living processes that work in one of the folders or name one in arguments or environment. */
export function processesBelow(folders: readonly string[]): Living[] {
  const names = (text: string) => folders.some((folder) => text.includes(folder));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = reading(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      const environment = reading(() => readFileSync(`/proc/${pid}/environ`, 'latin1'));
      const cwd = reading(() => readlinkSync(`/proc/${pid}/cwd`));
      const ours = command !== '' && (names(command) || names(environment) || names(cwd));
      return ours ? [{ pid: Number(pid), command: command.replaceAll('\0', ' ') }] : [];
    });
}

/** The process that began another; 0 when the other one is gone. */
export function parentOf(pid: number): number {
  // `pid (name) state ppid …`, and the name may hold anything: proc(5).
  const stat = reading(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function reading(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** Journals below a state directory, by task id. */
export function journalFiles(home: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const repository of list(join(home, 'repos'))) {
    const tasks = join(home, 'repos', repository, 'tasks');
    for (const id of list(tasks)) {
      // A task that is being made is not one yet.
      if (!id.startsWith('.') && list(join(tasks, id)).includes('journal.ndjson'))
        found.set(id, join(tasks, id, 'journal.ndjson'));
    }
  }
  return found;
}

/** Names in a folder; none when it is not there. */
export function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Objects come with snapshots, and refs of ours keep them: nothing else of a repository may change without a sign-off. */
const OURS = /^\S+ \S+ \.git\/(objects(\/|$)|refs\/countersign(\/|$))/;

/** A user's repository byte for byte, working tree and git directory, but for objects and the refs of tasks. */
export function fingerprint(dir: string): string[] {
  return snapshotOfFolder(dir).filter((line) => !OURS.test(line));
}
