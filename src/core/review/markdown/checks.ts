/** The checks of a packet as Markdown: each with what stands beside its result, and what failed. */
import type { Overlay } from '../../verify/columns';
import { baseWords, differencesOf, overlayWords, runWords } from '../columnWords';
import type { Packet, PacketCheck } from '../packetSchema';
import { block, code, prose, table } from '../text';
import { countWords, duration, failureLine, failurePlace, shortOid, statusWords } from '../words';

/** Last part of a failed check's output, in UTF-16 units. */
const TAIL_SHOWN = 2_000;

export function checksSection(packet: Packet): string {
  if (packet.checks.length === 0) {
    return packet.unchecked === null ? '' : `## Checks\n\nNone: ${prose(packet.unchecked)}`;
  }
  const beside = packet.checks.some(({ base }) => base !== undefined);
  const rows = packet.checks.map((check) => [
    code(check.name),
    ...(beside ? [prose(baseWords(check))] : []),
    statusWords(check),
    ...(beside ? [prose(overlayWords(check))] : []),
    check.exit === null ? '' : `${check.exit}`,
    check.tree === null ? '' : duration(check.seconds),
    countWords(check),
    check.tree === null ? '' : code(shortOid(check.tree)),
  ]);
  const head = beside ? ['Check', 'Base', 'Result', "Base's tests"] : ['Check', 'Result'];
  const tree = packet.snapshot === null ? '' : ` at snapshot ${code(shortOid(packet.snapshot.tree))}`;
  const confinement = packet.confinement === null ? '' : `, confined by ${prose(packet.confinement)}`;
  return [
    `## Checks\n\nRun in a clean checkout${tree}${confinement}.`,
    table([...head, 'Exit', 'Time', 'Counts', 'Tree'], rows),
    ...laidOver(packet),
    ...differences(packet),
    ...packet.checks.filter((check) => check.status !== 'passed').map(failure),
  ].join('\n\n');
}

/** Which files make the last column another tree. */
function laidOver({ overlay }: Packet): string[] {
  if (overlay === undefined) return [];
  const list = ({ total, names }: Overlay['laid']) => {
    const shown = names.slice(0, LAID_SHOWN).map(code).join(', ');
    return `${shown}${total > LAID_SHOWN ? ` and ${total - LAID_SHOWN} more` : ''}`;
  };
  const laid = overlay.laid.total === 0 ? [] : [`Base's tests: ${list(overlay.laid)} laid over the result.`];
  const left =
    overlay.left.total === 0 ? [] : [`Check configuration may differ in ${list(overlay.left)}, left as it is.`];
  return [[...laid, ...left].join(' ')];
}

const LAID_SHOWN = 10;

/** Of each check, what differs between its columns. */
function differences(packet: Packet): string[] {
  return packet.checks.flatMap((check) => {
    const named = differencesOf(check).map(({ what, names, more }) => {
      const rest = more > 0 ? ` and ${more} more` : '';
      return `- ${prose(what)}: ${names.map(code).join(', ')}${rest}`;
    });
    const lines = [...named, ...runWords(check).map((sentence) => `- ${prose(sentence)}`)];
    return lines.length === 0 ? [] : [`${code(check.name)} beside its result:\n\n${lines.join('\n')}`];
  });
}

function failure(check: PacketCheck): string {
  const note = check.note === null ? '' : `: ${prose(check.note)}`;
  const tail =
    check.log === null
      ? ''
      : check.log.tail
          .slice(-TAIL_SHOWN)
          .trimEnd()
          .replace(/^\s*\n/, '');
  const asked = check.asked === null ? '' : `, asked for its results by ${code(check.asked)}`;
  const parts = [`${code(check.name)} runs ${code(check.command)}${asked}${note}`, failedTests(check)];
  if (tail !== '') parts.push(block(tail));
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Failed tests of one check that are named, and characters of what each expected. */
const FAILURES_SHOWN = 5;
const VALUE_SHOWN = 200;

function failedTests({ failures, counts }: PacketCheck): string {
  if (failures.length === 0) return '';
  const lines = failures.slice(0, FAILURES_SHOWN).map((failed) => {
    const place = failurePlace(failed);
    const said = failureLine(failed);
    const value = (text: string) =>
      code(text.length > VALUE_SHOWN ? `${text.slice(0, VALUE_SHOWN)}…` : text) || 'nothing';
    const values =
      failed.expected === null || failed.actual === null
        ? ''
        : `; expected ${value(failed.expected)}, got ${value(failed.actual)}`;
    const where = place === '' ? '' : ` (${code(place)})`;
    return `- **${prose(failed.name)}**${where}${said === '' ? '' : `: ${prose(said.slice(0, 400))}`}${values}`;
  });
  const rest = Math.max(counts?.failed ?? 0, failures.length) - lines.length;
  if (rest > 0) lines.push(`- and ${rest} more`);
  return lines.join('\n');
}
