/** The tree of tasks, grouped by what a person has to do about them, with the badge of those that wait. */
import * as vscode from 'vscode';
import { plainNotice, withoutCommandLine } from '../problem';
import { faceOf } from './faces';
import { type Changes, Forest, type Node } from './forest';
import { isAtWork, waitingTasks } from './groups';
import type { TaskList } from './taskList';
import { TASKS_VIEW } from './taskView';
import { STEP_MS } from './times';
import { treeItemOf } from './treeItem';
import { waitingWords } from './words';

/** Where nothing is at work, times are told in minutes and longer. */
const RESTING_MS = 60_000;

const REMEDIES = ['refresh', 'showLog'] as const;

function remedyNode(remedy: (typeof REMEDIES)[number]): Node {
  const matter = { kind: 'remedy', remedy } as const;
  return { key: remedy, matter, task: null, face: faceOf(matter, 0, vscode.l10n.t), children: [] };
}

export class TaskTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #list: TaskList;
  readonly #forest = new Forest(vscode.l10n.t);
  readonly #changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #owned: vscode.Disposable[];
  #tick: NodeJS.Timeout | undefined;
  /** Whether looking at the view has asked for a host already. */
  #asked = false;
  /** Whether there is a problem and nothing else to show. */
  #helpless = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(list: TaskList) {
    this.#list = list;
    this.#view = vscode.window.createTreeView<Node>(TASKS_VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#owned = [
      this.#view,
      this.#changed,
      list.onDidChange(() => this.#update()),
      this.#view.onDidChangeVisibility(({ visible }) => this.#seen(visible)),
    ];
    this.#update();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) return [...node.children];
    // The first look at the view is what connects to the host, and starts one where none runs.
    if (!this.#asked && (this.#list.state === 'unknown' || this.#list.state === 'absent')) {
      this.#asked = true;
      await this.#list.refresh();
    }
    // Beside a message VS Code shows no welcome, and so no button.
    return this.#helpless ? REMEDIES.map(remedyNode) : [...this.#forest.roots];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItemOf(node);
  }

  /** Shows one page more of a group that is too long to be shown at once. */
  showMore(group: string): void {
    this.#fire(this.#forest.showMore(group, Date.now()));
  }

  dispose(): void {
    clearTimeout(this.#tick);
    for (const owned of this.#owned) owned.dispose();
  }

  #seen(visible: boolean): void {
    if (visible && !this.#asked && this.#list.state === 'absent') {
      this.#asked = true;
      void this.#list.refresh();
    }
    if (visible) this.#grow();
    this.#keepTime();
  }

  #update(): void {
    const { tasks } = this.#list;
    const waiting = waitingTasks(tasks).length;
    this.#view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: waitingWords(tasks, vscode.l10n.t) };
    const message = this.#message();
    this.#view.message = message;
    const helpless = message !== '' && tasks.length === 0;
    if (helpless !== this.#helpless) {
      this.#helpless = helpless;
      this.#changed.fire(undefined);
    }
    this.#grow();
    this.#keepTime();
  }

  #message(): string {
    const { stale, problem, state } = this.#list;
    if (stale) {
      return vscode.l10n.t('The background host has ended: this is what it said last. Refresh to start it again.');
    }
    if (problem === null || state === 'no-git') return '';
    return vscode.l10n.t(
      '{0}. What to do: {1}',
      plainNotice(problem.message),
      plainNotice(withoutCommandLine(problem.fix)),
    );
  }

  #grow(): void {
    this.#fire(this.#forest.grow(this.#list.tasks, Date.now()));
  }

  #fire(changes: Changes): void {
    if (changes === 'all') this.#changed.fire(undefined);
    else if (changes.length > 0) this.#changed.fire([...changes]);
  }

  /** Time moves on only where somebody can see it. */
  #keepTime(): void {
    clearTimeout(this.#tick);
    if (!this.#view.visible || this.#list.tasks.length === 0) return;
    this.#tick = setTimeout(
      () => {
        this.#grow();
        this.#keepTime();
      },
      this.#list.tasks.some(isAtWork) ? STEP_MS : RESTING_MS,
    );
  }
}
