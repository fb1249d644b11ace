/** What a run of a check proves. */
import type { CheckStatus, Counts } from './verification';

export interface CheckRun {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Seconds that it was given. */
  readonly limit: number;
  /** The snapshot's tree, and the one of the checkout when the check began. */
  readonly expected: string;
  readonly tree: string;
  /** Null when the tree could not be read after the check. */
  readonly treeAfter: string | null;
  /** Processes that could not be ended. */
  readonly survivors: readonly string[];
  /** What its reports count, or why they could not be read; null when there is none to be read. */
  readonly report: ReportCounts | { readonly why: string } | null;
}

export interface ReportCounts {
  readonly counts: Counts;
  /** As they were written; several joined by `+`. */
  readonly format?: string;
  /** Why some of the reports could not be read, where others were. */
  readonly unread?: readonly string[];
}

export interface Judgement {
  readonly status: CheckStatus;
  /** The signal that ended the check, also where a shell or a sandbox reported it as an exit code. */
  readonly signal: string | null;
  readonly note: string | null;
}

/** POSIX: a shell that finds no such command exits with 127; cmd.exe with 9009. */
const NOT_FOUND: ReadonlySet<number> = new Set([127, 9009]);
const NOT_EXECUTABLE = 126;

/** A shell reports the end of its child by signal n as 128 + n (POSIX, 2.8.2). Numbers as on Linux and macOS alike. */
const SIGNALS: Readonly<Record<number, string>> = {
  129: 'SIGHUP',
  130: 'SIGINT',
  131: 'SIGQUIT',
  132: 'SIGILL',
  134: 'SIGABRT',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  141: 'SIGPIPE',
  142: 'SIGALRM',
  143: 'SIGTERM',
};

/**
 * The exit code decides, and evidence can only lower it: a report with failures contradicts a zero. A tree that
 * changed comes before either, since nobody knows any more what was tested.
 */
export function judgeCheck(run: CheckRun): Judgement {
  const signal = run.signal ?? SIGNALS[run.exit ?? 0] ?? null;
  const [status, ...reasons] = verdict(run, signal);
  if (run.survivors.length > 0) reasons.push(`could not be ended: ${run.survivors.join(', ')}`);
  reasons.push(...unreadReports(run.report));
  return { status, signal, note: reasons.length === 0 ? null : reasons.join('; ') };
}

function verdict(run: CheckRun, signal: string | null): [CheckStatus, ...string[]] {
  if (run.timedOut) return ['timeout', `stopped after ${run.limit} s`, ...afterItsTests(run.report)];
  if (run.exit !== null && NOT_FOUND.has(run.exit)) return ['missing', `exit ${run.exit}: the command was not found`];
  if (run.treeAfter === null) return ['void', 'the tree could not be read after the check'];
  if (run.tree !== run.expected) return ['void', 'files of the checkout had changed before the check ran'];
  if (run.treeAfter !== run.tree) return ['void', 'files of the checkout changed while the check ran'];
  if (run.signal !== null) return ['failed', `ended by ${run.signal}`];
  if (run.exit === NOT_EXECUTABLE) return ['failed', 'exit 126: the command is not executable'];
  if (run.exit !== 0) return ['failed', `exit ${run.exit}${signal === null ? '' : `, as by ${signal}`}`];
  return contradiction(run.report);
}

function unreadReports(report: CheckRun['report']): readonly string[] {
  if (report === null) return [];
  if ('why' in report) return [`no test counts: ${report.why}`];
  const { unread = [] } = report;
  return unread.length === 0 ? [] : [`some tests are not counted: ${unread.join(', ')}`];
}

/** What the reports tell of a check that did not end by itself: that its tests had ended is known where all reports are whole. */
function afterItsTests(report: CheckRun['report']): string[] {
  if (report === null || 'why' in report || report.counts.total === 0) return [];
  const { total, failed } = report.counts;
  if (failed > 0 || !isWhole(report)) return [`its report tells of ${total} tests, ${failed} failed`];
  return [`its tests had ended: the report is complete (${total} tests, none failed), and the command did not end`];
}

/** Formats that are one document, written at the end; what is written line by line may have been cut. */
const DOCUMENTS: ReadonlySet<string> = new Set(['junit', 'trx', 'ctrf', 'jest', 'mocha', 'rspec']);

function isWhole({ format, unread = [] }: ReportCounts): boolean {
  return unread.length === 0 && format !== undefined && format.split('+').every((one) => DOCUMENTS.has(one));
}

function contradiction(report: CheckRun['report']): [CheckStatus, ...string[]] {
  if (report === null || 'why' in report) return ['passed'];
  const { failed, total, skipped } = report.counts;
  if (failed > 0) return ['failed', `exit 0, but the report shows ${failed} of ${total} tests failed`];
  if (total === 0) return ['passed', 'the report holds no test'];
  return skipped === total ? ['passed', 'every test of the report was skipped'] : ['passed'];
}
