/** What the host does for the figures of tasks: reads their journals, a few at a time, and folds each as it comes. */
import { toCountersignError } from '../../core/errors';
import type { TaskRecords } from '../../core/ports/records';
import { figuresOf, type TaskFigures } from '../../core/stats/figures';
import { statsOf } from '../../core/stats/stats';
import type { TaskContext } from '../../core/task/context';
import type { TaskSummary } from '../../core/task/summary';
import type { Shelf } from '../handlers';
import type { TaskHandlers } from '../rpc';
import type { COUNTING } from '../rpc/counting';

/** Journals read at the same time. */
const READERS = 16;
/** Agents that are named. */
const AGENTS_NAMED = 100;

type Problem = ReturnType<Shelf['problems']>[number];

export function countingHandlers(
  { ports: { records, repositories } }: Pick<TaskContext, 'ports'>,
  shelf: Pick<Shelf, 'list' | 'problems'>,
): Pick<TaskHandlers, keyof typeof COUNTING> {
  return {
    'stats/read': async ({ repo, since, agent, archived }) => {
      const repository = repo === undefined ? undefined : (await repositories.identify(repo)).id;
      const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
      const listed = shelf.list(repository).filter(({ createdAt }) => Date.parse(createdAt) >= from);
      const shown = listed.filter((task) => archived || !task.archived);
      const { figures, problems } = await readFigures(records, shown);
      const agents = [...new Set(figures.map((task) => task.agent))].sort().slice(0, AGENTS_NAMED);
      const chosen = agent === undefined ? figures : figures.filter((task) => task.agent === agent);
      return {
        stats: statsOf(chosen, { since: since ?? null, agent: agent ?? null }),
        aside: listed.length - shown.length,
        agents,
        problems: [...shelf.problems(), ...problems],
      };
    },
  };
}

/** In the order of the tasks. One that was deleted meanwhile is left out. */
async function readFigures(
  records: Pick<TaskRecords, 'history'>,
  tasks: readonly TaskSummary[],
): Promise<{ figures: readonly TaskFigures[]; problems: readonly Problem[] }> {
  const figures: (TaskFigures | null)[] = tasks.map(() => null);
  const problems: Problem[] = [];
  const waiting = tasks.entries();
  const reader = async () => {
    for (const [index, task] of waiting) {
      try {
        figures[index] = figuresOf(task, await records.history(task.id));
      } catch (thrown) {
        const { code, message } = toCountersignError(thrown);
        if (code !== 'TASK_NOT_FOUND') problems.push({ id: task.id, file: 'journal.ndjson', code, message });
      }
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return { figures: figures.filter((task) => task !== null), problems };
}
