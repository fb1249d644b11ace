/** The stash is a list only in its reflog. */
import { readRegularFileBelow } from './regularFile';

/** Largest reflog read, in bytes: some 300,000 entries. */
const MAX_LOG = 64 * 1024 * 1024;

/** The stashed commits of a git directory, oldest first. */
export async function stashEntries(gitDir: string): Promise<string[]> {
  const log = await readRegularFileBelow(gitDir, 'logs/refs/stash', MAX_LOG);
  const oids = (log?.toString('latin1') ?? '').split('\n').map((line) => line.split(' ')[1] ?? '');
  return oids.filter((oid) => /^[0-9a-f]{40,64}$/.test(oid));
}
