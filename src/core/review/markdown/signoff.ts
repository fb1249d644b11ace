/** The sign-off of a packet as Markdown, with what was answered, the delivery and the receipts. */
import { amendmentWords } from '../amendment';
import { signedCriteria } from '../criteria/markdown';
import type { Packet } from '../packetSchema';
import { columnOfReceipt, receiptWords } from '../receipts';
import { code, prose, table } from '../text';
import { shortOid } from '../words';

export function signoffSection(packet: Packet): string {
  const record = packet.signoff;
  if (record === undefined) return '';
  const overridden = Object.entries(record.overridden).map(
    ([name, reason]) => `- ${overriddenWords(name, record)} overridden: ${prose(reason)}`,
  );
  const accepted = Object.entries(record.accepted).map(
    ([id, reason]) => `- Finding ${code(id)} accepted: ${prose(reason)}`,
  );
  const amended = Object.entries(record.widened ?? {}).map(
    ([id, amendment]) =>
      `- Brief amended for finding ${code(id)}: ${prose(amendment.reason)} (${code(amendmentWords(amendment))}). As handed off, the brief did not say this.`,
  );
  return [
    `## Sign-off\n\nBy **${prose(record.by.name)}** (${code(record.by.email)}), ${prose(record.at)}, for tree ${code(record.tree)}.`,
    [...overridden, ...accepted, ...amended, ...signedCriteria(record)].join('\n'),
    deliveryWords(packet),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function overriddenWords(name: string, { checks, review }: NonNullable<Packet['signoff']>): string {
  if (!Object.hasOwn(checks, name) && review !== undefined) return `Review (${review.standing})`;
  return `Check ${code(name)} (${checks[name] ?? 'missing'})`;
}

function deliveryWords({ delivery }: Packet): string {
  if (delivery === null) return '';
  if (delivery.ref === null) return 'Recorded; no branch was moved.';
  const commit = delivery.commit === null ? '' : ` as ${code(delivery.commit)}`;
  return `Delivered (${delivery.mode}) to ${code(delivery.ref)}${commit}.`;
}

/** Receipts that are named; the note of the commit has them all. */
const RECEIPTS_SHOWN = 50;
const DIGEST_SHOWN = 16;

/** From the sign-off on: before it they only say again what the table of the checks says. */
export function receiptsSection({ receipts: found, signoff: record }: Packet): string {
  if (found === undefined || record === undefined) return '';
  const rows = found.list
    .slice(0, RECEIPTS_SHOWN)
    .map((receipt) => [
      code(receipt.check),
      prose(columnOfReceipt(receipt)),
      receipt.status,
      code(shortOid(receipt.tree)),
      code(receipt.digest.slice(0, DIGEST_SHOWN)),
    ]);
  const sentence = `${prose(receiptWords(found))}. Digest of all: ${code(found.digest)}.`;
  return `## Receipts\n\n${sentence}\n\n${table(['Check', 'Run', 'Result', 'Tree', 'Receipt'], rows)}`;
}
