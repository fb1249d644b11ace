/** What the reviewer has answered to findings so far: drafts, shared with the review panel, until the sign-off. */
import type { Event } from 'vscode';
import type { Finding } from '../../core/drift/report';

/** What of a finding an answer is bound to: itself, and its places. */
export type Answerable = Pick<Finding, 'id' | 'places'>;

export interface FindingAnswer {
  /** Why the finding is accepted, or why the brief is amended; null while it is not answered. */
  readonly reason: string | null;
  readonly widens: boolean;
  /** Places that came after it was answered: it is open again. */
  readonly grown: number;
  /** Whether the next correction asks for it; null while nobody said so. */
  readonly included: boolean | null;
}

/** What the diffs need of the drafts of the review. */
export interface FindingAnswers {
  answerOf(task: string, finding: Answerable): FindingAnswer;
  /**
   * @param reason null takes the acceptance back
   * @param tree   what the person looked at
   */
  accept(task: string, finding: Answerable, reason: string | null, tree: string): Promise<void>;
  include(task: string, finding: string, on: boolean): Promise<void>;
  /** Reasons as a sign-off of a tree with these findings takes them: by finding, and by check. */
  reasons(
    task: string,
    tree: string,
    findings: readonly Answerable[],
  ): {
    readonly accept: Record<string, string>;
    readonly widen: Record<string, string>;
    readonly override: Record<string, string>;
  };
  /** Tells the task whose answers are other ones now. */
  readonly onDidChange: Event<string>;
}
