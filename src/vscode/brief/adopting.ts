/** Adopting what somebody pushed: which branch, by which brief. The host finds and judges both. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { visible } from '../../core/visible';
import type { Result } from '../../host/rpc';
import { activeBrief } from '../handOff';
import type { HostLink } from '../hostLink';
import { unadorned } from '../tasks/pickTask';
import { withCancel } from '../withCancel';
import { type BranchChoice, branchChoices, named, pullRequestProblem } from './branchChoices';
import { BRIEFS_FOLDER, listBriefs } from './briefFiles';
import { rootAround } from './repositories';

/** What a brief is chosen from. */
export interface AdoptionPlace {
  readonly link: HostLink;
  readonly root: vscode.Uri;
  /** The brief in the form, if it is of this repository. */
  readonly draft: vscode.Uri | null;
}

export interface ChosenAdoption {
  readonly ref: string;
  readonly brief: vscode.Uri;
}

/** What was named by whoever called; null = to be picked. */
export type NamedAdoption = { readonly [part in keyof ChosenAdoption]: ChosenAdoption[part] | null };

/**
 * Asks for what was not named. Null when nothing was picked. Throws FILE_NOT_FOUND where there is no brief yet, and what
 * the host throws.
 */
export async function chooseAdoption(
  { link, root, draft }: AdoptionPlace,
  named: NamedAdoption,
): Promise<ChosenAdoption | null> {
  const ref = named.ref ?? (await chooseWork(link, root));
  if (ref === null) return null;
  const brief = named.brief ?? (await pickBrief(root, draft));
  return brief === null ? null : { ref, brief };
}

async function chooseWork(link: HostLink, root: vscode.Uri): Promise<string | null> {
  const looking = link.request('repository/branches', { repo: root.fsPath });
  const found = await withCancel(vscode.l10n.t('Looking for branches'), looking);
  return found === null ? null : pickWork(branchChoices(found.branches, Date.now(), vscode.l10n.t));
}

interface WorkItem extends vscode.QuickPickItem {
  /** Null: a pull request, which is still to be named. */
  readonly ref: string | null;
}

async function pickWork(choices: readonly BranchChoice[]): Promise<string | null> {
  const branches = choices.map(({ label, description, detail, ref }): WorkItem => {
    return {
      label: `$(git-branch) ${unadorned(label)}`,
      description: unadorned(description),
      detail: unadorned(detail),
      ref,
    };
  });
  const request: WorkItem = { label: `$(git-pull-request) ${vscode.l10n.t('A pull request…')}`, ref: null };
  const picked = await vscode.window.showQuickPick([request, ...branches], {
    title: vscode.l10n.t('What is to be reviewed?'),
    placeHolder: vscode.l10n.t('Branches with commits that are not checked out, the newest first'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined) return null;
  return picked.ref ?? askPullRequest();
}

async function askPullRequest(): Promise<string | null> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Which pull request?'),
    prompt: vscode.l10n.t('It is fetched with your own git; none of your branches changes.'),
    placeHolder: '#12',
    validateInput: (text) => (text === '' ? undefined : pullRequestProblem(text, vscode.l10n.t)),
  });
  return typed === undefined || typed.trim() === '' ? null : named(typed);
}

interface BriefItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** The brief in the form first, then the one in the editor, then those of the repository. */
async function pickBrief(root: vscode.Uri, draft: vscode.Uri | null): Promise<vscode.Uri | null> {
  const active = activeBrief();
  const open =
    active === null || active.isUntitled || `${await rootAround(active.uri)}` !== `${root}` ? null : active.uri;
  const known = new Map<string, BriefItem>();
  const offer = (uri: vscode.Uri | null, description: string) => {
    if (uri === null || known.has(`${uri}`)) return;
    const label = unadorned(visible(uri.path.slice(uri.path.lastIndexOf('/') + 1)));
    known.set(`${uri}`, { label, description, uri });
  };
  offer(draft, vscode.l10n.t('in the form'));
  offer(open, vscode.l10n.t('in the editor'));
  for (const { uri } of await listBriefs(root)) offer(uri, '');
  if (known.size === 0) {
    return fail('FILE_NOT_FOUND', `there is no brief in ${BRIEFS_FOLDER}, and work is judged by one`, {
      fix: 'write a brief that says what the branch may change, then adopt it',
    });
  }
  const picked = await vscode.window.showQuickPick([...known.values()], {
    title: vscode.l10n.t('By which brief is it judged?'),
    placeHolder: vscode.l10n.t('A brief says what may change, and which checks prove it'),
  });
  return picked?.uri ?? null;
}

/** Saves the brief and adopts the work. Throws CONFIG_INVALID in a workspace that is not trusted, and what the host throws. */
export async function adoptWork(
  { link, root }: Pick<AdoptionPlace, 'link' | 'root'>,
  { ref, brief }: ChosenAdoption,
): Promise<Result<'task/adopt'>> {
  const document = await vscode.workspace.openTextDocument(brief);
  if (document.isDirty) await document.save();
  return link.request('task/adopt', {
    repo: root.fsPath,
    ref,
    brief: { text: document.getText(), file: brief.fsPath },
    origin: 'human',
  });
}
