/** Putting a task away and taking it back: rejecting, restoring, archiving, deleting. */
import * as vscode from 'vscode';
import { visible } from '../../../core/visible';
import type { Result } from '../../../host/rpc';
import { describeUser } from '../../person';
import { plainNotice } from '../../problem';
import { type ActionSurroundings, forEach, repositoryOf, say, withBar, withCancel } from './surroundings';

/** Characters of a reason: the contract takes no more. */
const MOST_REASON = 4_000;

type Disk = Result<'task/disk'>;

export async function reject(id: string, { link, list }: ActionSurroundings): Promise<void> {
  const task = list.find(id);
  const reason = await vscode.window.showInputBox({
    title: task === undefined ? vscode.l10n.t('Reject') : vscode.l10n.t('Reject "{0}"', visible(task.title)),
    prompt: vscode.l10n.t('Why? It is kept with the task. What the agent made stays restorable.'),
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return vscode.l10n.t('Say why, in a few words.');
      return text.length > MOST_REASON ? vscode.l10n.t('At most {0} characters.', MOST_REASON) : null;
    },
  });
  if (reason === undefined) return;
  const by = await describeUser(link, repositoryOf(task) ?? '.');
  await withBar(vscode.l10n.t('Rejecting'), () => link.request('task/reject', { id, reason: reason.trim(), by }));
  say(vscode.l10n.t('rejected; "Restore" takes it back'));
}

export async function restore(ids: readonly string[], { link }: ActionSurroundings): Promise<void> {
  await withBar(vscode.l10n.t('Restoring'), () => forEach(ids, (id) => link.request('task/restore', { id })));
}

export async function archive(ids: readonly string[], on: boolean, around: ActionSurroundings): Promise<void> {
  const { link, list } = around;
  try {
    await forEach(ids, (id) => link.request('task/archive', { id, on }));
  } finally {
    // Nothing is journaled by it, so that nobody tells.
    await list.refresh();
  }
}

/** Says what is deleted and what stays, and asks: it cannot be undone. */
export async function remove(ids: readonly string[], { link, list }: ActionSurroundings): Promise<void> {
  const disks = await withCancel(
    vscode.l10n.t('Looking at the disk'),
    Promise.all(ids.map((id) => link.request('task/disk', { id }))),
  );
  if (disks === null) return;
  const [only, ...others] = ids;
  const task = only === undefined ? undefined : list.find(only);
  const what =
    others.length === 0 && task !== undefined
      ? vscode.l10n.t('Delete the task "{0}"?', visible(task.title))
      : vscode.l10n.t('Delete {0} tasks?', ids.length);
  const action = vscode.l10n.t('Delete');
  const chosen = await vscode.window.showWarningMessage(what, { modal: true, detail: detailOf(disks) }, action);
  if (chosen !== action) return;
  const kept: string[] = [];
  try {
    await withBar(vscode.l10n.t('Deleting'), () =>
      forEach(ids, async (id) => kept.push(...(await link.request('task/delete', { id })).kept)),
    );
  } finally {
    await list.refresh();
  }
  if (kept.length > 0) {
    const folders = kept.map(visible).join(', ');
    void vscode.window.showInformationMessage(
      plainNotice(vscode.l10n.t('Countersign: kept, because somebody changed something in it: {0}', folders)),
    );
  }
}

function detailOf(disks: readonly Disk[]): string {
  const bytes = new Map<Disk['folders'][number]['what'], number>();
  for (const { what, bytes: own } of disks.flatMap(({ folders }) => folders)) {
    bytes.set(what, (bytes.get(what) ?? 0) + own);
  }
  const lines = [...bytes].map(([what, own]) => `${folderWords(what)}: ${size(own)}`);
  const counted = size(disks.reduce((sum, disk) => sum + disk.bytes, 0));
  const total = disks.some(({ cut }) => cut) ? vscode.l10n.t('more than {0}', counted) : counted;
  return [
    vscode.l10n.t('This frees {0}:', total),
    ...lines,
    '',
    vscode.l10n.t(
      'Its record goes too, and cannot be brought back. The commits stay in the repository, below refs/countersign/.',
    ),
  ].join('\n');
}

function folderWords(what: Disk['folders'][number]['what']): string {
  switch (what) {
    case 'worktree':
      return vscode.l10n.t("the agent's folder");
    case 'shadow':
      return vscode.l10n.t('what snapshots are made through');
    case 'checkout':
      return vscode.l10n.t('clean checkouts');
    case 'record':
      return vscode.l10n.t('journal, transcript and evidence');
  }
}

/** Bytes in the unit that leaves at most four digits; powers of 1,000, as disks are sold. */
function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1_000 && unit < units.length - 1; unit++) value /= 1_000;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
