/**
 * Reads which tests and changes of a task's newest snapshot name which criterion: from results and objects that are at
 * hand, within limits, and once for what does not change.
 */
import type { Brief } from '../brief/brief';
import { criterionIds } from '../brief/criterionIds';
import type { DriftReport } from '../drift/report';
import { CountersignError } from '../errors';
import { findMentions, type Mentions, type NamedTests, type TestedCheck } from '../review/criteria/mentions';
import type { ChangedFile } from '../review/reviewer/changedFile';
import { parseEach } from '../verify/each';
import { testResultSchema } from '../verify/results';
import type { CheckResult, ResultsRef, Verification } from '../verify/verification';
import type { TaskContext } from './context';
import { Kept } from './kept';
import type { Task } from './task';

/** Bytes of one file of results, and of all that are read for a packet. */
const FILE_LIMIT = 16 * 1024 * 1024;
const ALL_LIMIT = 48 * 1024 * 1024;
/** Files and changed lines of a difference that is read: what is larger is not looked through, and that is told. */
const MOST_FILES = 10_000;
const MOST_LINES = 200_000;

/** The evidence of a task, as far as it is looked at here. */
interface Judged {
  readonly brief: Brief;
  readonly verification: Verification | null;
  readonly drift: DriftReport | null;
}

const KEPT = new Kept<Mentions>();

/**
 * Null where there is no criterion or no snapshot. What cannot be read is not there: a repository that is gone is no reason
 * to show no packet.
 */
export async function mentionsOf(
  context: TaskContext,
  task: Task,
  { brief, verification, drift }: Judged,
): Promise<Mentions | null> {
  const snapshot = task.snapshots.at(-1);
  if (snapshot === undefined || brief.criteria.length === 0) return null;
  const current = verification?.tree === snapshot.tree && verification.brief === brief.hash ? verification : null;
  const question = [snapshot.commit, brief.hash, current?.startedAt ?? ''].join(' ');
  const isLarge = drift?.tree === snapshot.tree && isLargeChange(drift);
  const sought = { brief, commit: snapshot.commit, checks: current?.checks ?? [], isLarge };
  return KEPT.of(context, task.id, question, () => find(context, task, sought));
}

interface Sought {
  readonly brief: Brief;
  readonly commit: string;
  readonly checks: readonly CheckResult[];
  /** The difference is too large to be looked through. */
  readonly isLarge: boolean;
}

function isLargeChange({ stats: { files, insertions, deletions } }: DriftReport): boolean {
  return files > MOST_FILES || insertions + deletions > MOST_LINES;
}

async function find(context: TaskContext, task: Task, { brief, commit, checks, isLarge }: Sought): Promise<Mentions> {
  const reader = new ResultsReader(context, task.id);
  const tested: TestedCheck[] = [];
  // One after the other: each may be large.
  for (const check of checks) if (hasEnded(check.status)) tested.push(await reader.tested(check));
  const files = isLarge ? [] : await filesOf(context, task, commit);
  const found = findMentions(criterionIds(brief.criteria), tested, files);
  const unread = isLarge ? ['The change is too large to be looked through for ids'] : found.unread;
  return { ...found, unread: [...unread, ...reader.unread] };
}

async function filesOf({ ports }: TaskContext, task: Task, commit: string): Promise<readonly ChangedFile[]> {
  try {
    return await ports.objects.hunks(task.repository, task.base, commit);
  } catch (thrown) {
    if (thrown instanceof CountersignError) return [];
    throw thrown;
  }
}

function hasEnded(status: CheckResult['status']): boolean {
  return status === 'passed' || status === 'failed';
}

class ResultsReader {
  readonly unread: string[] = [];
  readonly #context: TaskContext;
  readonly #task: string;
  #room = ALL_LIMIT;

  constructor(context: TaskContext, task: string) {
    this.#context = context;
    this.#task = task;
  }

  async tested({ name, results, base, status }: CheckResult): Promise<TestedCheck> {
    const result = results === null ? null : await this.#read(name, results);
    if (base?.kind === 'same') return { check: name, result, base: result };
    const run = base?.kind === 'ran' && hasEnded(base.run.status) ? base.run : null;
    const before = run?.results == null ? null : await this.#read(name, run.results);
    // A run that passed without the report that the one before has lost every test of it.
    const isSilent = results === null && status === 'passed' && before !== null;
    return { check: name, result: isSilent ? { tests: [], unlisted: 0 } : result, base: before };
  }

  /** Null, and told, for what is gone, too large, no list of tests, or other than it was recorded. */
  async #read(check: string, { path, sha256 }: Pick<ResultsRef, 'path' | 'sha256'>): Promise<NamedTests | null> {
    const { records } = this.#context.ports;
    const most = Math.min(FILE_LIMIT, this.#room);
    const output = await records.output(this.#task, path, most).catch(() => null);
    if (output !== null) this.#room -= output.bytes.length;
    const isWhole = output !== null && output.size === output.bytes.length;
    const tests = isWhole && (await records.digest(this.#task, path)) === sha256 ? testsIn(output.bytes) : null;
    if (tests === null) this.unread.push(`The tests of check "${check}" could not be looked through by name`);
    return tests;
  }
}

function testsIn(bytes: Uint8Array): NamedTests | null {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null || !('tests' in json) || !Array.isArray(json.tests)) return null;
  const tests = parseEach(testResultSchema, json.tests);
  const unlisted = 'unlisted' in json && typeof json.unlisted === 'number' ? json.unlisted : 0;
  return tests === null ? null : { tests, unlisted };
}
