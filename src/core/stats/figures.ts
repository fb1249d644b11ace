/** One task in figures: the fold of its journal, in one pass and in space that does not grow with its length. Pure. */
import type { JournalLine } from '../events';
import { type TurnFigures, TurnFold } from '../review/turns';
import type { TaskSummary } from '../task/summary';

/** Rules of one task that are told apart. */
const MOST_RULES = 500;

export interface TaskFigures {
  readonly id: string;
  /** Who did the first turn: a correction by somebody else is theirs as a turn, and not as a task. */
  readonly agent: string;
  readonly state: TaskSummary['state'];
  readonly outcome: 'signed' | 'rejected' | null;
  readonly corrections: number;
  /** Times that a person took paths back to the base. */
  readonly reverts: number;
  /** Turns that a person made by hand. */
  readonly byHand: number;
  /** Seconds from the hand-off until it was ready for the first time, and from then to the sign-off that stands. */
  readonly toReady: number | null;
  readonly toSignoff: number | null;
  /** Of the sign-off that stands. */
  readonly overridden: number;
  readonly accepted: number;
  readonly amended: number;
  readonly drift: DriftFigures;
  readonly turns: readonly TurnFigures[];
}

export interface DriftFigures {
  readonly reports: number;
  /** Reports of earlier versions, whose rules are not in the journal. */
  readonly untold: number;
  /** The most that one report of the task had: what a correction leaves is not counted again. */
  readonly block: number;
  readonly warn: number;
  readonly rules: ReadonlyMap<string, number>;
}

/** What a task's list entry has of what is counted. */
export type FiguresSubject = Pick<TaskSummary, 'id' | 'agent' | 'state'>;

/** Folds a journal. Never throws, whatever legal events it holds, and those of later versions that carry a usage too. */
export function figuresOf({ id, agent, state }: FiguresSubject, lines: Iterable<JournalLine>): TaskFigures {
  const fold = new Fold();
  for (const line of lines) fold.add(line);
  return fold.figures(id, agent, state);
}

type Signed = Extract<JournalLine, { type: 'signed' }>['signoff'];

class Fold {
  #first: string | null = null;
  #handedOff: string | null = null;
  #ready: string | null = null;
  #signed: { readonly at: string; readonly signoff: Signed } | null = null;
  #corrections = 0;
  #reverts = 0;
  #byHand = 0;
  readonly #drift = { reports: 0, untold: 0, block: 0, warn: 0, rules: new Map<string, number>() };
  readonly #turns = new TurnFold();

  add(line: JournalLine): void {
    this.#turns.add(line);
    switch (line.type) {
      case 'created':
        this.#first = line.agent;
        this.#handedOff = line.at;
        break;
      case 'queued':
        // A draft is handed off when a person lets it go.
        if (this.#ready === null) this.#handedOff = line.at;
        break;
      case 'drift':
        this.#judged(line);
        break;
      case 'ready':
        this.#ready ??= line.at;
        break;
      case 'correction-requested':
        this.#corrections += 1;
        break;
      case 'reverted':
        this.#reverts += 1;
        break;
      case 'handed-in':
        this.#byHand += 1;
        break;
      case 'signed':
        this.#signed = { at: line.at, signoff: line.signoff };
        break;
    }
  }

  figures(id: string, agent: string, state: TaskSummary['state']): TaskFigures {
    const outcome = outcomeOf(state);
    const standing = outcome === 'signed' ? this.#signed : null;
    return {
      id,
      agent: this.#first ?? agent,
      state,
      outcome,
      corrections: this.#corrections,
      reverts: this.#reverts,
      byHand: this.#byHand,
      toReady: secondsBetween(this.#handedOff, this.#ready),
      toSignoff: secondsBetween(this.#ready, standing?.at ?? null),
      overridden: Object.keys(standing?.signoff.overridden ?? {}).length,
      accepted: Object.keys(standing?.signoff.accepted ?? {}).length,
      amended: Object.keys(standing?.signoff.widened ?? {}).length,
      drift: this.#drift,
      turns: this.#turns.turns,
    };
  }

  #judged({ block, warn, rules }: Extract<JournalLine, { type: 'drift' }>): void {
    const drift = this.#drift;
    drift.reports += 1;
    drift.block = Math.max(drift.block, block);
    drift.warn = Math.max(drift.warn, warn);
    if (rules === undefined) drift.untold += block + warn > 0 ? 1 : 0;
    for (const [rule, count] of Object.entries(rules ?? {})) {
      const before = drift.rules.get(rule);
      if (before === undefined && drift.rules.size >= MOST_RULES) continue;
      drift.rules.set(rule, Math.max(before ?? 0, count));
    }
  }
}

function outcomeOf(state: TaskSummary['state']): TaskFigures['outcome'] {
  if (state === 'signed' || state === 'delivered') return 'signed';
  return state === 'rejected' ? 'rejected' : null;
}

/** Null where one is missing or the clock went back between them. */
function secondsBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
