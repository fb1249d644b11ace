/** The review packet as Markdown: what `show` prints and what a pull request can carry. */
import { afterwardsSection } from './afterwards/markdown';
import { grantWords } from './amendment';
import { criteriaSection } from './criteria/markdown';
import { aboutSection } from './markdown/about';
import { checksSection } from './markdown/checks';
import { dependenciesSection, findingsSection } from './markdown/drift';
import { receiptsSection, signoffSection } from './markdown/signoff';
import type { Packet } from './packetSchema';
import { reviewSection } from './reviewer/markdown';
import { code, prose, quote } from './text';
import { headline, meterWords, sizeWords } from './words';

/** Things to decide that are named. */
const DECISIONS_SHOWN = 50;

/** The packet, the decision first and the agent's own words last. */
export function renderPacket(packet: Packet): string {
  const sections = [
    heading(packet),
    afterwardsSection(packet),
    goal(packet),
    decisions(packet),
    criteriaSection(packet),
    checksSection(packet),
    findingsSection(packet),
    reviewSection(packet),
    dependenciesSection(packet),
    signoffSection(packet),
    receiptsSection(packet),
    aboutSection(packet),
    agentWords(packet),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(packet: Packet): string {
  const { symbol, words } = headline(packet);
  const lines = [`# ${prose(packet.title)}`, '', `**${symbol} ${prose(words)}**`];
  // After a sign-off they are answered, and stand below with their answers.
  if (packet.reasons.length > 0 && packet.signoff === undefined)
    lines.push('', ...packet.reasons.map((reason) => `- ${prose(reason)}`));
  if (packet.error !== null) lines.push('', `What to do: ${prose(packet.error.fix)}`);
  return lines.join('\n');
}

function goal(packet: Packet): string {
  const nonGoals = packet.nonGoals.map((nonGoal) => `- ${prose(nonGoal)}`);
  const facts = [
    packet.meter === null ? '' : `**Scope**: ${meterWords(packet.meter)}`,
    packet.size === null ? '' : `**Size**: ${sizeWords(packet.size)}${budgetWords(packet)}`,
  ].filter((fact) => fact !== '');
  return [
    `## Goal\n\n${prose(packet.goal)}`,
    nonGoals.length === 0 ? '' : `Not in scope:\n\n${nonGoals.join('\n')}`,
    facts.join(' · '),
    packet.grants.map((grant) => `- ${prose(grantWords(grant))} (${code(grant.at)})`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function budgetWords({ budget }: Packet): string {
  const limits = [
    budget.files === undefined ? [] : [`${budget.files} files`],
    budget.lines === undefined ? [] : [`${budget.lines} lines`],
  ].flat();
  return limits.length === 0 ? '' : ` of at most ${limits.join(' and ')}`;
}

function decisions(packet: Packet): string {
  if (packet.decisions.length === 0) return '';
  const lines = packet.decisions
    .slice(0, DECISIONS_SHOWN)
    .map(({ what, answer }) => `- ${prose(what)}${answer === null ? '' : ` (${code(answer)})`}`);
  const rest = packet.decisions.length - lines.length;
  if (rest > 0) lines.push(`- and ${rest} more`);
  return `## To decide\n\n${lines.join('\n')}`;
}

function agentWords(packet: Packet): string {
  if (packet.agentWords === null || packet.agentWords.trim() === '') return '';
  return `## The agent's own words (unverified)\n\n${quote(packet.agentWords)}`;
}
