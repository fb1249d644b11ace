/** A planned brief as lines that a person takes into a draft: each alone, none over their own words unless they say so. Pure. */
import { setBriefField } from '../../../core/brief/edit';
import { type PartialBrief, readPartialBrief } from '../../../core/brief/partialBrief';
import { PLACEHOLDER_CRITERION } from '../../../core/brief/templates/template';
import { CountersignError } from '../../../core/errors';
import { sha256Hex } from '../../../core/hash';
import type { PlanLine, PlannedBrief } from '../../../core/plan/plan';
import { visible } from '../../../core/visible';
import type { ListKey } from '../../../webview/brief/messages';
import type { Translate } from '../../translate';
import { applyFormEdit, dataAt, valueAt } from '../formEdits';

/** What taking a line does to the text. */
type Taking =
  | { readonly do: 'set'; readonly key: 'title' | 'goal'; readonly was: string }
  | { readonly do: 'add'; readonly list: Exclude<ListKey, 'checks'> }
  | { readonly do: 'check'; readonly check: NonNullable<PlanLine['check']> }
  /** Of a criterion without its proof, as the form shows it. */
  | { readonly do: 'drop'; readonly list: 'scope.change' | 'criteria' };

export interface OfferedLine {
  readonly id: string;
  readonly kind: PlanLine['kind'] | 'drop-change' | 'drop-criterion';
  readonly text: string;
  readonly why: string;
  readonly note: string;
  readonly take: boolean;
  readonly isThere: boolean;
  readonly taking: Taking;
}

/**
 * @param text the draft as it is now
 * @param drafted patterns that templates of the repository begin with: nobody wrote them, so a narrower scope takes their place
 */
export function offeredLines(
  text: string,
  planned: PlannedBrief,
  drafted: ReadonlySet<string>,
  t: Translate,
): readonly OfferedLine[] {
  const brief = readPartialBrief(text, '');
  const lines = planned.lines.map((line, index) => ({ ...offered(line, brief, t), id: `l${index}` }));
  return [...lines, ...droppable(planned, brief, drafted, t)];
}

type Rated = Omit<OfferedLine, 'id'>;

function offered(line: PlanLine, brief: PartialBrief, t: Translate): Rated {
  const { kind, text, why, taken } = line;
  const shared = { kind, text, why, note: noteOf(line, t) };
  switch (kind) {
    case 'title':
    case 'goal': {
      const was = valueAt(brief, kind);
      const isThere = flat(was) === flat(text);
      const note = was === '' || isThere ? shared.note : t('takes the place of: {0}', visible(flat(was)));
      return { ...shared, note, take: was === '', isThere, taking: { do: 'set', key: kind, was } };
    }
    case 'check':
      return { ...shared, ...checkIn(brief, line, t) };
    default: {
      const list = LISTS[kind];
      const isThere = itemsOf(brief, list).some((item) => flat(item) === flat(text));
      return { ...shared, take: taken, isThere, taking: { do: 'add', list } };
    }
  }
}

const LISTS = {
  'non-goal': 'nonGoals',
  change: 'scope.change',
  avoid: 'scope.avoid',
  criterion: 'criteria',
} as const;

function checkIn(
  brief: PartialBrief,
  { check, taken, note }: PlanLine,
  t: Translate,
): Pick<Rated, 'take' | 'isThere' | 'taking' | 'note'> {
  const planned = check ?? { name: 'check', run: '', timeout: 600 };
  const own = listAt(brief, 'checks').find((one) => dataAt(one, 'name') === planned.name);
  const run = own === undefined ? null : dataAt(own, 'run');
  const isThere = run === planned.run;
  const taking = { do: 'check', check: planned } as const;
  if (own === undefined || isThere) {
    const words =
      note === null ? t('called {0}', visible(planned.name)) : t('unknown command: no check until you take it');
    return { take: taken && !isThere, isThere, taking, note: words };
  }
  return { take: false, isThere, taking, note: t('takes the place of: {0}', visible(String(run))) };
}

function noteOf({ files, note }: PlanLine, t: Translate): string {
  if (files === null) return '';
  if (note !== null) return t('not there yet');
  return files === 1 ? t('1 file') : t('{0} files', files);
}

/** What a template left in the draft and the plan has something better for. */
function droppable(
  planned: PlannedBrief,
  brief: PartialBrief,
  drafted: ReadonlySet<string>,
  t: Translate,
): OfferedLine[] {
  const own = itemsOf(brief, 'scope.change');
  const proposed = new Set(planned.lines.filter(({ kind }) => kind === 'change').map(({ text }) => text));
  const patterns = own.filter((pattern) => !proposed.has(pattern));
  const criteria = itemsOf(brief, 'criteria').filter((item) => item.startsWith(PLACEHOLDER_CRITERION));
  return [
    ...patterns.map((pattern): OfferedLine => {
      const isDrafted = drafted.has(pattern);
      const why = isDrafted ? t('a template put it there') : t('the plan does without it');
      const taking = { do: 'drop', list: 'scope.change' } as const;
      return {
        id: idOf('p', pattern),
        kind: 'drop-change',
        text: pattern,
        why,
        note: '',
        take: isDrafted,
        isThere: false,
        taking,
      };
    }),
    ...criteria.map((text): OfferedLine => {
      const taking = { do: 'drop', list: 'criteria' } as const;
      const why = t('a template put it there');
      return { id: idOf('c', text), kind: 'drop-criterion', text, why, note: '', take: true, isThere: false, taking };
    }),
  ];
}

/** By what it says: a place in a list is another when the list has changed. */
const idOf = (letter: string, text: string): string => `${letter}${sha256Hex(text).slice(0, 16)}`;

/** A line that could not be taken, and why. */
export interface Untaken {
  readonly line: OfferedLine;
  readonly why: string;
}

/** The text with the lines in it, each by the smallest edit; what cannot be taken is told, and the rest is. */
export function takeLines(
  text: string,
  lines: readonly OfferedLine[],
): { readonly text: string; readonly untaken: readonly Untaken[] } {
  const untaken: Untaken[] = [];
  // What goes goes last: a list that is empty for a moment would lose its place.
  const drops = lines.filter(({ taking }) => taking.do === 'drop');
  const others = lines.filter(({ taking }) => taking.do !== 'drop');
  let next = text;
  for (const line of [...others, ...drops]) {
    if (line.isThere) continue;
    try {
      next = taken(next, line);
    } catch (thrown) {
      if (!(thrown instanceof CountersignError)) throw thrown;
      untaken.push({ line, why: thrown.message });
    }
  }
  return { text: next, untaken };
}

function taken(text: string, { text: words, taking }: OfferedLine): string {
  switch (taking.do) {
    case 'set':
      return applyFormEdit(text, { kind: 'set', key: taking.key, was: taking.was, text: words });
    case 'add':
      return applyFormEdit(text, { kind: 'add', list: taking.list, text: words });
    case 'check':
      return withCheck(text, taking.check);
    case 'drop':
      return without(text, taking.list, words);
  }
}

function withCheck(text: string, { name, run, timeout }: NonNullable<PlanLine['check']>): string {
  const checks = listAt(readPartialBrief(text, ''), 'checks');
  const at = checks.findIndex((check) => dataAt(check, 'name') === name);
  if (at >= 0) return setBriefField(text, `checks.${at}.run`, run);
  return setBriefField(text, `checks.${checks.length}`, { name, run, timeout });
}

function without(text: string, list: 'scope.change' | 'criteria', words: string): string {
  const brief = readPartialBrief(text, '');
  const index = itemsOf(brief, list).indexOf(words);
  if (index < 0) return text;
  const key = `${list}.${index}`;
  return applyFormEdit(text, { kind: 'remove', key, was: valueAt(brief, key) });
}

function itemsOf(
  brief: PartialBrief,
  list: 'nonGoals' | 'criteria' | 'scope.change' | 'scope.avoid',
): readonly string[] {
  if (list === 'nonGoals' || list === 'criteria') return brief.body?.[list].items.map(({ text }) => text) ?? [];
  return listAt(brief, list).filter((item): item is string => typeof item === 'string');
}

function listAt({ front }: PartialBrief, path: string): readonly unknown[] {
  const there = dataAt(front, path);
  return Array.isArray(there) ? there : [];
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
