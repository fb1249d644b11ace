/** The criteria in the summary of a terminal, a line each. */
import type { Packet, PacketCriterion } from '../packetSchema';
import { criterionState, criterionTitle, isAccepted, unexplainedWords } from './words';

/** Each with its state; of one that nothing proves and nobody accepted, why that is. */
export function criterionLines({ criteria, unexplained, state }: Packet): readonly string[] {
  const lines = criteria.map(lineOf);
  const isTold = unexplained !== null && unexplained.total > 0 && state === 'ready';
  return isTold ? [...lines, `- ${unexplainedWords(unexplained)}`] : lines;
}

/** What answers the first criterion that nothing proves and nobody accepted; null when there is none. */
export function acceptCommand({ id, criteria }: Pick<Packet, 'id' | 'criteria'>): string | null {
  const open = criteria.find((criterion) => criterion.proof === 'unproven' && !isAccepted(criterion));
  return open === undefined ? null : `countersign accept ${id} --criterion ${open.id} --reason TEXT`;
}

function lineOf(criterion: PacketCriterion): string {
  const { symbol, words } = criterionState(criterion);
  const { proposed, proof, because, accepted } = criterion;
  const proposal = proposed === undefined ? '' : `; the reviewer proposes: ${proposed.proof}`;
  const why = proof === 'unproven' && !isAccepted(criterion) ? `: ${because}` : '';
  const said = accepted === undefined || accepted.stale ? '' : `: ${accepted.reason}`;
  return `${symbol} ${criterionTitle(criterion)} (${words}${why}${said}${proposal})`;
}
