/** Readiness in words: how much of the brief is ready, and each thing that is not, with its place. Pure. */
import { visible } from '../../core/visible';
import type { PatternMatches } from '../../host/rpc/drafting';
import type { BriefForm } from '../../webview/brief/messages';
import type { Translate } from '../translate';
import type { JudgedFinding } from './findingKeys';

/** What somebody said of the brief. */
export interface Judgement {
  readonly findings: readonly JudgedFinding[];
  /** Null while nobody has looked. */
  readonly patterns: readonly PatternMatches[] | null;
  /** `here`: without the host, so that files, programs and policy are not known; `why` says why. */
  readonly by: 'host' | 'here';
  readonly why: string;
}

/** Parts that a brief needs; whatever else blocks is one more. */
const PARTS = ['goal', 'scope', 'criteria', 'checks', 'reviewer', 'rest'] as const;

/** Findings that are shown; nobody mends more at once. */
const MOST_SHOWN = 100;

/** Findings about other tasks, the last of them a count where there are more. */
const MOST_OVERLAPS = 3;

/** A scope as wide as `src` meets every live task: two are told, the others are counted. */
export function fewOverlaps(findings: readonly JudgedFinding[], t: Translate): readonly JudgedFinding[] {
  const overlaps = findings.filter(({ rule }) => rule === 'readiness/overlap');
  const [last, ...hidden] = overlaps.slice(MOST_OVERLAPS - 1);
  if (last === undefined || hidden.length === 0) return findings;
  const count = { ...last, message: t('the scope overlaps those of {0} more live tasks', hidden.length + 1) };
  return findings.flatMap((finding) => (finding === last ? [count] : hidden.includes(finding) ? [] : [finding]));
}

export function readinessOf(
  { by, why }: Judgement,
  findings: readonly (JudgedFinding & { readonly key: string })[],
  t: Translate,
): BriefForm['readiness'] {
  const blocks = findings.filter(({ severity }) => severity === 'block');
  return {
    ready: blocks.length === 0,
    words: wordsOf(blocks, findings.length - blocks.length, t),
    about: by === 'host' ? '' : why,
    findings: [...blocks, ...findings.filter(({ severity }) => severity === 'warn')]
      .slice(0, MOST_SHOWN)
      .map(({ severity, message, key, line }) => ({
        mark:
          severity === 'block'
            ? { tone: 'bad', symbol: '✗', words: t('Blocks') }
            : { tone: 'careful', symbol: '!', words: t('Look at') },
        text: visible(message),
        key,
        line,
      })),
  };
}

function wordsOf(blocks: readonly { readonly rule: string; readonly key: string }[], warnings: number, t: Translate) {
  const looks = warnings === 0 ? '' : warnings === 1 ? t('1 thing to look at') : t('{0} things to look at', warnings);
  const isUnreadable = blocks.some(({ rule }) => rule === 'readiness/unparsable');
  const lacking = new Set(blocks.map(({ key }) => partOf(key)));
  const lead = isUnreadable
    ? t('The file has mistakes')
    : lacking.size === 0
      ? t('Ready')
      : t('{0} of {1} parts are ready', PARTS.length - lacking.size, PARTS.length);
  return looks === '' ? lead : `${lead} · ${looks}`;
}

function partOf(key: string): string {
  const [root = ''] = key.split('.');
  return PARTS.some((part) => part === root) ? root : 'rest';
}
