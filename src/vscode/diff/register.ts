/** Registers the native diffs: their files at once, everything around them when the first is opened. */
import * as vscode from 'vscode';
import type { Reporting } from '../reporting';
import { pickTask } from '../tasks/pickTask';
import type { TaskList } from '../tasks/taskList';
import { calledWith, chosenIn } from './calledWith';
import type { Diffing, DiffSurroundings } from './diffing';
import { SnapshotFiles } from './snapshotFiles';
import { SNAPSHOT_SCHEME } from './snapshotPlace';

export function registerDiffs(around: DiffSurroundings, list: TaskList, reporting: Reporting): vscode.Disposable {
  let loading: Promise<Diffing> | null = null;
  const diffing = () => {
    loading ??= import('../late/diffing').then(({ startDiffing }) => startDiffing(around));
    return loading;
  };
  const files = new SnapshotFiles(around.link);
  const isOurs = ({ uri }: vscode.TextDocument) => uri.scheme === SNAPSHOT_SCHEME;
  const registered = vscode.Disposable.from(
    files,
    vscode.workspace.registerFileSystemProvider(SNAPSHOT_SCHEME, files, { isReadonly: true, isCaseSensitive: true }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) void diffing();
    }),
    ...commandsOf(diffing, around, list, reporting),
  );
  // One that a reload brought back.
  if (vscode.workspace.textDocuments.some(isOurs)) void diffing();
  return new vscode.Disposable(() => {
    registered.dispose();
    void loading?.then((loaded) => loaded.dispose());
  });
}

function commandsOf(
  diffing: () => Promise<Diffing>,
  { link, records, answers }: DiffSurroundings,
  list: TaskList,
  reporting: Reporting,
): vscode.Disposable[] {
  const taskOf = async (called: unknown) => (await pickTask(calledWith(called).task ?? undefined, list))?.id ?? null;
  return [
    reporting.command('countersign.openAllChanges', async (called) => {
      const task = await taskOf(called);
      if (task !== null) await (await diffing()).openAll(task, calledWith(called));
    }),
    reporting.command('countersign.openFileDiff', async (called) => {
      const task = await taskOf(called);
      if (task !== null) await (await diffing()).openFile(task, calledWith(called));
    }),
    reporting.command('countersign.nextFinding', async () => (await diffing()).step(1)),
    reporting.command('countersign.previousFinding', async () => (await diffing()).step(-1)),
    reporting.command('countersign.backToReview', async (called) => {
      const task = (await diffing()).taskInFront(called);
      await vscode.commands.executeCommand('countersign.openReview', task ?? undefined);
    }),
    reporting.command('countersign.acceptFinding', async (thread) => (await diffing()).accept(thread)),
    reporting.command('countersign.takeBackAnswer', async (thread) => (await diffing()).takeBack(thread)),
    reporting.command('countersign.includeFinding', async (thread) => (await diffing()).include(thread, true)),
    reporting.command('countersign.leaveOutFinding', async (thread) => (await diffing()).include(thread, false)),
    reporting.command('countersign.addRemark', async (reply) =>
      (await diffing()).remarks.add(reply as vscode.CommentReply),
    ),
    reporting.command('countersign.editRemark', async (one) => (await diffing()).remarks.edit(one as vscode.Comment)),
    reporting.command('countersign.saveRemark', async (one) => (await diffing()).remarks.save(one as vscode.Comment)),
    reporting.command('countersign.cancelRemark', async (one) =>
      (await diffing()).remarks.cancel(one as vscode.Comment),
    ),
    reporting.command('countersign.deleteRemark', async (one) =>
      (await diffing()).remarks.remove(one as vscode.Comment),
    ),
    reporting.command('countersign.createPullRequest', async (called) => {
      const task = await taskOf(called);
      if (task === null) return;
      const { createPullRequest } = await import('../late/pullRequest');
      await createPullRequest({ link, records, answers }, task, chosenIn(called));
    }),
  ];
}
