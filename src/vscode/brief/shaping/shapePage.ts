/** What the page shows of a shaping. Pure. */
import type { Plan } from '../../../core/plan/plan';
import { visible } from '../../../core/visible';
import type { ShapeBrief, ShapePage } from '../../../webview/brief/shapeMessages';
import type { Translate } from '../../translate';
import type { AgentsKnown } from '../agentChoice';
import { type OfferedLine, offeredLines } from './offeredLines';
import { shapeWords } from './shapeWords';

/** A language model of the editor. */
export interface EditorModel {
  /** With a beginning that no agent's id has. */
  readonly id: string;
  readonly name: string;
}

export const NO_MODEL = 'none';
const DROPPED_SHOWN = 50;

export interface Shaped {
  readonly isOpen: boolean;
  readonly sentence: string;
  readonly places: readonly { readonly path: string; readonly line: number | null }[];
  readonly planner: string;
  readonly running: { readonly since: number; readonly words: string } | null;
  readonly trouble: string;
  readonly round: number;
  readonly plan: Plan | null;
  /** Grows with every plan. */
  readonly number: number;
}

export interface Around {
  readonly agents: AgentsKnown | null;
  readonly models: readonly EditorModel[];
  /** Text of the draft; null on the start page. */
  readonly draft: string | null;
  readonly drafted: ReadonlySet<string>;
}

export function shapePage(shaped: Shaped, around: Around, t: Translate): ShapePage {
  const { plan, running } = shaped;
  const planners = plannersOf(around, t);
  return {
    isOpen: shaped.isOpen,
    sentence: shaped.sentence,
    places: shaped.places.map(({ path, line }) => visible(line === null ? path : `${path}:${line}`)),
    planners,
    planner: planners.some(({ id }) => id === shaped.planner) ? shaped.planner : NO_MODEL,
    hint: hintOf(shaped.planner, t),
    running: running === null ? null : { since: running.since, words: visible(running.words) },
    trouble: visible(shaped.trouble),
    round: shaped.round,
    questions: (plan?.questions ?? []).map(({ text, why }) => ({ text: visible(text), why: visible(why) })),
    proposal: plan === null || plan.briefs.length === 0 ? null : proposalOf(plan, shaped.number, around, t),
    words: shapeWords(t),
  };
}

/** Agents that are installed, models of the editor, and nobody. */
export function plannersOf({ agents, models }: Pick<Around, 'agents' | 'models'>, t: Translate): ShapePage['planners'] {
  const installed = (agents?.agents ?? []).filter(({ id, installed: is }) => is && id !== 'command');
  return [
    ...installed.map(({ id, name }) => ({ id, label: visible(name) })),
    ...models.map(({ id, name }) => ({ id, label: t('Editor: {0}', visible(name)) })),
    { id: NO_MODEL, label: t('No model: best guess') },
  ];
}

export function isModel(planner: string): boolean {
  return planner.startsWith('model:');
}

function hintOf(planner: string, t: Translate): string {
  if (planner === NO_MODEL) return t('A guess from the repository and your words: nobody is asked.');
  if (isModel(planner))
    return t(
      'It gets your sentence, the lines around the places, and names of files; nothing else of the code, and no tools.',
    );
  return t('It reads a clean checkout of what is committed, and can write nothing.');
}

function proposalOf(plan: Plan, number: number, around: Around, t: Translate): NonNullable<ShapePage['proposal']> {
  const { briefs, dropped, notes } = plan;
  const into = around.draft !== null && briefs.length === 1 ? 'lines' : 'files';
  const rest = dropped.length - DROPPED_SHOWN;
  return {
    number,
    head: headOf(plan, into, t),
    notes: notes.map(visible),
    droppedWords: dropped.length === 0 ? '' : t('Not used of its answer: {0}', dropped.length),
    dropped: [
      ...dropped.slice(0, DROPPED_SHOWN).map(({ what, why }) => visible(`${what}: ${why}`)),
      ...(rest > 0 ? [t('and {0} more', rest)] : []),
    ],
    briefs: briefs.map((brief): ShapeBrief => {
      const offered = offeredLines(into === 'lines' ? (around.draft ?? '') : '', brief, around.drafted, t);
      const after = brief.after.flatMap((index) => briefs[index]?.file ?? []);
      return {
        file: visible(brief.file),
        title: visible(brief.title),
        order: after.length === 0 ? '' : t('after {0}', visible(after.join(', '))),
        lines: offered
          .filter(({ kind }) => into === 'lines' || !kind.startsWith('drop'))
          .map((line) => shownLine(line, into, t)),
      };
    }),
    into,
    button:
      into === 'lines'
        ? t('Take Ticked Lines ({0})', '{0}')
        : briefs.length === 1
          ? t('Write the Brief')
          : t('Write {0} Briefs', briefs.length),
  };
}

function shownLine(line: OfferedLine, into: 'lines' | 'files', t: Translate): ShapeBrief['lines'][number] {
  const { id, kind, text, why, note, take, isThere, taking } = line;
  const isUnknown = taking.do === 'check' && !take && !isThere;
  return {
    id,
    kind: kindWords(kind, t),
    text: visible(text),
    why: visible(why),
    note: into === 'lines' || isUnknown ? (isThere ? t('there already') : note) : '',
    take,
    isThere: into === 'lines' && isThere,
  };
}

function headOf({ planner, seconds, questions }: Plan, into: 'lines' | 'files', t: Translate): string {
  const name = visible(planner.version === null ? planner.name : `${planner.name} ${planner.version}`);
  if (planner.kind === 'none') return t('A guess, without a model. Read every line.');
  const by = t('Proposed by {0} in {1} s.', name, Math.round(seconds));
  const nothing =
    into === 'lines' ? t('Nothing is in the brief before you take it.') : t('No file is there before you write it.');
  const head = `${by} ${nothing}`;
  return questions.length === 0 ? head : `${head} ${t('It is what it would do without your answers.')}`;
}

function kindWords(kind: OfferedLine['kind'], t: Translate): string {
  switch (kind) {
    case 'title':
      return t('Title');
    case 'goal':
      return t('Goal');
    case 'non-goal':
      return t('Not in scope');
    case 'change':
      return t('May change');
    case 'avoid':
      return t('Must not change');
    case 'check':
      return t('Prove with');
    case 'criterion':
      return t('Done when');
    case 'drop-change':
      return t('Take out: may change');
    case 'drop-criterion':
      return t('Take out: done when');
  }
}
