/** One turn as a conversation with a running ACP agent: session, prompt, updates, questions, end. */
import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Action, PermissionVerdict } from '../../core/agent/permission';
import { fail } from '../../core/errors';
import type { TurnOutcome } from '../../core/ports/agents';
import { overBudget } from '../../core/spending';
import type { Running } from '../process/run';
import { AcpConnection, type AgentFacts } from './acpConnection';
import { chooseMode } from './acpModes';
import { PermissionDesk } from './acpPermission';
import { isOlder, retold } from './acpPrompt';
import type { SessionUpdate } from './acpSchemas';
import { ToolCalls } from './acpToolCalls';
import { toAgentUpdate } from './acpUpdates';
import { UsageMeter } from './acpUsage';
import type { AgentProfile } from './profiles/profile';
import { StderrTail } from './stderrTail';
import { QuietTimer, type StopReason, type TurnDeadline } from './timers';
import type { ToolServer } from './tools/toolServer';
import type { Talk, TurnLimits } from './turn';
import { UpdateBuffer } from './updateBuffer';

export interface AcpTurnOptions {
  readonly profile: AgentProfile;
  readonly decide: (action: Action) => PermissionVerdict;
  readonly turn: Talk;
  readonly limits: TurnLimits;
  /** Modes of the agent's own that a new session is put into, the best first; absent: it stays in the agent's. */
  readonly modes?: readonly string[];
  /** Servers of tools that the agent is told to start. */
  readonly servers: readonly ToolServer[];
}

/** What leaves the stream of an agent that prints what is no message is told so many times. */
const MAX_JUNK_NOTES = 20;

export class AcpTurn {
  readonly #options: AcpTurnOptions;
  readonly #running: Running;
  readonly #deadline: TurnDeadline;
  readonly #updates: UpdateBuffer;
  readonly #calls: ToolCalls;
  readonly #usage: UsageMeter;
  readonly #silence: QuietTimer;
  readonly #quiet: QuietTimer;
  readonly #stderr: StderrTail;
  readonly #connection: AcpConnection;
  /** While a session is loaded the agent repeats what the transcript has already. */
  #replaying = false;
  #junk = 0;
  /** Questions that a person has not answered yet. */
  #waits = 0;
  /** From the prompt to its answer: what is told later stops nothing any more. */
  #prompting = false;
  /** The agent's own mode, where we chose one. */
  #mode: string | null = null;
  /** What was used beyond the budget, in words. */
  #over: string | null = null;

  constructor(options: AcpTurnOptions, running: Running, deadline: TurnDeadline) {
    const { profile, decide, turn, limits } = options;
    const { request, events } = turn;
    this.#options = options;
    this.#running = running;
    this.#deadline = deadline;
    this.#updates = new UpdateBuffer((update) => events.update(update));
    this.#calls = new ToolCalls(request.worktree);
    this.#usage = new UsageMeter(profile);
    this.#silence = new QuietTimer(limits.silence, () =>
      this.#note(`no sign of life for ${Math.round(limits.silence / 1000)} s`),
    );
    this.#quiet = new QuietTimer(limits.quiet, () => {
      if (this.#waits > 0) deadline.pause();
      events.wrote();
    });
    this.#stderr = new StderrTail(running.stderr, (text) =>
      this.#updates.push({ kind: 'output', stream: 'stderr', text }),
    );
    const desk = new PermissionDesk({
      turn: request.turn,
      decide,
      calls: this.#calls,
      events,
      update: (update) => this.#updates.push(update),
      waiting: (waits) => this.wait(waits),
      signal: deadline.signal,
    });
    this.#connection = new AcpConnection(running, profile, limits, {
      update: (update) => this.#onUpdate(update),
      permission: (asked) => desk.answer(asked),
      junk: (line) => this.#onJunk(line),
    });
  }

  /**
   * Opens a session, prompts, and waits until the turn has ended, by itself or by the deadline. The process is the
   * caller's to end. Throws AGENT_PROTOCOL, AGENT_FAILED, AGENT_TIMEOUT.
   */
  async untilEnd(): Promise<Pick<TurnOutcome, 'stop' | 'usage' | 'over'>> {
    const died = this.#died();
    died.catch(() => {}); // Raced below; between the races nobody listens.
    const stopped = this.#deadline.reached;
    const opened = await this.#alive(Promise.race([this.#open(), stopped]), died);
    if (typeof opened === 'string') return { stop: opened, usage: null };

    const { facts, session, prompt, loaded } = opened;
    this.#usage.begin(loaded ? (this.#options.turn.request.spending?.before ?? null) : null);
    this.#updates.push({ kind: 'text', role: 'user', text: prompt });
    const answer = this.#connection.prompt(session, prompt);
    void answer.then((result) => this.#usage.answered(result)).catch(() => {});
    answer.catch(() => {}); // Likewise.
    this.#prompting = true;
    const first = await this.#alive(Promise.race([answer, stopped]), died);
    this.#prompting = false;
    if (typeof first === 'string') await this.#cancel(session, first, answer);
    if (facts.canClose) await Promise.race([this.#connection.closeSession(session), died.catch(() => {})]);
    const ended = typeof first === 'string' ? first : first.stopReason;
    return { stop: this.#deadline.reason ?? ended, usage: this.#usage.total(), over: this.#over };
  }

  get mode(): string | null {
    return this.#mode;
  }

  /**
   * While a person is asked, neither the agent's time runs nor is its silence a sign of anything; unless it works on beside
   * the question: what it says or does starts its time again, until it is quiet. Calls come in pairs.
   */
  wait(waits: boolean): void {
    this.#waits += waits ? 1 : -1;
    if (this.#waits > 0) this.#deadline.pause();
    else this.#deadline.resume();
    this.#silence.hold(this.#waits > 0);
  }

  /** Passes on what still waits and lets go of the connection and the clocks. */
  dispose(): void {
    this.#connection.close();
    this.#silence.dispose();
    this.#quiet.dispose();
    this.#updates.flush();
  }

  /** A step of a living agent. When it dies, that is the news, and not that its connection closed under a request. */
  async #alive<T>(step: Promise<T>, died: Promise<never>): Promise<T> {
    try {
      return await Promise.race([step, died]);
    } catch (thrown) {
      return this.#connection.isClosed ? died : Promise.reject(thrown);
    }
  }

  /** Initializes, and loads the earlier session or makes a new one; says which prompt to send. */
  async #open(): Promise<{ facts: AgentFacts; session: string; prompt: string; loaded: boolean }> {
    const { request, events } = this.#options.turn;
    const facts = await this.#connection.initialize();
    this.#noteVersion(facts);
    const cwd = await realpath(request.worktree);
    const loaded = request.session === null ? null : await this.#load(request.session, cwd, facts);
    const session = loaded ?? (await this.#begin(cwd));
    await events.session(session, { name: facts.name, version: facts.version });
    const forgotten = request.turn > 1 && loaded === null;
    return { facts, session, prompt: forgotten ? retold(request) : request.prompt, loaded: loaded !== null };
  }

  /** A new session; of one that is only to read, in a mode of the agent's own that does so, where it has one. */
  async #begin(cwd: string): Promise<string> {
    const { session, offered } = await this.#connection.newSession(cwd, this.#options.servers);
    const choice = chooseMode(offered, this.#options.modes ?? []);
    if (choice === null) return session;
    try {
      await this.#connection.setMode(session, choice);
      this.#mode = choice.mode;
    } catch (thrown) {
      // What holds it to reading is not its mode.
      if (this.#connection.isClosed) throw thrown;
      this.#note(`its mode \`${choice.mode}\` could not be set: ${thrown instanceof Error ? thrown.message : thrown}`);
    }
    return session;
  }

  async #load(session: string, cwd: string, facts: AgentFacts): Promise<string | null> {
    if (!facts.canLoad || this.#options.profile.load === 'never') {
      this.#note(`${facts.name} cannot go on with an earlier session: a new one is told of the earlier work`);
      return null;
    }
    this.#replaying = true;
    try {
      await this.#connection.loadSession(session, cwd, this.#options.servers);
      return session;
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      this.#note(`the earlier session could not be loaded (${why}): a new one is told of the earlier work`);
      return null;
    } finally {
      this.#replaying = false;
    }
  }

  /** Asks the agent to end its turn and gives it a moment to do so. */
  async #cancel(session: string, reason: StopReason, answer: Promise<unknown>): Promise<void> {
    this.#note(this.#whyStopped(reason));
    const moment = sleep(this.#options.limits.cancel, null, { ref: false });
    // Not awaited by itself: an agent that does not read does not take the message either.
    const ended = this.#connection.cancel(session).then(() => answer);
    await Promise.race([ended.catch(() => {}), moment, this.#connection.closed]);
  }

  #whyStopped(reason: StopReason): string {
    switch (reason) {
      case 'timeout':
        return 'the time of the brief is over: stopping';
      case 'budget':
        return `${this.#over}: stopping`;
      case 'cancelled':
        return 'stopping';
    }
  }

  /** Rejects when the process ends, or its output, while a turn is under way. Never resolves. */
  async #died(): Promise<never> {
    const { profile, limits } = this.#options;
    await Promise.race([this.#running.exited, this.#connection.closed]);
    if (this.#connection.fault !== null) throw this.#connection.fault;
    const late = sleep(limits.halfClosed, null, { ref: false });
    const exit = await Promise.race([this.#running.exited, late]);
    await Promise.race([this.#stderr.ended, late]);
    const how =
      exit === null
        ? 'closed its output and went on running'
        : exit.signal !== null
          ? `was ended by ${exit.signal}`
          : `ended with exit code ${exit.code}`;
    const last = this.#stderr.lastLine;
    return fail('AGENT_FAILED', `${profile.name} ${how} in the middle of its turn${last && `: ${last}`}`, {
      fix: `read the transcript with \`countersign log\`; ${profile.signIn}`,
    });
  }

  #onUpdate(update: SessionUpdate): void {
    this.#silence.touch();
    this.#quiet.touch();
    const news = toAgentUpdate(update, this.#calls, this.#usage);
    if (this.#replaying) return;
    this.#watchSpending();
    if (news === null) return;
    this.#deadline.resume();
    this.#updates.push(news);
    if (news.kind === 'tool' && this.#calls.mayHaveWritten(news.call)) this.#options.turn.events.wrote();
  }

  /** Stops the turn once the agent reports more than it may use. */
  #watchSpending(): void {
    const { spending } = this.#options.turn.request;
    if (!this.#prompting || spending === undefined || this.#over !== null) return;
    const spent = this.#usage.news();
    this.#over = spent === null ? null : overBudget(spent, spending);
    if (this.#over !== null) this.#deadline.spend();
  }

  #onJunk(line: string): void {
    this.#junk += 1;
    if (this.#junk <= MAX_JUNK_NOTES) this.#note(`not a message of the protocol, left out: ${line.trimEnd()}`);
    if (this.#junk === MAX_JUNK_NOTES) this.#note('more of that kind is left out without a word');
  }

  #noteVersion({ name, version }: AgentFacts): void {
    const { oldestSeen } = this.#options.profile;
    if (version === null || oldestSeen === null || !isOlder(version, oldestSeen)) return;
    this.#note(`version ${version} of ${name} is older than ${oldestSeen}, the oldest that was tried`);
  }

  #note(text: string): void {
    this.#updates.push({ kind: 'note', text });
  }
}
