/** What the shadow remembers of its task: written once or twice by us, read back by schema. */
import { join } from 'node:path';
import * as z from 'zod';
import { folderSchema, type Workspace } from '../../core/events';
import { jsonOf } from '../../core/json';
import { writeFileAtomic } from '../store/atomicFile';
import { readRegularFile } from './regularFile';
import { readMarks } from './shadow';
import { readOwnCarriedConfig } from './userConfig';

export const fingerprintSchema = z.record(z.string(), z.string());

export const recordSchema = z.object({
  v: z.literal(1),
  /** The user's configuration as it was carried over at hand-off. */
  carried: z.array(z.tuple([z.string(), z.string()])),
  /** Names of the user's filters that are not run; null when they are not known. */
  notRun: z.array(z.string()).nullable(),
  ignoreFiles: z.array(z.string()),
  gitlinks: z.array(z.string()),
  /** How many files the base has. */
  files: z.number().int(),
  /** The clone's `.git` as we made it. */
  cloneGit: folderSchema,
  /** Ignored files and nested repositories that were there when the agent began. */
  ignored: z.array(z.string()),
  nested: z.array(z.string()),
  fingerprints: z.object({ clone: fingerprintSchema, repository: fingerprintSchema }),
});
export type ShadowRecord = z.infer<typeof recordSchema>;

/** Largest record read, in bytes: a million ignored paths. */
export const MAX_RECORD = 128 * 1024 * 1024;

/**
 * The record of a task. One that was lost, which a power cut can do, is made anew from the base and the shadow's own
 * configuration. How git's state was before the agent began is not known then: all that is there now counts as changed.
 */
export async function readRecord({ shadow, base }: Pick<Workspace, 'shadow' | 'base'>): Promise<ShadowRecord> {
  const bytes = await readRegularFile(recordPath(shadow.path), MAX_RECORD);
  const record = recordSchema.safeParse(bytes === null ? null : jsonOf(bytes.toString('utf8')));
  return record.success ? record.data : rebuild(shadow.path, base);
}

async function rebuild(shadow: string, base: string): Promise<ShadowRecord> {
  const [{ marks, files }, carried] = await Promise.all([
    readMarks({ commonDir: shadow }, base),
    readOwnCarriedConfig(shadow),
  ]);
  return {
    v: 1,
    carried: carried.map(([key, value]) => [key, value]),
    notRun: null,
    ignoreFiles: [...marks.ignoreFiles],
    gitlinks: [...marks.gitlinks],
    files,
    cloneGit: { path: '', dev: '', ino: '' },
    ignored: [],
    nested: [],
    fingerprints: { clone: {}, repository: {} },
  };
}

/** Replaces the record of a shadow, durably; a reader sees the old one or the new one. Throws STORAGE_FAILED. */
export async function writeRecord(shadow: string, record: ShadowRecord): Promise<void> {
  await writeFileAtomic(recordPath(shadow), JSON.stringify(record));
}

function recordPath(shadow: string): string {
  return join(shadow, 'countersign.json');
}
