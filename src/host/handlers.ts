/** What the host does for each method of its clients: an intent of the controller, or a look at the records. */
import type { TranscriptLine } from '../core/agent/transcript';
import type { TaskContext } from '../core/task/context';
import type { TaskController } from '../core/task/controller';
import { packetOf } from '../core/task/inspect';
import type { TaskSummary } from '../core/task/summary';
import type { TaskHandlers } from './rpc';

/** What clients may look at beside the tasks themselves. */
export interface Shelf {
  list(repository?: string): readonly TaskSummary[];
  problems(): readonly { id: string; file: string; code: string; message: string }[];
  /** The task that a person means by an id, a slug, or the beginning of one. Throws TASK_NOT_FOUND. */
  resolve(typed: string): string;
  transcript(task: string, from: number, limit: number): Promise<readonly TranscriptLine[]>;
}

export function createHandlers(controller: TaskController, context: TaskContext, shelf: Shelf): TaskHandlers {
  const { records, repositories } = context.ports;
  const packet = async (id: string) => packetOf(context, await records.get(id));
  return {
    'task/run': async ({ repo, brief, agent, base, origin }) => {
      const task = await controller.handOff({
        folder: repo,
        brief: { text: brief.text, file: brief.file ?? 'brief.md' },
        agent: agent ?? null,
        base: base ?? null,
        origin,
      });
      return { id: task.id };
    },
    'task/list': async ({ repo }) => {
      const repository = repo === undefined ? undefined : (await repositories.identify(repo)).id;
      return { tasks: [...shelf.list(repository)], problems: [...shelf.problems()] };
    },
    'task/show': async ({ id }) => packet(shelf.resolve(id)),
    'task/transcript': async ({ id, from, limit }) => {
      const lines = await shelf.transcript(shelf.resolve(id), from, limit);
      const last = lines.at(-1);
      return { lines: [...lines], next: lines.length < limit || last === undefined ? null : last.seq + 1 };
    },
    'task/stop': async ({ id }) => {
      await controller.stop(shelf.resolve(id));
      return {};
    },
    'task/resume': async ({ id, asItStands }) => {
      await controller.resume(shelf.resolve(id), asItStands);
      return {};
    },
    'task/correct': async ({ id, text, findings, again, by }) => {
      await controller.correct(shelf.resolve(id), { text: text ?? null, findings, again, by });
      return {};
    },
    'task/signoff': async ({ id, tree, accept, override, deliver, to }) => {
      const task = shelf.resolve(id);
      await controller.signOff(task, {
        tree: tree ?? null,
        accepted: accept,
        overridden: override,
        mode: deliver,
        to: to ?? null,
      });
      return packet(task);
    },
    'task/reject': async ({ id, reason, by }) => {
      await controller.reject(shelf.resolve(id), reason, by);
      return {};
    },
    'task/restore': async ({ id }) => {
      await controller.restore(shelf.resolve(id));
      return {};
    },
    'task/answer': async ({ id, request, allow, by }) => {
      controller.answer(shelf.resolve(id), request, allow, by);
      return {};
    },
  };
}
