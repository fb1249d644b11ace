/** One brief at a time is composed: made, opened, changed, kept as a template, handed off, put aside. */
import * as vscode from 'vscode';
import { setBriefField } from '../../core/brief/edit';
import { parseBrief } from '../../core/brief/parse';
import { escapePattern } from '../../core/brief/pattern';
import { fail } from '../../core/errors';
import type { Result } from '../../host/rpc';
import { handOffDocument } from '../handOff';
import type { HostLink } from '../hostLink';
import { BRIEFS_FOLDER, makeFile, requireBrief, TEMPLATES_FOLDER } from './briefFiles';
import type { CurrentDraft } from './currentDraft';
import { DraftDocument } from './draftDocument';
import { applyFormEdit } from './formEdits';
import { composeBrief } from './newBrief';
import { fileOf } from './places';
import { rootAround } from './repositories';
import { slugOf } from './slug';
import type { StartingPoint } from './startingPoint';
import type { Surroundings } from './surroundings';

/** What the composer speaks to. */
export interface ComposerParts {
  readonly link: HostLink;
  readonly current: CurrentDraft;
  readonly surroundings: Surroundings;
}

/** What a new brief begins with. */
export interface Beginning {
  readonly root: vscode.Uri;
  /** Name of a template; null = the default one. */
  readonly template: string | null;
  readonly start: StartingPoint | null;
}

export class Composer implements vscode.Disposable {
  readonly #parts: ComposerParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #renames: vscode.Disposable;
  #draft: DraftDocument | null = null;
  #hearing: vscode.Disposable | undefined;
  #isBusy = false;

  /** The draft, or something of it, is another. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: ComposerParts) {
    this.#parts = parts;
    this.#renames = vscode.workspace.onDidRenameFiles(({ files }) => {
      const moved = files.find(({ oldUri }) => `${oldUri}` === `${this.#draft?.uri}`);
      if (moved !== undefined) void this.open(moved.newUri);
    });
  }

  get draft(): DraftDocument | null {
    return this.#draft;
  }

  /** Whether a hand-off is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Opens the draft of the last time, if its file is still there. */
  async restore(): Promise<void> {
    const { shown } = this.#parts.current;
    if (this.#draft !== null || shown === null) return;
    await this.open(shown).catch(() => this.close());
  }

  /** Puts a brief into the form. Throws FILE_NOT_FOUND, BRIEF_FRONT_MATTER for what is no brief. */
  async open(uri: vscode.Uri): Promise<void> {
    const root = await rootAround(uri);
    const draft = await DraftDocument.open(uri, root);
    await this.#show(draft);
  }

  /** The same for a file that a person pointed at, which may be anything. */
  async openChecked(uri: vscode.Uri): Promise<void> {
    requireBrief(await vscode.workspace.openTextDocument(uri));
    await this.open(uri);
  }

  /** Makes a brief, which is a file at once, and puts it into the form. */
  async begin({ root, template, start }: Beginning): Promise<void> {
    const facts = await this.#parts.surroundings.factsOf(root);
    const text = composeBrief(facts, template, start);
    const name = slugOf(start?.title ?? start?.goal ?? '', `brief-${new Date().toISOString().slice(0, 10)}`);
    await this.open(await makeFile(root, BRIEFS_FOLDER, name, text));
  }

  /** Adds files and folders to what may (or must not) change, in the draft of their repository or a new one. */
  async addPaths(list: 'change' | 'avoid', uris: readonly vscode.Uri[]): Promise<string[]> {
    const [first] = uris;
    if (first === undefined) return [];
    const root = await rootAround(first);
    await this.#draftOf(root);
    const patterns: string[] = [];
    for (const uri of uris.slice(0, 100)) {
      const { root: own, path } = await fileOf(uri);
      if (`${own}` !== `${root}`) continue;
      const isFolder = ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
      patterns.push(isFolder ? `${escapePattern(path)}/**` : escapePattern(path));
    }
    const add = (text: string, pattern: string) =>
      applyFormEdit(text, { kind: 'add', list: `scope.${list}`, text: pattern });
    await this.#draft?.change('', (text) => patterns.reduce(add, text));
    return patterns;
  }

  /** Keeps the draft as a template of the team. Throws BRIEF_* while it does not parse: nobody could begin with it. */
  async saveAsTemplate(name: string): Promise<vscode.Uri> {
    const { text, root } = this.required();
    parseBrief(text, name);
    // Whoever begins with it is the reviewer of theirs.
    return makeFile(root, TEMPLATES_FOLDER, name, setBriefField(text, 'reviewer', undefined));
  }

  /**
   * Hands the draft off as it is now; then it leaves the form, and its file stays. A failure changes nothing.
   *
   * @throws what `handOffDocument` throws
   */
  async handOff(): Promise<Result<'task/run'>> {
    const draft = this.required();
    if (this.#isBusy) return fail('USAGE', 'the brief is being handed off already', { fix: 'wait for it' });
    this.#isBusy = true;
    this.#changed.fire();
    try {
      await draft.save();
      const handedOff = await handOffDocument(await draft.document(), this.#parts.link);
      if (this.#draft === draft) await this.close();
      return handedOff;
    } finally {
      this.#isBusy = false;
      this.#changed.fire();
    }
  }

  /** Takes the draft out of the form; its file stays. */
  async close(): Promise<void> {
    this.#drop();
    await this.#parts.current.close();
    this.#changed.fire();
  }

  /** The draft; throws USAGE when there is none. */
  required(): DraftDocument {
    return this.#draft ?? fail('USAGE', 'no brief is in the form', { fix: 'begin one, or open one in the form' });
  }

  dispose(): void {
    this.#drop();
    this.#renames.dispose();
    this.#changed.dispose();
  }

  async #draftOf(root: vscode.Uri): Promise<void> {
    if (`${this.#draft?.root}` === `${root}`) return;
    const known = this.#parts.current.of(`${root}`);
    try {
      if (known !== null) return await this.open(known);
    } catch {
      // Its file is gone: a new one takes its place.
    }
    await this.begin({ root, template: null, start: null });
  }

  async #show(draft: DraftDocument): Promise<void> {
    this.#drop();
    this.#draft = draft;
    this.#hearing = draft.onDidChange(() => this.#changed.fire());
    await this.#parts.current.show(draft.root, draft.uri);
    this.#changed.fire();
  }

  #drop(): void {
    this.#hearing?.dispose();
    this.#draft?.dispose();
    this.#draft = null;
  }
}
