/** The discipline of stdout and stderr: what is asked for goes to stdout, everything else to stderr. */
import { type CountersignError, toCountersignError } from '../core/errors';
import { visibleText } from '../core/visible';

/** The part of a stream that is written to; real streams fit. */
export interface Sink {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string, done?: () => void): boolean;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface OutputOptions {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly json: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** Select graphic rendition, on and off (ECMA-48). */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const;

export type Style = keyof typeof STYLES;

/**
 * Writes what a command has to say. In JSON mode stdout carries nothing but JSON. A reader that went away (EPIPE)
 * ends the writing, not the command: its verdict is still its exit code.
 */
export class Output {
  readonly json: boolean;
  /** Whether stderr is a terminal that understands cursor movement. */
  readonly live: boolean;
  /** Aborted when the reader of stdout went away: a stream has nobody to write to any more. */
  readonly closed: AbortSignal;
  readonly #stdout: Sink;
  readonly #stderr: Sink;
  readonly #colour: boolean;
  readonly #closing = new AbortController();

  constructor({ stdout, stderr, json, env }: OutputOptions) {
    this.json = json;
    this.live = stderr.isTTY === true && env.TERM !== 'dumb';
    this.closed = this.#closing.signal;
    this.#stdout = stdout;
    this.#stderr = stderr;
    // https://no-color.org: present and not empty, whatever its value.
    this.#colour = stdout.isTTY === true && env.TERM !== 'dumb' && !env.NO_COLOR;
    stdout.on('error', () => this.#closing.abort());
    // Nobody is left to tell about a broken stderr.
    stderr.on('error', () => undefined);
  }

  /** The terminal line for live progress. */
  get terminal(): Sink {
    return this.#stderr;
  }

  /** Prints one JSON document (pretty) in JSON mode; otherwise nothing. */
  document(value: unknown): void {
    if (this.json) this.#print(`${safeJson(value, 2)}\n`);
  }

  /** Prints one JSON value on a line of its own in JSON mode; otherwise nothing. */
  record(value: unknown): void {
    if (this.json) this.#print(`${safeJson(value)}\n`);
  }

  /** Prints text for people on stdout; in JSON mode nothing. The text's control characters are neutralised. */
  text(text: string): void {
    if (!this.json) this.#print(endLine(visibleText(text)));
  }

  /** Prints text that is the result itself, byte for byte, such as a file that is to be redirected. */
  raw(text: string): void {
    if (!this.json) this.#print(text);
  }

  /** Prints text that carries our own styles, made with `style`; every foreign part of it must be neutralised already. */
  styled(text: string): void {
    if (!this.json) this.#print(endLine(text));
  }

  /** Says something beside the result, on stderr. */
  note(text: string): void {
    this.#stderr.write(endLine(visibleText(text)));
  }

  /** Text in a style where the terminal has colours and the user has not said NO_COLOR. */
  style(style: Style, text: string): string {
    const [on, off] = STYLES[style];
    return this.#colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }

  /** Columns of stdout; unlimited where it is no terminal. */
  get width(): number {
    return this.#stdout.isTTY === true ? this.#stdout.columns || 80 : Number.POSITIVE_INFINITY;
  }

  /** Whether text on stdout may carry colours. */
  get colour(): boolean {
    return this.#colour;
  }

  /** Shows an error in the one form that it has, and returns it. */
  error(thrown: unknown): CountersignError {
    const error = toCountersignError(thrown);
    if (this.json) this.document({ error: error.toRecord() });
    else this.#note(error);
    return error;
  }

  /** Tells of trouble that does not end the command, on stderr: in JSON mode as one document on a line. */
  trouble(error: CountersignError): void {
    if (this.json) this.#stderr.write(`${safeJson({ error: error.toRecord() })}\n`);
    else this.#note(error);
  }

  /** Resolves when everything written so far was handed to the system, or nobody reads it. */
  async flush(): Promise<void> {
    await Promise.all([this.#stdout, this.#stderr].map((sink) => new Promise<void>((done) => sink.write('', done))));
  }

  #note({ code, message, fix }: CountersignError): void {
    this.note(`countersign: ${code}: ${message}\nfix: ${fix}`);
  }

  #print(text: string): void {
    if (!this.closed.aborted) this.#stdout.write(text);
  }
}

const endLine = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);

/** JSON in which the controls that `JSON.stringify` leaves as they are (DEL, C1, bidirectional) are escaped too. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
