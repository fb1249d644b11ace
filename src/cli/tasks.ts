/** `tasks`: the tasks of a repository, or of all. */
import type { TaskSummary } from '../core/task/summary';
import { defineCommand } from './command';
import { withHost } from './host';
import { table } from './table';

export const tasks = defineCommand({
  name: 'tasks',
  group: 'delegate',
  summary: 'lists the tasks, the newest first',
  about: 'Lists the tasks of this repository with their state and verdict; with --all those of every repository.',
  examples: [
    { run: 'countersign tasks', does: 'what is under way here, and what waits for you' },
    { run: 'countersign tasks --all --json', does: 'everything, for a script' },
  ],
  positionals: {},
  options: { all: { kind: 'flag', help: 'tasks of every repository' } },
  async run({ all }, context) {
    const { output, repo } = context;
    const { tasks: found, problems } = await withHost(context, (host) =>
      host.request('task/list', all ? {} : { repo }),
    );
    const newest = found.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
    output.document(newest.map(listed));
    for (const { file, code, message } of problems) output.note(`countersign: ${code}: ${file}: ${message}`);
    output.text(newest.length === 0 ? 'no tasks yet; begin with `countersign run FILE`' : taskTable(newest, all));
    return 0;
  },
});

const listed = ({ id, title, state, verdict, agent, branch, createdAt, updatedAt, repository }: TaskSummary) => ({
  id,
  title,
  state,
  verdict,
  agent,
  branch,
  createdAt,
  updatedAt,
  repository: repository.root,
});

function taskTable(found: readonly TaskSummary[], all: boolean): string {
  const rows = found.map((task) => [
    task.id,
    task.asking ? `${task.state} (asks)` : task.state,
    task.verdict ?? '-',
    task.agent,
    ...(all ? [task.repository.name] : []),
    task.title,
  ]);
  return table(['ID', 'STATE', 'VERDICT', 'AGENT', ...(all ? ['REPOSITORY'] : []), 'TITLE'], rows);
}
