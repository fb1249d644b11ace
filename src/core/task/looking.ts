/** What a reviewer looks at: the states of a task's files, their contents and differences, and what checks printed. */
import { plainText } from '../agent/plainText';
import type { Change } from '../drift/diff';
import { fail } from '../errors';
import type { Snapshot } from '../events';
import type { TreeEntry } from '../ports/repository';
import { changeOfJudgement, evidenceFiles, type Judged, type JudgementChange } from '../review/since';
import { visible } from '../visible';
import type { TaskContext } from './context';
import { evidenceOf } from './inspect';
import type { Task } from './task';

/** A state of the task's files: what it started from, or the snapshot of a turn. */
export type Revision = 'base' | number;

/** Bytes and characters of a check's output that are shown at once. */
const OUTPUT_LIMIT = 8 * 1024 * 1024;

/** The newest revision that there is to look at. Throws REVISION_NOT_FOUND before the first snapshot. */
export function newestRevision(task: Task): number {
  return newestSnapshot(task).turn;
}

/** Throws REVISION_NOT_FOUND before the first snapshot. */
function newestSnapshot({ id, snapshots }: Task): Snapshot {
  return (
    snapshots.at(-1) ?? fail('REVISION_NOT_FOUND', `task ${id} has no snapshot yet`, { fix: 'wait for its first' })
  );
}

function snapshotAt({ id, snapshots }: Task, turn: number): Snapshot {
  const found = snapshots.find((snapshot) => snapshot.turn === turn);
  if (found !== undefined) return found;
  const turns = snapshots.map((snapshot) => snapshot.turn).join(', ');
  const there = turns === '' ? 'it has none yet' : `it has those of turn ${turns}`;
  return fail('REVISION_NOT_FOUND', `task ${id} has no snapshot of turn ${turn}; ${there}`, {
    fix: 'name one of those',
  });
}

/** The commit of a revision. Throws REVISION_NOT_FOUND for a turn without a snapshot. */
function commitAt(task: Task, revision: Revision): string {
  return revision === 'base' ? task.base : snapshotAt(task, revision).commit;
}

/** Throws REVISION_NOT_FOUND for a turn without a snapshot. */
export async function changesBetween(
  context: TaskContext,
  task: Task,
  from: Revision,
  to: Revision,
): Promise<readonly Change[]> {
  return context.ports.objects.changes(task.repository, commitAt(task, from), commitAt(task, to));
}

/** Throws REVISION_NOT_FOUND; FILE_NOT_FOUND when there is no file, link or submodule at the path. */
export async function contentAt(
  context: TaskContext,
  task: Task,
  place: { readonly at: Revision; readonly path: string; readonly most: number },
): Promise<TreeEntry> {
  const { at, path, most } = place;
  const entry = await context.ports.objects.entry(task.repository, commitAt(task, at), path, most);
  if (entry !== null) return entry;
  const where = at === 'base' ? 'the base' : `the snapshot of turn ${at}`;
  return fail('FILE_NOT_FOUND', `there is no file ${visible(path)} in ${where} of task ${task.id}`);
}

/**
 * What a check printed, escapes removed; its end where it is larger than what is shown at once.
 * @throws USAGE when the brief has no such check; FILE_NOT_FOUND when it has printed nothing yet
 */
export async function outputOf(
  context: TaskContext,
  task: Task,
  name: string,
): Promise<{ readonly text: string; readonly bytes: number; readonly cut: boolean }> {
  const { brief, verification } = await evidenceOf(context, task);
  if (!brief.front.checks.some((check) => check.name === name)) {
    fail('USAGE', `the brief has no check "${visible(name)}"`, { fix: 'take the names from `countersign show`' });
  }
  const file = verification?.checks.find((check) => check.name === name)?.log.path;
  const output = file === undefined ? null : await context.ports.records.output(task.id, file, OUTPUT_LIMIT);
  if (output === null) return fail('FILE_NOT_FOUND', `check ${name} of task ${task.id} has no output`);
  const text = plainText(new TextDecoder().decode(output.bytes));
  const cut = output.size > output.bytes.length || text.length > OUTPUT_LIMIT;
  const end = text.length > OUTPUT_LIMIT ? text.slice(-OUTPUT_LIMIT) : text;
  return { text: cut ? fromWholeLine(end) : end, bytes: output.size, cut };
}

/** Without the line that lost its beginning, unless it is so long that it may be all there is. */
function fromWholeLine(text: string): string {
  const end = text.indexOf('\n');
  return end >= 0 && end < LONG_LINE ? text.slice(end + 1) : text;
}

const LONG_LINE = 10_000;

export interface Since extends JudgementChange {
  /** The turn that it was compared with: the newest. */
  readonly turn: number;
  readonly changes: readonly Change[];
}

/** What the turns after `turn` changed. Throws REVISION_NOT_FOUND for a turn without a snapshot. */
export async function changedSince(context: TaskContext, task: Task, turn: number): Promise<Since> {
  const [then, now] = [snapshotAt(task, turn), newestSnapshot(task)];
  const { objects, records } = context.ports;
  const history = await records.history(task.id);
  const judgedAt = async ({ tree }: Snapshot): Promise<Judged> => {
    const { drift, verification, review } = evidenceFiles(history, tree);
    return {
      drift: drift === null ? null : await records.drift(task.id, drift),
      verification: verification === null ? null : await records.verification(task.id, verification),
      review: review === null ? null : await records.review(task.id, review),
    };
  };
  const [before, after, changes, { brief }] = await Promise.all([
    judgedAt(then),
    judgedAt(now),
    objects.changes(task.repository, then.commit, now.commit),
    context.terms(task),
  ]);
  const names = brief.front.checks.map(({ name }) => name);
  return { turn: now.turn, changes, ...changeOfJudgement(before, after, names) };
}
