/**
 * What a task's folders take on the disk. They are walked by device and inode, and no link is followed: what an agent
 * puts there cannot lead the walk elsewhere.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folder, Workspace } from '../../core/events';
import { readNotes } from './checkoutNotes';
import { identifyFolder, isSameFolder } from './folders';
import { HeldFolder } from './heldFolder';

export type DiskUse = 'worktree' | 'shadow' | 'checkout' | 'record';

export interface DiskFolder {
  readonly what: DiskUse;
  readonly path: string;
  readonly bytes: number;
}

export interface DiskReport {
  readonly folders: readonly DiskFolder[];
  readonly bytes: number;
  /** The limit was reached: there is more. */
  readonly cut: boolean;
}

export interface DiskLimits {
  readonly entries: number;
  /** Folders inside each other; every one on the way is held open. */
  readonly depth: number;
}

const LIMITS: DiskLimits = { entries: 2_000_000, depth: 200 };

/** Unit of `blocks`, whatever the file system's own is (POSIX, sys/stat.h as every system that Node runs on has it). */
const BLOCK = 512;

/** Entries of one folder that are looked at together. */
const TOGETHER = 64;

/**
 * The folders of a task that still are those that were made, each with what is allocated in it.
 *
 * @param record the task's folder in the state directory; the shadow inside is told apart
 */
export async function diskOf(
  record: string,
  workspace: Workspace | null,
  limits: DiskLimits = LIMITS,
): Promise<DiskReport> {
  const found: { what: DiskUse; folder: Folder }[] = [];
  if (workspace !== null) {
    found.push({ what: 'worktree', folder: workspace.worktree }, { what: 'shadow', folder: workspace.shadow });
    const notes = (await isSameFolder(workspace.shadow)) ? await readNotes(workspace.shadow.path) : [];
    found.push(...notes.map(({ folder }) => ({ what: 'checkout' as const, folder })));
  }
  found.push({ what: 'record', folder: await identifyFolder(record) });
  const walk = new DiskWalk(limits, workspace?.shadow ?? null);
  const folders: DiskFolder[] = [];
  for (const { what, folder } of found) {
    if (!(await isSameFolder(folder))) continue;
    folders.push({ what, path: folder.path, bytes: await walk.bytesOf(folder, what === 'record') });
  }
  return { folders, bytes: folders.reduce((sum, { bytes }) => sum + bytes, 0), cut: walk.cut };
}

class DiskWalk {
  readonly #limits: DiskLimits;
  readonly #apart: Folder | null;
  /** Files with several names, which are counted once. */
  readonly #linked = new Set<string>();
  #left: number;
  cut = false;

  /** @param apart a folder that `bytesOf` passes over where it is told to */
  constructor(limits: DiskLimits, apart: Folder | null) {
    this.#limits = limits;
    this.#left = limits.entries;
    this.#apart = apart;
  }

  /** What is allocated in a folder; 0 when it is another one by now. */
  async bytesOf(folder: Folder, withoutApart: boolean): Promise<number> {
    const held = await HeldFolder.open(folder.path).catch(() => null);
    try {
      return held?.is(folder) === true ? await this.#below(held, withoutApart, this.#limits.depth) : 0;
    } finally {
      await held?.close();
    }
  }

  /** What vanishes or may not be read meanwhile counts as nothing. */
  async #below(folder: HeldFolder, withoutApart: boolean, depth: number): Promise<number> {
    const place = await folder.place();
    const entries = await folder.entries().catch(() => []);
    const files = entries.filter((entry) => !entry.isDirectory());
    let bytes = 0;
    for (let at = 0; at < files.length; at += TOGETHER) {
      const some = files.slice(at, at + TOGETHER);
      if (!this.#take(some.length)) return bytes;
      const sizes = await Promise.all(some.map(({ name }) => this.#sizeOf(join(place, name))));
      for (const size of sizes) bytes += size;
    }
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (!this.#take(1)) return bytes;
      if (depth === 0) this.cut = true;
      else bytes += await this.#inside(folder, name, withoutApart, depth);
    }
    return bytes;
  }

  async #inside(folder: HeldFolder, name: string, withoutApart: boolean, depth: number): Promise<number> {
    const inner = await folder.enter(name).catch(() => null);
    if (inner === null) return 0;
    try {
      if (withoutApart && this.#apart !== null && inner.is(this.#apart)) return 0;
      const own = await this.#sizeOf(join(await folder.place(), name));
      return own + (await this.#below(inner, withoutApart, depth - 1));
    } finally {
      await inner.close();
    }
  }

  async #sizeOf(path: string): Promise<number> {
    const stat = await lstat(path).catch(() => null);
    if (stat === null) return 0;
    if (!stat.isDirectory() && stat.nlink > 1) {
      const key = `${stat.dev}:${stat.ino}`;
      if (this.#linked.has(key)) return 0;
      this.#linked.add(key);
    }
    // Windows has no blocks; there a sparse file counts whole.
    return stat.blocks === undefined ? stat.size : stat.blocks * BLOCK;
  }

  #take(entries: number): boolean {
    this.#left -= entries;
    if (this.#left < 0) this.cut = true;
    return this.#left >= 0;
  }
}
