/** The record of what a correction asks for, from the same material as its text. */
import type { Finding } from '../../drift/report';
import { listOf, NAMES_KEPT } from '../../verify/comparison';
import { visible, wellFormed } from '../../visible';
import { type CorrectionRequest, gathered } from '../correction';
import type { PacketCheck } from '../packetSchema';
import type { Remark } from '../remark';
import { isOpinion } from '../reviewer/asFinding';
import { ITEMS_MOST, PLACES_MOST, type Sent, type SentItem, sentItemSchema, TEXT_MOST } from './sent';

/**
 * @param edited what a person made of the composed text; null where it is sent as composed
 * @throws FINDING_UNKNOWN an id that the packet does not have
 */
export function sentOf(request: CorrectionRequest, edited: string | null): Sent {
  const { said, failed, taken, doubted, remarks } = gathered(request);
  const words = edited ?? said;
  const items: SentItem[] = [
    ...failed.map(checkItem),
    ...taken.map((finding) => findingItem(finding, false)),
    ...doubted.map((finding) => findingItem(finding, true)),
    ...remarks.map(remarkItem),
    ...(words.trim() === '' ? [] : [{ ...nowhere, kind: 'text' as const, message: short(words) }]),
  ];
  const kept = fitting(items);
  return {
    tree: request.packet.snapshot?.tree ?? '',
    items: kept,
    omitted: items.length - kept.length,
    edited: edited !== null,
  };
}

/** UTF-16 units of all items as JSON, so that a line of the journal holds them beside the prompt. */
const ROOM = 400_000;

/** As many as an event takes, in their order; one with a path of no sensible length is passed over. */
function fitting(items: readonly SentItem[]): SentItem[] {
  let room = ROOM;
  return items
    .filter((item) => {
      const size = JSON.stringify(item).length;
      if (size > room || !sentItemSchema.safeParse(item).success) return false;
      room -= size;
      return true;
    })
    .slice(0, ITEMS_MOST);
}

const nowhere = { id: null, rule: null, path: null, line: null } as const;

function checkItem({ name, status, failures, counts, note }: PacketCheck): SentItem {
  const names = listOf([...new Set(failures.map((failed) => failed.name))]);
  const total = Math.max(names.total, counts?.failed ?? 0);
  const tests = { total, names: names.names.slice(0, NAMES_KEPT).map(wellFormed) };
  return { ...nowhere, kind: 'check', id: name, message: short(note ?? ''), status, tests };
}

function findingItem(finding: Finding, justify: boolean): SentItem {
  const { id, rule, path, line, message, severity, places, evidence } = finding;
  const opinion = isOpinion(finding);
  return {
    kind: opinion ? 'opinion' : 'finding',
    ...{ id, rule, path, line, severity },
    message: short(message),
    ...(justify ? { justify } : {}),
    ...(opinion
      ? { quote: short(evidence) }
      : { places: { total: places.length, ids: places.slice(0, PLACES_MOST).map((place) => place.id) } }),
  };
}

function remarkItem({ path, line, text }: Remark): SentItem {
  return { ...nowhere, kind: 'remark', path, line, message: short(text) };
}

/** One line, cut. A cut between the halves of a surrogate pair leaves the replacement character. */
function short(text: string): string {
  const line = visible(text.trim().replace(/\s+/g, ' '));
  return wellFormed(line.length <= TEXT_MOST ? line : `${line.slice(0, TEXT_MOST - 1)}…`);
}
