/**
 * The drafts of reviews, one a task, in the editor's own store: they survive a reload and a crash. The page and the
 * threads on the diffs read and change the same ones.
 */
import { answerOf, type DraftEdit, type ReviewDraft, reduceDraft } from './draft';
import { draftFrom } from './storedDraft';

/** What the store needs of the editor; `vscode.Memento` fits. */
export interface DraftStore {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What was said to a finding so far. */
export interface FindingDraft {
  /** Why it is accepted; null while it is not. */
  readonly reason: string | null;
  /** Whether the next correction asks for it; null while nobody said so. */
  readonly included: boolean | null;
}

export class ReviewDrafts {
  readonly #store: DraftStore;
  readonly #listeners = new Set<(task: string) => unknown>();

  constructor(store: DraftStore) {
    this.#store = store;
  }

  /** Tells the task whose draft is another one now. */
  readonly onDidChange = (listener: (task: string) => unknown): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  of(task: string): ReviewDraft {
    return draftFrom(this.#store.get(keyOf(task)));
  }

  /** Changes a draft and keeps it; the store writes it in its own time. */
  async edit(task: string, ...edits: readonly DraftEdit[]): Promise<void> {
    const draft = this.of(task);
    const edited = edits.reduce<ReviewDraft>(reduceDraft, draft);
    if (edited !== draft) await this.#put(task, edited);
  }

  /** Forgets a draft whose task is decided: the record has what became of it. */
  forget(task: string): Promise<void> {
    return this.#put(task, undefined);
  }

  answerOf(task: string, finding: string): FindingDraft {
    const { accepted, included } = this.of(task);
    return {
      reason: answerOf(accepted, finding)?.reason ?? null,
      included: Object.hasOwn(included, finding) ? (included[finding] ?? null) : null,
    };
  }

  /** A reason of null takes the answer back. */
  accept(task: string, finding: string, reason: string | null, tree: string): Promise<void> {
    return this.edit(task, { type: 'accept', finding, reason: reason ?? '', tree });
  }

  include(task: string, finding: string, on: boolean): Promise<void> {
    return this.edit(task, { type: 'include', finding, on });
  }

  /** Reasons as a sign-off of a tree takes them: by finding, and by check. */
  reasons(
    task: string,
    tree: string,
  ): { readonly accept: Record<string, string>; readonly override: Record<string, string> } {
    const { accepted, overridden } = this.of(task);
    const reasons = (entries: readonly (readonly [string, { readonly reason: string }])[]) =>
      Object.fromEntries(entries.map(([key, { reason }]) => [key, reason]));
    return {
      accept: reasons(Object.entries(accepted)),
      override: reasons(Object.entries(overridden).filter(([, answer]) => answer.tree === tree)),
    };
  }

  async #put(task: string, draft: ReviewDraft | undefined): Promise<void> {
    const kept = this.#store.update(keyOf(task), draft);
    for (const listener of this.#listeners) listener(task);
    await kept;
  }
}

function keyOf(task: string): string {
  return `review/${task}`;
}
