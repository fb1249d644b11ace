/** What became of a correction, in the words that every rendering shares. */
import { plural } from '../words';
import type { Afterwards, CorrectedItem, Outcome, OutcomeCounts, Regression } from './outcome';

export const OUTCOME_WORDS: Readonly<Record<Outcome, { readonly symbol: string; readonly words: string }>> = {
  fixed: { symbol: '✓', words: 'fixed' },
  'not-fixed': { symbol: '✗', words: 'not fixed' },
  worse: { symbol: '↓', words: 'worse' },
  open: { symbol: '?', words: 'for your eyes' },
};

/** What is not fixed before what is; otherwise as it was sent. */
export function worstFirst(items: readonly CorrectedItem[]): readonly CorrectedItem[] {
  return (['worse', 'not-fixed', 'open', 'fixed'] as const).flatMap((outcome) =>
    items.filter((item) => item.outcome === outcome),
  );
}

/** What an item is about: `check tests`, `scope/outside src/a.ts:3`, `src/a.ts:3`. */
export function itemWords({
  kind,
  id,
  rule,
  path,
  line,
}: Pick<CorrectedItem, 'kind' | 'id' | 'rule' | 'path' | 'line'>): string {
  switch (kind) {
    case 'check':
      return `check ${id ?? ''}`;
    case 'finding':
    case 'opinion':
      return [rule ?? '', whereWords({ path, line })].filter((part) => part !== '').join(' ');
    case 'remark':
      return whereWords({ path, line });
    case 'text':
      return 'what was said';
  }
}

/** `check tests`, `tests of check unit`, `scope/outside src/a.ts`. */
export function regressionWords({ kind, id, rule, path, line }: Regression): string {
  switch (kind) {
    case 'check':
      return `check ${id}`;
    case 'tests':
      return `tests of check ${id}`;
    case 'finding':
      return [rule ?? '', whereWords({ path, line })].filter((part) => part !== '').join(' ');
  }
}

function whereWords({ path, line }: Pick<CorrectedItem, 'path' | 'line'>): string {
  return path === null ? '' : line === null ? path : `${path}:${line}`;
}

/** `2 fixed, 1 not fixed, 1 worse, 1 for your eyes`. */
export function countsWords({ fixed, notFixed, worse, open }: OutcomeCounts): string {
  const parts = [
    fixed === 0 ? '' : `${fixed} fixed`,
    notFixed === 0 ? '' : `${notFixed} not fixed`,
    worse === 0 ? '' : `${worse} worse`,
    open === 0 ? '' : `${open} for your eyes`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing was recorded' : parts.join(', ');
}

/** What comes first; empty where nothing broke. */
export function brokenWords({ regressions, moreRegressions, after, turn }: Afterwards): string {
  const count = regressions.length + moreRegressions;
  if (count === 0) return '';
  const later = regressions.some(({ since }) => since === 'later') ? ', or a turn after it,' : '';
  const who = after.turn === turn ? 'The correction' : `The correction${later}`;
  return `${who} broke what was clean: ${plural(count, 'thing')}`;
}

/** Where nothing broke as far as is known: that it was looked at, or that it could not be. */
export function unbrokenWords({ compared }: Afterwards): string {
  return compared
    ? 'Nothing that was clean before is dirty now.'
    : 'The evidence of before is not there any more: what was clean then is not known.';
}

/** Sentences about what was compared. */
export function comparedWords({ turn, before, after, edited, omitted }: Afterwards): readonly string[] {
  return [
    ...(before.tree === after.tree ? ['No file differs from before the correction.'] : []),
    ...(after.turn > turn ? [`Turns of people came after it: it is judged as it is now, at turn ${after.turn}.`] : []),
    ...(edited ? ['Its text was changed by hand before it was sent: it may have asked for less, or for more.'] : []),
    ...(omitted === 0 ? [] : [`${plural(omitted, 'more thing')} were sent and not recorded one by one.`]),
  ];
}
