/** Asking another agent what it holds of a result: it is waited for in sight, and can be stopped. */
import * as vscode from 'vscode';
import type { EventOf } from '../../../core/events';
import type { HostLink, News } from '../../hostLink';
import { describeUser } from '../../person';
import { plainNotice } from '../../problem';
import { requireTrust } from '../../trust';
import { unadorned } from '../pickTask';
import { type ReviewerItem, reviewersToChoose } from '../reviewerChoice';
import { reviewedWords } from '../words';
import { type ActionSurroundings, repositoryOf, say, withCancel } from './surroundings';

const SECOND_MS = 1_000;

/** Throws what the host throws when nobody can be asked. How it ended is said, and stands in the review. */
export async function askForReview(id: string, { link, list }: ActionSurroundings): Promise<void> {
  requireTrust(vscode.l10n.t('a reviewer is an agent that runs on this machine, and this workspace is not trusted'));
  const task = list.find(id);
  const chosen = await chooseReviewer(link, task?.agent ?? null);
  if (chosen === null) return;
  const by = await describeUser(link, repositoryOf(task) ?? '.');
  // It may end before the answer to the question arrives.
  const ending = endOfReview(id, link);
  try {
    await link.request('task/review', { id, by, ...(chosen.agent === null ? {} : { agent: chosen.agent }) });
    const ended = await waitInSight(id, link, ending.ended);
    if (ended !== null) tell(id, ended);
  } finally {
    ending.dispose();
  }
}

/** Asked where several agents are there; null when the person turned away. */
async function chooseReviewer(link: HostLink, worker: string | null): Promise<Pick<ReviewerItem, 'agent'> | null> {
  const listing = link.request('agents/list', { versions: false });
  const found = await withCancel(vscode.l10n.t('Looking for agents'), listing);
  if (found === null) return null;
  const items = reviewersToChoose(found.agents, worker, vscode.l10n.t);
  if (items.length === 0) return { agent: null };
  const shown = items.map((item) => ({
    ...item,
    label: unadorned(item.label),
    description: unadorned(item.description),
  }));
  const options = { title: vscode.l10n.t('Second Opinion'), placeHolder: vscode.l10n.t('Choose who reads the result') };
  return (await vscode.window.showQuickPick(shown, options)) ?? null;
}

type Ended = EventOf<'reviewed'>;

/** Resolves with the event that ends the review; with null when the host went away. */
function endOfReview(id: string, link: HostLink): { readonly ended: Promise<Ended | null>; dispose(): void } {
  const listening: { dispose(): void }[] = [];
  const ended = new Promise<Ended | null>((resolve) => {
    const listener = {
      connected: () => undefined,
      lost: () => resolve(null),
      event: ({ id: own, event }: News) => {
        if (own === id && event.type === 'reviewed') resolve(event);
      },
    };
    listening.push(link.listen(listener));
  });
  return { ended, dispose: () => listening.forEach((one) => void one.dispose()) };
}

/** With the time that has passed, and a Cancel that stops the reviewer. Null when it was stopped here. */
async function waitInSight(id: string, link: HostLink, ended: Promise<Ended | null>): Promise<Ended | null> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Waiting for a second opinion'),
    cancellable: true,
  };
  const begun = performance.now();
  return vscode.window.withProgress(options, async (progress, token) => {
    const tick = setInterval(() => {
      progress.report({ message: vscode.l10n.t('{0} s', Math.round((performance.now() - begun) / SECOND_MS)) });
    }, SECOND_MS);
    const failed = new Promise<never>((_, reject) => {
      token.onCancellationRequested(() => void link.request('task/stop', { id }).catch(reject));
    });
    try {
      const end = await Promise.race([ended, failed]);
      if (!token.isCancellationRequested) return end;
      say(vscode.l10n.t('the reviewer was stopped'));
      return null;
    } finally {
      clearInterval(tick);
    }
  });
}

/** Nobody waits for what is said here. */
function tell(id: string, ended: Ended): void {
  const words = plainNotice(vscode.l10n.t('Countersign: {0}', reviewedWords(ended, vscode.l10n.t)));
  const open = vscode.l10n.t('Review');
  const shown =
    ended.none === null
      ? vscode.window.showInformationMessage(words, open)
      : vscode.window.showWarningMessage(words, open);
  shown.then((chosen) => {
    if (chosen === open) void vscode.commands.executeCommand('countersign.openReview', id);
  });
}
