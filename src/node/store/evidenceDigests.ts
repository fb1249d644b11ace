/** Digests of evidence as it lies on disk, to be held against what the receipts say. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { withEvidence } from './evidenceFile';

/** Files whose digest is remembered. */
const REMEMBERED = 1_000;
const BLOCK = 256 * 1024;

export class EvidenceDigests {
  /** By path: what the file was like when it was read, and its digest. */
  readonly #known = new Map<string, { readonly identity: string; readonly digest: string }>();

  /**
   * A file that is as it was when it was read last is not read again.
   *
   * @param folder the task's folder
   * @param file as the evidence names it
   * @returns SHA-256 in hex; null when there is no such file
   * @throws JOURNAL_CORRUPT when it names no evidence; STORAGE_FAILED
   */
  of(folder: string, file: string): Promise<string | null> {
    const path = join(folder, file);
    return withEvidence(folder, file, async (handle) => {
      const identity = await identityOf(handle);
      const known = this.#known.get(path);
      if (known?.identity === identity) return known.digest;
      const digest = await digestOf(handle);
      this.#known.delete(path);
      this.#known.set(path, { identity, digest });
      for (const oldest of this.#known.keys()) {
        if (this.#known.size <= REMEMBERED) break;
        this.#known.delete(oldest);
      }
      return digest;
    });
  }
}

/** The time of the last change of status is the kernel's: whoever writes a file cannot set it. */
async function identityOf(handle: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await handle.stat({ bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}

async function digestOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const block = Buffer.alloc(BLOCK);
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(block, 0, block.length, position);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(block.subarray(0, bytesRead));
    position += bytesRead;
  }
}
