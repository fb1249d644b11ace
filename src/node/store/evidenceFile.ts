/** Results that are too large for the journal: JSON files in a task's `evidence` folder, named by its events. */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { fail } from '../../core/errors';
import { jsonOf } from '../../core/json';
import { writeFileAtomic } from './atomicFile';
import { storageFailure, systemCode } from './storageFailure';

const FOLDER = 'evidence';
const MAX_EVIDENCE_BYTES = 256 * 1024 * 1024;

/**
 * Writes evidence, durably; an older file of the same name is replaced whole.
 *
 * @param folder the task's folder
 * @returns the file's name relative to that folder
 * @throws STORAGE_FAILED
 */
export async function writeEvidence(folder: string, name: string, value: unknown): Promise<string> {
  const file = `${FOLDER}/${name}`;
  if (!isEvidenceName(file)) fail('INTERNAL', `"${name}" cannot name evidence`);
  try {
    await mkdir(join(folder, FOLDER), { recursive: true, mode: 0o700 });
  } catch (cause) {
    storageFailure(`${join(folder, FOLDER)} could not be made`, cause);
  }
  await writeFileAtomic(join(folder, file), JSON.stringify(value));
  return file;
}

/**
 * Reads evidence back.
 *
 * @param file as the journal names it
 * @returns null when there is no such file
 * @throws JOURNAL_CORRUPT when it does not fit its schema; STORAGE_FAILED
 */
export async function readEvidence<S extends z.ZodType>(
  folder: string,
  file: string,
  schema: S,
): Promise<z.output<S> | null> {
  if (!isEvidenceName(file)) fail('JOURNAL_CORRUPT', `"${file}" names no evidence`);
  const path = join(folder, file);
  const text = await readText(path);
  if (text === null) return null;
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return fail('JOURNAL_CORRUPT', `${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
}

/**
 * The last bytes of a check's output.
 *
 * @param file as the evidence names it
 * @param most bytes read
 * @returns null when there is no such file
 * @throws JOURNAL_CORRUPT when it names no evidence; STORAGE_FAILED
 */
export async function readEnd(
  folder: string,
  file: string,
  most: number,
): Promise<{ bytes: Uint8Array; size: number } | null> {
  return withEvidence(folder, file, async (handle) => {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, most));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, size - bytes.length);
    return { bytes: bytes.subarray(0, bytesRead), size };
  });
}

/**
 * Reads from a file of evidence, never through a link.
 *
 * @param file as the evidence names it
 * @returns what `read` does; null when there is no such file
 * @throws JOURNAL_CORRUPT when it names no evidence; STORAGE_FAILED
 */
export async function withEvidence<T>(
  folder: string,
  file: string,
  read: (handle: FileHandle) => Promise<T>,
): Promise<T | null> {
  if (!isEvidenceName(file)) fail('JOURNAL_CORRUPT', `"${file}" names no evidence`);
  const path = join(folder, file);
  try {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return await read(handle);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null;
    return storageFailure(`${path} could not be read`, cause);
  }
}

function isEvidenceName(file: string): boolean {
  return /^evidence\/[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(file);
}

async function readText(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_EVIDENCE_BYTES) return await readFile(path, 'utf8');
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null;
    storageFailure(`${path} could not be read`, cause);
  }
  return fail('JOURNAL_CORRUPT', `${path} is larger than ${MAX_EVIDENCE_BYTES} bytes`);
}
