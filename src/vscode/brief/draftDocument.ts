/**
 * A draft is a text document of the editor and nothing else: the form's edits are edits of it, and whatever anybody does
 * to it elsewhere is heard.
 */
import * as vscode from 'vscode';
import { fail } from '../../core/errors';
import { DraftHistory } from './history';
import { exists } from './repositories';
import { changeBetween } from './textChange';

/** A file that the form changed is saved soon: one without a tab would otherwise be opened by the editor as it is dirty. */
const SAVE_MS = 400;

export class DraftDocument implements vscode.Disposable {
  readonly uri: vscode.Uri;
  /** Top of the repository that it is about. */
  readonly root: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned: vscode.Disposable[] = [this.#changed];
  /** The document may be closed by the editor at any time; then it is opened again. */
  #document: vscode.TextDocument;
  #history: DraftHistory;
  #queue: Promise<unknown> = Promise.resolve();
  /** Where the form changes something just now; null: whatever happens is somebody else's doing. */
  #place: string | null = null;
  #save: NodeJS.Timeout | undefined;
  #savedAt: number | null = null;
  #isGone = false;

  /** The text, its state of being saved, or its being there is another. */
  readonly onDidChange = this.#changed.event;

  private constructor(document: vscode.TextDocument, root: vscode.Uri) {
    this.uri = document.uri;
    this.root = root;
    this.#document = document;
    this.#history = new DraftHistory(document.getText());
    const isOwn = (other: vscode.TextDocument) => `${other.uri}` === `${this.uri}`;
    const folder = vscode.Uri.joinPath(this.uri, '..');
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, this.uri.path.slice(folder.path.length + 1)),
    );
    const look = () => void this.refresh();
    this.#owned.push(
      vscode.workspace.onDidChangeTextDocument((event) => isOwn(event.document) && this.#hear(event)),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (!isOwn(saved)) return;
        this.#savedAt = Date.now();
        this.#changed.fire();
      }),
      watcher,
      watcher.onDidChange(look),
      watcher.onDidCreate(look),
      watcher.onDidDelete(look),
    );
  }

  /** Throws FILE_NOT_FOUND when it cannot be opened as text. */
  static async open(uri: vscode.Uri, root: vscode.Uri): Promise<DraftDocument> {
    const draft = new DraftDocument(await openText(uri), root);
    draft.#savedAt = await vscode.workspace.fs.stat(uri).then(
      ({ mtime }) => mtime,
      () => null,
    );
    return draft;
  }

  get text(): string {
    return this.#document.getText();
  }

  get isDirty(): boolean {
    return this.#document.isDirty;
  }

  /** Milliseconds of the epoch; null when it is not known. */
  get savedAt(): number | null {
    return this.#savedAt;
  }

  /** Its file was deleted. */
  get isGone(): boolean {
    return this.#isGone;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  /** The document, opened again if it was closed. */
  async document(): Promise<vscode.TextDocument> {
    if (this.#document.isClosed) this.#document = await openText(this.uri);
    return this.#document;
  }

  /** A fresh look at the file, for changes that no event told of. */
  async refresh(): Promise<void> {
    this.#isGone = !(await exists(this.uri));
    if (!this.#isGone) this.#history.record((await this.document()).getText(), '', false, Date.now());
    this.#changed.fire();
  }

  /**
   * Makes the text another one, with the smallest change.
   *
   * @param place where: changes of one place that follow each other are one step of undo
   * @param make from the text as it is then, twice where somebody else changes it meanwhile; what it throws is thrown,
   *   and nothing was changed
   * @throws STORAGE_FAILED when the editor refuses the change
   */
  async change(place: string, make: (text: string) => string): Promise<void> {
    await this.#inTurn(async () => {
      // The editor refuses an edit of a text that is another by then: somebody typed in a tab, or the file was read anew.
      if (!(await this.#apply(place, make)) && !(await this.#apply(place, make))) refused();
    });
  }

  /** Takes the last change back, whoever made it. */
  async undo(): Promise<void> {
    await this.#inTurn(async () => {
      const before = this.#history.undo();
      // Not twice: the text of then is no step back from what somebody else just made of it.
      if (before !== null && !(await this.#apply('', () => before))) refused();
    });
  }

  /** Writes it to its file, with all changes so far. Throws STORAGE_FAILED when it cannot be. */
  async save(): Promise<void> {
    clearTimeout(this.#save);
    this.#save = undefined;
    await this.#inTurn(async () => {
      const document = await this.document();
      if (!document.isDirty) return;
      const { version } = document;
      // Also false when somebody else, such as the editor's own auto save, wrote it meanwhile (VS Code 1.139).
      const saved = await document.save();
      if (!saved && document.isDirty && document.version === version) {
        fail('STORAGE_FAILED', 'the brief could not be saved', { fix: 'open the file and save it there' });
      }
    });
  }

  dispose(): void {
    if (this.#save !== undefined) {
      clearTimeout(this.#save);
      if (!this.#document.isClosed && this.#document.isDirty) void this.#document.save();
    }
    for (const owned of this.#owned) owned.dispose();
  }

  /** False when the editor refuses. */
  async #apply(place: string, make: (text: string) => string): Promise<boolean> {
    const document = await this.document();
    const before = document.getText();
    const change = changeBetween(before, make(before));
    if (change === null) return true;
    // What somebody changed by hand in a tab is saved when they say so.
    const savesItself = !document.isDirty || this.#save !== undefined || !hasTab(this.uri);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
    edit.replace(this.uri, range, change.text);
    this.#place = place;
    try {
      if (!(await vscode.workspace.applyEdit(edit))) return false;
    } finally {
      this.#place = null;
    }
    if (savesItself) this.#saveSoon();
    return true;
  }

  #saveSoon(): void {
    this.#save ??= setTimeout(() => {
      this.#save = undefined;
      // A failure is seen: the form goes on saying that it is not saved.
      this.save().catch(() => this.#changed.fire());
    }, SAVE_MS);
  }

  #hear({ document, reason }: vscode.TextDocumentChangeEvent): void {
    this.#document = document;
    const undone = reason === vscode.TextDocumentChangeReason.Undo;
    this.#history.record(document.getText(), this.#place ?? '', undone, Date.now());
    this.#changed.fire();
  }

  /** One after the other; what throws stops nobody else. */
  #inTurn<T>(what: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(what);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

function refused(): never {
  fail('STORAGE_FAILED', 'the editor refused to change the file', { fix: 'check that it may be written' });
}

async function openText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (cause) {
    return fail('FILE_NOT_FOUND', `${uri.fsPath} cannot be opened as text`, { cause });
  }
}

function hasTab(uri: vscode.Uri): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => input instanceof vscode.TabInputText && `${input.uri}` === `${uri}`);
}
