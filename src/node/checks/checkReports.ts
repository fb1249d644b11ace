/**
 * The reports of one run of a check: those that the brief names, or what its runner can be asked for. Asking happens
 * through arguments and the environment; the answer comes into a folder of a name that nobody can know before.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../core/brief/brief';
import { reportsOf } from '../../core/brief/checkReports';
import { type MergedReport, mergeReports } from '../../core/verify/results';
import { type Asking, askedCommand, askingOf, describeAsking } from '../../core/verify/runners/asking';
import { readScriptTexts } from '../../core/verify/runners/script';
import { REPORT_LIMITS } from '../../core/verify/tally';
import { readRegularFile } from '../git/regularFile';
import type { CommandOutcome } from './confinedCommand';
import { type ReportStates, type ReportsReading, readReports, reportStates } from './reportFile';

export interface ReportPlace {
  /** The checkout that the check runs in. */
  readonly folder: string;
  /** Its HOME: it may write there, and nothing there is part of the tree. */
  readonly home: string;
}

/** What a check's run reports; `why` where something should have, and did not. */
export type CheckReport = (MergedReport & { readonly unread: readonly string[] }) | { readonly why: string } | null;

/** Bytes of a package.json that is read. */
const LONGEST_PACKAGE = 1024 * 1024;

/** Prepared before the check runs; `close` ends it, whatever happened. */
export class CheckReports {
  /** The command to run, and what is added to its environment. */
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the runner is asked for beside the brief's command, in words; null when it is not. */
  readonly asked: string | null;
  readonly #place: ReportPlace;
  readonly #named: readonly string[];
  readonly #asking: { readonly what: Asking; readonly folder: string } | null;
  readonly #before: ReportStates;

  private constructor(
    check: Check,
    place: ReportPlace,
    asking: { readonly what: Asking; readonly folder: string } | null,
    before: ReportStates,
  ) {
    const asked = asking === null ? null : askedCommand(check.run, asking.what, asking.folder);
    this.command = asked?.command ?? check.run;
    this.env = asked?.env ?? {};
    this.asked = asking === null ? null : describeAsking(asking.what);
    this.#place = place;
    this.#named = namesOf(check, asking?.what ?? null);
    this.#asking = asking;
    this.#before = before;
  }

  /**
   * Looks at what is there before the check runs, and makes the folder for the answer. A brief that names its reports is
   * taken at its word: then nothing is asked.
   */
  static async prepare(check: Check, place: ReportPlace): Promise<CheckReports> {
    const what = reportsOf(check).length > 0 ? null : await askingOf(check.run, (folder) => scriptsOf(place, folder));
    const asking = what === null ? null : await makeFolder(check, what, place.home);
    return new CheckReports(
      check,
      place,
      asking,
      await reportStates(place.folder, namesOf(check, asking?.what ?? null)),
    );
  }

  /** The same check with nothing asked. */
  static async unasked(check: Check, place: ReportPlace): Promise<CheckReports> {
    return new CheckReports(check, place, null, await reportStates(place.folder, reportsOf(check)));
  }

  /** Whether the runner refused what it was asked, before it ran anything: then the check is to be run without. */
  async refused({ code, output }: CommandOutcome): Promise<boolean> {
    const refusal = this.#asking?.what.refusal ?? null;
    if (refusal === null || code === 0) return false;
    if (!refusal.test(output.head) && !refusal.test(output.tail)) return false;
    const report = await this.#answer(null);
    return report === null || report.reports.length === 0;
  }

  /** @param log the file that holds what the check printed */
  async read(log: string): Promise<CheckReport> {
    const reading = this.#asking === null ? await this.#fromNamed() : await this.#answer(log);
    if (reading === null) return null;
    const { reports, problems } = reading;
    if (reports.length === 0)
      return problems.length === 0 ? null : { why: problems.slice(0, MOST_PROBLEMS).join(', ') };
    const { folder } = this.#place;
    const folders = [folder, await realpath(folder).catch(() => folder)];
    return { ...mergeReports(reports, folders), unread: problems.slice(0, MOST_PROBLEMS) };
  }

  async close(): Promise<void> {
    if (this.#asking !== null) await rm(this.#asking.folder, { recursive: true, force: true }).catch(() => undefined);
  }

  async #fromNamed(): Promise<ReportsReading | null> {
    if (this.#named.length === 0) return null;
    return readReports(this.#place.folder, this.#named, this.#before);
  }

  /** What was asked for. That it is absent is no fault of the check's: a runner that did not start writes nothing. */
  async #answer(log: string | null): Promise<ReportsReading | null> {
    const asking = this.#asking!;
    const { reports } = asking.what;
    switch (reports.in) {
      case 'folder':
        return readPresent(asking.folder, [reports.pattern], new Map());
      case 'checkout':
        return readPresent(this.#place.folder, reports.patterns, this.#before);
      case 'output':
        return log === null ? null : readOutput(log, reports.format);
    }
  }
}

/** Reasons that are told; the rest is like them. */
const MOST_PROBLEMS = 5;

function namesOf(check: Check, asking: Asking | null): readonly string[] {
  if (asking === null) return reportsOf(check);
  return asking.reports.in === 'checkout' ? asking.reports.patterns : [];
}

async function makeFolder(check: Check, what: Asking, home: string) {
  const folder = join(home, `.results-${randomUUID()}`);
  const asked = askedCommand(check.run, what, folder);
  if (asked === null) return null;
  await mkdir(folder, { mode: 0o700 });
  for (const [name, text] of Object.entries(asked.files)) await writeFile(join(folder, name), text, { mode: 0o600 });
  return { what, folder };
}

async function scriptsOf({ folder }: ReportPlace, below: string): Promise<ReadonlyMap<string, string> | null> {
  const bytes = await readRegularFile(join(folder, below, 'package.json'), LONGEST_PACKAGE);
  return bytes === null ? null : readScriptTexts(new TextDecoder().decode(bytes));
}

/** Reports that are there; patterns and paths that no file answers are left out. */
async function readPresent(
  folder: string,
  names: readonly string[],
  before: ReportStates,
): Promise<ReportsReading | null> {
  const now = await reportStates(folder, names);
  const fresh = [...now].filter(([path, state]) => state !== before.get(path)).map(([path]) => path);
  return fresh.length === 0 ? null : readReports(folder, fresh, before);
}

async function readOutput(log: string, format: 'go' | 'cargo'): Promise<ReportsReading | null> {
  const bytes = await readRegularFile(log, REPORT_LIMITS.bytes);
  if (bytes === null) return { reports: [], problems: ['it printed more than can be read'] };
  const { readTestOutput } = await import('../../core/verify/testReport');
  const reading = readTestOutput(new TextDecoder().decode(bytes), format);
  // It did not come to its tests: what it printed tells people why.
  return 'why' in reading ? null : { reports: [reading.report], problems: [] };
}
