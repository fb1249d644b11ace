/** One connection to an ACP agent: every request has a limit, every answer a schema, every failure a code. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientConnection, client, methods } from '@agentclientprotocol/sdk';
import type * as z from 'zod';
import { CountersignError, fail } from '../../core/errors';
import { visible } from '../../core/visible';
import type { Running } from '../process/run';
import type { ModeChoice, OfferedModes } from './acpModes';
import {
  initializeSchema,
  notificationSchema,
  type PermissionRequest,
  type PromptResult,
  permissionSchema,
  promptResponseSchema,
  type SessionUpdate,
  sessionSchema,
} from './acpSchemas';
import { messageStream, WireFault } from './acpStream';
import type { AgentProfile } from './profiles/profile';
import type { ToolServer } from './tools/toolServer';
import type { TurnLimits } from './turn';

/** The one version that is spoken. */
const PROTOCOL_VERSION = 1;
/** The largest real messages are file contents of a few megabytes. */
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

/** What the agent said of itself. */
export interface AgentFacts {
  readonly name: string;
  readonly version: string | null;
  readonly canLoad: boolean;
  readonly canClose: boolean;
}

export interface ConnectionEvents {
  update(update: SessionUpdate): void;
  /** Resolves with the chosen option, or null for `cancelled`. */
  permission(request: PermissionRequest): Promise<string | null>;
  junk(line: string): void;
}

export class AcpConnection {
  readonly #connection: ClientConnection;
  readonly #profile: AgentProfile;
  readonly #limits: TurnLimits;

  constructor(running: Running, profile: AgentProfile, limits: TurnLimits, events: ConnectionEvents) {
    this.#profile = profile;
    this.#limits = limits;
    const stream = messageStream(running.stdin!, running.stdout, {
      maxMessageBytes: MAX_MESSAGE_BYTES,
      onUpdate: (params) => {
        const parsed = notificationSchema.safeParse(params);
        if (parsed.success) events.update(parsed.data.update);
      },
      onJunk: events.junk,
    });
    // No `fs`, no `terminal`: what a client does for an agent is done outside the sandbox.
    this.#connection = client({ name: 'countersign' })
      .onRequest(methods.client.session.requestPermission, permissionSchema, async ({ params }) => {
        const optionId = await events.permission(params);
        return { outcome: optionId === null ? { outcome: 'cancelled' } : { outcome: 'selected', optionId } };
      })
      .connect(stream);
  }

  /** Resolves when the agent's output has ended or was cut off. */
  get closed(): Promise<void> {
    return this.#connection.closed;
  }

  get isClosed(): boolean {
    return this.#connection.signal.aborted;
  }

  /** Why it closed, where that is a fault of the agent's output and not its end. */
  get fault(): CountersignError | null {
    const { signal } = this.#connection;
    if (!signal.aborted || !(signal.reason instanceof WireFault)) return null;
    return new CountersignError('AGENT_PROTOCOL', `${this.#profile.name} sent ${signal.reason.message}`);
  }

  /** Throws AGENT_PROTOCOL when the agent speaks another version or no ACP at all. */
  async initialize(): Promise<AgentFacts> {
    const method = methods.agent.initialize;
    const params = {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: {},
      clientInfo: { name: 'countersign', version: '1' },
    };
    const answer = await this.#request(method, params, initializeSchema, this.#limits.start);
    if (answer.protocolVersion !== PROTOCOL_VERSION) {
      fail(
        'AGENT_PROTOCOL',
        `${this.#profile.name} speaks version ${answer.protocolVersion} of the protocol; version ${PROTOCOL_VERSION} is needed`,
      );
    }
    return {
      name: answer.agentInfo?.name ?? this.#profile.name,
      version: answer.agentInfo?.version ?? null,
      canLoad: answer.agentCapabilities?.loadSession === true,
      canClose: answer.agentCapabilities?.sessionCapabilities?.close !== undefined,
    };
  }

  /** @param servers that the agent starts for itself */
  async newSession(
    cwd: string,
    servers: readonly ToolServer[],
  ): Promise<{ readonly session: string; readonly offered: OfferedModes }> {
    const params = { cwd, mcpServers: servers };
    const answer = await this.#request(methods.agent.session.new, params, sessionSchema, this.#limits.session);
    return { session: answer.sessionId, offered: answer };
  }

  /** Puts a session into one of the modes that it offers. */
  async setMode(sessionId: string, { mode, set }: ModeChoice): Promise<void> {
    if (set === null) return;
    const limit = Math.min(this.#limits.session, MODE_LIMIT_MS);
    if (set.by === 'mode') {
      await this.#request(methods.agent.session.setMode, { sessionId, modeId: mode }, null, limit);
      return;
    }
    const params = { sessionId, configId: set.option, value: mode };
    await this.#request(methods.agent.session.setConfigOption, params, null, limit);
  }

  /** The agent may repeat the whole conversation as updates before it answers. */
  async loadSession(sessionId: string, cwd: string, servers: readonly ToolServer[]): Promise<void> {
    const params = { sessionId, cwd, mcpServers: servers };
    await this.#request(methods.agent.session.load, params, null, this.#limits.load);
  }

  /** One turn; without a limit of its own: the turn's deadline is its owner. */
  prompt(sessionId: string, text: string): Promise<PromptResult> {
    const params = { sessionId, prompt: [{ type: 'text', text }] };
    return this.#request(methods.agent.session.prompt, params, promptResponseSchema, null);
  }

  /** Asks the agent to end its turn; the prompt then answers `cancelled`, or not. */
  async cancel(sessionId: string): Promise<void> {
    await this.#connection.agent.notify(methods.agent.session.cancel, { sessionId }).catch(() => {});
  }

  /** Ends the session and what runs in it. An agent that does not answer in time is left to the grace. */
  async closeSession(sessionId: string): Promise<void> {
    await this.#request(methods.agent.session.close, { sessionId }, null, this.#limits.close).catch(() => {});
  }

  close(): void {
    this.#connection.close();
  }

  async #request<T>(method: string, params: unknown, schema: z.ZodType<T>, limitMs: number | null): Promise<T>;
  async #request(method: string, params: unknown, schema: null, limitMs: number | null): Promise<unknown>;
  async #request(method: string, params: unknown, schema: z.ZodType | null, limitMs: number | null): Promise<unknown> {
    const answer = await this.#within(method, limitMs, this.#connection.agent.request(method, params));
    if (schema === null) return answer;
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    return fail('AGENT_PROTOCOL', `${this.#profile.name} answered ${method} in a way that is not of the protocol`);
  }

  async #within(method: string, limitMs: number | null, answer: Promise<unknown>): Promise<unknown> {
    const timer = new AbortController();
    const late = limitMs === null ? [] : [sleep(limitMs, LATE, { signal: timer.signal }).catch(() => LATE)];
    try {
      const first = await Promise.race([answer, ...late]);
      if (first !== LATE) return first;
    } catch (cause) {
      throw this.#refusal(method, cause);
    } finally {
      timer.abort();
      answer.catch(() => {});
    }
    return fail('AGENT_TIMEOUT', `${this.#profile.name} did not answer ${method} within ${limitMs! / 1000} s`, {
      fix: `try \`${this.#profile.command}\` by hand; ${this.#profile.signIn}`,
    });
  }

  #refusal(method: string, cause: unknown): CountersignError {
    const message = visible(cause instanceof Error ? cause.message : String(cause)).slice(0, MAX_TOLD);
    const code = isCoded(cause) ? cause.code : null;
    if (code === AUTHENTICATION_REQUIRED) {
      return new CountersignError('AGENT_FAILED', `${this.#profile.name} is not signed in: ${message}`, {
        cause,
        fix: this.#profile.signIn,
      });
    }
    return new CountersignError('AGENT_FAILED', `${this.#profile.name} refused ${method}: ${message}`, { cause });
  }
}

const LATE = Symbol('late');
/** Longest that a change of the mode may take: the work goes on without it. */
const MODE_LIMIT_MS = 10_000;
/** Characters of an agent's own words in an error message. */
const MAX_TOLD = 1_000;
/** ACP's error code for an agent that wants `authenticate` first. */
const AUTHENTICATION_REQUIRED = -32_000;

function isCoded(cause: unknown): cause is { code: number } {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'number';
}
