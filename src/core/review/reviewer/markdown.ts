/** The second opinion in the Markdown of a packet. Everything that the reviewer says is text. */
import type { Packet } from '../packetSchema';
import { code, prose, table } from '../text';
import { duration, plural, shortOid } from '../words';
import { opinionsIn, standingIn } from './opinions';
import type { PacketReview } from './packetReview';
import { droppedWords, placeOf, reviewerWords, withSuggestion } from './words';

const SHOWN = 50;
const REASONS_SHOWN = 10;

/** Empty when none was asked for and none is wanted. */
export function reviewSection(packet: Packet): string {
  const { review, reviewRequired } = packet;
  if (review === null) return reviewRequired ? '## Second opinion\n\nNone: nobody has reviewed this tree.' : '';
  const parts = [
    '## Second opinion',
    headWords(review),
    standingIn(review) === 'none'
      ? ''
      : 'A model’s opinion: what it quotes was found, what it says of it was not checked.',
    findingTable(packet, review),
    unexplainedList(review),
    notes(review),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function headWords(review: PacketReview): string {
  if (review.none !== null) return `**No review**: ${prose(review.none)}`;
  const { seconds, same, tree, confinement, stale } = review;
  const facts = [
    `By **${prose(reviewerWords(review))}**, ${duration(seconds)}, of tree ${code(shortOid(tree))}`,
    ...(stale ? ['**which is not the one under review**'] : []),
    ...(same ? ['the same agent that made the change'] : []),
    ...(confinement === null ? [] : [`confined by ${prose(confinement)}`]),
  ];
  return `${facts.join(', ')}.`;
}

function findingTable(packet: Packet, review: PacketReview): string {
  if (review.none !== null) return '';
  if (review.findings.length === 0) return 'It found nothing to object to.';
  const answers = new Map(Object.entries(packet.signoff?.accepted ?? {}));
  const open = new Set(opinionsIn(review).flatMap(({ id, severity }) => (severity === 'info' ? [] : [id])));
  const rows = review.findings.slice(0, SHOWN).map((finding) => {
    const reason = answers.get(finding.id);
    const about = finding.criterion === null ? (finding.clause ?? '') : `criterion ${finding.criterion}`;
    return [
      code(finding.id),
      finding.severity,
      code(placeOf(finding)),
      prose(withSuggestion(finding.message, finding.suggestion)),
      code(finding.quote.trim().replace(/\s+/g, ' ')),
      prose(about),
      reason !== undefined ? `accepted: ${prose(reason)}` : open.has(finding.id) ? 'open (accept, ask)' : '',
    ];
  });
  const rest = review.findings.length - rows.length;
  const more = rest > 0 ? `\n\nand ${rest} more` : '';
  return `${table(['Id', 'Severity', 'Where', 'What', 'Quote', 'About', 'Answer'], rows)}${more}`;
}

/** Of a review of the tree under review they stand beside the criteria. */
function unexplainedList(review: PacketReview): string {
  const { unexplained } = review;
  if (unexplained.length === 0 || standingIn(review) === 'valid') return '';
  const lines = unexplained.slice(0, SHOWN).map((place) => `- ${code(placeOf(place))}: ${prose(place.why)}`);
  if (unexplained.length > SHOWN) lines.push(`- and ${unexplained.length - SHOWN} more`);
  return `Changes that serve no criterion, as the reviewer sees it:\n\n${lines.join('\n')}`;
}

function notes({ dropped, droppedCount, unseen, refused }: PacketReview): string {
  const paths = unseen.paths.slice(0, REASONS_SHOWN).map(code).join(', ');
  const lines = [
    prose(droppedWords(dropped, droppedCount, REASONS_SHOWN)),
    unseen.lines === 0
      ? ''
      : `It was not shown ${plural(unseen.lines, 'changed line')} of ${paths}; it could read them.`,
    refused.length === 0 ? '' : `It asked for more than to read and was refused: ${refused.map(code).join('; ')}`,
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `- ${line}`)
    .join('\n');
}
