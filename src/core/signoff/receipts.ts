/** Holds the receipts in a commit's note against what its sign-off says of them. */
import { digestOfReceipt, digestOfReceipts, type Receipt, receiptsIn } from '../verify/receipt';
import { visible } from '../visible';
import type { Trailers } from './trailers';

/** Where the receipts of delivered commits are. */
export const NOTES_REF = 'refs/notes/countersign';

type Delivered = Extract<Trailers, { kind: 'delivered' }>;

/** `missing`: the note is not here; it may not have been fetched. */
export type ReceiptState = 'verified' | 'missing' | 'none';

/** Asked of a commit that `receiptProblem` found nothing against. */
export function receiptState({ receipts }: Delivered, note: string | null): ReceiptState {
  if (receipts === null) return 'none';
  return note === null ? 'missing' : 'verified';
}

/**
 * What is wrong with the receipts of a delivered commit; null when nothing is, and when they are not here: a note can be
 * left behind by a clone, and says nothing by its absence.
 */
export function receiptProblem(trailers: Delivered, note: string | null): string | null {
  if (trailers.receipts === null || note === null) return null;
  const own = receiptsIn(note).filter(({ task }) => task === trailers.task);
  if (digestOfReceipts(own.map(digestOfReceipt)) !== trailers.receipts) {
    return `the receipts in ${NOTES_REF} are not those that were signed off`;
  }
  const unproven = trailers.checks.find(({ name, outcome }) => outcome === 'passed' && !proves(own, trailers, name));
  if (unproven === undefined) return null;
  return `no receipt shows that the check ${visible(unproven.name)} passed at the signed tree`;
}

function proves(receipts: readonly Receipt[], { tree, brief }: Delivered, name: string): boolean {
  return receipts.some(
    (receipt) =>
      receipt.check === name &&
      receipt.column === 'result' &&
      receipt.status === 'passed' &&
      receipt.tree === tree &&
      receipt.treeAfter === tree &&
      receipt.brief === brief,
  );
}
