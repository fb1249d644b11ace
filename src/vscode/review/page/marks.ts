/** Symbols and tones: what is said is said in words, and these only support it. */
import type { Severity } from '../../../core/drift/report';
import type { Packet, PacketCheck } from '../../../core/review/packetSchema';
import type { CheckStatus } from '../../../core/verify/verification';
import { visible } from '../../../core/visible';
import type { Mark, Tone } from '../../../webview/shared/shapes';
import type { Translate } from '../../translate';

export const PROOF_TONES = { proven: 'good', unproven: 'bad', review: 'careful' } as const satisfies Record<
  string,
  Tone
>;
const SEVERITY_SYMBOLS = {
  block: { tone: 'bad', symbol: '✗' },
  warn: { tone: 'careful', symbol: '!' },
  info: { tone: 'plain', symbol: 'i' },
} as const satisfies Record<Severity, Omit<Mark, 'words'>>;

export function severityMark(severity: Severity, t: Translate): Mark {
  return { ...SEVERITY_SYMBOLS[severity], words: severityWords(severity, t) };
}

export function severityWords(severity: Severity, t: Translate): string {
  switch (severity) {
    case 'block':
      return t('blocking');
    case 'warn':
      return t('warning');
    case 'info':
      return t('information');
  }
}

export function statusWords(status: CheckStatus, t: Translate): string {
  switch (status) {
    case 'passed':
      return t('passed');
    case 'failed':
      return t('failed');
    case 'timeout':
      return t('ran out of time');
    case 'void':
      return t('void: the tree changed meanwhile');
    case 'missing':
      return t('did not run');
  }
}

export function statusMark(status: CheckStatus, stale: boolean, t: Translate): Mark {
  const words = statusWords(status, t);
  if (stale) return { tone: 'careful', symbol: '↻', words: t('stale ({0})', words) };
  return status === 'passed' ? { tone: 'good', symbol: '✓', words } : { tone: 'bad', symbol: '✗', words };
}

/** Of something that is not there yet, and is not missing either. */
export function awaitedMark(words: string): Mark {
  return { tone: 'plain', symbol: '…', words };
}

/** Authors that are named before the rest is counted. */
const AUTHORS_SHOWN = 5;

/** `2 commits by One, Two`: who wrote what was adopted, as the commits say. */
export function adoptedWords(
  { commits, authors }: Pick<NonNullable<Packet['agent']['adopted']>, 'commits' | 'authors'>,
  t: Translate,
): string {
  const named = authors.slice(0, AUTHORS_SHOWN).map(({ name }) => visible(name));
  const more = authors.length - named.length;
  const all = more > 0 ? t('{0} and {1} more', named.join(', '), more) : named.join(', ');
  return counted(commits, t('{0} commit by {1}', commits, all), t('{0} commits by {1}', commits, all));
}

/** `1 file`, `2 files`, each a text of its own for the translator. */
export function counted(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** `212 passed, 1 failed, 1 skipped`; empty when nobody counted. */
export function countWords({ counts }: Pick<PacketCheck, 'counts'>, t: Translate): string {
  if (counts === undefined) return '';
  const parts = [t('{0} passed', counts.passed)];
  if (counts.failed > 0) parts.push(t('{0} failed', counts.failed));
  if (counts.skipped > 0) parts.push(t('{0} skipped', counts.skipped));
  return parts.join(', ');
}
