/** The words that every rendering of a review shares. */
import { plural } from '../words';
import type { PacketReview } from './packetReview';
import type { Dropped, ReviewPlace } from './review';

/** `Gemini CLI 1.0.0`; nobody where nobody could be asked. */
export function reviewerWords({ agent }: Pick<PacketReview, 'agent'>): string {
  if (agent === null) return 'nobody';
  return agent.version === null ? agent.name : `${agent.name} ${agent.version}`;
}

/** `2 major, 1 nit`; empty when there is no finding. */
export function opinionCounts({ findings }: Pick<PacketReview, 'findings'>): string {
  const counts = (['major', 'minor', 'nit'] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? '' : `${count} ${severity}`;
  });
  return counts.filter((words) => words !== '').join(', ');
}

/** What was dropped, each reason once with how often. */
export function droppedWords(dropped: readonly Dropped[], count: number, most: number): string {
  if (count === 0) return '';
  const counts = new Map<string, number>();
  for (const { why } of dropped) counts.set(why, (counts.get(why) ?? 0) + 1);
  const told = [...counts].slice(0, most).map(([why, times]) => (times === 1 ? why : `${why} (${times} times)`));
  const rest = counts.size > told.length || count > dropped.length ? '; and more' : '';
  return `${plural(count, 'thing')} that it said could not be shown: ${told.join('; ')}${rest}`;
}

/** What is wrong and what to do about it, as two sentences whatever the first ends with. */
export function withSuggestion(message: string, suggestion: string | null): string {
  if (suggestion === null) return message;
  const end = /[.!?…]\s*$/.test(message.slice(-8)) ? '' : '.';
  return `${message}${end} Suggestion: ${suggestion}`;
}

/** `src/a.ts:3` */
export function placeOf({ path, line }: ReviewPlace): string {
  return line === null ? path : `${path}:${line}`;
}
