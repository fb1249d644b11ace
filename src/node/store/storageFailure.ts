import { CountersignError, fail } from '../../core/errors';

/** Throws STORAGE_FAILED for an error of the file system, with the system's own words; what has a code already goes on. */
export function storageFailure(what: string, cause: unknown): never {
  if (cause instanceof CountersignError) throw cause;
  fail('STORAGE_FAILED', `${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

/** The code of a system error (`ENOENT`), or null for anything else. */
export function systemCode(thrown: unknown): string | null {
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : null;
}
