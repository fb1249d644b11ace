/** `tasks`: the tasks of a repository, or of all. */
import { CountersignError, isErrorCode } from '../core/errors';
import type { TaskSummary } from '../core/task/summary';
import type { Result } from '../host/rpc';
import { defineCommand } from './command';
import { withHost } from './host';
import { table } from './table';

export const tasks = defineCommand({
  name: 'tasks',
  group: 'delegate',
  summary: 'lists the tasks, the newest first',
  about:
    'Lists the tasks of this repository with their state and verdict, without those that were put aside; with --all every\n' +
    'task of every repository. A task whose journal cannot be read is named on stderr; with --json by one\n' +
    '`{ "error": … }` document a line, there too.',
  examples: [
    { run: 'countersign tasks', does: 'what is under way here, and what waits for you' },
    { run: 'countersign tasks --all --json', does: 'everything, for a script' },
  ],
  positionals: {},
  options: {
    all: { kind: 'flag', help: 'tasks of every repository, and those that were put aside' },
    archived: { kind: 'flag', help: 'also those that were put aside' },
  },
  async run({ all, archived }, context) {
    const { output, repo } = context;
    const { tasks: found, problems } = await withHost(context, (host) =>
      host.request('task/list', all ? {} : { repo }),
    );
    const shown = all || archived ? found : found.filter((task) => !task.archived);
    const newest = shown.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
    output.document(newest.map(listed));
    for (const problem of problems) output.trouble(troubleOf(problem));
    const aside = found.length - shown.length;
    if (newest.length > 0) output.text(taskTable(newest, all));
    else if (aside === 0) output.text('no tasks yet; begin with `countersign run FILE`');
    if (aside > 0) output.text(`${aside} put aside: \`countersign tasks --archived\``);
    return 0;
  },
});

function troubleOf({ file, code, message }: Result<'task/list'>['problems'][number]): CountersignError {
  const told = message.includes(file) ? message : `${file}: ${message}`;
  return new CountersignError(isErrorCode(code) ? code : 'JOURNAL_CORRUPT', told);
}

/** What `--json` tells of a task. */
const LISTED = [
  ...(['id', 'title', 'state', 'verdict', 'agent', 'branch'] as const),
  ...(['reviewing', 'takenOver', 'archived', 'adopted', 'createdAt', 'updatedAt'] as const),
];

const listed = (task: TaskSummary) => ({
  ...Object.fromEntries(LISTED.map((key) => [key, task[key]])),
  repository: task.repository.root,
});

function stateOf({ state, asking, reviewing, takenOver, archived }: TaskSummary): string {
  if (asking) return `${state} (asks)`;
  if (takenOver) return `${state} (taken over)`;
  if (reviewing) return `${state} (being reviewed)`;
  return archived ? `${state} (aside)` : state;
}

function taskTable(found: readonly TaskSummary[], all: boolean): string {
  const rows = found.map((task) => [
    task.id,
    stateOf(task),
    task.verdict ?? '-',
    task.agent,
    ...(all ? [task.repository.name] : []),
    task.title,
  ]);
  return table(['ID', 'STATE', 'VERDICT', 'AGENT', ...(all ? ['REPOSITORY'] : []), 'TITLE'], rows);
}
