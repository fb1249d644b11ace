/**
 * Folders held open while an agent, or what is left of one, may be moving things around. On Linux everything in a held
 * folder is named through its descriptor (`/proc/self/fd/N/name`), so that nothing can be put in the place of a part of
 * the path. Elsewhere every step is compared with the device and inode that were found first. No link is followed.
 */
import { constants, existsSync } from 'node:fs';
import { chmod, type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../core/errors';
import type { Folder } from '../../core/events';

/** Linux's flag for a descriptor that only names a place: it needs no permission to read. Node has no constant for it. */
const O_PATH = 0o10000000;

const BY_DESCRIPTOR = process.platform === 'linux' && existsSync('/proc/self/fd');

/** What opening, or the look after it, says of a place that holds no folder. */
const NO_FOLDER = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

export class HeldFolder {
  /** As it was reached; where it is now only `place` knows. */
  readonly path: string;
  readonly #handle: FileHandle | null;
  readonly #above: HeldFolder | null;
  readonly #dev: string;
  readonly #ino: string;

  private constructor(path: string, above: HeldFolder | null, handle: FileHandle | null, dev: bigint, ino: bigint) {
    this.path = path;
    this.#above = above;
    this.#handle = handle;
    this.#dev = String(dev);
    this.#ino = String(ino);
  }

  /** Opens a folder by a path whose folders above are trusted; null when there is none, or a link, or a file. */
  static open(path: string): Promise<HeldFolder | null> {
    return HeldFolder.#open(path, path, null);
  }

  static async #open(path: string, place: string, above: HeldFolder | null): Promise<HeldFolder | null> {
    let handle: FileHandle | null = null;
    try {
      if (BY_DESCRIPTOR) handle = await open(place, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
      const stat = await (handle?.stat({ bigint: true }) ?? lstat(place, { bigint: true }));
      if (stat.isDirectory()) return new HeldFolder(path, above, handle, stat.dev, stat.ino);
      return null;
    } catch (thrown) {
      await handle?.close();
      if (NO_FOLDER.has((thrown as NodeJS.ErrnoException).code ?? '')) return null;
      throw thrown;
    }
  }

  is({ dev, ino }: Folder): boolean {
    return dev === this.#dev && ino === this.#ino;
  }

  /** The path by which to reach the folder now. Throws STORAGE_FAILED when another took its place. */
  async place(): Promise<string> {
    if (this.#handle !== null) return `/proc/self/fd/${this.#handle.fd}`;
    await this.#above?.place();
    const stat = await lstat(this.path, { bigint: true }).catch(() => null);
    if (stat?.isDirectory() && String(stat.dev) === this.#dev && String(stat.ino) === this.#ino) return this.path;
    return fail('STORAGE_FAILED', `${this.path} was replaced while it was looked at`);
  }

  /** The folder of that name inside; null when there is none, or a link, or a file. */
  async enter(name: string): Promise<HeldFolder | null> {
    if (name === '' || name === '.' || name === '..') return null;
    return HeldFolder.#open(join(this.path, name), join(await this.place(), name), this);
  }

  async entries() {
    return readdir(await this.place(), { withFileTypes: true });
  }

  /** Lets the owner list and change it. */
  async unlock(): Promise<void> {
    await chmod(await this.place(), 0o700).catch(() => {
      // Not ours to change; listing it will say so.
    });
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}

/**
 * Works in the folder that a relative path leads to from a held one, through folders only; `''` is the held one. Where
 * the way ends early, `otherwise` is told in which folder, and at which name.
 */
export async function workBelow<T>(
  top: HeldFolder,
  path: string,
  work: (folder: HeldFolder) => Promise<T>,
  otherwise: (last: HeldFolder, name: string) => Promise<T>,
): Promise<T> {
  const [name = '', ...rest] = path.split('/');
  if (path === '') return work(top);
  const next = await top.enter(name);
  if (next === null) return otherwise(top, name);
  try {
    return await workBelow(next, rest.join('/'), work, otherwise);
  } finally {
    await next.close();
  }
}
