/** The result files that a check leaves. What wrote them is not trusted. */
import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { REPORT_LIMITS, type TestReport } from '../../core/verify/tally';
import { readRegularFile } from '../git/regularFile';
import { isWithin } from '../process/toolchains';
import { findFiles, isPattern } from './findFiles';

/** Reports as they were before the check, by path, to tell one that the check wrote from one that was there. */
export type ReportStates = ReadonlyMap<string, string>;

export interface ReportsReading {
  readonly reports: readonly TestReport[];
  /** Why a report was not read, one reason for each. */
  readonly problems: readonly string[];
}

/** The states of the files that `names` (paths or patterns, relative to the folder) mean now. */
export async function reportStates(folder: string, names: readonly string[]): Promise<ReportStates> {
  const states = new Map<string, string>();
  for (const path of await pathsOf(folder, names)) {
    const state = await stateOf(join(folder, path));
    if (state !== null) states.set(path, state);
  }
  return states;
}

/**
 * Reads the reports of a check that has ended, those that the check wrote.
 *
 * @param before what `reportStates` said before the check ran
 */
export async function readReports(
  folder: string,
  names: readonly string[],
  before: ReportStates,
): Promise<ReportsReading> {
  const reports: TestReport[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  let left: number = REPORT_LIMITS.allBytes;
  for (const name of names) {
    const paths = await pathsOf(folder, [name]);
    if (paths.length === 0) problems.push(`no file matches ${name}`);
    const fresh = isPattern(name) ? await changedOf(folder, paths, before) : paths;
    if (paths.length > 0 && fresh.length === 0) problems.push(`every file of ${name} is older than the check`);
    for (const path of fresh) {
      if (seen.has(path)) continue;
      seen.add(path);
      if (seen.size > REPORT_LIMITS.files || left <= 0) {
        problems.push(`there is more than ${REPORT_LIMITS.files} reports or ${mebibytes(REPORT_LIMITS.allBytes)}`);
        return { reports, problems };
      }
      const reading = await readReport(folder, path, before);
      if ('why' in reading) problems.push(reading.why);
      else {
        reports.push(reading.report);
        left -= reading.bytes;
      }
    }
  }
  return { reports, problems };
}

/** A path is looked for where it is; a pattern, among the files that are there. */
async function pathsOf(folder: string, names: readonly string[]): Promise<string[]> {
  const patterns = names.filter(isPattern);
  const found = patterns.length === 0 ? [] : await findFiles(folder, patterns);
  return [...new Set([...names.filter((name) => !isPattern(name)), ...found])];
}

async function changedOf(folder: string, paths: readonly string[], before: ReportStates): Promise<string[]> {
  const changed: string[] = [];
  for (const path of paths) if ((await stateOf(join(folder, path))) !== before.get(path)) changed.push(path);
  return changed;
}

/** The state of a file; null when there is none. Its change time cannot be set back by who writes it. */
async function stateOf(file: string): Promise<string | null> {
  const stat = await lstat(file, { bigint: true }).catch(() => null);
  return stat === null ? null : [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ');
}

type Read = { readonly report: TestReport; readonly bytes: number } | { readonly why: string };

async function readReport(folder: string, path: string, before: ReportStates): Promise<Read> {
  const file = join(folder, path);
  if (isAbsolute(path) || !isWithin(file, folder)) return { why: `the report ${path} lies outside the checkout` };
  const now = await stateOf(file);
  if (now === null) return { why: `the report ${path} was not written` };
  if (now === before.get(path)) return { why: `the report ${path} is older than the check` };
  const [parent, root] = await Promise.all([realpath(dirname(file)).catch(() => null), realpath(folder)]);
  if (parent === null || !isWithin(parent, root)) return { why: `the report ${path} lies outside the checkout` };
  const bytes = await readRegularFile(file, REPORT_LIMITS.bytes);
  if (bytes === null)
    return { why: `the report ${path} is no regular file of at most ${mebibytes(REPORT_LIMITS.bytes)}` };
  const { readTestReport } = await import('../../core/verify/testReport');
  const reading = readTestReport(new TextDecoder().decode(bytes));
  if ('why' in reading) return { why: `the report ${path} is ${reading.why}` };
  return { report: reading.report, bytes: bytes.length };
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}
