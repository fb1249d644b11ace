/** The transcripts of all tasks: each opened at its first line, and closed when the task rests. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type TranscriptLine, transcriptLineSchema } from '../../core/agent/transcript';
import { toCountersignError } from '../../core/errors';
import { jsonOf } from '../../core/json';
import type { AgentUpdate, TranscriptPort } from '../../core/ports/transcript';
import { openTranscript, type TranscriptWriter } from './transcriptFile';

/** The agent's last message is looked for in this many last bytes of a transcript. */
const TAIL_BYTES = 256 * 1024;

export interface TranscriptsOptions {
  /** The task's folder in the state directory. */
  readonly folderOf: (task: string) => string;
  readonly onTrouble: (task: string, message: string) => void;
}

export class Transcripts implements TranscriptPort {
  private readonly writers = new Map<string, Promise<TranscriptWriter | null>>();

  constructor(private readonly options: TranscriptsOptions) {}

  fileOf(task: string): string {
    return join(this.options.folderOf(task), 'transcript.ndjson');
  }

  add(task: string, update: AgentUpdate): void {
    void this.writerOf(task).then((writer) => writer?.append(update));
  }

  async flush(task: string): Promise<void> {
    const writer = await this.writers.get(task);
    await writer?.flush().catch((error: unknown) => this.trouble(task, error));
  }

  async close(task: string): Promise<void> {
    const opened = this.writers.get(task);
    this.writers.delete(task);
    const writer = await opened;
    await writer?.close().catch((error: unknown) => this.trouble(task, error));
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.writers.keys()].map((task) => this.close(task)));
  }

  async lastWords(task: string): Promise<string | null> {
    await this.flush(task);
    const said: string[] = [];
    for (const line of (await this.tail(task)).reverse()) {
      if (line.kind === 'text' && line.role === 'agent') said.unshift(line.text);
      else if (said.length > 0 || (line.kind === 'text' && line.role === 'user')) break;
    }
    const words = said.join('').trim();
    return words === '' ? null : words;
  }

  private async tail(task: string): Promise<TranscriptLine[]> {
    const handle = await open(this.fileOf(task), 'r').catch(() => null);
    if (handle === null) return [];
    try {
      const { size } = await handle.stat();
      const length = Math.min(size, TAIL_BYTES);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
      if (length < size) lines.shift(); // The first one was cut.
      return lines.flatMap((text) => {
        const parsed = transcriptLineSchema.safeParse(jsonOf(text));
        return parsed.success ? [parsed.data] : [];
      });
    } finally {
      await handle.close();
    }
  }

  private writerOf(task: string): Promise<TranscriptWriter | null> {
    const opened = this.writers.get(task);
    if (opened !== undefined) return opened;
    const opening = openTranscript(this.fileOf(task)).catch((error: unknown) => {
      this.trouble(task, error);
      return null;
    });
    this.writers.set(task, opening);
    return opening;
  }

  private trouble(task: string, error: unknown): void {
    this.options.onTrouble(task, toCountersignError(error).message);
  }
}
