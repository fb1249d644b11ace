/** What the reviewer has answered to findings so far: drafts, shared with the review panel, until the sign-off. */
import type { Event } from 'vscode';

export interface FindingAnswer {
  /** Why the finding is accepted; null while it is not. */
  readonly reason: string | null;
  /** Whether the next correction asks for it; null while nobody said so. */
  readonly included: boolean | null;
}

/** What the diffs need of the drafts of the review. */
export interface FindingAnswers {
  answerOf(task: string, finding: string): FindingAnswer;
  /**
   * @param reason null takes the acceptance back
   * @param tree   what the person looked at
   */
  accept(task: string, finding: string, reason: string | null, tree: string): Promise<void>;
  include(task: string, finding: string, on: boolean): Promise<void>;
  /** Reasons as a sign-off of a tree takes them: by finding, and by check. */
  reasons(
    task: string,
    tree: string,
  ): { readonly accept: Record<string, string>; readonly override: Record<string, string> };
  /** Tells the task whose answers are other ones now. */
  readonly onDidChange: Event<string>;
}
