/** The criteria matrix in the Markdown of a packet. What tests, changes and models say is text. */
import type { Signoff } from '../../events';
import type { Packet, PacketCriterion } from '../packetSchema';
import { placeOf } from '../reviewer/words';
import { code, prose, table } from '../text';
import { shortOid } from '../words';
import type { CriterionEvidence, UnexplainedChanges } from './matrix';
import { criterionState, evidenceWords, testWords, unexplainedWords } from './words';

/** Pieces of evidence of one criterion, and changed places, that are named. */
const EVIDENCE_SHOWN = 5;
const PLACES_SHOWN = 20;

/** Empty where the brief has no criterion. */
export function criteriaSection({ criteria, unexplained }: Packet): string {
  if (criteria.length === 0) return '';
  const isProposed = criteria.some(({ proposed }) => proposed !== undefined);
  const rows = criteria.map((criterion) => {
    const { symbol, words } = criterionState(criterion);
    const proposal = isProposed ? [proposalCell(criterion)] : [];
    return [
      code(criterion.id),
      prose(criterion.text),
      `${symbol} ${prose(words)}`,
      evidenceCell(criterion),
      ...proposal,
    ];
  });
  const head = ['Id', 'Criterion', 'Proof', 'Evidence', ...(isProposed ? ['Reviewer'] : [])];
  const parts = ['## Acceptance criteria', table(head, rows), unexplainedList(unexplained)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function evidenceCell(criterion: PacketCriterion): string {
  const { because, evidence, more, accepted } = criterion;
  // The named check is told by the sentence.
  const told = evidence.filter(({ kind }) => kind !== 'check');
  const shown = told.slice(0, EVIDENCE_SHOWN).map(pieceWords);
  const rest = told.length - shown.length + more;
  return [
    prose(because),
    ...shown,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    ...(accepted === undefined ? [] : [acceptedWords(accepted)]),
  ].join('; ');
}

function pieceWords(evidence: CriterionEvidence): string {
  switch (evidence.kind) {
    case 'check':
      return `${code(evidence.check)} (${prose(evidenceWords(evidence))})`;
    case 'test':
      return `test ${code(evidence.name)} (${testWords(evidence)})`;
    case 'hunk':
      return `named at ${code(placeOf(evidence))}`;
    case 'remark':
      return `finding ${code(evidence.finding)} speaks against it (${evidence.severity})`;
  }
}

function acceptedWords({ by, reason, tree, stale }: NonNullable<PacketCriterion['accepted']>): string {
  const who = `**${prose(by.name)}** (${code(by.email)})`;
  if (stale) return `accepted by ${who} for tree ${code(shortOid(tree))}, **which is not the one under review**`;
  return `accepted by ${who}: ${prose(reason)}`;
}

/** What the reviewer holds of a criterion; empty when nothing. */
function proposalCell({ proposed }: PacketCriterion): string {
  if (proposed === undefined) return '';
  const places = proposed.places.slice(0, 3).map((place) => code(placeOf(place)));
  const where = places.length === 0 ? '' : ` (${places.join(', ')})`;
  return `proposed: ${proposed.proof}${where}: ${prose(proposed.because)}`;
}

function unexplainedList(changes: UnexplainedChanges | null): string {
  if (changes === null) return '';
  const unread = changes.unread.map((what) => `\n\n${prose(what)}.`).join('');
  const words = unexplainedWords(changes);
  if (changes.hunks.length === 0) return `${words}${unread}`;
  const lines = changes.hunks.slice(0, PLACES_SHOWN).map((hunk) => {
    if (hunk.by === null) return `- ${code(placeOf(hunk))}`;
    return `- ${code(placeOf(hunk))}: ${prose(hunk.why)} (${prose(hunk.by)})`;
  });
  if (changes.total > lines.length) lines.push(`- and ${changes.total - lines.length} more`);
  return `${words}:\n\n${lines.join('\n')}${unread}`;
}

/** What a sign-off says of criteria, as items of its list. */
export function signedCriteria({ criteria = [] }: Signoff): string[] {
  return criteria.map(
    ({ id, by, reason }) =>
      `- Criterion ${code(id)} accepted by ${prose(by.name)} (${code(by.email)}): ${prose(reason)}`,
  );
}
