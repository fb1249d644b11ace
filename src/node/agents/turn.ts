/** What both kinds of agents need to run a turn. */
import type { AgentEvents, TurnRequest } from '../../core/ports/agents';
import type { Confinement } from '../process/confinement';
import type { ConfinedSpec, Running } from '../process/run';

/** Starts a confined process; the real one is `startConfined`. */
export type Start = (confinement: Confinement, spec: ConfinedSpec) => Promise<Running>;

/** How long each step may take, in milliseconds. */
export interface TurnLimits {
  /** Until the agent has answered `initialize`. */
  readonly start: number;
  /** Until it has made a session, and until it has loaded one. */
  readonly session: number;
  readonly load: number;
  /** Until a cancelled turn has ended by itself, and a session has closed. */
  readonly cancel: number;
  readonly close: number;
  /** From SIGTERM to SIGKILL. */
  readonly grace: number;
  /** How long an agent's process may outlive its output. */
  readonly halfClosed: number;
  /** Without any update: say so; and: it may have finished writing. */
  readonly silence: number;
  readonly quiet: number;
}

/** Cancel, close and grace together stay under the five seconds in which a stopped task must have stopped. */
export const DEFAULT_LIMITS: TurnLimits = {
  start: 60_000,
  session: 60_000,
  load: 120_000,
  cancel: 2_000,
  close: 500,
  grace: 1_500,
  halfClosed: 1_000,
  silence: 60_000,
  quiet: 1_000,
};

export interface Turn {
  readonly request: TurnRequest;
  readonly events: AgentEvents;
  readonly signal: AbortSignal;
}

/** Where a program is started, and what it sees there. */
export interface LaunchPlace extends Pick<TurnRequest, 'task' | 'worktree' | 'readable' | 'hidden'> {
  /** The folder that it works in is not to be written. */
  readonly readOnly: boolean;
}

/** What is said to an agent: the prompt of a turn, or a question. */
export interface Conversation
  extends LaunchPlace,
    Pick<TurnRequest, 'turn' | 'prompt' | 'session' | 'limit' | 'spending'> {
  /** What was asked in earlier turns, for an agent that has forgotten them. */
  readonly asked: string;
}

/** A conversation, who hears of it, and how it is ended. */
export interface Talk {
  readonly request: Conversation;
  readonly events: AgentEvents;
  readonly signal: AbortSignal;
}

/** The surroundings of a turn. */
export interface Surroundings {
  readonly confinement: Confinement;
  readonly start: Start;
  readonly limits: TurnLimits;
  /** The task's private HOME. */
  readonly home: string;
  /** The state directory: nothing of it is seen but what is granted. */
  readonly state: string;
  /** Whether the user lets such an agent reach the network. */
  readonly network: boolean;
  /** The built program of our tools; null where it is not there. */
  readonly toolProgram: string | null;
}
