/** Turns of agents, and questions to them. */
import type { ToolAnswer } from '../agent/tools/tools';
import type { Brief } from '../brief/brief';
import type { Reporting } from '../brief/readiness';
import type { TaskEvent, Usage } from '../events';
import type { Progress } from './machine';
import type { AgentUpdate } from './transcript';

export interface PermissionQuestion {
  readonly request: string;
  readonly what: string;
  readonly boundary: string | null;
}

/** What the adapter reports while a turn runs. `ask` resolves when a person answers, or refuses when nobody is there. */
export interface AgentEvents {
  update(update: AgentUpdate): void;
  session(session: string | null, agent: { name: string; version: string | null }): Promise<void>;
  decided(event: Extract<TaskEvent, { type: 'decided' }>): Promise<void>;
  ask(question: PermissionQuestion): Promise<{ allow: boolean; by: string }>;
  /** The adapter saw a sign that files were written, or the agent has fallen quiet. */
  wrote(): void;
  /** What the agent may ask of us while it works; absent: nothing. */
  readonly tools?: AgentTools;
}

/** The tools that we offer to an agent (`agent/tools/tools.ts`). */
export interface AgentTools {
  /** Answers one call, whatever it holds; `waiting` is told when a person is waited for, and when no more. Never rejects. */
  call(tool: string, input: unknown, waiting: (waits: boolean) => void): Promise<ToolAnswer>;
}

export interface TurnRequest {
  readonly task: string;
  readonly turn: number;
  readonly kind: 'work' | 'correction';
  readonly agent: string;
  readonly brief: Brief;
  readonly prompt: string;
  readonly worktree: string;
  /** Read-only for the agent: the user's object store behind the private clone. */
  readonly readable: readonly string[];
  /** Never seen by the agent, save for what it may read: the user's working tree and git directory. */
  readonly hidden: readonly string[];
  /** The brief as people have widened it by now; absent = `brief`. */
  readonly briefNow?: () => Brief;
  /** The session of an earlier turn, to be loaded again. */
  readonly session: string | null;
  /** Wall-clock limit in milliseconds, or null. */
  readonly limit: number | null;
  /** What the turn may cost, as far as the agent tells; absent = whatever it costs. */
  readonly spending?: Spending;
}

/** The budget of one turn in tokens and US dollars; null = no limit. */
export interface Spending {
  readonly tokens: number | null;
  readonly usd: number | null;
  /** What the task's newest earlier turn reported: running totals of a session that goes on begin there. */
  readonly before: Usage | null;
}

export interface TurnOutcome {
  /** `end_turn`, `exit`, `cancelled`, `timeout`, `budget`, ... as the agent or the adapter named it. */
  readonly stop: string;
  /** Of `budget`: what was reported and the limit, in words. */
  readonly over?: string | null;
  readonly exit: number | null;
  readonly usage: Usage | null;
  readonly survivors: readonly string[];
}

/** One question to an agent that may only read: a second opinion on a result, or the shape of a brief. */
export interface ConsultRequest {
  /** Marks its processes, so that `reap` finds them. */
  readonly task: string;
  readonly agent: string;
  /** Of the built-in `command` agent: a shell command that reads the prompt from its input and prints the answer; else null. */
  readonly command: string | null;
  readonly prompt: string;
  /** Where it works. It cannot write there, as far as this machine has a sandbox; whoever made the folder looks afterwards. */
  readonly folder: string;
  /** As of a turn. */
  readonly readable: readonly string[];
  readonly hidden: readonly string[];
  /** Wall-clock limit in milliseconds. */
  readonly limit: number;
  readonly purpose: 'review' | 'plan';
  /** Told what it is doing. */
  readonly progress?: Progress;
}

export interface Consultation {
  /** What it said, without thoughts and tools; cut where it said more than an answer may have. */
  readonly text: string;
  readonly usage: Usage | null;
  readonly agent: { readonly name: string; readonly version: string | null };
  /** As of a turn; `too-long` when it was ended because its answer had no end. */
  readonly stop: string;
  /** What it asked to do beyond reading, and was refused; the first of it. */
  readonly refused: readonly string[];
  /** How its processes were confined. */
  readonly confinement: string;
  readonly survivors: readonly string[];
}

/** Runs one turn of one agent to its end, and leaves no process behind whatever happens. */
export interface AgentPort {
  /** How the agent's processes will be confined on this machine. Throws AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_REQUIRED. */
  confinement(agent: string): Promise<string>;
  /** Whether a turn of this agent is given tools of ours, where its events offer them. */
  takesTools?(agent: string): boolean;
  /** What an agent tells of what it uses; null for one that is not known. */
  reporting?(agent: string): Reporting | null;
  /** Resolves when the turn ended and every process of it is gone; rejects with a coded error. Abort = stop it. */
  turn(request: TurnRequest, events: AgentEvents, signal: AbortSignal): Promise<TurnOutcome>;
  /**
   * Puts one question to an agent, in a session and a HOME of its own that are gone afterwards. It may read; what it asks
   * to do beyond that is refused. Resolves when every process of it is gone, also when `signal` or the limit ended it
   * (`cancelled`, `timeout`). Throws AGENT_*, SANDBOX_REQUIRED, and COMMAND_FAILED when the command failed.
   */
  consult(request: ConsultRequest, signal: AbortSignal): Promise<Consultation>;
  /** Agents of this machine that could be asked: those that speak ACP and whose program is there, the user's own first. */
  installed(): Promise<readonly string[]>;
  /** After a crash of the host: ends what is left of a task's processes. Returns descriptions of survivors. */
  reap(task: string): Promise<readonly string[]>;
}
