/** Rows about the git side: start, four starts, verdict, and the whole run. */
import { computeDrift } from '../../../src/core/drift/drift';
import type { Workspace } from '../../../src/core/events';
import { BRIEF, edit, type Ground, git, shell } from '../ground';
import { type Row, ratio, ratioRow, time } from '../measure';

const NEVER = new AbortController().signal;
let tasks = 0;

async function prepare({ workspaces, repository }: Ground): Promise<{ task: string; workspace: Workspace }> {
  tasks += 1;
  const task = `bench${tasks}`;
  const request = { task, slug: task, repository, base: repository.head, branch: `countersign/${task}`, copy: [] };
  const workspace = await workspaces.prepare(request, NEVER);
  return { task, workspace };
}

async function verdict({ workspaces, repository }: Ground, task: string, workspace: Workspace): Promise<void> {
  const { snapshot, observations } = await workspaces.snapshot(
    { task, turn: 1, repository, workspace, parent: repository.head, message: 'bench\n' },
    NEVER,
  );
  const { changes, reader } = await workspaces.diff(workspace, snapshot.tree);
  const { commit: head, tree } = snapshot;
  await computeDrift({ brief: BRIEF, base: repository.head, head, tree, changes, reader, observations, policy: null });
  await reader.close();
}

function addWorktree(ground: Ground): string {
  const folder = ground.fresh('by-hand');
  shell(ground.repository.root, `git worktree add --quiet --detach ${folder}`);
  return folder;
}

/** One command against itself: what the machine's noise alone makes of a ratio. */
export async function noise(ground: Ground, rounds: number): Promise<Row> {
  const side = () => time(() => git(ground.repository.root, 'status', '--porcelain=v2', '-z'));
  return ratioRow('A/A: git status against itself', '', await ratio(rounds, side, side));
}

export async function coldStart(ground: Ground, rounds: number): Promise<Row> {
  const ours = () => time(() => prepare(ground));
  const theirs = () => time(() => addWorktree(ground));
  const measured = await ratio(rounds, ours, theirs);
  return ratioRow('cold start: folders ready / git worktree add', '', measured);
}

export async function fourAtOnce(ground: Ground, rounds: number): Promise<Row> {
  const four = () => time(() => Promise.all([1, 2, 3, 4].map(() => prepare(ground))));
  const one = () => time(() => prepare(ground));
  return ratioRow('four starts at once / one', '<= 2.5', await ratio(rounds, four, one));
}

export async function verdictOf(ground: Ground, rounds: number, changed: number): Promise<Row> {
  const count = Math.min(changed, ground.paths.length);
  const ours = async () => {
    const { task, workspace } = await prepare(ground);
    edit(ground, workspace.worktree.path, count);
    return time(() => verdict(ground, task, workspace));
  };
  const theirs = async () => {
    const folder = addWorktree(ground);
    edit(ground, folder, count);
    return time(() =>
      shell(
        folder,
        `export GIT_INDEX_FILE=.bench-index; cp "$(git rev-parse --git-dir)/index" $GIT_INDEX_FILE
        git add -A; git diff-tree -r --raw -z -M HEAD "$(git write-tree)"`,
      ),
    );
  };
  const what = `verdict, ${count} files: snapshot + drift / add, write-tree, diff-tree`;
  return ratioRow(what, '<= 1.15 + rules', await ratio(rounds, ours, theirs));
}

/** Everything but agent and checks, twenty edited files, against the same by hand in a shell. */
export async function wholeRun(ground: Ground, rounds: number): Promise<Row> {
  const ours = async () => {
    const start = performance.now();
    const { task, workspace } = await prepare(ground);
    const agent = await time(() => edit(ground, workspace.worktree.path, 20));
    await verdict(ground, task, workspace);
    return performance.now() - start - agent;
  };
  const theirs = async () => {
    const start = performance.now();
    const folder = addWorktree(ground);
    const agent = await time(() => edit(ground, folder, 20));
    shell(
      folder,
      `git add -A; git -c user.name=B -c user.email=b@example.com commit --quiet -m bench
      git diff --stat HEAD~1; git diff HEAD~1`,
    );
    return performance.now() - start - agent;
  };
  const measured = await ratio(rounds, ours, theirs);
  return ratioRow('whole run, cold, without agent and checks / by hand', '<= 0.95 0.75 0.70', measured);
}
