/** What became of a correction, in lines for a terminal. */
import type { Packet } from '../packetSchema';
import {
  brokenWords,
  comparedWords,
  countsWords,
  itemWords,
  OUTCOME_WORDS,
  regressionWords,
  worstFirst,
} from './words';

/** Tests of one check that are named. */
const TESTS_SHOWN = 3;

export interface AfterwardsLines {
  /** Empty where nothing broke. */
  readonly broken: string;
  readonly regressions: readonly string[];
  readonly counts: string;
  readonly items: readonly string[];
  readonly notes: readonly string[];
}

/** Null where there was no correction. */
export function afterwardsLines({ correction }: Pick<Packet, 'correction'>): AfterwardsLines | null {
  if (correction === null) return null;
  const { regressions, items, counts, turn } = correction;
  return {
    broken: brokenWords(correction),
    regressions: regressions.map((regression) => {
      const { total, names } = regression.tests;
      const shown = names.slice(0, TESTS_SHOWN);
      const named =
        shown.length === 0
          ? ''
          : ` (${shown.join(', ')}${total > shown.length ? ` and ${total - shown.length} more` : ''})`;
      return `✗ ${regressionWords(regression)}: ${regression.message}${named}`;
    }),
    counts: `the correction (turn ${turn}): ${countsWords(counts)}`,
    items: worstFirst(items).map((item) => {
      const { symbol, words } = OUTCOME_WORDS[item.outcome];
      const says = item.says === null ? '' : `; says: ${item.says}`;
      return `${symbol} ${words}: ${itemWords(item)}: ${item.because}${says}`;
    }),
    notes: comparedWords(correction),
  };
}
