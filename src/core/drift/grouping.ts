/**
 * Makes one finding of many that say the same. A formatter that touched four hundred files is one thing to answer, not
 * four hundred; what has to be judged case by case stays apart, and so do a few, which a person rather reads one by one.
 */
import { sha256Hex } from '../hash';
import { visible } from '../visible';
import { append } from './append';
import type { Finding, Place } from './report';
import { ruleOf } from './rules';
import type { Answer } from './vocabulary';

/** Up to so many of a kind stay apart. */
const MOST_APART = 3;
/** Folders that the message of a group tells one by one. */
const NAMED_FOLDERS = 4;
/** Evidence that differs is told of so many places. */
const NAMED_EVIDENCE = 3;
const ID_DIGITS = 16;

/** A finding of one place, and what it has in common with others; null = with none. */
export interface Single {
  readonly finding: Finding;
  readonly cause: string | null;
}

/**
 * Groups singles of one rule, severity and cause. A group takes the place of its first. Its id depends on these three
 * only: whichever places come or go, it stays the same finding.
 */
export function groupByCause(singles: readonly Single[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const { finding, cause } of singles) {
    if (cause !== null) append(groups, keyOf(finding, cause), finding);
  }
  const told = new Set<string>();
  return singles.flatMap(({ finding, cause }) => {
    if (cause === null) return [finding];
    const key = keyOf(finding, cause);
    const members = groups.get(key) ?? [];
    if (members.length <= MOST_APART) return [finding];
    if (told.has(key)) return [];
    told.add(key);
    return [grouped(members, cause, key)];
  });
}

/** What a finding has in common with others of its rule where the rule does not say itself. */
export function causeOf({ rule, path, evidence }: Pick<Finding, 'rule' | 'path' | 'evidence'>): string | null {
  if (path === null) return null;
  switch (ruleOf(rule)?.groups) {
    case 'evidence':
      return evidence;
    case 'folder':
      return topFolder(path);
    default:
      return null;
  }
}

/** The first segment of a path with its slash; empty for a file at the top. */
export function topFolder(path: string): string {
  return path.slice(0, path.indexOf('/') + 1);
}

function keyOf({ rule, severity }: Finding, cause: string): string {
  return JSON.stringify([rule, severity, cause]);
}

function grouped(members: readonly Finding[], cause: string, key: string): Finding {
  const [first] = members as readonly [Finding, ...Finding[]];
  const places = members.flatMap((member) => member.places);
  return {
    ...first,
    id: sha256Hex(key).slice(0, ID_DIGITS),
    message: messageOf(first, visible(cause), places),
    evidence: evidenceOf(members),
    answers: answersOf(members),
    places,
  };
}

/** An answer to a group is one to all of its places, so that it must make sense for each. */
function answersOf(members: readonly Finding[]): Answer[] {
  const [first] = members as readonly [Finding, ...Finding[]];
  return first.answers.filter((answer) => members.every(({ answers }) => answers.includes(answer)));
}

/** @param cause made visible; the message of a finding is already */
function messageOf({ rule, message, boundary }: Finding, cause: string, places: readonly Place[]): string {
  const spread = spreadOf(places);
  if (rule === 'scope/outside') {
    return `${places.length} paths that are not in the brief's scope changed (${cause}): ${spread}.`;
  }
  if (rule === 'scope/avoided') {
    return `The brief says to avoid ${cause}, and ${places.length} such paths changed: ${spread}.`;
  }
  if (rule.startsWith('boundary/')) return `${places.length} paths of the boundary ${boundary} changed: ${spread}.`;
  return `${message} So it is at ${places.length} places: ${spread}.`;
}

/** `380 in src/, 15 in test/, 5 at the top`: the most first. */
function spreadOf(places: readonly Place[]): string {
  const counts = new Map<string, number>();
  for (const { path } of places) counts.set(topFolder(path), (counts.get(topFolder(path)) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  const named = sorted
    .slice(0, NAMED_FOLDERS)
    .map(([folder, count]) => `${count} ${folder === '' ? 'at the top' : `in ${visible(folder)}`}`);
  const rest = sorted.slice(NAMED_FOLDERS);
  if (rest.length === 0) return named.join(', ');
  const left = rest.reduce((sum, [, count]) => sum + count, 0);
  return `${named.join(', ')}, ${left} in ${rest.length} more ${rest.length === 1 ? 'folder' : 'folders'}`;
}

function evidenceOf(members: readonly Finding[]): string {
  const distinct = [...new Set(members.map(({ evidence }) => evidence))];
  const named = distinct.slice(0, NAMED_EVIDENCE).map((text) => (distinct.length === 1 ? text : clipped(text)));
  return distinct.length > named.length ? `${named.join('; ')}; …` : named.join('; ');
}

/** Several pieces of evidence share the room of one. */
function clipped(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119).replace(/[\ud800-\udbff]$/, '')}…`;
}
