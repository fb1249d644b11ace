/** The way from the tools to the host: calls out, answers back, one JSON document a line. */
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { responseSchema } from '../core/agent/tools/calls';
import { LINE_VARIABLE, TOKEN_VARIABLE, type ToolAnswer } from '../core/agent/tools/tools';
import { jsonOf } from '../core/json';

/** Calls on their way at once: less than the host takes, however many the agent makes. */
const MOST_OPEN = 8;

interface Call {
  readonly tool: string;
  readonly input: unknown;
  readonly settle: (answer: ToolAnswer) => void;
}

const GONE: ToolAnswer = { code: 'FAILED', text: 'The line to Countersign is closed: go on without these tools.' };

export class HostLine {
  readonly #socket: Socket;
  readonly #open = new Map<number, Call>();
  readonly #waiting: Call[] = [];
  #next = 1;
  #gone: ToolAnswer | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // It repeats the errors of its input, which are heard below.
    const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('error', () => undefined);
    lines.on('line', (line) => this.#hear(line));
    socket.on('error', () => this.#end(GONE));
    socket.on('close', () => this.#end(GONE));
  }

  /** Connects by what the environment says. Throws when it says nothing. */
  static connect(environment: NodeJS.ProcessEnv): HostLine {
    const address = environment[LINE_VARIABLE];
    const token = environment[TOKEN_VARIABLE];
    if (address === undefined || token === undefined) throw new Error('this program is started by an agent of a task');
    const socket = createConnection(address);
    const line = new HostLine(socket);
    socket.write(`${JSON.stringify({ token })}\n`);
    return line;
  }

  /** Never rejects: what cannot be answered is answered so. */
  call(tool: string, input: unknown): Promise<ToolAnswer> {
    return new Promise((settle) => {
      if (this.#gone !== null) return settle(this.#gone);
      this.#waiting.push({ tool, input, settle });
      this.#send();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(): void {
    while (this.#open.size < MOST_OPEN) {
      const call = this.#waiting.shift();
      if (call === undefined) return;
      const id = this.#next;
      this.#next += 1;
      this.#open.set(id, call);
      this.#socket.write(`${JSON.stringify({ id, tool: call.tool, input: call.input })}\n`);
    }
  }

  #hear(line: string): void {
    const parsed = responseSchema.safeParse(jsonOf(line));
    if (!parsed.success) return;
    const { id, text, code } = parsed.data;
    // The host's own codes; what a newer one adds is still a refusal.
    const answer: ToolAnswer = { text, code: code as ToolAnswer['code'] };
    if (code === 'FLOOD') this.#end(answer);
    const call = id === null ? undefined : this.#open.get(id);
    if (id === null || call === undefined) return;
    this.#open.delete(id);
    call.settle(answer);
    this.#send();
  }

  #end(answer: ToolAnswer): void {
    if (this.#gone !== null) return;
    this.#gone = answer;
    for (const { settle } of [...this.#open.values(), ...this.#waiting]) settle(answer);
    this.#open.clear();
    this.#waiting.length = 0;
  }
}
