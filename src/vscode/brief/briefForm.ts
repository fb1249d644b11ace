/** The form's controller: shows the draft as it is, does what the page asks for, and says what did not go well. */
import * as vscode from 'vscode';
import { readPartialBrief } from '../../core/brief/partialBrief';
import { visible } from '../../core/visible';
import type { BriefForm as Form, Intent } from '../../webview/brief/messages';
import type { HostLink } from '../hostLink';
import { problemOf, withoutCommandLine } from '../problem';
import { applyFormEdit, valueAt } from './formEdits';
import { fewOverlaps } from './readinessWords';
import { pathBelow, pickRoot } from './repositories';
import { Shaping } from './shaping/shaping';
import { showLine } from './showLine';
import { ShownBrief, type ShownParts } from './shownBrief';

/** Changes come in bursts, with every key: the page gets one form for those of this many milliseconds. */
const BURST_MS = 50;

export class BriefForm implements vscode.Disposable {
  readonly #parts: ShownParts;
  readonly #shown: ShownBrief;
  readonly #shaping: Shaping;
  readonly #owned: readonly vscode.Disposable[];
  /** Intents are done one after the other, in the order of the page. */
  #queue: Promise<void> = Promise.resolve();
  #burst: NodeJS.Timeout | undefined;
  /** The page has asked, and the draft of the last time is back: before, it would be told that there is none. */
  #greeted = false;
  #applied = 0;
  #trouble: Form['trouble'] = null;
  #done = '';
  #focus = '';

  constructor(parts: ShownParts, link: HostLink) {
    this.#parts = parts;
    this.#shown = new ShownBrief(parts, () => this.update());
    this.#shaping = new Shaping(
      { ...parts, link },
      {
        changed: () => this.update(),
        say: (text) => this.say(text),
        focus: (key) => this.focusWhenShown(key),
      },
    );
    this.#owned = [
      this.#shaping,
      parts.composer.onDidChange(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.lookAgain()),
    ];
  }

  /** Shows what there is, soon. A hidden page asks by itself when it is shown again. */
  update(): void {
    if (!this.#parts.page.isVisible || !this.#greeted) return;
    this.#burst ??= setTimeout(() => {
      this.#burst = undefined;
      void this.#send();
    }, BURST_MS);
  }

  /** What went wrong is shown in the form, with what to do. */
  complain(thrown: unknown): void {
    const { message, fix } = problemOf(thrown);
    this.#trouble = { text: visible(message.replaceAll('\n', ' · ')), fix: visible(withoutCommandLine(fix)) };
    this.#parts.page.tell({ type: 'said', text: `${this.#trouble.text}. ${this.#trouble.fix}` });
    this.update();
  }

  /** Something was done, to be said aloud. */
  say(text: string): void {
    this.#parts.page.tell({ type: 'said', text });
  }

  /** Moves the focus into the form, as soon as it shows the draft. */
  focusWhenShown(key: string): void {
    this.#focus = key;
    this.update();
  }

  /** What is around the draft may have changed: the host, its agents, the repository. */
  async lookAgain(): Promise<void> {
    const { surroundings, judge } = this.#parts;
    surroundings.forget();
    this.#shown.forget();
    judge.again();
    await this.#shown.askAgents();
  }

  hear(intent: Intent): void {
    this.#queue = this.#queue.then(async () => {
      try {
        await this.#do(intent);
      } catch (thrown) {
        this.complain(thrown);
      }
    });
  }

  /** Hands the draft off after everything that the page asked for so far. */
  async handOff(): Promise<void> {
    await this.#queue;
    const { composer } = this.#parts;
    this.#trouble = null;
    this.#done = '';
    try {
      const { id, warnings } = await composer.handOff();
      const looks = fewOverlaps(warnings, vscode.l10n.t).map(({ message }) => visible(message));
      this.#done = [vscode.l10n.t('Handed off as {0}.', visible(id)), ...looks].join('\n');
      this.say(this.#done);
    } catch (thrown) {
      // The agent, the host or the repository may be other than the form showed.
      void this.lookAgain();
      throw thrown;
    } finally {
      this.update();
    }
  }

  dispose(): void {
    clearTimeout(this.#burst);
    for (const owned of this.#owned) owned.dispose();
  }

  async #do(intent: Intent): Promise<void> {
    const { composer, trials } = this.#parts;
    switch (intent.type) {
      case 'ready':
        await composer.restore();
        await composer.draft?.refresh();
        this.#greeted = true;
        void this.#shown.askAgents();
        return this.#send();
      case 'edit':
        return this.#edit(intent);
      case 'hand-off':
        void this.handOff().catch((thrown: unknown) => this.complain(thrown));
        return;
      case 'save':
        return composer.required().save();
      case 'undo':
        return composer.required().undo();
      case 'close':
        this.#trouble = null;
        return composer.close();
      case 'open-file':
        return this.#openFile(intent.finding);
      case 'open-problem':
        return showLine(await composer.required().document(), this.#shown.unreadableLine, 'open');
      case 'reveal':
        return showLine(await composer.required().document(), this.#shown.lineOf(intent.finding), 'reveal');
      case 'add-from':
        return this.#addFrom(intent.source, intent.list);
      case 'try':
        void trials.run(this.#shown.judged(composer.required()), intent.index);
        return;
      case 'try-stop':
        return trials.stop(this.#checkName(intent.index));
      case 'try-output':
        await vscode.commands.executeCommand('countersign.showTrialOutput', this.#checkName(intent.index));
        return;
      case 'look-again':
        return this.lookAgain();
      case 'trust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      case 'new':
        return this.#begin(intent.template);
      case 'open-draft': {
        const file = this.#shown.file(intent.index);
        if (file !== null) await composer.openChecked(file);
        return;
      }
      case 'open-other': {
        const other = this.#shown.other();
        if (other !== null) await composer.open(other.uri);
        return;
      }
      case 'shape':
        void this.#shaping.hear(intent.shape);
        return;
      case 'save-template':
        await vscode.commands.executeCommand('countersign.saveAsTemplate');
        return;
    }
  }

  async #edit({ draft: id, seq, edit }: Extract<Intent, { type: 'edit' }>): Promise<void> {
    const draft = this.#parts.composer.draft;
    // Of a page that still shows the draft before this one.
    if (draft === null || id !== `${draft.uri}`) return;
    const place = 'key' in edit ? edit.key : edit.kind === 'add' ? edit.list : 'approval';
    try {
      await draft.change(edit.kind === 'set' ? place : '', (text) => applyFormEdit(text, edit));
      this.#trouble = null;
    } catch (thrown) {
      const { message, fix } = problemOf(thrown);
      this.#parts.page.tell({ type: 'refused', seq, key: place, text: visible(`${message}; ${fix}`) });
    }
    this.#applied = seq;
    this.update();
  }

  async #begin(template: number | undefined): Promise<void> {
    const root = this.#parts.composer.draft?.root ?? (await pickRoot());
    if (root === null) return;
    const chosen = template === undefined ? null : this.#shown.template(template);
    this.#done = '';
    await this.#parts.composer.begin({ root, template: chosen, start: null });
    this.focusWhenShown('goal');
  }

  async #openFile(finding: number | undefined): Promise<void> {
    const document = await this.#parts.composer.required().document();
    await showLine(document, finding === undefined ? null : this.#shown.lineOf(finding), 'open');
  }

  async #addFrom(source: 'editor' | 'files', list: 'change' | 'avoid'): Promise<void> {
    const { composer } = this.#parts;
    const { root } = composer.required();
    const picked =
      source === 'editor'
        ? [vscode.window.activeTextEditor?.document.uri].filter((uri) => uri !== undefined)
        : await vscode.window.showOpenDialog({
            defaultUri: root,
            canSelectMany: true,
            canSelectFiles: true,
            canSelectFolders: true,
            title: vscode.l10n.t('Files and folders of the scope'),
          });
    if (picked === undefined) return;
    const inside = picked.filter((uri) => pathBelow(root, uri) !== null);
    if (inside.length === 0) return this.say(vscode.l10n.t('There is no file of this repository to add.'));
    this.say(vscode.l10n.t('Added {0}', (await composer.addPaths(list, inside)).map(visible).join(', ')));
  }

  #checkName(index: number): string {
    const { text, uri } = this.#parts.composer.required();
    return valueAt(readPartialBrief(text, uri.fsPath), `checks.${index}.name`);
  }

  async #send(): Promise<void> {
    const { composer, page } = this.#parts;
    await this.#shown.send({ applied: this.#applied, trouble: this.#trouble, done: this.#done });
    page.tell({ type: 'shape', shape: this.#shaping.page() });
    if (composer.draft === null || this.#focus === '') return;
    page.tell({ type: 'focus', key: this.#focus });
    this.#focus = '';
  }
}
