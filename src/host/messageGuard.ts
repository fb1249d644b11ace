/**
 * Lets the frames of the base protocol through (headers, an empty line, as many bytes as `Content-Length` says: Language
 * Server Protocol 3.17, base protocol) up to a size: the reader of `vscode-jsonrpc` would gather any size in memory.
 */
import { Transform, type TransformCallback } from 'node:stream';

/** Two short headers are all that there is. */
const MAX_HEADER_BYTES = 1_024;
const HEADER_END = Buffer.from('\r\n\r\n');

export class MessageGuard extends Transform {
  readonly #limit: number;
  #header = Buffer.alloc(0);
  /** Bytes of the message that are still to come; 0 = headers are next. */
  #body = 0;

  /** @param limit bytes of one message; a larger one, or what is no frame, destroys the stream with an error */
  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      for (let rest = chunk; rest.length > 0; ) rest = this.#body > 0 ? this.#takeBody(rest) : this.#takeHeader(rest);
      this.push(chunk);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  #takeBody(bytes: Buffer): Buffer {
    const taken = Math.min(this.#body, bytes.length);
    this.#body -= taken;
    return bytes.subarray(taken);
  }

  #takeHeader(bytes: Buffer): Buffer {
    const before = this.#header.length;
    this.#header = Buffer.concat([this.#header, bytes.subarray(0, MAX_HEADER_BYTES)]);
    const end = this.#header.indexOf(HEADER_END);
    if (end < 0) {
      if (this.#header.length >= MAX_HEADER_BYTES) throw new Error('the headers of a message are too long');
      return bytes.subarray(bytes.length);
    }
    const length = /^content-length: *(\d{1,15})\r?$/im.exec(this.#header.toString('latin1', 0, end))?.[1];
    if (length === undefined) throw new Error('a message has no Content-Length');
    if (Number(length) > this.#limit) throw new Error(`a message of ${length} bytes is larger than ${this.#limit}`);
    this.#header = Buffer.alloc(0);
    this.#body = Number(length);
    return bytes.subarray(end + HEADER_END.length - before);
  }
}
