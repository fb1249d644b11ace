/**
 * Git processes that simple-git cannot hold: one that answers many questions (`cat-file --batch-command`), one whose output is read
 * while it is written, and two of which one feeds the other. Same environment and flags as `git.ts`; no shell.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { CountersignError, fail } from '../../core/errors';
import { hardenedArguments, hardenedEnvironment } from './environment';
import { fullDiskError } from './fullDisk';
import type { RunOptions } from './git';

type Surroundings = Pick<RunOptions, 'env' | 'config'>;

function start(gitDir: string, args: readonly string[], { env, config = [] }: Surroundings = {}) {
  return spawn('git', [...hardenedArguments(gitDir, null, config), ...args], {
    cwd: gitDir,
    env: hardenedEnvironment(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

interface Ended {
  readonly exit: number | null;
  /** The beginning of its error stream. */
  readonly said: string;
}

/** The end of a process. Throws GIT_MISSING when it never began. */
async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 8_000) said += chunk.toString('utf8');
  });
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((error: Error) => fail('GIT_MISSING', `git was not started: ${error.message}`));
  return { exit, said: said.trim() };
}

/** One of two git processes. */
export interface PipedGit extends Surroundings {
  readonly gitDir: string;
  readonly args: readonly string[];
}

/**
 * Runs two gits side by side: the first reads `input`, the second what the first writes. Throws GIT_FAILED with what the
 * reader, or else the writer, said; STORAGE_FAILED when the disk is full; STOPPED.
 */
export async function pipeGit(from: PipedGit, to: PipedGit, input: string, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) fail('STOPPED', 'stopped');
  const writer = start(from.gitDir, from.args, from);
  const reader = start(to.gitDir, to.args, to);
  const kill = () => {
    for (const child of [writer, reader]) child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', kill, { once: true });
  try {
    reader.stdout.resume();
    // A git that ends early leaves input unread; its exit says why.
    writer.stdin.on('error', () => undefined);
    writer.stdin.end(input);
    const flowing = pipeline(writer.stdout, reader.stdin).catch(() => undefined);
    const [wrote, read] = await Promise.all([endOf(writer), endOf(reader), flowing]);
    if (signal?.aborted) fail('STOPPED', 'stopped');
    await assertDone(to, read);
    await assertDone(from, wrote);
  } finally {
    signal?.removeEventListener('abort', kill);
    kill();
  }
}

async function assertDone({ gitDir, args: [subcommand = ''] }: PipedGit, { exit, said }: Ended): Promise<void> {
  if (exit === 0) return;
  const full = await fullDiskError(subcommand, said, [gitDir]);
  throw full ?? new CountersignError('GIT_FAILED', `git ${subcommand} failed (${exit}): ${said}`);
}

/**
 * Runs git and hands over its output chunk by chunk. Throws GIT_FAILED, also when the signal stops it; stops git when
 * `take` throws.
 */
export async function streamGit(
  gitDir: string,
  args: readonly string[],
  input: string,
  take: (chunk: Buffer) => void,
  signal?: AbortSignal,
): Promise<void> {
  const child = start(gitDir, args);
  signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  const ended = endOf(child);
  ended.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  try {
    for await (const chunk of child.stdout) take(chunk as Buffer);
  } catch (thrown) {
    child.kill('SIGKILL');
    await ended.catch(() => undefined);
    throw thrown;
  }
  await assertDone({ gitDir, args }, await ended);
}

/** One object as `cat-file` gave it; `bytes` holds at most the bytes asked for. */
export interface BatchObject {
  readonly oid: string;
  readonly type: string;
  readonly size: number;
  readonly bytes: Buffer;
}

interface Question {
  readonly name: string;
  readonly maxBytes: number;
  readonly resolve: (answer: BatchObject | null) => void;
  readonly reject: (error: unknown) => void;
}

/** The answer being read: what is still to come of its content, with the newline after it. */
interface Answer {
  readonly oid: string;
  readonly type: string;
  readonly size: number;
  left: number;
  kept: number;
  readonly parts: Buffer[];
}

/**
 * One `git cat-file --batch-command --buffer -z` process: questions are object names or `<tree>:<path>`, answered in
 * order. Those of one turn of the event loop are sent and flushed together, so that git does not write, and we do not
 * read, once a question. It is started at the first question and ends at `close`.
 */
export class ObjectBatch {
  readonly #gitDir: string;
  #child: ChildProcessWithoutNullStreams | null = null;
  #waiting: Question[] = [];
  /** Names that the process has not been told of yet: one write for all that were asked in one go. */
  #unsent: string[] = [];
  #pending: Buffer[] = [];
  #answer: Answer | null = null;
  #closed = false;

  constructor(gitDir: string) {
    this.#gitDir = gitDir;
  }

  /** The object, or null when there is none of that name. Throws GIT_FAILED when git died. */
  read(name: string, maxBytes: number): Promise<BatchObject | null> {
    if (this.#closed) fail('GIT_FAILED', 'the reader is closed');
    if (name === '' || name.includes('\0')) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const child = this.#process();
      this.#waiting.push({ name, maxBytes, resolve, reject });
      if (this.#unsent.length === 0) process.nextTick(() => this.#send(child));
      this.#unsent.push(name);
    });
  }

  #send(child: ChildProcessWithoutNullStreams): void {
    const names = this.#unsent;
    this.#unsent = [];
    if (names.length === 0 || child.stdin.writableEnded) return;
    child.stdin.write(`${names.map((name) => `contents ${name}\0`).join('')}flush\0`);
  }

  /** Ends the process; open questions are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (child === null) return;
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.stdin.end();
    if (this.#waiting.length > 0) child.kill('SIGKILL');
    await gone;
  }

  #process(): ChildProcessWithoutNullStreams {
    if (this.#child !== null) return this.#child;
    const child = start(this.#gitDir, ['cat-file', '--batch-command', '--buffer', '-z']);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 8_000) said += chunk.toString('utf8');
    });
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.once('error', (error) => this.#abandon(`git cat-file was not started: ${error.message}`));
    child.once('close', () => this.#abandon(`git cat-file ended: ${said.trim()}`));
    this.#child = child;
    return child;
  }

  #abandon(message: string): void {
    this.#child = null;
    this.#pending = [];
    this.#answer = null;
    const abandoned = this.#waiting;
    this.#waiting = [];
    this.#unsent = [];
    for (const question of abandoned) {
      try {
        fail('GIT_FAILED', message);
      } catch (error) {
        question.reject(error);
      }
    }
  }

  #take(chunk: Buffer): void {
    let rest: Buffer = chunk;
    while (rest.length > 0) rest = this.#answer === null ? this.#header(rest) : this.#content(this.#answer, rest);
  }

  /** Reads `<oid> <type> <size>\n` or `<question> missing\n`, whose question may itself hold newlines. */
  #header(chunk: Buffer): Buffer {
    const question = this.#waiting[0];
    if (question === undefined) return Buffer.alloc(0);
    const bytes = this.#pending.length === 0 ? chunk : Buffer.concat([...this.#pending, chunk]);
    const found = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)\n/.exec(bytes.subarray(0, 160).toString('latin1'));
    if (found !== null) {
      this.#pending = [];
      const size = Number(found[3]);
      this.#answer = { oid: found[1]!, type: found[2]!, size, left: size + 1, kept: 0, parts: [] };
      return bytes.subarray(found[0].length);
    }
    const missing = [`${question.name} missing\n`, `${question.name} ambiguous\n`].map((text) => Buffer.from(text));
    const said = missing.find((text) => bytes.subarray(0, text.length).equals(text));
    if (said !== undefined) {
      this.#pending = [];
      this.#waiting.shift();
      question.resolve(null);
      return bytes.subarray(said.length);
    }
    this.#pending = [bytes];
    return Buffer.alloc(0);
  }

  #content(answer: Answer, chunk: Buffer): Buffer {
    const question = this.#waiting[0]!;
    const piece = chunk.subarray(0, answer.left);
    const content = answer.left - piece.length === 0 ? piece.subarray(0, piece.length - 1) : piece;
    const wanted = Math.min(content.length, question.maxBytes - answer.kept);
    if (wanted > 0) {
      answer.parts.push(content.subarray(0, wanted));
      answer.kept += wanted;
    }
    answer.left -= piece.length;
    if (answer.left === 0) {
      this.#answer = null;
      this.#waiting.shift();
      const { oid, type, size, parts } = answer;
      question.resolve({ oid, type, size, bytes: Buffer.concat(parts) });
    }
    return chunk.subarray(piece.length);
  }
}
