/** Sends the page what it shows: the form of the draft, or the start where there is none; and knows what it has shown. */
import * as vscode from 'vscode';
import { visible } from '../../core/visible';
import type { RepositoryDraftFacts } from '../../host/rpc/drafting';
import type { BriefForm as Form } from '../../webview/brief/messages';
import { activeBrief } from '../handOff';
import type { AgentsKnown } from './agentChoice';
import { type BriefFile, listBriefs } from './briefFiles';
import type { BriefPage } from './briefPage';
import type { Composer } from './composer';
import type { DraftDocument } from './draftDocument';
import { type FormFacts, formOf } from './form';
import { startWords } from './formWords';
import type { Judge } from './judge';
import { type DraftTemplate, templateChoice, templatesOf } from './newBrief';
import { pathBelow, rootsOfWindow } from './repositories';
import type { Surroundings } from './surroundings';
import type { Trials } from './trials';

/** What a page is composed of. */
export interface ShownParts {
  readonly composer: Composer;
  readonly judge: Judge;
  readonly trials: Trials;
  readonly surroundings: Surroundings;
  readonly page: BriefPage;
}

/** What came of what the person did last. */
export interface Outcome {
  /** The last edit of the page that was done or refused. */
  readonly applied: number;
  readonly trouble: Form['trouble'];
  readonly done: string;
}

export class ShownBrief {
  readonly #parts: ShownParts;
  readonly #changed: () => void;
  #shownDraft = '';
  #agents: AgentsKnown | null = null;
  #facts: { readonly root: string; readonly facts: RepositoryDraftFacts | null } | null = null;
  #templates: readonly DraftTemplate[] = [];
  #files: readonly BriefFile[] = [];
  #form: Form | null = null;
  /** Starts that were begun: composing one takes a while, and only the newest is shown. */
  #starts = 0;

  /** @param changed called when there is more to show */
  constructor(parts: ShownParts, changed: () => void) {
    this.#parts = parts;
    this.#changed = changed;
  }

  /** Name of the template at a place of the page; null where there is none. */
  template(index: number): string | null {
    return this.#templates[index]?.name ?? null;
  }

  /** The brief at a place of the page; null where there is none. */
  file(index: number): vscode.Uri | null {
    return this.#files[index]?.uri ?? null;
  }

  /** Line of a finding of the page; null where it has none. */
  lineOf(finding: number): number | null {
    return this.#form?.readiness.findings[finding]?.line ?? null;
  }

  /** Line of what makes the file unreadable. */
  get unreadableLine(): number | null {
    return this.#form?.unreadable?.line ?? null;
  }

  /** Another brief than the draft, in the active editor. */
  other(): vscode.TextDocument | null {
    const active = activeBrief();
    if (active === null || active.isUntitled) return null;
    return `${active.uri}` === `${this.#parts.composer.draft?.uri}` ? null : active;
  }

  /** The draft as the host is asked about it. */
  judged(draft: DraftDocument) {
    const file = pathBelow(draft.root, draft.uri) ?? draft.uri.fsPath;
    return { repo: draft.root.fsPath, text: draft.text, file };
  }

  /** Asks for the agents anew if they were forgotten. */
  async askAgents(): Promise<void> {
    this.#agents = await this.#parts.surroundings.agents();
    this.#changed();
  }

  /** What was known of the repository is old. */
  forget(): void {
    this.#facts = null;
  }

  /** Sends the page, composed of what is known now. */
  async send(outcome: Outcome): Promise<void> {
    const { draft } = this.#parts.composer;
    if (draft === null) return this.#sendStart(outcome);
    this.#sendForm(draft, this.#factsOf(draft.root), outcome);
  }

  /** What is known of a repository so far; the page is shown again when more is known. */
  #factsOf(root: vscode.Uri): RepositoryDraftFacts | null {
    if (this.#facts?.root !== `${root}`) {
      this.#facts = { root: `${root}`, facts: null };
      void this.#parts.surroundings.factsOf(root).then((facts) => {
        if (facts === null || this.#facts?.root !== `${root}`) return;
        this.#facts = { root: `${root}`, facts };
        this.#changed();
      });
    }
    return this.#facts.facts;
  }

  #sendForm(draft: DraftDocument, facts: RepositoryDraftFacts | null, { applied, trouble }: Outcome): void {
    const { judge, trials, page, composer } = this.#parts;
    const judged = this.judged(draft);
    if (this.#shownDraft !== `${draft.uri}`) {
      this.#shownDraft = `${draft.uri}`;
      trials.clear();
    }
    this.#templates = templatesOf(facts);
    const other = this.other();
    const frame = {
      language: vscode.env.language,
      draft: `${draft.uri}`,
      applied,
      file: judged.file,
      saved: { words: savedWords(draft), dirty: draft.isDirty },
      canUndo: draft.canUndo,
      trouble: draft.isGone ? goneTrouble() : trouble,
      templates: this.#templates.map(templateChoice),
      other: other === null ? '' : nameOf(other.uri),
    };
    this.#form = formOf(
      draft.text,
      frame,
      {
        judgement: judge.of(judged),
        isOld: judge.isOld(judged),
        agents: this.#agents,
        trials: trials.all,
        ...this.#cannotRun(),
        busy: composer.isBusy,
      },
      vscode.l10n.t,
    );
    page.describe(nameOf(draft.uri));
    page.tell({ type: 'form', form: this.#form });
  }

  #cannotRun(): Pick<FormFacts, 'cannotRun' | 'remedy'> {
    if (!this.#parts.surroundings.mayAsk) {
      const cannotRun = vscode.l10n.t('This workspace is not trusted, and a brief runs commands: trust it first.');
      return { cannotRun, remedy: 'trust' };
    }
    if (this.#parts.judge.isReachable) return { cannotRun: '', remedy: 'none' };
    return {
      cannotRun: vscode.l10n.t('The background host cannot be reached; the log says why.'),
      remedy: 'look-again',
    };
  }

  async #sendStart({ trouble, done }: Outcome): Promise<void> {
    const { page, composer } = this.#parts;
    const turn = ++this.#starts;
    const roots = await rootsOfWindow();
    const [first] = roots;
    const facts = first === undefined ? null : this.#factsOf(first);
    const lists = await Promise.all(roots.map(listBriefs));
    if (composer.draft !== null || turn !== this.#starts) return;
    this.#form = null;
    this.#shownDraft = '';
    this.#templates = templatesOf(facts);
    this.#files = lists.flat();
    const other = this.other();
    page.describe('');
    page.tell({
      type: 'start',
      start: {
        language: vscode.env.language,
        templates: this.#templates.map(templateChoice),
        drafts: this.#files.map(({ name, changed }) => ({ label: visible(name), details: when(changed) })),
        other: other === null ? '' : nameOf(other.uri),
        trouble,
        done,
        words: startWords(vscode.l10n.t),
      },
    });
  }
}

function goneTrouble(): Form['trouble'] {
  return {
    text: vscode.l10n.t('The file of this brief is not there any more'),
    fix: vscode.l10n.t('Restore it, or close it here and begin another'),
  };
}

function savedWords(draft: DraftDocument): string {
  if (draft.isDirty) return vscode.l10n.t('Not saved yet');
  if (draft.savedAt === null) return vscode.l10n.t('Saved');
  const time = new Date(draft.savedAt).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
  return vscode.l10n.t('Saved {0}', time);
}

function when(changed: number): string {
  return changed === 0 ? '' : new Date(changed).toLocaleDateString(vscode.env.language);
}

function nameOf({ path }: vscode.Uri): string {
  return visible(path.slice(path.lastIndexOf('/') + 1));
}
