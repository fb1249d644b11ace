/**
 * What the user's repository was before anybody worked on a task: kept beside the task's folders when these go, so that
 * what was done to it since is still told of those that take their place.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Workspace } from '../../core/events';
import { jsonOf } from '../../core/json';
import { writeFileAtomic } from '../store/atomicFile';
import type { Fingerprint } from './fingerprint';
import { isSameFolder } from './folders';
import { fingerprintSchema, MAX_RECORD, readRecord } from './record';
import { readRegularFile } from './regularFile';

/** Called before the folders go; of those that are gone already it was kept then. Throws STORAGE_FAILED. */
export async function keepBefore(workspace: Workspace): Promise<void> {
  const { shadow, isolation } = workspace;
  if (!(await isSameFolder(shadow))) return;
  const file = fileOf(dirname(shadow.path));
  // What changes in a repository that the sandbox keeps read-only is compared with nothing.
  if (isolation === 'shared') return rm(file, { force: true });
  await writeFileAtomic(file, JSON.stringify((await readRecord(workspace)).fingerprints.repository));
}

/** What was kept of the folders before; null where there is nothing to compare with. */
export async function readBefore(home: string): Promise<Fingerprint | null> {
  const bytes = await readRegularFile(fileOf(home), MAX_RECORD);
  const read = fingerprintSchema.safeParse(bytes === null ? null : jsonOf(bytes.toString('utf8')));
  return read.success ? read.data : null;
}

function fileOf(home: string): string {
  return join(home, 'repository.json');
}
