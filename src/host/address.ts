/** Where the host listens, and how clients find it: `host/address.json` in the state directory. */
import { chmod, lstat, mkdtemp, readFile, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { sha256Hex } from '../core/hash';
import { writeFileAtomic } from '../node/store/atomicFile';
import { ADDRESS_FILE } from './addressFile';

/** `sockaddr_un.sun_path` holds 108 bytes on Linux and 104 on macOS and BSD, with the zero at the end. */
const MAX_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;
const TEMPORARY = 'countersign-host-';

const addressSchema = z.object({ pid: z.number().int().positive(), socket: z.string().min(1).max(4_096) });
export type Address = z.infer<typeof addressSchema>;

const fileOf = (hostFolder: string): string => join(hostFolder, ADDRESS_FILE);

/** Where the running host listens, or null when none says so. */
export async function readAddress(hostFolder: string): Promise<Address | null> {
  try {
    return addressSchema.parse(JSON.parse(await readFile(fileOf(hostFolder), 'utf8')));
  } catch {
    return null;
  }
}

/** Tells clients where to go. For the owner of the host's lock only. */
export function publishAddress(hostFolder: string, address: Address): Promise<void> {
  return writeFileAtomic(fileOf(hostFolder), JSON.stringify(address));
}

/**
 * A path to listen on that only this user can reach: in the host's own folder, or, where that path is too long for a
 * socket, in a fresh private folder of the temporary ones. On Windows a pipe's name.
 */
export async function chooseSocket(hostFolder: string): Promise<string> {
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\countersign-${sha256Hex(`${hostFolder}\0${process.pid}\0${Date.now()}`).slice(0, 32)}`;
  }
  const socket = join(hostFolder, 'socket');
  if (Buffer.byteLength(socket) <= MAX_SOCKET_PATH) return socket;
  return join(await mkdtemp(join(tmpdir(), TEMPORARY)), 'socket');
}

/** Keeps others away from a socket that was just made. */
export async function protectSocket(socket: string): Promise<void> {
  if (process.platform !== 'win32') await chmod(socket, 0o600);
}

/**
 * Removes the address and the socket that a host left behind: its own, or those of one that died. For the owner of the
 * host's lock only. Nothing but a socket is ever deleted, and no folder but the private one made for it.
 */
export async function withdrawAddress(hostFolder: string): Promise<void> {
  const address = await readAddress(hostFolder);
  await rm(fileOf(hostFolder), { force: true });
  if (process.platform === 'win32') return;
  await removeSocket(join(hostFolder, 'socket'));
  if (address === null) return;
  const folder = dirname(address.socket);
  if (!basename(folder).startsWith(TEMPORARY) || dirname(folder) !== tmpdir()) return;
  const { uid } = await lstat(folder).catch(() => ({ uid: null }));
  if (uid === process.getuid?.()) {
    await removeSocket(address.socket);
    await rmdir(folder).catch(() => undefined);
  }
}

async function removeSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isSocket()) await rm(path, { force: true });
}
