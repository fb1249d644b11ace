/**
 * Why a host could not start, left in `host/failure.json` for the client that started it: the log is for people, this is
 * the coded error itself.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountersignError } from '../core/errors';
import { writeFileAtomic } from '../node/store/atomicFile';
import { coded } from './channel';

const fileOf = (hostFolder: string): string => join(hostFolder, 'failure.json');

/** Before a start: what an earlier one left says nothing about this one. */
export async function clearStartFailure(hostFolder: string): Promise<void> {
  await rm(fileOf(hostFolder), { force: true });
}

export function leaveStartFailure(hostFolder: string, error: CountersignError): Promise<void> {
  return writeFileAtomic(fileOf(hostFolder), JSON.stringify(error.toRecord()));
}

/** What the host left, or null when it left nothing that can be read. */
export async function readStartFailure(hostFolder: string): Promise<CountersignError | null> {
  try {
    return coded(JSON.parse(await readFile(fileOf(hostFolder), 'utf8')));
  } catch {
    return null;
  }
}
