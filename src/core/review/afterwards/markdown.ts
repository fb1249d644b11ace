/** What became of a correction, in the Markdown of a packet. */
import type { Packet } from '../packetSchema';
import { code, prose, table } from '../text';
import type { CorrectedItem, Regression } from './outcome';
import {
  brokenWords,
  comparedWords,
  countsWords,
  itemWords,
  OUTCOME_WORDS,
  regressionWords,
  unbrokenWords,
  worstFirst,
} from './words';

const SHOWN = 50;
/** Tests of one check that are named. */
const TESTS_SHOWN = 10;

/** Empty where there was no correction. What broke comes first. */
export function afterwardsSection({ correction, choices }: Pick<Packet, 'correction' | 'choices'>): string {
  if (correction === null) return '';
  const { regressions, moreRegressions, items, turn, by, before, counts, earlier } = correction;
  const broken = brokenWords(correction);
  const parts = [
    '## After the correction',
    broken === '' ? prose(unbrokenWords(correction)) : `**${prose(broken)}**`,
    list(regressions.map(regressionLine), moreRegressions),
    `Asked for by ${prose(by)} after turn ${before.turn}, done as turn ${turn}: ${prose(countsWords(counts))}.`,
    itemTable(items),
    comparedWords(correction).map(prose).join(' '),
    list(
      earlier.map(
        (pass) => `- The correction of turn ${pass.turn}, by ${prose(pass.by)}: ${prose(passWords(pass.counts))}`,
      ),
      0,
    ),
    choices.length === 0 ? '' : `The correction is spent. What is left:\n\n${choices.map(choiceLine).join('\n')}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function choiceLine({ choice, command, why }: Packet['choices'][number]): string {
  return `- ${choice}: ${code(command)}${why === null ? '' : ` (not now: ${prose(why)})`}`;
}

/** `1 fixed, 1 worse; 2 broken`. */
function passWords(counts: NonNullable<Packet['correction']>['counts']): string {
  return `${countsWords(counts)}${counts.regressions === 0 ? '' : `; ${counts.regressions} broken`}`;
}

function list(lines: readonly string[], more: number): string {
  const shown = lines.slice(0, SHOWN);
  const rest = lines.length - shown.length + more;
  return [...shown, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n');
}

function regressionLine(regression: Regression): string {
  const { tests, message, since } = regression;
  const names = tests.names.slice(0, TESTS_SHOWN).map(code);
  const more = tests.total > names.length ? ` and ${tests.total - names.length} more` : '';
  const named = names.length === 0 ? '' : `: ${names.join(', ')}${more}`;
  return `- ✗ ${code(regressionWords(regression))}: ${prose(message)}${named}${since === 'later' ? ' (since a later turn)' : ''}`;
}

function itemTable(items: readonly CorrectedItem[]): string {
  if (items.length === 0) return '';
  const says = items.some((item) => item.says !== null);
  const rows = worstFirst(items)
    .slice(0, SHOWN)
    .map((item) => {
      const { symbol, words } = OUTCOME_WORDS[item.outcome];
      const asked = item.justify ? 'justify: ' : '';
      return [
        `${symbol} ${words}`,
        code(itemWords(item)),
        prose(`${asked}${item.message}`),
        prose(item.because),
        ...(says ? [item.says === null ? '' : `says: ${prose(item.says)}`] : []),
      ];
    });
  const head = ['', 'Sent', 'What', 'Evidence', ...(says ? ['The agent (unverified)'] : [])];
  const rest = items.length - rows.length;
  return `${table(head, rows)}${rest > 0 ? `\n\nand ${rest} more` : ''}`;
}
