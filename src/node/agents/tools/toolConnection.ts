/** One connection of a tool line: a greeting with the token, then calls, one JSON document a line. */
import type { Socket } from 'node:net';
import { greetingSchema, type LineResponse, requestSchema } from '../../../core/agent/tools/calls';
import { type FloodGate, type FloodLimits, nestsTooDeep } from '../../../core/agent/tools/flood';
import type { ToolAnswer } from '../../../core/agent/tools/tools';
import { jsonOf } from '../../../core/json';

/** How long a connection may take to say its token. */
const GREETING_MS = 10_000;
/** Bytes of answers that a side that does not read may leave waiting. */
const MAX_WAITING_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

export interface ToolConnectionOptions {
  readonly limits: FloodLimits;
  readonly gate: FloodGate;
  isToken(given: string): boolean;
  /** Never rejects. */
  call(tool: string, input: unknown): Promise<ToolAnswer>;
  /** It sent too much; the reason was told to the other side. */
  flooded(why: string): void;
}

export class ToolConnection {
  readonly #socket: Socket;
  readonly #options: ToolConnectionOptions;
  readonly #silence: NodeJS.Timeout;
  #parts: Buffer[] = [];
  #bytes = 0;
  #greeted = false;
  #over = false;

  constructor(socket: Socket, options: ToolConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#silence = setTimeout(() => socket.destroy(), GREETING_MS);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.once('close', () => {
      this.#over = true;
      clearTimeout(this.#silence);
    });
  }

  /**
   * Ends it. What still comes is read and dropped for a moment: a side that writes into a closed socket would not get to
   * read why it was closed.
   */
  end(): void {
    this.#over = true;
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), ENDS_WITHIN_MS).unref();
  }

  #take(chunk: Buffer): void {
    let rest = chunk;
    while (!this.#over && rest.length > 0) {
      const end = rest.indexOf(NEWLINE);
      const part = end < 0 ? rest : rest.subarray(0, end);
      this.#bytes += part.length;
      if (this.#bytes > this.#options.limits.bytes) {
        this.#flood(`a message of more than ${this.#options.limits.bytes} bytes`, null);
        return;
      }
      // A copy: a slice would keep the whole chunk that it came in.
      this.#parts.push(Buffer.from(part));
      if (end < 0) return;
      const line = Buffer.concat(this.#parts).toString('utf8');
      this.#parts = [];
      this.#bytes = 0;
      rest = rest.subarray(end + 1);
      this.#hear(line);
    }
  }

  #hear(line: string): void {
    if (!this.#greeted) {
      this.#greet(line);
      return;
    }
    const { gate, limits } = this.#options;
    const message = nestsTooDeep(line, limits.depth) ? undefined : jsonOf(line);
    const request = requestSchema.safeParse(message);
    const id = request.success ? request.data.id : null;
    const tooMuch = gate.take();
    if (tooMuch !== null) {
      this.#flood(tooMuch, id);
      return;
    }
    if (!request.success) {
      gate.done();
      this.#answer({ id: null, code: 'BAD_INPUT', text: 'this is no call of a tool' });
      return;
    }
    const { tool, input } = request.data;
    void this.#options.call(tool, input).then(
      (answer) => {
        gate.done();
        this.#answer({ id, ...answer });
      },
      () => {
        gate.done();
        this.#answer({ id, code: 'FAILED', text: 'the call failed' });
      },
    );
  }

  /** Whoever does not know the token hears nothing. */
  #greet(line: string): void {
    const greeting = greetingSchema.safeParse(nestsTooDeep(line, 1) ? undefined : jsonOf(line));
    if (!greeting.success || !this.#options.isToken(greeting.data.token)) {
      this.#over = true;
      this.#socket.destroy();
      return;
    }
    this.#greeted = true;
    clearTimeout(this.#silence);
  }

  #flood(why: string, id: number | null): void {
    this.#parts = [];
    this.#answer({ id, code: 'FLOOD', text: `${why}: the line to the tools is closed for this turn` });
    this.#over = true;
    this.#options.flooded(why);
  }

  #answer(response: LineResponse): void {
    if (this.#over || this.#socket.destroyed) return;
    if (this.#socket.writableLength > MAX_WAITING_BYTES) this.#socket.destroy();
    else this.#socket.write(`${JSON.stringify(response)}\n`);
  }
}

/** How long the other side gets to read its last answer and to close. */
const ENDS_WITHIN_MS = 500;
