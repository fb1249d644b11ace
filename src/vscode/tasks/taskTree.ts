/** The tree of tasks, grouped by what a person has to do about them, with the badge of those that wait. */
import * as vscode from 'vscode';
import type { TaskSummary } from '../../core/task/summary';
import { type Group, groupTasks, isAtWork, waitingTasks } from './groups';
import { groupWords, labelOf, waitingWords } from './labels';
import type { TaskList } from './taskList';

export const TASKS_VIEW = 'countersign.tasks';
/** Elapsed times are shown in minutes. */
const TICK_MS = 30_000;

interface GroupNode {
  readonly kind: 'group';
  readonly group: Group;
  readonly tasks: readonly TaskSummary[];
}

export interface TaskNode {
  readonly kind: 'task';
  readonly task: TaskSummary;
}

type Node = GroupNode | TaskNode;

export class TaskTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #list: TaskList;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Node>;
  readonly #owned: vscode.Disposable[];
  #tick: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(list: TaskList) {
    this.#list = list;
    this.#view = vscode.window.createTreeView<Node>(TASKS_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#owned = [
      this.#view,
      this.#changed,
      list.onDidChange(() => this.#update()),
      this.#view.onDidChangeVisibility(() => this.#update()),
    ];
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) return node.kind === 'group' ? node.tasks.map((task) => ({ kind: 'task', task })) : [];
    // The first look at the view is what connects to the host.
    if (this.#list.state === 'unknown') await this.#list.refresh();
    return groupTasks(this.#list.tasks).map(({ group, tasks }) => ({ kind: 'group', group, tasks }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'group' ? groupItem(node) : taskItem(node.task, this.#namesRepository());
  }

  dispose(): void {
    clearTimeout(this.#tick);
    for (const owned of this.#owned) owned.dispose();
  }

  #namesRepository(): boolean {
    return new Set(this.#list.tasks.map((task) => task.repository.id)).size > 1;
  }

  #update(): void {
    const { tasks, stale } = this.#list;
    const waiting = waitingTasks(tasks).length;
    this.#view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: waitingWords(tasks, vscode.l10n.t) };
    this.#view.message = stale
      ? vscode.l10n.t('The background host has ended: this is what it said last. Refresh to start it again.')
      : '';
    this.#changed.fire();
    this.#keepTime();
  }

  /** Time moves on only where somebody can see it. */
  #keepTime(): void {
    clearTimeout(this.#tick);
    if (!this.#view.visible || !this.#list.tasks.some(isAtWork)) return;
    this.#tick = setTimeout(() => {
      this.#changed.fire();
      this.#keepTime();
    }, TICK_MS);
  }
}

function groupItem({ group, tasks }: GroupNode): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const label = groupWords(group, vscode.l10n.t);
  const item = new vscode.TreeItem(label, group === 'done' ? Collapsed : Expanded);
  item.id = group;
  item.description = `${tasks.length}`;
  item.contextValue = 'group';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, tasks: {1}', label, tasks.length) };
  return item;
}

function taskItem(task: TaskSummary, namesRepository: boolean): vscode.TreeItem {
  const { label, description, tooltip, icon, spoken } = labelOf(task, Date.now(), namesRepository, vscode.l10n.t);
  const item = new vscode.TreeItem(label);
  item.id = task.id;
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath = new vscode.ThemeIcon(
    icon.id,
    icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color),
  );
  item.contextValue = isAtWork(task) ? 'task atWork' : 'task';
  item.accessibilityInformation = { label: spoken };
  item.command = { command: 'countersign.openReview', title: vscode.l10n.t('Open Review'), arguments: [task.id] };
  return item;
}
