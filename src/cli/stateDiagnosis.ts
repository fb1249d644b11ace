/** What `doctor` sees in the state directory: whether it can be used, and whether every task in it can be read. */
import { access, constants, lstat, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CountersignError } from '../core/errors';
import { plural } from '../core/review/words';
import type { Context } from './command';
import type { Finding } from './diagnosis';
import { withRunningHost } from './host';

type Seen = Omit<Finding, 'what'>;

const ELSEWHERE = 'set COUNTERSIGN_HOME to a folder of your own';

/** Throws STORAGE_FAILED where nothing can be written. */
export async function state({ env }: Context): Promise<Seen> {
  const folder = await folderOf(env);
  const found = await stat(folder).catch(() => null);
  if (found === null) {
    await requireWritable(await nearestExisting(folder), `${folder} cannot be made`);
    return { status: 'ok', says: `${folder}: made when the first task is handed off`, fix: null };
  }
  if (!found.isDirectory())
    return { status: 'fail', says: `${folder} is no folder`, fix: `move it away, or ${ELSEWHERE}` };
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return { status: 'fail', says: `${folder} may be entered by others`, fix: `run \`chmod 700 ${folder}\`` };
  }
  await requireWritable(folder, 'nothing can be kept');
  const [repos, { bytes, more }] = await Promise.all([readdir(join(folder, 'repos')).catch(() => []), sizeOf(folder)]);
  const size = `${more ? 'more than ' : ''}${Math.ceil(bytes / 1024 ** 2)} MiB`;
  return {
    status: 'ok',
    says: `${folder}: ${size}, tasks of ${plural(repos.length, 'repository', 'repositories')}`,
    fix: null,
  };
}

/** Tasks that cannot be read: as the host that runs tells, else as their journals do. */
export async function tasks(context: Context): Promise<Seen> {
  const told = await withRunningHost(context, (host) => host.request('task/list', {}));
  const problems = told?.problems ?? (await unreadableJournals(await folderOf(context.env)));
  if (problems.length === 0) return { status: 'ok', says: 'every task can be read', fix: null };
  const named = problems.slice(0, 5).map(({ message }) => message);
  const rest = problems.length > named.length ? `; and ${problems.length - named.length} more` : '';
  return {
    status: 'fail',
    says: `${plural(problems.length, 'task')} cannot be read: ${named.join('; ')}${rest}`,
    fix: 'mend the named line of the journal, or move the folder of the task away; then `countersign host stop`',
  };
}

async function folderOf(env: NodeJS.ProcessEnv): Promise<string> {
  const { stateFolder } = await import('../node/store/platformFolders');
  return stateFolder({ platform: process.platform, home: homedir(), env });
}

async function nearestExisting(folder: string): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    if (place === dirname(place) || (await stat(place).catch(() => null)) !== null) return place;
  }
}

async function requireWritable(place: string, otherwise: string): Promise<void> {
  if (!(await stat(place)).isDirectory()) {
    throw new CountersignError('STORAGE_FAILED', `${otherwise}: ${place} is no folder`, { fix: ELSEWHERE });
  }
  await access(place, constants.W_OK).catch((cause: unknown) => {
    throw new CountersignError('STORAGE_FAILED', `${otherwise}: ${place} cannot be written`, {
      fix: `make it writable, or ${ELSEWHERE}`,
      cause,
    });
  });
}

/** Reads every journal and changes none: the store itself is its host's to open. */
async function unreadableJournals(folder: string): Promise<readonly { readonly message: string }[]> {
  const { readJournal } = await import('../node/store/journal');
  const { isTaskId } = await import('../node/store/taskId');
  const problems: { readonly message: string }[] = [];
  for (const repository of await readdir(join(folder, 'repos')).catch(() => [])) {
    const own = join(folder, 'repos', repository, 'tasks');
    for (const id of (await readdir(own).catch(() => [])).filter(isTaskId)) {
      const file = join(own, id, 'journal.ndjson');
      const read = await readJournal(file).catch((thrown: Error) => thrown);
      if (read instanceof Error) problems.push({ message: read.message });
      else if (read.task === null) problems.push({ message: `${file} holds no event` });
    }
  }
  return problems;
}

/** Enough to tell a small state directory from a large one, without walking every worktree in it. */
const MAX_COUNTED = 50_000;

/** Bytes of the files below a folder; `more` when counting was ended early. */
async function sizeOf(folder: string): Promise<{ readonly bytes: number; readonly more: boolean }> {
  let bytes = 0;
  let counted = 0;
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      counted += 1;
      if (counted > MAX_COUNTED) return { bytes, more: true };
      const path = join(next, entry.name);
      if (entry.isDirectory()) open.push(path);
      else bytes += (await lstat(path).catch(() => null))?.size ?? 0;
    }
  }
  return { bytes, more: false };
}
