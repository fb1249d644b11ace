/** Result files of test runners: how many tests ran, and which, whatever the format. The file is evidence, not a verdict. */
import { readCtrf } from './ctrf';
import { readJunit } from './junit';
import { REPORT_LIMITS, type TestReport } from './tally';
import { readTap } from './tap';

export { REPORT_LIMITS, type TestCase, type TestReport } from './tally';

/** Reads a report, its format known by its content. Never throws: what cannot be read is told in `why`. */
export function readTestReport(text: string): { readonly report: TestReport } | { readonly why: string } {
  if (text.length > REPORT_LIMITS.bytes) return { why: `larger than ${REPORT_LIMITS.bytes / 1024 / 1024} MiB` };
  const content = text.replace(/^\ufeff/, '').trimStart();
  if (content === '') return { why: 'empty' };
  if (content.startsWith('<')) return readJunit(content);
  if (content.startsWith('{')) return readCtrf(content);
  if (/^(TAP version |\d+\.\.\d+|(not )?ok\b|Bail out!|#)/.test(content)) return readTap(content);
  return { why: 'neither JUnit XML, nor CTRF, nor TAP' };
}
