/** The receipts of a task as a reviewer sees them: which runs, and whether they are still those that were signed off. */
import type { Signoff } from '../events';
import { digestOfReceipt, digestOfReceipts, receiptsIn, receiptsOf } from '../verify/receipt';
import type { Verification } from '../verify/verification';
import { visible } from '../visible';
import type { PacketReceipts } from './packetSchema';
import { plural } from './words';

/**
 * @param tree the one under review: receipts of the work at another one are stale
 * @param note of the delivered commit; null when there is none, undefined when nobody looked
 */
export function packetReceipts(
  { id, signoff }: { readonly id: string; readonly signoff?: Signoff },
  verification: Verification,
  tree: string | null,
  note: string | null | undefined,
): Omit<PacketReceipts, 'altered'> {
  const list = receiptsOf(id, verification).map((receipt) => ({
    check: receipt.check,
    column: receipt.column,
    status: receipt.status,
    tree: receipt.tree,
    digest: digestOfReceipt(receipt),
  }));
  const signed = signoff?.receipts;
  return {
    list,
    stale: verification.tree !== tree,
    digest: digestOfReceipts(list.map(({ digest }) => digest)),
    signed:
      signed === undefined ? null : digestOfReceipts(signed) === digestOfReceipts(list.map(({ digest }) => digest)),
    note: signed === undefined || note === undefined ? null : noteState(id, signed, note),
  };
}

/** A note may hold more than the sign-off names: the checks of a tree that was merged with a target that had moved. */
function noteState(task: string, signed: readonly string[], note: string | null): PacketReceipts['note'] {
  if (note === null) return 'missing';
  const there = new Set(receiptsIn(note).flatMap((one) => (one.task === task ? [digestOfReceipt(one)] : [])));
  return signed.every((digest) => there.has(digest)) ? 'match' : 'differs';
}

const COLUMNS: Readonly<Record<PacketReceipts['list'][number]['column'], string>> = {
  base: 'base',
  result: 'result',
  again: 'result, run again',
  overlay: "with the base's tests",
  folder: "in the agent's folder",
};

export function columnOfReceipt({ column }: Pick<PacketReceipts['list'][number], 'column'>): string {
  return COLUMNS[column];
}

/** What there is to say of the list as a whole, in one sentence. */
export function receiptWords({ list, stale, signed, note, altered }: PacketReceipts): string {
  const which =
    signed === null
      ? stale
        ? 'of another tree than the one under review'
        : 'of the tree under review'
      : signed
        ? 'as they were signed off'
        : 'not those that were signed off';
  const notes = {
    match: '; the note of the delivered commit has them',
    differs: '; the note of the delivered commit has others',
    missing: '; the delivered commit has no note here',
  };
  const said = note === null ? '' : notes[note];
  return `${plural(list.length, 'receipt')}, ${which}${said}${altered.length === 0 ? '' : `; ${alteredWords(altered)}`}`;
}

/** `evidence/tests-….log was changed after it was written`, with the number of the others. */
export function alteredWords(altered: PacketReceipts['altered']): string {
  const [first, ...others] = altered;
  if (first === undefined) return '';
  const what = first.state === 'missing' ? 'is gone' : 'was changed after it was written';
  const more = others.length === 0 ? '' : ` (and ${plural(others.length, 'file')} more)`;
  return `${visible(first.path)} ${what}${more}`;
}
