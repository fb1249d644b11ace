/** Where a pull request goes: which remote, which forge, which branch; settled before anything is done. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import type { Packet } from '../../core/review/packetSchema';
import { shortRef } from '../../core/signoff/delivery';
import { visible } from '../../core/visible';
import type { HostLink } from '../hostLink';
import { unadorned } from '../tasks/pickTask';
import { type GitRepository, gitRepositoryAt } from './gitExtension';
import { type Forge, forgeOf, parseRemote, type Remote } from './remote';

export interface Destination {
  readonly repository: GitRepository;
  /** As git calls it. */
  readonly remote: string;
  /** Null when its address is of no forge. */
  readonly web: Remote | null;
  readonly forge: Forge;
  /** Short name of the branch that the pull request is to go into. */
  readonly base: string;
}

/**
 * @returns null when the person went back
 * @throws GIT_FAILED when there is no remote, or no git extension to push with
 */
export async function destinationOf(link: HostLink, packet: Packet): Promise<Destination | null> {
  const { tasks } = await link.request('task/list', {});
  const summary = tasks.find(({ id }) => id === packet.id);
  if (summary === undefined) return fail('TASK_NOT_FOUND', `no task ${visible(packet.id)}`);
  const repository = await gitRepositoryAt(summary.repository.root);
  const remote = await chosenRemote(repository, summary.repository.name);
  if (remote === null) return null;
  const web = parseRemote(remote.pushUrl ?? remote.fetchUrl ?? '');
  const forge = web === null ? 'other' : forgeOf(web, enterpriseHost());
  const base = packet.target === null ? await askedBase() : shortRef(packet.target);
  return base === null ? null : { repository, remote: remote.name, web, forge, base };
}

async function chosenRemote({ state }: GitRepository, name: string) {
  const remotes = state.remotes.filter(({ isReadOnly }) => !isReadOnly);
  const [only, ...others] = remotes;
  if (only === undefined) {
    return fail('GIT_FAILED', `${visible(name)} has no remote that can be pushed to`, {
      fix: 'add one with git remote add',
    });
  }
  if (others.length === 0) return only;
  // The usual one is offered first.
  const ordered = remotes.toSorted((a, b) => Number(b.name === 'origin') - Number(a.name === 'origin'));
  const picked = await vscode.window.showQuickPick(
    ordered.map((remote) => ({
      label: unadorned(visible(remote.name)),
      description: addressWords(remote.pushUrl),
      remote,
    })),
    { placeHolder: vscode.l10n.t('Push to which remote?') },
  );
  return picked?.remote ?? null;
}

/** Without a user name or password that may be in the address. */
function addressWords(address: string | undefined): string {
  const web = parseRemote(address ?? '');
  return web === null ? '' : `${web.host}/${web.owner}/${web.name}`;
}

async function askedBase(): Promise<string | null> {
  const base = await vscode.window.showInputBox({
    title: vscode.l10n.t('Pull request'),
    prompt: vscode.l10n.t('Into which branch? None was checked out when the task was handed off.'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Name a branch.') : null),
  });
  return base?.trim() ?? null;
}

/** The server that the editor's own sign-in is for: a token goes nowhere else. */
function enterpriseHost(): string | null {
  const uri = vscode.workspace.getConfiguration('github-enterprise').get<string>('uri', '');
  return URL.canParse(uri) ? new URL(uri).hostname : null;
}
