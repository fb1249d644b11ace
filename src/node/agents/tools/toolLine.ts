/**
 * The line by which one turn's agent reaches us: a socket of its own, in a folder of its own that is shown to its sandbox,
 * known by a token. It carries calls of tools and nothing else, within limits, and is gone with the turn.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { FLOOD_LIMITS, FloodGate, type FloodLimits } from '../../../core/agent/tools/flood';
import type { AgentTools } from '../../../core/ports/agents';
import { placeOfLine, removeLine } from './linePlace';
import { ToolConnection } from './toolConnection';

const TOKEN_BYTES = 24;

export interface ToolLineOptions {
  /** The state directory. */
  readonly state: string;
  readonly tools: AgentTools;
  /** Told when a person is waited for, and when no more. */
  readonly waiting: (waits: boolean) => void;
  /** Told in one line why the line was closed before its turn ended. */
  readonly closed: (why: string) => void;
  readonly limits?: Partial<FloodLimits>;
}

export class ToolLine {
  readonly #options: ToolLineOptions;
  readonly #limits: FloodLimits;
  readonly #gate: FloodGate;
  readonly #token = Buffer.from(randomBytes(TOKEN_BYTES).toString('hex'));
  readonly #connections = new Set<ToolConnection>();
  readonly #server: Server;
  #attempts = 0;
  #isOver = false;

  /** The folder to show to the sandbox; null where there are no socket files. */
  readonly folder: string | null;
  readonly address: string;

  private constructor(options: ToolLineOptions, place: { readonly folder: string | null; readonly address: string }) {
    this.#options = options;
    this.#limits = { ...FLOOD_LIMITS, ...options.limits };
    this.#gate = new FloodGate(this.#limits, () => performance.now());
    this.folder = place.folder;
    this.address = place.address;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  get token(): string {
    return this.#token.toString();
  }

  /** Opens a line. Throws what the file system and the socket throw; nothing is left then. */
  static async open(options: ToolLineOptions): Promise<ToolLine> {
    const place = await placeOfLine(options.state);
    const line = new ToolLine(options, place);
    try {
      if (place.folder !== null) await mkdir(place.folder, { recursive: true, mode: 0o700 });
      await line.#listen();
    } catch (thrown) {
      await line.close();
      throw thrown;
    }
    return line;
  }

  /** Ends every connection and removes the socket. Resolves when both are gone. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#hangUp();
    if (this.folder !== null) await removeLine(this.folder);
  }

  async #listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(this.address, resolve);
    });
    this.#server.on('error', () => undefined);
    if (this.folder !== null) await chmod(this.address, 0o600);
  }

  async #hangUp(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.end();
    await closed;
  }

  #accept(socket: Socket): void {
    this.#attempts += 1;
    socket.on('error', () => undefined);
    if (this.#isOver || this.#connections.size >= this.#limits.connections) {
      socket.destroy();
      return;
    }
    const { tools, waiting } = this.#options;
    const connection: ToolConnection = new ToolConnection(socket, {
      limits: this.#limits,
      gate: this.#gate,
      isToken: (given) => this.#isToken(given),
      call: (tool, input) => tools.call(tool, input, waiting),
      flooded: (why) => this.#flooded(why),
    });
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
    if (this.#attempts >= this.#limits.attempts) this.#flooded(`more than ${this.#limits.attempts} connections`);
  }

  #isToken(given: string): boolean {
    const bytes = Buffer.from(given);
    return bytes.length === this.#token.length && timingSafeEqual(bytes, this.#token);
  }

  /** For the rest of the turn: an agent that floods gets no second line. */
  #flooded(why: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.closed(`the agent's line to its tools was closed: ${why}`);
    void this.#hangUp();
  }
}
