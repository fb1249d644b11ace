/** Drafting as the commands see it: everything about the brief in the form, put together once it is first needed. */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { visible } from '../../core/visible';
import { activeBrief } from '../handOff';
import type { HostLink } from '../hostLink';
import { unadorned } from '../tasks/pickTask';
import { adoptWork, chooseAdoption } from './adopting';
import {
  beginWithClipboard,
  beginWithDiagnostic,
  beginWithFailingCheck,
  beginWithSelection,
  beginWithTodo,
} from './beginnings';
import { TEMPLATES_FOLDER } from './briefFiles';
import { BriefForm } from './briefForm';
import { BriefPage } from './briefPage';
import { type Beginning, Composer } from './composer';
import { CurrentDraft } from './currentDraft';
import { Judge } from './judge';
import { templateChoice, templatesOf } from './newBrief';
import { pickRoot } from './repositories';
import { Surroundings } from './surroundings';
import { TrialOutput } from './trialOutput';
import { Trials } from './trials';

export const BRIEF_VIEW = 'countersign.brief';

/** What drafting needs of the extension. */
export interface DraftingPlace {
  readonly extension: vscode.Uri;
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

export class Drafting implements vscode.Disposable {
  readonly #link: HostLink;
  readonly #log: vscode.LogOutputChannel;
  readonly #composer: Composer;
  readonly #form: BriefForm;
  readonly #page: BriefPage;
  readonly #surroundings: Surroundings;
  readonly #output: TrialOutput;
  readonly #owned: readonly { dispose(): void }[];

  constructor(link: HostLink, { extension, memory, log }: DraftingPlace) {
    this.#link = link;
    this.#log = log;
    this.#surroundings = new Surroundings(link, log);
    const surroundings = this.#surroundings;
    const update = () => this.#form.update();
    const judge = new Judge(link, () => surroundings.mayAsk, vscode.l10n.t, update);
    const trials = new Trials(link, update);
    this.#composer = new Composer({ link, surroundings, current: new CurrentDraft(memory) });
    this.#page = new BriefPage(extension, (intent) => this.#form.hear(intent));
    this.#form = new BriefForm({ composer: this.#composer, judge, trials, surroundings, page: this.#page }, link);
    this.#output = new TrialOutput((check) => trials.output(check));
    const listening = link.listen({
      connected: () => void this.#form.lookAgain(),
      lost: () => this.#form.update(),
      event: () => undefined,
    });
    this.#owned = [listening, this.#form, this.#page, this.#composer, this.#output, trials, judge];
  }

  attach(view: vscode.WebviewView): void {
    this.#page.attach(view);
  }

  /** A new brief from a template that is named, or else picked. */
  async newBrief(template: unknown): Promise<void> {
    const root = await pickRoot();
    if (root === null) return;
    if (typeof template === 'string') return this.#begin({ root, template, start: null });
    const offered = templatesOf(await this.#surroundings.factsOf(root));
    const items = offered.map((one) => {
      const { label, details } = templateChoice(one);
      return { label, detail: unadorned(details), name: one.name };
    });
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('What does the brief begin from?'),
    });
    if (picked !== undefined) await this.#begin({ root, template: picked.name, start: null });
  }

  async fromSelection(): Promise<void> {
    await this.#begin(await beginWithSelection());
  }

  async fromTodo(): Promise<void> {
    await this.#begin(await beginWithTodo());
  }

  async fromDiagnostic(uri: unknown, pointed: unknown): Promise<void> {
    await this.#begin(await beginWithDiagnostic(uri, pointed));
  }

  async fromFailingCheck(task: unknown, check: unknown): Promise<void> {
    await this.#begin(await beginWithFailingCheck(this.#link, task, check));
  }

  async fromClipboard(): Promise<void> {
    await this.#begin(await beginWithClipboard());
  }

  /** @param called and `others` as the explorer's and the editor's menus give them; without them the active editor */
  async addTo(list: 'change' | 'avoid', called: unknown, others: unknown): Promise<void> {
    const several = Array.isArray(others) ? others.filter((uri): uri is vscode.Uri => uri instanceof vscode.Uri) : [];
    const one = called instanceof vscode.Uri ? called : vscode.window.activeTextEditor?.document.uri;
    const uris = several.length > 0 ? several : one === undefined ? [] : [one];
    if (uris.length === 0) fail('USAGE', 'no file was chosen', { fix: 'choose files in the Explorer, or open one' });
    await this.#composer.restore();
    const patterns = await this.#composer.addPaths(list, uris);
    const words = patterns.map(visible).join(', ');
    const said =
      list === 'change' ? vscode.l10n.t('May change: {0}', words) : vscode.l10n.t('Must not change: {0}', words);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Countersign: {0}', unadorned(said)), 4_000);
    this.#form.say(said);
  }

  async saveAsTemplate(): Promise<void> {
    await this.#composer.restore();
    this.#composer.required();
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Save as template'),
      prompt: vscode.l10n.t('The name of a file in {0}', TEMPLATES_FOLDER),
      validateInput: (text) =>
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)
          ? undefined
          : vscode.l10n.t('Letters, digits, ".", "_" and "-", at most 64'),
    });
    if (name === undefined) return;
    const uri = await this.#composer.saveAsTemplate(name);
    this.#surroundings.forget();
    this.#form.say(vscode.l10n.t('Saved as {0}', visible(uri.path.slice(uri.path.lastIndexOf('/') + 1))));
    this.#form.update();
  }

  /** @param called the file to edit in the form; without it the active editor's, or the draft of the last time */
  async edit(called: unknown): Promise<void> {
    const uri = called instanceof vscode.Uri ? called : activeBrief()?.uri;
    if (uri === undefined) await this.#composer.restore();
    else await this.#composer.openChecked(uri);
    await this.#show('goal');
  }

  /** A failure is shown in the form, and where nobody sees the form it is thrown. */
  async handOff(): Promise<void> {
    await this.#composer.restore();
    this.#composer.required();
    try {
      await this.#form.handOff();
    } catch (thrown) {
      this.#form.complain(thrown);
      if (!this.#page.isVisible) throw thrown;
    }
  }

  /**
   * What somebody pushed, by a brief: it comes to review like the work of an agent, and its review opens.
   *
   * @param ref   the branch or pull request; without it one is picked
   * @param brief the brief's file; without it one is picked
   */
  async adopt(ref: unknown, brief: unknown): Promise<void> {
    const root = await pickRoot();
    if (root === null) return;
    await this.#composer.restore();
    const { draft } = this.#composer;
    const place = { link: this.#link, root, draft: draft !== null && `${draft.root}` === `${root}` ? draft.uri : null };
    const chosen = await chooseAdoption(place, {
      ref: typeof ref === 'string' ? ref : null,
      brief: brief instanceof vscode.Uri ? brief : null,
    });
    if (chosen === null) return;
    const title = vscode.l10n.t('Adopting the branch');
    const { id, again, warnings } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title },
      () => adoptWork(place, chosen),
    );
    this.#log.info(again ? `adopted again by ${id}` : `adopted as ${id}`);
    for (const { message } of warnings) this.#log.warn(message);
    await vscode.commands.executeCommand('countersign.openReview', id);
  }

  async undo(): Promise<void> {
    await this.#composer.required().undo();
  }

  async showTrialOutput(check: unknown): Promise<void> {
    if (typeof check === 'string') await this.#output.show(check);
  }

  dispose(): void {
    for (const owned of this.#owned) owned.dispose();
  }

  async #begin(beginning: Beginning | null): Promise<void> {
    if (beginning === null) return;
    // The host may have to be started to say what the repository is like.
    const location = { viewId: BRIEF_VIEW };
    const title = vscode.l10n.t('Drafting a brief');
    await vscode.window.withProgress({ location, title }, () => this.#composer.begin(beginning));
    await this.#show('goal');
  }

  async #show(key: string): Promise<void> {
    await vscode.commands.executeCommand(`${BRIEF_VIEW}.focus`);
    this.#form.focusWhenShown(key);
  }
}
