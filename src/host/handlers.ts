/** What the host does for each method of its clients: an intent of the controller, or a look at the records. */
import type { TaskContext } from '../core/task/context';
import type { TaskController } from '../core/task/controller';
import { packetOf } from '../core/task/inspect';
import type { TaskSummary } from '../core/task/summary';
import type { TranscriptPage } from '../node/agents/transcriptFile';
import { isTaskId } from '../node/store/taskId';
import { adoptingHandlers } from './handlers/adopting';
import { closingHandlers } from './handlers/closing';
import { countingHandlers } from './handlers/counting';
import type { DraftingHandlers } from './handlers/drafting';
import { keepingHandlers } from './handlers/keeping';
import { createReading } from './handlers/reading';
import { reviewingHandlers } from './handlers/reviewing';
import type { TaskHandlers } from './rpc';
import type { SHAPING } from './rpc/shaping';

/** What clients may look at beside the tasks themselves. */
export interface Shelf {
  list(repository?: string): readonly TaskSummary[];
  problems(): readonly { id: string; file: string; code: string; message: string }[];
  /**
   * The task that a person means by an id, a slug, or the beginning of one; those of `repository` come first. Throws
   * TASK_NOT_FOUND, TASK_AMBIGUOUS.
   */
  resolve(typed: string, repository?: string): string;
  transcript(task: string, from: number, limit: number): Promise<TranscriptPage>;
}

/** A task as a person names it, and the folder where they stand. */
interface Named {
  readonly id: string;
  readonly repo?: string | undefined;
}

/** @param drafting those about briefs that are not handed off, and about agents (`draftingHandlers`, `PlanDesk`) */
export function createHandlers(
  controller: TaskController,
  context: TaskContext,
  shelf: Shelf,
  drafting: DraftingHandlers & Pick<TaskHandlers, keyof typeof SHAPING>,
): TaskHandlers {
  const { records, repositories } = context.ports;
  const packet = async (id: string) => packetOf(context, await records.get(id));
  const resolve = async ({ id, repo }: Named): Promise<string> => {
    if (repo === undefined || isTaskId(id)) return shelf.resolve(id);
    // A task can be named from anywhere, also where there is no repository.
    const around = await repositories.identify(repo).catch(() => null);
    return shelf.resolve(id, around?.id);
  };
  return {
    'task/run': async ({ repo, brief, agent, base, origin }) => {
      const { task, warnings } = await controller.handOff({
        folder: repo,
        brief: { text: brief.text, file: brief.file ?? 'brief.md' },
        agent: agent ?? null,
        base: base ?? null,
        origin,
      });
      return { id: task.id, warnings };
    },
    'task/scopes': async ({ repo }) => ({ tasks: await context.liveScopes.of((await repositories.identify(repo)).id) }),
    'task/list': async ({ repo }) => {
      const repository = repo === undefined ? undefined : (await repositories.identify(repo)).id;
      return { tasks: [...shelf.list(repository)], problems: [...shelf.problems()] };
    },
    'task/show': async (named) => packet(await resolve(named)),
    'task/transcript': async ({ from, limit, ...named }) => shelf.transcript(await resolve(named), from, limit),
    'task/stop': async (named) => {
      await controller.stop(await resolve(named));
      return {};
    },
    'task/resume': async ({ asItStands, ...named }) => {
      await controller.resume(await resolve(named), asItStands);
      return {};
    },
    'task/correct': async ({ text, findings, justify, remarks, body, again, by, ...named }) => {
      const wish = { text: text ?? null, findings: findings ?? null, justify, remarks };
      await controller.correct(await resolve(named), wish, { body: body ?? null, again, by });
      return {};
    },
    'task/signoff': async ({ tree, accept, widen, override, deliver, to, ...named }) => {
      const task = await resolve(named);
      await controller.signOff(task, {
        tree: tree ?? null,
        accepted: accept,
        widened: widen,
        overridden: override,
        mode: deliver,
        to: to ?? null,
      });
      return packet(task);
    },
    'task/reject': async ({ reason, by, ...named }) => {
      await controller.reject(await resolve(named), reason, by);
      return {};
    },
    'task/restore': async (named) => {
      await controller.restore(await resolve(named));
      return {};
    },
    'task/answer': async ({ request, allow, by, ...named }) => {
      controller.answer(await resolve(named), request, allow, by);
      return {};
    },
    ...createReading(
      context,
      async (named) => records.get(await resolve(named)),
      (id, from, limit) => shelf.transcript(id, from, limit),
    ),
    'task/revert': async ({ paths, by, ...named }) => {
      await controller.revert(await resolve(named), paths, by);
      return {};
    },
    ...adoptingHandlers(controller, context),
    ...drafting,
    ...keepingHandlers(controller, records, resolve),
    ...reviewingHandlers(controller, resolve),
    ...countingHandlers(context, shelf),
    ...closingHandlers(controller, resolve),
  };
}
