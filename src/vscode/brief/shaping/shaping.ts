/** Shaping as the form has it: what was asked, what goes on, what came of it; and taking it into the draft or into files. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { scopeOf } from '../../../core/brief/scopeOf';
import { fail } from '../../../core/errors';
import type { Plan } from '../../../core/plan/plan';
import { visible } from '../../../core/visible';
import type { ShapeIntent, ShapePage } from '../../../webview/brief/shapeMessages';
import type { HostLink } from '../../hostLink';
import { problemOf, withoutCommandLine } from '../../problem';
import type { AgentsKnown } from '../agentChoice';
import { BRIEFS_FOLDER, makeFile } from '../briefFiles';
import type { Composer } from '../composer';
import { pathBelow, rootsOfWindow } from '../repositories';
import type { Surroundings } from '../surroundings';
import { valueOfGoal } from './goal';
import { askEditorModel } from './modelPlan';
import { editorModels, modelToAsk } from './models';
import { offeredLines, takeLines, type Untaken } from './offeredLines';
import { type EditorModel, isModel, NO_MODEL, type Shaped, shapePage } from './shapePage';
import { arrivalOf, takenWords } from './shapeWords';

export interface ShapingParts {
  readonly link: HostLink;
  readonly composer: Composer;
  readonly surroundings: Surroundings;
}

export interface ShapingListener {
  /** There is something else to show. */
  changed(): void;
  /** Something was done, to be said aloud. */
  say(text: string): void;
  /** Another brief is in the form: the focus goes there. */
  focus(key: string): void;
}

const CLOSED: Shaped = {
  ...{ isOpen: false, sentence: '', places: [], planner: NO_MODEL, running: null, trouble: '', round: 0 },
  ...{ plan: null, number: 0 },
};
const MOST_PLACES = 20;

interface Run {
  /** The host's name for it. */
  readonly plan: string;
  readonly cancel: vscode.CancellationTokenSource;
}

export class Shaping implements vscode.Disposable {
  readonly #parts: ShapingParts;
  readonly #listener: ShapingListener;
  readonly #hearing: { dispose(): void };
  #shaped: Shaped = CLOSED;
  /** Which draft it is about; empty on the start page. */
  #about = '';
  #run: Run | null = null;
  #models: readonly EditorModel[] = [];
  #agents: AgentsKnown | null = null;
  #drafted: ReadonlySet<string> = new Set();

  constructor(parts: ShapingParts, listener: ShapingListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#hearing = parts.link.on('plan/progress', ({ plan, message }) => {
      const { running } = this.#shaped;
      if (plan === this.#run?.plan && running !== null) this.#show({ running: { ...running, words: message } });
    });
  }

  /** What the page shows now. Of another draft than the last time nothing is left. */
  page(): ShapePage {
    const { draft } = this.#parts.composer;
    const about = `${draft?.uri ?? ''}`;
    if (about !== this.#about) {
      this.#about = about;
      this.#end();
      this.#shaped = { ...CLOSED, number: this.#shaped.number, round: this.#shaped.round };
    }
    const around = { agents: this.#agents, models: this.#models, draft: draft?.text ?? null, drafted: this.#drafted };
    return shapePage(this.#shaped, around, vscode.l10n.t);
  }

  /** Does what the page asks for. Never throws: what went wrong is shown beside it. */
  async hear(intent: ShapeIntent): Promise<void> {
    try {
      await this.#do(intent);
    } catch (thrown) {
      this.#complain(thrown);
    }
  }

  dispose(): void {
    this.#end();
    this.#hearing.dispose();
  }

  async #do(intent: ShapeIntent): Promise<void> {
    switch (intent.do) {
      case 'open':
        return this.#open();
      case 'close':
        this.#end();
        return this.#show({ ...CLOSED, number: this.#shaped.number, round: this.#shaped.round });
      case 'keep':
        return this.#show({ sentence: intent.sentence });
      case 'choose':
        return this.#show({ planner: intent.planner });
      case 'add-place':
        return this.#addPlaces(intent.source);
      case 'remove-place':
        return this.#show({ places: this.#shaped.places.filter((_, index) => index !== intent.index) });
      case 'ask':
        return this.#ask(intent);
      case 'stop':
        return this.#stop();
      case 'take':
        return this.#take(intent.proposal, intent.lines);
      case 'write':
        return this.#write(intent.proposal);
    }
  }

  async #open(): Promise<void> {
    const { composer, surroundings, link } = this.#parts;
    this.#show({ isOpen: true, sentence: this.#shaped.sentence || valueOfGoal(composer.draft?.text ?? '') });
    const root = await this.#root();
    const set = vscode.workspace.getConfiguration('countersign').get<string>('planner', '');
    const [agents, models, facts, usual] = await Promise.all([
      surroundings.agents(),
      editorModels(),
      root === null ? null : surroundings.factsOf(root),
      set !== '' || !surroundings.mayAsk
        ? set
        : link.request('brief/shape-planner', {}).then(
            ({ planner }) => planner ?? '',
            () => '',
          ),
    ]);
    this.#agents = agents;
    this.#models = models;
    this.#drafted = new Set(facts?.templates.flatMap(({ draft }) => scopeOf(draft).change) ?? []);
    this.#show({ planner: usual || NO_MODEL });
  }

  async #root(): Promise<vscode.Uri | null> {
    const [first = null] = await rootsOfWindow();
    return this.#parts.composer.draft?.root ?? first;
  }

  async #rootOrFail(): Promise<vscode.Uri> {
    return (
      (await this.#root()) ??
      fail('FILE_NOT_FOUND', vscode.l10n.t('no folder is open'), {
        fix: vscode.l10n.t('open the folder of a git repository first'),
      })
    );
  }

  async #addPlaces(source: 'editor' | 'files'): Promise<void> {
    const root = await this.#rootOrFail();
    const editor = vscode.window.activeTextEditor;
    const picked =
      source === 'editor'
        ? editor === undefined
          ? []
          : [{ uri: editor.document.uri, line: editor.selection.active.line + 1 }]
        : (
            (await vscode.window.showOpenDialog({
              defaultUri: root,
              canSelectMany: true,
              canSelectFiles: true,
              canSelectFolders: true,
              title: vscode.l10n.t('Files and folders that it is about'),
            })) ?? []
          ).map((uri) => ({ uri, line: null }));
    const added = picked.flatMap(({ uri, line }) => {
      const path = pathBelow(root, uri);
      return path === null || path === '' ? [] : [{ path, line }];
    });
    if (added.length === 0) return this.#listener.say(vscode.l10n.t('There is no file of this repository to add.'));
    const others = this.#shaped.places.filter((one) => added.every(({ path }) => path !== one.path));
    this.#show({ places: [...others, ...added].slice(-MOST_PLACES) });
  }

  async #ask({ sentence, planner, answers }: Extract<ShapeIntent, { do: 'ask' }>): Promise<void> {
    const intent = sentence.trim();
    if (this.#run !== null || intent === '') return;
    const root = await this.#rootOrFail();
    const asked = this.#shaped.plan?.questions ?? [];
    const given =
      answers.length === 0 ? [] : asked.map(({ text }, index) => ({ question: text, answer: answers[index] ?? '' }));
    const run = { plan: randomUUID(), cancel: new vscode.CancellationTokenSource() };
    this.#run = run;
    this.#show({ sentence: intent, planner, trouble: '', running: { since: Date.now(), words: '' } });
    try {
      const places = this.#shaped.places.map((place) => ({ ...place }));
      const wish = { repo: root.fsPath, intent, places, answers: given, final: given.length > 0 };
      const plan = isModel(planner)
        ? await askEditorModel(this.#parts.link, wish, await modelToAsk(planner, run.cancel.token))
        : await this.#parts.link.request('brief/shape', { ...wish, plan: run.plan, planner });
      if (this.#run !== run) return;
      this.#run = null;
      this.#arrive(plan);
    } catch (thrown) {
      if (this.#run !== run) return;
      this.#run = null;
      this.#show({ running: null });
      if (problemOf(thrown).code === 'STOPPED') return this.#listener.say(vscode.l10n.t('Planning was stopped.'));
      throw thrown;
    } finally {
      run.cancel.dispose();
    }
  }

  #arrive(plan: Plan): void {
    const { number, round } = this.#shaped;
    this.#show({ plan, running: null, number: number + 1, round: round + 1 });
    this.#listener.say(arrivalOf(plan, vscode.l10n.t));
  }

  async #stop(): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    run.cancel.cancel();
    if (!isModel(this.#shaped.planner)) await this.#parts.link.request('brief/shape-stop', { plan: run.plan });
  }

  /** Whatever is at work is of no use any more. */
  #end(): void {
    const run = this.#run;
    if (run === null) return;
    void this.#stop().catch(() => undefined);
    this.#run = null;
  }

  /** The plan that a page speaks of; null when it is another by now. */
  #planOf(proposal: number): Plan | null {
    return proposal === this.#shaped.number ? this.#shaped.plan : null;
  }

  async #take(proposal: number, ids: readonly string[]): Promise<void> {
    const [brief] = this.#planOf(proposal)?.briefs ?? [];
    if (brief === undefined) return;
    const draft = this.#parts.composer.required();
    const wanted = new Set(ids);
    // By the text that the person saw: what says something else by then is not overwritten.
    const lines = offeredLines(draft.text, brief, this.#drafted, vscode.l10n.t).filter(({ id }) => wanted.has(id));
    let untaken: readonly Untaken[] = [];
    await draft.change('', (text) => {
      const taken = takeLines(text, lines);
      untaken = taken.untaken;
      return taken.text;
    });
    this.#listener.say(takenWords(lines.length - untaken.length, vscode.l10n.t));
    const why = untaken.map(({ line, why: reason }) => `${line.text}: ${reason}`).join('\n');
    if (untaken.length === 0) this.#show({ ...CLOSED, number: this.#shaped.number, round: this.#shaped.round });
    else this.#show({ trouble: vscode.l10n.t('Not taken: {0}', why) });
  }

  async #write(proposal: number): Promise<void> {
    const briefs = this.#planOf(proposal)?.briefs ?? [];
    if (briefs.length === 0) return;
    const root = await this.#rootOrFail();
    const made: vscode.Uri[] = [];
    for (const { file, text } of briefs) {
      made.push(await makeFile(root, BRIEFS_FOLDER, file.replace(/\.md$/, ''), text));
    }
    const names = made.map(({ path }) => visible(path.slice(path.lastIndexOf('/') + 1))).join(', ');
    const [first] = made;
    if (first !== undefined) await this.#parts.composer.open(first);
    this.#listener.focus('goal');
    this.#listener.say(vscode.l10n.t('Wrote {0}', names));
  }

  #complain(thrown: unknown): void {
    const { message, fix } = problemOf(thrown);
    const trouble = `${message}. ${withoutCommandLine(fix)}.`;
    this.#listener.say(visible(trouble));
    this.#show({ trouble });
  }

  #show(change: Partial<Shaped>): void {
    this.#shaped = { ...this.#shaped, ...change };
    this.#listener.changed();
  }
}
