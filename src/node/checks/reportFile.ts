/** The result file that a check leaves in its checkout. What wrote it is not trusted. */
import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { REPORT_LIMITS, type TestReport } from '../../core/verify/tally';
import { readRegularFile } from '../git/regularFile';
import { isWithin } from '../process/toolchains';

export type ReportReading = TestReport | { readonly why: string };

/** A report as it was before the check, to tell one that the check wrote from one that was there. */
export type ReportState = string | null;

/** The state of the file now; null when there is none. Its change time cannot be set back by who writes it. */
export async function reportState(folder: string, path: string): Promise<ReportState> {
  const stat = await lstat(join(folder, path), { bigint: true }).catch(() => null);
  return stat === null ? null : [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ');
}

/**
 * Reads the report of a check that has ended, if the check wrote it.
 * @param before what `reportState` said before the check ran
 */
export async function readReport(folder: string, path: string, before: ReportState): Promise<ReportReading> {
  const file = join(folder, path);
  if (isAbsolute(path) || !isWithin(file, folder)) return { why: `the report ${path} lies outside the checkout` };
  const now = await reportState(folder, path);
  if (now === null) return { why: `the report ${path} was not written` };
  if (now === before) return { why: `the report ${path} is older than the check` };
  const [parent, root] = await Promise.all([realpath(dirname(file)).catch(() => null), realpath(folder)]);
  if (parent === null || !isWithin(parent, root)) return { why: `the report ${path} lies outside the checkout` };
  const bytes = await readRegularFile(file, REPORT_LIMITS.bytes);
  if (bytes === null) {
    return { why: `the report ${path} is no regular file of at most ${REPORT_LIMITS.bytes / 1024 / 1024} MiB` };
  }
  const { readTestReport } = await import('../../core/verify/testReport');
  const reading = readTestReport(new TextDecoder().decode(bytes));
  return 'why' in reading ? { why: `the report ${path} is ${reading.why}` } : reading.report;
}
