/** One connection between a client and the host, the same at both ends: typed calls, parsed arrivals, bounded buffers. */
import type { Socket } from 'node:net';
import {
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import * as z from 'zod';
import { CountersignError, fail, isErrorCode, toCountersignError } from '../core/errors';
import { boundedAnswers } from './boundedAnswers';
import { MessageGuard } from './messageGuard';
import {
  MAX_MESSAGE_BYTES,
  METHODS,
  type Method,
  NOTIFICATIONS,
  type Notification,
  type NotificationOf,
  type Params,
  type ParamsIn,
  type Result,
  type Sent,
} from './rpc';

/** Messages that may wait for the other side to read them. Whoever reads slower is hung up on, and nobody waits for it. */
const MAX_WAITING = 1_000;
const MAX_WAITING_BYTES = 2 * MAX_MESSAGE_BYTES;

/** A coded error as the data of a JSON-RPC error. */
const errorDataSchema = z.object({
  code: z.string().max(100),
  message: z.string().max(100_000),
  fix: z.string().max(100_000),
});

export class Channel {
  readonly #socket: Socket;
  readonly #connection: MessageConnection;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  #waiting = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    const guard = new MessageGuard(MAX_MESSAGE_BYTES);
    // Neither end of a pipe takes the other down with it by itself.
    guard.on('error', () => socket.destroy());
    socket.on('error', () => socket.destroy());
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#connection.dispose();
        resolve();
      });
    });
    this.#connection = createMessageConnection(
      new StreamMessageReader(socket.pipe(guard)),
      new StreamMessageWriter(socket, { contentTypeEncoder: boundedAnswers(MAX_MESSAGE_BYTES) }),
    );
    // What is no JSON-RPC cannot be answered: there is no telling what comes next.
    this.#connection.onError(() => this.close());
  }

  /** Begins to read; handlers must stand before. */
  listen(): void {
    this.#connection.listen();
  }

  /** Ends the connection at once: calls that wait for an answer get HOST_UNREACHABLE. */
  close(): void {
    this.#socket.destroy();
  }

  /** Ends the connection when what was sent has been read, or after a moment. */
  async end(): Promise<void> {
    const deadline = setTimeout(() => this.close(), 1_000);
    this.#socket.end();
    await this.closed;
    clearTimeout(deadline);
  }

  /**
   * Calls a method of the other side.
   *
   * @throws what the other side threw, with its code; HOST_UNREACHABLE when the connection ends; RPC_INVALID when the
   *   answer does not fit
   */
  async request<M extends Method>(method: M, params: ParamsIn<M>): Promise<Result<M>> {
    const answer = await this.#connection.sendRequest<unknown>(method, params).catch((thrown: unknown) => {
      throw revive(thrown, method);
    });
    const result = METHODS[method].result.safeParse(answer);
    if (result.success) return result.data as Result<M>;
    return fail('RPC_INVALID', `the answer to ${method} is malformed: ${describe(result.error)}`);
  }

  /** Tells the other side, and never waits: a side that does not read is hung up on. */
  notify<N extends Notification>(name: N, value: Sent<NotificationOf<N>>): void {
    if (this.#socket.destroyed) return;
    if (this.#waiting >= MAX_WAITING || this.#socket.writableLength > MAX_WAITING_BYTES) {
      this.close();
      return;
    }
    this.#waiting += 1;
    this.#connection
      .sendNotification(name, value)
      .catch(() => this.close())
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** Answers a method. Whatever the handler throws reaches the caller as a coded error. */
  answer<M extends Method>(method: M, handler: (params: Params<M>) => Promise<Sent<Result<M>>>): void {
    this.#connection.onRequest(method, async (given: unknown): Promise<unknown> => {
      try {
        const params = METHODS[method].params.safeParse(given);
        if (!params.success)
          fail('RPC_INVALID', `${method} was called with malformed parameters: ${describe(params.error)}`);
        return await handler(params.data as Params<M>);
      } catch (thrown) {
        const error = toCountersignError(thrown).toRecord();
        return new ResponseError(ErrorCodes.InternalError, error.message, error);
      }
    });
  }

  /** Hears a notification. One that does not fit is left out: it may come from a newer host. */
  hear<N extends Notification>(name: N, listener: (value: NotificationOf<N>) => void): void {
    this.#connection.onNotification(name, (given: unknown) => {
      const value = NOTIFICATIONS[name].safeParse(given);
      if (value.success) listener(value.data as NotificationOf<N>);
    });
  }
}

/** What the library throws when the other side was gone before the question was written, or before it was answered. */
const UNSENT_OR_UNANSWERED: ReadonlySet<number> = new Set([
  ErrorCodes.MessageWriteError,
  ErrorCodes.PendingResponseRejected,
]);

/** The error that a record tells of; null when it is no record of ours. */
export function coded(record: unknown): CountersignError | null {
  const parsed = errorDataSchema.safeParse(record);
  if (!parsed.success || !isErrorCode(parsed.data.code)) return null;
  return new CountersignError(parsed.data.code, parsed.data.message, { fix: parsed.data.fix });
}

/** An error of JSON-RPC as the coded error that the other side threw. */
function revive(thrown: unknown, method: Method): CountersignError {
  if (thrown instanceof ResponseError) {
    const error = coded(thrown.data);
    if (error !== null) return error;
    if (!UNSENT_OR_UNANSWERED.has(thrown.code)) {
      return new CountersignError('RPC_INVALID', `${method} was refused: ${thrown.message}`);
    }
  }
  return new CountersignError('HOST_UNREACHABLE', `the host ended before it answered ${method}`, { cause: thrown });
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`;
}
