/** Reads a brief from the file that a person named. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Brief } from '../core/brief/brief';
import { fail } from '../core/errors';

/** More than any brief may have: enough to see that it is too large, without reading what is. */
const READ_AT_MOST = 512 * 1024;

export interface BriefFile {
  /** As messages call it: relative to the current folder where it lies below it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The bytes of a file, at most 512 KiB of them. Throws FILE_NOT_FOUND for what is not there or is no file. */
export async function readBriefFile(cwd: string, path: string): Promise<BriefFile> {
  const absolute = resolve(cwd, path);
  const below = relative(cwd, absolute);
  const name = below === '' || below.startsWith('..') ? absolute : below;
  let file: FileHandle | null = null;
  try {
    // Not blocking: opening a FIFO would wait for a writer.
    file = await open(absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!(await file.stat()).isFile()) fail('FILE_NOT_FOUND', `${name} is no file`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(READ_AT_MOST), 0, READ_AT_MOST, 0);
    return { name, bytes: buffer.subarray(0, bytesRead) };
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') fail('FILE_NOT_FOUND', `there is no file ${name}`, { cause: thrown });
    if (code === 'EACCES' || code === 'EPERM') {
      fail('FILE_NOT_FOUND', `${name} may not be read`, { fix: 'check its permissions', cause: thrown });
    }
    throw thrown;
  } finally {
    await file?.close();
  }
}

/** A brief from a file, parsed. Throws FILE_NOT_FOUND and the `BRIEF_*` errors. */
export async function loadBrief(cwd: string, path: string): Promise<Brief> {
  const { name, bytes } = await readBriefFile(cwd, path);
  const { parseBrief } = await import('../core/brief/parse');
  return parseBrief(bytes, name);
}
