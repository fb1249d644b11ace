/** Which brief is in the form, remembered for each repository over reloads of the window. */
import * as vscode from 'vscode';
import * as z from 'zod/mini';

export const DRAFT_STATE = 'countersign.draft';
const COMPOSING = 'countersign.composing';

const uri = z.string().check(z.maxLength(10_000));
const stateSchema = z.object({
  /** Root of the repository whose draft is shown; null when none is. */
  current: z.nullable(uri),
  /** Files by root. */
  drafts: z.record(uri, uri),
});
type State = z.infer<typeof stateSchema>;

export class CurrentDraft {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** The draft that was in the form last; null when there was none. */
  get shown(): vscode.Uri | null {
    const { current } = this.#state;
    return current === null ? null : this.of(current);
  }

  /** The draft of a repository; null when it has none. */
  of(root: string): vscode.Uri | null {
    const file = this.#state.drafts[root];
    return file === undefined ? null : vscode.Uri.parse(file);
  }

  async show(root: vscode.Uri, file: vscode.Uri): Promise<void> {
    const { drafts } = this.#state;
    await this.#keep({ current: `${root}`, drafts: { ...drafts, [`${root}`]: `${file}` } });
  }

  /** Takes the shown draft out of the form; its file stays. */
  async close(): Promise<void> {
    const { current, drafts } = this.#state;
    const others = Object.entries(drafts).filter(([root]) => root !== current);
    await this.#keep({ current: null, drafts: Object.fromEntries(others) });
  }

  get #state(): State {
    const parsed = stateSchema.safeParse(this.#memory.get(DRAFT_STATE));
    return parsed.success ? parsed.data : { current: null, drafts: {} };
  }

  async #keep(state: State): Promise<void> {
    await this.#memory.update(DRAFT_STATE, state);
    await vscode.commands.executeCommand('setContext', COMPOSING, state.current !== null);
  }
}
