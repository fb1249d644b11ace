/**
 * Exchanges files of the user's working tree for staged ones, a rename each. What is not what it was when git called it
 * clean is moved aside first, so nothing is ever overwritten unseen; and nothing is reached through a link.
 */
import { copyFile, cp, mkdir, readlink, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lstatOrNull, parentsOf } from './landPaths';
import { type Checkout, placesOf, signatureOf, syncFile } from './landStaging';

export class Exchange {
  readonly #root: string;
  readonly #places: ReturnType<typeof placesOf>;

  /** @param seen signatures of the files that may be replaced or removed, by path */
  constructor(
    checkout: Checkout,
    private readonly seen: Readonly<Record<string, string>>,
  ) {
    this.#root = checkout.root;
    this.#places = placesOf(checkout);
  }

  /** Removes a file; a submodule's folder only when it is empty. */
  async remove(path: string, submodule: boolean): Promise<void> {
    if (!(await this.#hasRealParents(path))) return;
    const target = join(this.#root, path);
    const stat = await lstatOrNull(target);
    if (stat === null) return;
    if (stat.isDirectory()) {
      // A folder where a file was is somebody's new work, and a submodule's folder is the user's: only an empty one goes.
      if (submodule) await rmdir(target).catch(() => undefined);
      return;
    }
    if (await this.#isAsSeen(path)) await unlink(target);
    else await this.#keep(path);
  }

  /** Puts the staged file in its place; does nothing when it is there already. */
  async place(path: string): Promise<void> {
    const staged = join(this.#places.files, path);
    if ((await lstatOrNull(staged)) === null) return;
    await this.#makeParents(path);
    const target = join(this.#root, path);
    const stat = await lstatOrNull(target);
    if (stat?.isDirectory()) await this.#clearFolder(path);
    else if (stat !== null && !(await this.#isAsSeen(path))) await this.#keep(path);
    await this.#move(staged, target);
  }

  /** An empty folder for a submodule. */
  async makeFolder(path: string): Promise<void> {
    await this.#makeParents(path);
    const target = join(this.#root, path);
    const stat = await lstatOrNull(target);
    if (stat?.isDirectory()) return;
    if (stat !== null) {
      if (await this.#isAsSeen(path)) await unlink(target);
      else await this.#keep(path);
    }
    await mkdir(target);
  }

  async #isAsSeen(path: string): Promise<boolean> {
    return Object.hasOwn(this.seen, path) && this.seen[path] === (await signatureOf(join(this.#root, path)));
  }

  async #hasRealParents(path: string): Promise<boolean> {
    for (const parent of parentsOf(path)) {
      const stat = await lstatOrNull(join(this.#root, parent));
      if (!stat?.isDirectory()) return false;
    }
    return true;
  }

  async #makeParents(path: string): Promise<void> {
    for (const parent of parentsOf(path)) {
      const stat = await lstatOrNull(join(this.#root, parent));
      if (stat?.isDirectory()) continue;
      if (stat !== null) await this.#keep(parent);
      await mkdir(join(this.#root, parent));
    }
  }

  /** Folders that the deletions left empty go; a folder with anything in it is kept whole. */
  async #clearFolder(path: string): Promise<void> {
    try {
      await rmdir(join(this.#root, path));
    } catch {
      await this.#keep(path);
    }
  }

  /** Moves what is at the path aside, to a free name among the kept. */
  async #keep(path: string): Promise<void> {
    const wanted = join(this.#places.kept, path);
    await mkdir(dirname(wanted), { recursive: true, mode: 0o700 });
    let target = wanted;
    for (let n = 2; (await lstatOrNull(target)) !== null; n++) target = `${wanted}.${n}`;
    const source = join(this.#root, path);
    await rename(source, target).catch(async (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EXDEV') throw thrown;
      await cp(source, target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
      await rm(source, { recursive: true });
    });
  }

  /** A rename; where the git directory is on another file system, a copy beside the target and a rename. */
  async #move(staged: string, target: string): Promise<void> {
    await rename(staged, target).catch(async (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EXDEV') throw thrown;
      const beside = `${target}.countersign-${this.#places.token}`;
      await rm(beside, { force: true });
      const stat = await lstatOrNull(staged);
      if (stat?.isSymbolicLink()) {
        await symlink(await readlink(staged), beside);
      } else {
        await copyFile(staged, beside);
        await syncFile(beside);
      }
      await rename(beside, target);
      await unlink(staged);
    });
  }
}
