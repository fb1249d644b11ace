/** A person's answer to what an agent asks permission for: they see the whole question, and choose. */
import * as vscode from 'vscode';
import { fail } from '../../../core/errors';
import type { TaskSummary } from '../../../core/task/summary';
import { visible } from '../../../core/visible';
import { describeUser } from '../../person';
import { requireTrust } from '../../trust';
import { unadorned } from '../pickTask';
import { type ActionSurroundings, say } from './surroundings';

/** Characters of a question that a list shows whole on its one line, in a window of usual width. */
const FITS = 90;

type Choice = 'allow' | 'refuse' | 'read';
type Question = NonNullable<TaskSummary['question']>;

export async function answer(id: string, around: ActionSurroundings): Promise<void> {
  requireTrust(vscode.l10n.t('answering grants an agent something on this machine, and this workspace is not trusted'));
  const { task, question } = await askedBy(id, around);
  let choice = await choose(task, question);
  while (choice === 'read') {
    // The list stays above the text until it is answered, or put away.
    await around.questions.show(id);
    choice = await choose(task, question);
  }
  if (choice !== undefined) await decide(task, question, choice === 'allow', around);
}

/** Says no, at once: that needs no second look, and the agent goes on without. */
export async function refuse(id: string, around: ActionSurroundings): Promise<void> {
  const { task, question } = await askedBy(id, around);
  await decide(task, question, false, around);
}

async function decide(
  task: TaskSummary,
  { request, amends }: Question,
  allow: boolean,
  { link, list }: ActionSurroundings,
): Promise<void> {
  const by = await describeUser(link, task.repository.root);
  await link.request('task/answer', { id: task.id, request, allow, by });
  const allowed = amends ? vscode.l10n.t('allowed for this task') : vscode.l10n.t('allowed once');
  say(allow ? allowed : vscode.l10n.t('refused'));
  await list.refresh();
}

/** Throws TASK_STATE when it asks for nothing: somebody else may have answered. */
async function askedBy(id: string, { list }: ActionSurroundings): Promise<{ task: TaskSummary; question: Question }> {
  await list.refresh();
  const task = list.find(id);
  if (task?.question) return { task, question: task.question };
  return fail('TASK_STATE', vscode.l10n.t('the task asks for nothing now'), {
    fix: vscode.l10n.t('nothing: it was answered already, or the task went on'),
  });
}

async function choose(task: TaskSummary, { what, boundary, amends }: Question): Promise<Choice | undefined> {
  const asked = unadorned(visible(what));
  const about = boundary === null ? '' : vscode.l10n.t('Boundary: {0}', unadorned(visible(boundary)));
  const read = { label: `$(output) ${vscode.l10n.t('Read the Whole Question')}`, choice: 'read' as const };
  const allow = amends ? vscode.l10n.t('Allow for This Task') : vscode.l10n.t('Allow Once');
  const choices = [
    { label: `$(check) ${allow}`, description: about, detail: asked, choice: 'allow' as const },
    {
      label: `$(close) ${vscode.l10n.t('Refuse')}`,
      description: vscode.l10n.t('The agent goes on without it.'),
      choice: 'refuse' as const,
    },
  ];
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly choice: Choice }>(
    // What does not fit on the line is read before it is allowed.
    asked.length > FITS ? [read, ...choices] : choices,
    {
      title: vscode.l10n.t('"{0}" asks for permission', visible(task.title)),
      placeHolder: asked,
      ignoreFocusOut: true,
    },
  );
  return picked?.choice;
}
