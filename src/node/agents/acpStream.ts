/**
 * The wire to an ACP agent: one JSON message a line. It is read only as fast as it is handled, a line has a limit, and
 * what is no message (text that a tool printed, broken JSON, answers to questions that were not asked) is left out
 * instead of answered, so that noise cannot make noise.
 */
import type { Readable, Writable } from 'node:stream';
import { ReadableStream, WritableStream } from 'node:stream/web';
import { type AnyMessage, methods, type Stream } from '@agentclientprotocol/sdk';

const NEWLINE = 0x0a;

/** Requests of the agent that wait for our answer; one that asks on without reading answers would fill our memory. */
const MAX_UNANSWERED = 2_000;
/** And what they may weigh, counted from when none was waiting. */
const MAX_UNANSWERED_BYTES = 64 * 1024 * 1024;

/** What ends a stream before its end: a message without measure, or questions without end. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
}

export interface WireOptions {
  readonly maxMessageBytes: number;
  /** Told of every session update, in order with the answers around it. */
  readonly onUpdate: (params: unknown) => void;
  /** Told of every line that was left out. */
  readonly onJunk: (line: string) => void;
}

/**
 * Requests, answers and cancellations go through the returned stream; session updates, which come by the ten thousand,
 * go to `onUpdate` straight away; other notifications are of no interest to a client without files and terminals.
 */
export function messageStream(
  stdin: Writable,
  stdout: Readable,
  { maxMessageBytes, onUpdate, onJunk }: WireOptions,
): Stream {
  const asked = new Set<unknown>();
  let unanswered = 0;
  let unansweredBytes = 0;
  const messages = readMessages(stdout, maxMessageBytes);
  const readable = new ReadableStream<AnyMessage>({
    async pull(controller) {
      for (;;) {
        const { value, done } = await messages.next();
        if (done === true) return controller.close();
        const { message, line } = value;
        if (!isMessage(message, asked)) {
          onJunk(line.subarray(0, 500).toString('utf8'));
        } else if (!('method' in message) || message.method.startsWith('$/')) {
          return controller.enqueue(message);
        } else if ('id' in message) {
          unanswered += 1;
          unansweredBytes += line.length;
          if (unanswered > MAX_UNANSWERED || unansweredBytes > MAX_UNANSWERED_BYTES)
            throw new WireFault('questions without waiting for answers');
          return controller.enqueue(message);
        } else if (message.method === methods.client.session.update) {
          onUpdate(message.params);
        }
      }
    },
    cancel() {
      stdout.destroy();
    },
  });
  const writable = new WritableStream<AnyMessage>({
    write(message) {
      if ('method' in message && 'id' in message) asked.add(message.id);
      return new Promise((resolve, reject) => {
        stdin.write(`${JSON.stringify(message)}\n`, (error) => {
          if (!('method' in message)) unanswered -= 1;
          if (unanswered === 0) unansweredBytes = 0;
          if (error == null) resolve();
          else reject(error);
        });
      });
    },
  });
  return { readable, writable } as Stream;
}

/** A request, a notification, or the first answer to a request of ours. */
function isMessage(message: unknown, asked: Set<unknown>): message is AnyMessage {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
  if ('method' in message) return typeof message.method === 'string';
  return 'id' in message && asked.delete(message.id);
}

async function* readMessages(
  stdout: Readable,
  maxBytes: number,
): AsyncGenerator<{ line: Buffer; message: unknown }, undefined> {
  for await (const line of readLines(stdout, maxBytes)) {
    if (line.length === 0) continue;
    yield { line, message: parse(line) };
  }
  return undefined;
}

/** Invalid UTF-8 becomes replacement characters; broken JSON becomes undefined. */
function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Lines without their end. The last one need not have one. Each byte is looked at once. */
async function* readLines(stdout: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let length = 0;
  const take = (rest: Buffer): Buffer => {
    const line = begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
    begun = [];
    length = 0;
    return line;
  };
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      refuseLonger(length + end - start, maxBytes);
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    const tail = chunk.subarray(start);
    refuseLonger(length + tail.length, maxBytes);
    if (tail.length === 0) continue;
    begun.push(tail);
    length += tail.length;
  }
  if (length > 0) yield take(Buffer.alloc(0));
}

function refuseLonger(length: number, maxBytes: number): void {
  if (length > maxBytes) throw new WireFault(`a message of more than ${maxBytes} bytes`);
}
