/** The agents of this machine, to look at: what is installed, and how to install what is not. */
import * as vscode from 'vscode';
import { visible } from '../../../core/visible';
import type { AgentListing } from '../../../host/rpc/drafting';
import { unadorned } from '../pickTask';
import { type ActionSurroundings, say, withCancel } from './surroundings';

interface AgentItem extends vscode.QuickPickItem {
  readonly agent: AgentListing | null;
}

export async function showAgents({ link }: ActionSurroundings): Promise<void> {
  const found = await withCancel(vscode.l10n.t('Looking for agents'), link.request('agents/list', { versions: true }));
  if (found === null) return;
  const { agents, default: chosen } = found;
  const here = agents.filter(({ installed }) => installed);
  const elsewhere = agents.filter(({ installed }) => !installed);
  const picked = await vscode.window.showQuickPick<AgentItem>(
    [
      heading(vscode.l10n.t('Installed')),
      ...here.map((agent) => installedItem(agent, agent.id === chosen)),
      heading(vscode.l10n.t('Not installed')),
      ...elsewhere.map(missingItem),
    ],
    {
      title: vscode.l10n.t('Agents'),
      placeHolder: vscode.l10n.t('Choose one to copy how it is installed or signed in'),
      matchOnDetail: true,
    },
  );
  if (!picked?.agent) return;
  await vscode.env.clipboard.writeText(picked.agent.installed ? picked.agent.signIn : picked.agent.install);
  say(vscode.l10n.t('copied'));
}

function heading(label: string): AgentItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, agent: null };
}

function installedItem(agent: AgentListing, isDefault: boolean): AgentItem {
  const description = [agent.version ?? '', isDefault ? vscode.l10n.t('default') : ''].filter((part) => part !== '');
  return {
    label: `$(check) ${named(agent)}`,
    description: description.map(visible).join(' · '),
    detail: unadorned(visible(agent.signIn)),
    agent,
  };
}

function missingItem(agent: AgentListing): AgentItem {
  return { label: `$(circle-slash) ${named(agent)}`, detail: unadorned(visible(agent.install)), agent };
}

function named({ name, id }: AgentListing): string {
  const both = name === id ? name : `${name} (${id})`;
  return unadorned(visible(both));
}
