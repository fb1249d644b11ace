/** The words that every rendering of a packet shares. */
import type { DriftVerdict, Finding, Severity } from '../drift/report';
import type { TestFailure } from '../verify/verification';
import type { Packet, PacketCheck, Proof } from './packetSchema';

export const VERDICT_WORDS: Readonly<Record<DriftVerdict, { readonly symbol: string; readonly words: string }>> = {
  clean: { symbol: '✓', words: 'Ready: in scope, checked, nothing to answer' },
  attention: { symbol: '!', words: 'Needs attention before sign-off' },
  blocked: { symbol: '✗', words: 'Blocked' },
};

export interface Headline {
  /** How grave it is, in the words of a verdict: for colours. */
  readonly tone: DriftVerdict;
  readonly symbol: string;
  readonly words: string;
}

/** The first thing to say of a task: the verdict while somebody must decide by it, and afterwards what was decided. */
export function headline({ state, verdict, delivery }: Pick<Packet, 'state' | 'verdict' | 'delivery'>): Headline {
  switch (state) {
    case 'ready':
      return { tone: verdict, ...VERDICT_WORDS[verdict] };
    case 'signed':
      return { tone: 'clean', symbol: '✓', words: 'Signed off; not delivered yet' };
    case 'delivered':
      return { tone: 'clean', symbol: '✓', words: delivery?.ref == null ? 'Signed off' : 'Signed off and delivered' };
    case 'rejected':
      return { tone: 'blocked', symbol: '✗', words: 'Rejected' };
    case 'failed':
      return { tone: 'blocked', symbol: '✗', words: 'Failed' };
    case 'interrupted':
      return { tone: 'attention', symbol: '!', words: 'Interrupted' };
    default:
      return { tone: 'attention', symbol: '…', words: `Not ready yet (${state})` };
  }
}

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  block: 'Blocking',
  warn: 'Warning',
  info: 'For information',
};

export const PROOF_WORDS: Readonly<Record<Proof, { readonly symbol: string; readonly words: string }>> = {
  proven: { symbol: '✓', words: 'proven' },
  unproven: { symbol: '✗', words: 'unproven' },
  review: { symbol: '?', words: 'reviewer decides' },
};

/** Authors that are named before the rest is counted. */
const AUTHORS_SHOWN = 5;

/** `3 commits by One, Two`: who wrote what was adopted, as the commits say. */
export function adoptedWords({ commits, authors }: NonNullable<Packet['agent']['adopted']>): string {
  const named = authors.slice(0, AUTHORS_SHOWN).map(({ name }) => name);
  const more = authors.length > AUTHORS_SHOWN ? ` and ${authors.length - AUTHORS_SHOWN} more` : '';
  return `${plural(commits, 'commit')} by ${named.join(', ')}${more}`;
}

/** Places of a group that are named where there is little room. */
const PLACES_SHOWN = 5;

/** `src/a.ts:3`; of a group `400 places: src/a.ts, src/b.ts, … and 395 more`; empty where there is none. */
export function placeWords({ places }: Pick<Finding, 'places'>, most = PLACES_SHOWN): string {
  const named = places.slice(0, most).map(({ path, line }) => (line === null ? path : `${path}:${line}`));
  if (places.length <= 1) return named.join('');
  const rest = places.length - named.length;
  return `${places.length} places: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** The first characters of an object name: enough for people. */
export function shortOid(oid: string): string {
  return oid.slice(0, 10);
}

/** `41 s`, `2 min 5 s`; under ten seconds with one decimal. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `1 file`, `2 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `3 files, +40 −2`. */
export function sizeWords(size: NonNullable<Packet['size']>): string {
  return `${plural(size.files, 'file')}, +${size.insertions} −${size.deletions}`;
}

/** `212 passed, 1 skipped`; empty when nobody counted. */
export function countWords({ counts }: PacketCheck): string {
  if (counts === undefined) return '';
  const parts = [`${counts.passed} passed`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  return parts.join(', ');
}

/** `test/a.ts:7`; empty when the report names no place. */
export function failurePlace({ file, line }: Pick<TestFailure, 'file' | 'line'>): string {
  if (file === null) return '';
  return line === null ? file : `${file}:${line}`;
}

/** The first line of what a failed test says. */
export function failureLine({ message }: Pick<TestFailure, 'message'>): string {
  return message.trim().split('\n', 1)[0] ?? '';
}

/** `passed`, or the status with what makes it worthless. */
export function statusWords(check: PacketCheck): string {
  return check.stale ? `${check.status} (stale)` : check.status;
}

/** `11 in scope, 1 outside, 0 at a boundary`. */
export function meterWords(meter: NonNullable<Packet['meter']>): string {
  return `${meter.inside} in scope, ${meter.outside} outside, ${meter.boundary} at a boundary`;
}
