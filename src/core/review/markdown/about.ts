/** The facts about a task as a table of Markdown. */
import type { Packet } from '../packetSchema';
import { costBudgetWords, spendingWords } from '../spending';
import { code, prose, table } from '../text';
import { adoptedWords } from '../words';

export function aboutSection(packet: Packet): string {
  const { agent } = packet;
  const rows: (readonly [string, string])[] = [
    ['Task', code(packet.id)],
    ['Brief', code(packet.brief)],
    ['Base', code(packet.base)],
    [
      'Snapshot',
      packet.snapshot === null ? 'none' : `${code(packet.snapshot.commit)}, tree ${code(packet.snapshot.tree)}`,
    ],
    ['Turn', `${packet.turn}, corrections ${packet.corrections.used} of ${packet.corrections.allowed}`],
    [
      'Agent',
      `${code(agent.id)}${agent.version === undefined ? '' : ` ${prose(agent.version)}`}${confinementWords(agent)}`,
    ],
    ['Adopted', agent.adopted === undefined ? '' : adoptedFrom(agent.adopted)],
    ['Used', spendingWords(packet).map(prose).join('; ')],
    ['Budget of a turn', costBudgetWords(packet)],
    ['Usage', usageWords(packet)],
    ['Reviewer', packet.reviewer === null ? 'none named' : prose(packet.reviewer)],
    ['Started by', packet.origin === 'human' ? 'a person' : 'a machine'],
    ['Permissions refused', packet.refused.map(({ what, why }) => `${code(what)} (${prose(why)})`).join('; ')],
    ['Reverted', packet.reverted.map(revertedWords).join('; ')],
    ['Changed by hand', packet.byHand.map(handWords).join('; ')],
    [
      'Taken over',
      packet.takenOver === null ? '' : `by ${prose(packet.takenOver.by)}, in ${code(packet.takenOver.path)}`,
    ],
    ['Processes left', agent.survivors.map(code).join('; ')],
  ];
  return `## About this task\n\n${table(
    ['', ''],
    rows.filter(([, value]) => value !== ''),
  )}`;
}

function adoptedFrom(adopted: NonNullable<Packet['agent']['adopted']>): string {
  return `${code(adopted.name)} at ${code(adopted.commit)}, ${prose(adoptedWords(adopted))}`;
}

/** Paths of one revert that are named. */
const REVERTED_SHOWN = 10;

function revertedWords({ turn, by, paths, split }: Packet['reverted'][number]): string {
  const more = paths.length > REVERTED_SHOWN ? ` and ${paths.length - REVERTED_SHOWN} more` : '';
  const named = paths.slice(0, REVERTED_SHOWN).map(code).join(', ');
  const kept = split === undefined ? '' : `, split off: what was done there is in ${code(split)}`;
  return `${named}${more} by ${prose(by)} (turn ${turn})${kept}`;
}

function handWords({ turn, by, message }: Packet['byHand'][number]): string {
  return `by ${prose(by)} (turn ${turn})${message === '' ? '' : `: ${prose(message)}`}`;
}

function confinementWords(agent: Packet['agent']): string {
  return agent.confinement === null ? '' : `, confined by ${prose(agent.confinement)}`;
}

function usageWords({ agent: { usage } }: Packet): string {
  if (usage === undefined) return '';
  const tokens = Object.entries(usage.tokens).map(([kind, count]) => `${prose(kind)} ${count}`);
  const cost = usage.costUsd === null ? [] : [`USD ${usage.costUsd}`];
  return [...tokens, ...cost].join(', ') + (usage.meaning === '' ? '' : ` (${prose(usage.meaning)})`);
}
