/** A correction that is done, as the page shows it: what broke, what became of each thing, and what is left to do. Pure. */
import type { CorrectedItem, Outcome, OutcomeCounts, Regression } from '../../../core/review/afterwards/outcome';
import type { Packet } from '../../../core/review/packetSchema';
import { visible } from '../../../core/visible';
import type { Afterwards, PageBroken, PageChoice, PageCorrected } from '../../../webview/review/afterwardsModel';
import type { Mark } from '../../../webview/shared/shapes';
import type { Translate } from '../../translate';
import { hindranceOf } from './hindrance';
import { counted } from './marks';
import { signoffHindrance } from './signoff';
import { isAtWork, type ReviewState } from './state';

/** Things that are shown, and tests of one of them. */
const SHOWN = 100;
const TESTS_SHOWN = 10;

const ORDER: readonly Outcome[] = ['worse', 'not-fixed', 'open', 'fixed'];

/** Null where there was no correction, none is spent, and nobody has taken the task over. */
export function afterwardsOf(state: ReviewState, t: Translate): Afterwards | null {
  const { packet } = state;
  if (isAtWork(packet)) return null;
  const choices = choicesOf(state, t);
  const { correction, takenOver } = packet;
  if (correction === null && choices.length === 0 && takenOver === null) return null;
  return {
    ...(correction === null ? NOTHING : toldOf(correction, packet, t)),
    choices,
    choicesLead: t('The correction is spent. One more only where it is asked for; else:'),
    taken: takenOver === null ? null : { lead: whereWords(takenOver, t), why: hindranceOf(state, t) },
  };
}

function whereWords({ by, path }: NonNullable<Packet['takenOver']>, t: Translate): string {
  return t('{0} has taken it over, in {1}.', visible(by), visible(path));
}

/** Why nothing else can be done with it now; empty while nobody has taken it over. Where that is, the section says once. */
export function takenWords({ takenOver }: Pick<Packet, 'takenOver'>, t: Translate): string {
  return takenOver === null ? '' : t('{0} has taken it over.', visible(takenOver.by));
}

/** The items in the order in which the page has them, by which intents name them. */
export function shownItems(correction: NonNullable<Packet['correction']>): readonly CorrectedItem[] {
  return ORDER.flatMap((outcome) => correction.items.filter((item) => item.outcome === outcome)).slice(0, SHOWN);
}

export function shownRegressions({ regressions }: NonNullable<Packet['correction']>): readonly Regression[] {
  return regressions.slice(0, SHOWN);
}

type Told = Pick<Afterwards, 'lead' | 'broken' | 'items' | 'notes' | 'earlier'>;

const NOTHING: Told = {
  lead: '',
  broken: { mark: { tone: 'plain', symbol: '', words: '' }, items: [], more: '' },
  items: [],
  notes: [],
  earlier: [],
};

function toldOf(correction: NonNullable<Packet['correction']>, packet: Packet, t: Translate): Told {
  const { turn, by, counts, regressions, moreRegressions, earlier, items } = correction;
  const broken = shownRegressions(correction);
  const moreBroken = regressions.length + moreRegressions - broken.length;
  return {
    lead: t('Asked for by {0}, done as turn {1}: {2}', visible(by), turn, countsWords(counts, t)),
    broken: {
      mark: brokenMark(correction, t),
      items: broken.map((one) => pageBroken(one, packet, t)),
      more: moreBroken === 0 ? '' : t('and {0} more', moreBroken),
    },
    items: shownItems(correction).map((item) => pageItem(item, packet, t)),
    notes: [...notesOf(correction, t), ...(items.length > SHOWN ? [t('and {0} more', items.length - SHOWN)] : [])],
    earlier: earlier.map((pass) => ({
      label: t('Turn {0}', pass.turn),
      value: `${countsWords(pass.counts, t)}${pass.counts.regressions === 0 ? '' : ` · ${brokenCount(pass.counts.regressions, t)}`}`,
    })),
  };
}

function brokenMark({ counts, compared }: NonNullable<Packet['correction']>, t: Translate): Mark {
  if (counts.regressions > 0) {
    return { tone: 'bad', symbol: '✗', words: brokenCount(counts.regressions, t) };
  }
  return compared
    ? { tone: 'good', symbol: '✓', words: t('Nothing that was clean before is dirty now') }
    : { tone: 'careful', symbol: '?', words: t('What was clean before is not known: its evidence is gone') };
}

function brokenCount(count: number, t: Translate): string {
  return counted(
    count,
    t('{0} thing was clean, and is not any more', count),
    t('{0} things were clean, and are not any more', count),
  );
}

function pageBroken(regression: Regression, packet: Packet, t: Translate): PageBroken {
  const { kind, id, tests, message, since, path } = regression;
  const names = tests.names.slice(0, TESTS_SHOWN);
  const words = since === 'correction' ? t('broken by the correction') : t('broken by a turn after it');
  return {
    mark: { tone: 'bad', symbol: '✗', words },
    what:
      kind === 'finding'
        ? placed(regression)
        : kind === 'tests'
          ? t('tests of check {0}', visible(id))
          : t('check {0}', visible(id)),
    message: visible(message),
    tests: names.map(visible),
    more: tests.total > names.length ? t('and {0} more', tests.total - names.length) : '',
    opens: kind === 'finding' ? (path === null ? '' : 'diff') : logOf(id, packet),
  };
}

function pageItem(item: CorrectedItem, packet: Packet, t: Translate): PageCorrected {
  const { kind, id, path, message, because, says, justify } = item;
  return {
    mark: outcomeMark(item.outcome, t),
    what: whatOf(item, t),
    message: sentWords(visible(message), justify, t),
    because: visible(because),
    says: says === null ? '' : t('The agent says (unverified): {0}', visible(says)),
    opens: kind === 'check' ? logOf(id ?? '', packet) : path === null ? '' : 'diff',
  };
}

/** It was so when it was sent, and need not be so any more. */
function sentWords(message: string, justify: boolean, t: Translate): string {
  if (message === '') return '';
  return justify ? t('Sent, to be justified: {0}', message) : t('Sent: {0}', message);
}

function whatOf(item: CorrectedItem, t: Translate): string {
  switch (item.kind) {
    case 'check':
      return t('check {0}', visible(item.id ?? ''));
    case 'finding':
    case 'opinion':
    case 'remark':
      return placed(item);
    case 'text':
      return t('what was said');
  }
}

function placed({ rule, path, line }: Pick<CorrectedItem, 'rule' | 'path' | 'line'>): string {
  const where = path === null ? '' : line === null ? path : `${path}:${line}`;
  return [rule ?? '', where]
    .filter((part) => part !== '')
    .map(visible)
    .join(' · ');
}

function logOf(check: string, { checks }: Packet): 'log' | '' {
  return checks.some(({ name, log }) => name === check && log !== null) ? 'log' : '';
}

function outcomeMark(outcome: Outcome, t: Translate): Mark {
  switch (outcome) {
    case 'fixed':
      return { tone: 'good', symbol: '✓', words: t('fixed') };
    case 'not-fixed':
      return { tone: 'bad', symbol: '✗', words: t('not fixed') };
    case 'worse':
      return { tone: 'bad', symbol: '↓', words: t('worse') };
    case 'open':
      return { tone: 'careful', symbol: '?', words: t('for your eyes') };
  }
}

function countsWords({ fixed, notFixed, worse, open }: OutcomeCounts, t: Translate): string {
  const parts = [
    fixed === 0 ? '' : t('{0} fixed', fixed),
    notFixed === 0 ? '' : t('{0} not fixed', notFixed),
    worse === 0 ? '' : t('{0} worse', worse),
    open === 0 ? '' : t('{0} for your eyes', open),
  ].filter((part) => part !== '');
  return parts.length === 0 ? t('nothing was recorded') : parts.join(' · ');
}

function notesOf({ before, after, turn, edited, omitted }: NonNullable<Packet['correction']>, t: Translate): string[] {
  return [
    ...(before.tree === after.tree ? [t('No file differs from before the correction.')] : []),
    ...(after.turn > turn
      ? [t('Turns of people came after it: it is judged as it is now, at turn {0}.', after.turn)]
      : []),
    ...(edited ? [t('Its text was changed by hand before it was sent: it may have asked for less, or for more.')] : []),
    ...(omitted === 0
      ? []
      : [counted(omitted, t('{0} more thing was sent', omitted), t('{0} more things were sent', omitted))]),
  ];
}

/** What is left when the correction is spent, with what the person drafted meanwhile. */
function choicesOf(state: ReviewState, t: Translate): PageChoice[] {
  return state.packet.choices.map(({ choice }) => choiceOf(choice, state, t));
}

function choiceOf(choice: PageChoice['choice'], state: ReviewState, t: Translate): PageChoice {
  const taken = takenWords(state.packet, t);
  const general = hindranceOf(state, t);
  switch (choice) {
    case 'sign-off':
      return {
        choice,
        words: t('Sign off…'),
        does: t('Takes it as it is, with an answer to whatever is open.'),
        why: taken === '' ? signoffHindrance(state, t) : taken,
      };
    case 'take-over':
      return {
        choice,
        words: t('Take over by hand…'),
        does: t('Opens the result in a clean folder of your own; what you change is checked and judged like any turn.'),
        why: general === '' ? taken : general,
      };
    case 'split':
      return {
        choice,
        words: t('Split off…'),
        does: t('Some files stay; the others go back to the base, and a draft of a brief for them opens.'),
        why: general === '' ? taken : general,
      };
    case 'reject':
      return {
        choice,
        words: t('Reject…'),
        does: t('Turns the work down, with a reason. Its snapshots stay, and it can be restored.'),
        why: general,
      };
  }
}
