/** What the host does for the methods that look at what came back. They change nothing. */
import type { TranscriptLine } from '../../core/agent/transcript';
import { memorable, ToolCalls } from '../../core/review/history';
import type { TaskContext } from '../../core/task/context';
import { previewCorrection } from '../../core/task/correcting';
import { changedSince, changesBetween, contentAt, newestRevision, outputOf } from '../../core/task/looking';
import { previewSignoff } from '../../core/task/signoffPreview';
import type { Task } from '../../core/task/task';
import type { TaskHandlers } from '../rpc';
import type { READING } from '../rpc/reading';

/** Most changes of one answer; a longer list is cut and counted. */
const CHANGES_LIMIT = 20_000;

/** The task that a person named. Throws TASK_NOT_FOUND, TASK_AMBIGUOUS. */
export type FindTask = (named: { readonly id: string; readonly repo?: string | undefined }) => Promise<Task>;

/** A page of a task's transcript, and where the next one begins; null at the end so far. */
export type ReadTranscript = (
  task: string,
  from: number,
  limit: number,
) => Promise<{ readonly lines: readonly TranscriptLine[]; readonly next: number | null }>;

const PAGE_LINES = 10_000;

export function createReading(
  context: TaskContext,
  find: FindTask,
  transcript: ReadTranscript,
): Pick<TaskHandlers, keyof typeof READING> {
  return {
    'task/history': async (named) => {
      const { id } = await find(named);
      const calls = new ToolCalls();
      for (let from: number | null = 0; from !== null; ) {
        const page = await transcript(id, from, PAGE_LINES);
        calls.add(page.lines);
        from = page.next;
      }
      const events = memorable(await context.ports.records.history(id));
      return { events, calls: calls.list(), omitted: calls.omitted };
    },
    'task/brief': async (named) => ({ text: await context.ports.records.brief((await find(named)).id) }),
    'task/changes': async ({ from, to, ...named }) => {
      const task = await find(named);
      const until = to ?? newestRevision(task);
      return { ...limited(await changesBetween(context, task, from, until)), to: until };
    },
    'task/blob': async ({ at, path, most, ...named }) => {
      const { oid, mode, size, bytes } = await contentAt(context, await find(named), { at, path, most });
      return { oid, mode, size, base64: Buffer.from(bytes).toString('base64'), cut: bytes.length < size };
    },
    'task/evidence': async ({ check, ...named }) => outputOf(context, await find(named), check),
    'task/since': async ({ turn, ...named }) => {
      const { changes, ...since } = await changedSince(context, await find(named), turn);
      return { ...since, ...limited(changes) };
    },
    'task/preview-correction': async ({ text, findings, justify, remarks, ...named }) =>
      previewCorrection(context, await find(named), {
        text: text ?? null,
        findings: findings ?? null,
        justify,
        remarks,
      }),
    'task/preview-signoff': async ({ deliver, to, ...named }) =>
      previewSignoff(context, await find(named), { mode: deliver, to: to ?? null }),
  };
}

function limited<T>(changes: readonly T[]): { readonly changes: readonly T[]; readonly omitted: number } {
  return { changes: changes.slice(0, CHANGES_LIMIT), omitted: Math.max(0, changes.length - CHANGES_LIMIT) };
}
