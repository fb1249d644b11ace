/** The receipts of a task: what its sign-off rests on, and how they travel with what is delivered. */
import { toCountersignError } from '../errors';
import type { Landing, Signoff } from '../events';
import { evidenceFiles } from '../review/since';
import { digestOfReceipt, digestOfReceipts, type Receipt, receiptsOf } from '../verify/receipt';
import type { Verification } from '../verify/verification';
import type { TaskContext } from './context';
import { evidenceOf } from './inspect';
import type { Task } from './task';

/** The digests that a sign-off of this verification names; none for evidence of another tree. */
export function digestsOf(task: string, verification: Verification | null, tree: string): readonly string[] {
  if (verification === null || verification.tree !== tree) return [];
  return receiptsOf(task, verification).map(digestOfReceipt);
}

/**
 * The receipts that go with a delivery: those of the sign-off, and those of the merged tree where the target had moved.
 * Null when the sign-off names none, or others than the evidence shows now: then nothing is claimed.
 */
export function receiptsOfDelivery(
  task: string,
  signoff: Pick<Signoff, 'receipts'>,
  verification: Verification | null,
  rerun: Verification | null,
): readonly Receipt[] | null {
  if (signoff.receipts === undefined || verification === null) return null;
  const own = receiptsOf(task, verification);
  if (digestOfReceipts(own.map(digestOfReceipt)) !== digestOfReceipts(signoff.receipts)) return null;
  return [...own, ...(rerun === null ? [] : receiptsOf(task, rerun))];
}

/**
 * Writes the receipts into the note of the delivered commit. A failure is told and is none of the delivery: the commit
 * has its sign-off, and the record of the task has the receipts.
 */
export async function noteReceipts(
  context: TaskContext,
  task: Task,
  { new: commit, tree }: Pick<Landing, 'new' | 'tree'>,
): Promise<void> {
  const { landings, records } = context.ports;
  if (task.state !== 'signed' && task.state !== 'delivered') return;
  const { signoff } = task;
  try {
    const { verification } = await evidenceOf(context, task);
    const file = tree === signoff.tree ? null : evidenceFiles(await records.history(task.id), tree).verification;
    const rerun = file === null ? null : await records.verification(task.id, file);
    const receipts = receiptsOfDelivery(task.id, signoff, verification, rerun);
    if (receipts === null || receipts.length === 0) return;
    await landings.note(task.repository, commit, receipts, signoff.by);
  } catch (thrown) {
    const { message } = toCountersignError(thrown);
    context.audience.progress(task.id, `the receipts were not written into the notes: ${message}`);
  }
}
