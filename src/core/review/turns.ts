/** The turns of a task as its journal tells them: who worked, in which role, and what it used. Pure. */
import { type TaskEvent, type Usage, usageSchema } from '../events';
import { type Spent, spentIn } from '../spending';

/** Who does the work of the brief. */
export const EXECUTOR = 'executor';
/** Turns of one task that are told apart. */
const MOST_TURNS = 2_000;

/** One time that a model was asked to work, whoever asked it and for what. */
export interface TurnFigures {
  /** Of the task; null where the event names none. */
  readonly turn: number | null;
  readonly agent: string;
  /** `executor`, or what another event with a usage says of itself. */
  readonly role: string;
  readonly seconds: number | null;
  readonly spent: Spent;
  readonly usage: Usage | null;
}

/** Folds the events of one task, in their order; every turn that ended, however it did, is one of `turns`. */
export class TurnFold {
  readonly turns: TurnFigures[] = [];
  readonly #meter = new SessionMeter();
  #worker = '';
  #open: number | null = null;

  add(event: TaskEvent): void {
    switch (event.type) {
      case 'created':
        this.#worker = event.agent;
        break;
      case 'correction-requested':
        if (event.agent !== undefined) this.#worker = event.agent;
        break;
      case 'turn-started':
        this.#close(null, null);
        this.#open = event.turn;
        break;
      case 'session':
        this.#meter.session(event.session);
        break;
      case 'turn-ended':
      case 'spent':
        this.#close(event.usage, event.seconds);
        break;
      case 'failed':
      case 'interrupted':
        this.#close(null, null);
        break;
      default:
        this.#other(event);
    }
  }

  /** Ends the turn that is under way, if one is: what it cost may not be known. */
  #close(usage: Usage | null, seconds: number | null): void {
    if (this.#open === null) return;
    const spent = this.#meter.turn(usage);
    this.#push({ turn: this.#open, agent: this.#worker, role: EXECUTOR, seconds, spent, usage });
    this.#open = null;
  }

  /** An event of another role, such as a reviewer's: what has a usage was a turn of somebody. */
  #other(event: TaskEvent): void {
    const fields: Readonly<Record<string, unknown>> = { ...event };
    if (!('usage' in fields)) return;
    const usage = usageSchema.nullable().safeParse(fields.usage);
    if (!usage.success) return;
    const { role, agent, seconds, turn } = fields;
    this.#push({
      turn: typeof turn === 'number' ? turn : null,
      agent: nameIn(agent) ?? '',
      role: typeof role === 'string' && role !== '' ? role : (ROLES[event.type] ?? event.type),
      seconds: typeof seconds === 'number' ? seconds : null,
      spent: spentIn(usage.data, null),
      usage: usage.data,
    });
  }

  #push(turn: TurnFigures): void {
    if (this.turns.length < MOST_TURNS) this.turns.push(turn);
  }
}

/** What a session's running totals stood at, from turn to turn. */
class SessionMeter {
  #session: string | null = null;
  #told: { readonly session: string | null; readonly usage: Usage } | null = null;

  session(session: string | null): void {
    this.#session = session;
  }

  turn(usage: Usage | null): Spent {
    const goesOn = this.#session !== null && this.#told?.session === this.#session;
    const spent = spentIn(usage, goesOn ? (this.#told?.usage ?? null) : null);
    if (usage !== null) this.#told = { session: this.#session, usage };
    return spent;
  }
}

/** Roles of events that do not name one themselves. */
const ROLES: Readonly<Record<string, string>> = { reviewed: 'reviewer', shaped: 'planner' };

/** An agent as an event names it: its id, or an object with one. */
function nameIn(agent: unknown): string | null {
  if (typeof agent === 'string') return agent;
  if (typeof agent !== 'object' || agent === null) return null;
  const { id, name }: { id?: unknown; name?: unknown } = agent;
  return typeof id === 'string' ? id : typeof name === 'string' ? name : null;
}
