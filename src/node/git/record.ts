/** What the shadow remembers of its task: written once or twice by us, read back by schema. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { fail } from '../../core/errors';
import { folderSchema } from '../../core/events';

const fingerprintSchema = z.record(z.string(), z.string());

const recordSchema = z.object({
  v: z.literal(1),
  /** The user's configuration as it was carried over at hand-off. */
  carried: z.array(z.tuple([z.string(), z.string()])),
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
const MAX_RECORD = 128 * 1024 * 1024;

/** Reads the record of a shadow. Throws SNAPSHOT_FAILED when it is absent or not ours. */
export async function readRecord(shadow: string): Promise<ShadowRecord> {
  const path = recordPath(shadow);
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > MAX_RECORD) fail('SNAPSHOT_FAILED', `${path} is too large`);
    return recordSchema.parse(JSON.parse(text));
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    return fail('SNAPSHOT_FAILED', `the record of the task's git directory cannot be read: ${said}`, { cause: thrown });
  }
}

/** Replaces the record of a shadow; a reader sees the old one or the new one. */
export async function writeRecord(shadow: string, record: ShadowRecord): Promise<void> {
  const path = recordPath(shadow);
  await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

function recordPath(shadow: string): string {
  return join(shadow, 'countersign.json');
}
