/** Where the sockets of tool lines are: short paths in private folders, and none left when a host died. */
import { randomBytes } from 'node:crypto';
import { lstat, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '../../../core/hash';

/** `sockaddr_un.sun_path` holds 108 bytes on Linux and 104 on macOS and BSD, with the zero at the end. */
const MAX_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;
const FOLDER = 'lines';
const SOCKET = 's';

/** Of the lines of one state directory whose own path is too long. */
const temporaryOf = (state: string): string => `countersign-line-${sha256Hex(state).slice(0, 12)}-`;

/**
 * A place for one line: below the state directory, or, where that path is too long for a socket, in a fresh private folder
 * of the temporary ones. On Windows a pipe's name, and no folder.
 */
export async function placeOfLine(
  state: string,
): Promise<{ readonly folder: string | null; readonly address: string }> {
  const name = randomBytes(6).toString('hex');
  if (process.platform === 'win32') {
    return { folder: null, address: `\\\\.\\pipe\\countersign-line-${randomBytes(16).toString('hex')}` };
  }
  const folder = join(state, FOLDER, name);
  const address = join(folder, SOCKET);
  if (Buffer.byteLength(address) <= MAX_SOCKET_PATH) return { folder, address };
  const short = await mkdtemp(join(tmpdir(), temporaryOf(state)));
  return { folder: short, address: join(short, SOCKET) };
}

/** Removes a line's folder: a socket and nothing else, and no folder that holds more. */
export async function removeLine(folder: string): Promise<void> {
  const socket = join(folder, SOCKET);
  const found = await lstat(socket).catch(() => null);
  if (found?.isSocket()) await rm(socket, { force: true });
  await rmdir(folder).catch(() => undefined);
}

/** Removes the lines that a dead host left. For the owner of the state directory, before any turn runs. */
export async function sweepLines(state: string): Promise<void> {
  const own = await namesIn(join(state, FOLDER));
  for (const name of own) await removeLine(join(state, FOLDER, name));
  const prefix = temporaryOf(state);
  for (const name of (await namesIn(tmpdir())).filter((one) => one.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const found = await lstat(folder).catch(() => null);
    if (found?.isDirectory() && found.uid === process.getuid?.()) await removeLine(folder);
  }
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
