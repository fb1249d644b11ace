/**
 * The drafts of reviews, one a task, in the editor's own store: they survive a reload and a crash. The page and the
 * threads on the diffs read and change the same ones.
 */
import {
  type Answerable,
  answering,
  type DraftEdit,
  grownBy,
  type ReviewDraft,
  reduceDraft,
  standingAnswer,
} from './draft';
import { draftFrom } from './storedDraft';

/** What the store needs of the editor; `vscode.Memento` fits. */
export interface DraftStore {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What was said to a finding so far. */
export interface FindingDraft {
  /** Why it is accepted, or why the brief is amended; null while it is not answered. */
  readonly reason: string | null;
  readonly widens: boolean;
  /** Places that came after it was answered: it is open again. */
  readonly grown: number;
  /** Whether the next correction asks for it; null while nobody said so. */
  readonly included: boolean | null;
}

/** Reasons by finding, and by check. */
export interface Reasons {
  readonly accept: Record<string, string>;
  readonly widen: Record<string, string>;
  readonly override: Record<string, string>;
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

  answerOf(task: string, finding: Answerable): FindingDraft {
    const { accepted, included } = this.of(task);
    const answer = standingAnswer(accepted, finding);
    return {
      reason: answer?.reason ?? null,
      widens: answer?.widens === true,
      grown: grownBy(accepted, finding),
      included: Object.hasOwn(included, finding.id) ? (included[finding.id] ?? null) : null,
    };
  }

  /** A reason of null takes the answer back. It is given for the places that the finding has now. */
  accept(task: string, finding: Answerable, reason: string | null, tree: string): Promise<void> {
    return this.edit(task, answering(finding, { reason: reason ?? '', tree }));
  }

  include(task: string, finding: string, on: boolean): Promise<void> {
    return this.edit(task, { type: 'include', finding, on });
  }

  /** Reasons as a sign-off of a tree with these findings takes them: by finding, and by check. */
  reasons(task: string, tree: string, findings: readonly Answerable[]): Reasons {
    const { accepted, overridden } = this.of(task);
    const checks = Object.entries(overridden).filter(([, answer]) => answer.tree === tree);
    return {
      ...reasonsFor(accepted, findings),
      override: Object.fromEntries(checks.map(([key, { reason }]) => [key, reason])),
    };
  }

  async #put(task: string, draft: ReviewDraft | undefined): Promise<void> {
    const kept = this.#store.update(keyOf(task), draft);
    for (const listener of this.#listeners) listener(task);
    await kept;
  }
}

/** What was answered to findings and stands, apart by how: accepted, or made part of the task. */
export function reasonsFor(
  accepted: ReviewDraft['accepted'],
  findings: readonly Answerable[],
): Pick<Reasons, 'accept' | 'widen'> {
  const standing = findings.flatMap((finding) => {
    const answer = standingAnswer(accepted, finding);
    return answer === null ? [] : [{ id: finding.id, answer }];
  });
  const reasons = (widens: boolean) =>
    Object.fromEntries(
      standing.flatMap(({ id, answer }) => ((answer.widens === true) === widens ? [[id, answer.reason]] : [])),
    );
  return { accept: reasons(false), widen: reasons(true) };
}

function keyOf(task: string): string {
  return `review/${task}`;
}
