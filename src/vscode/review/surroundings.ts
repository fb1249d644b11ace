/** What the review tabs need around them. */
import type * as vscode from 'vscode';
import type { ReviewSources } from './ports';

/** The bundle that composes and acts; loaded with the first review. */
export type LoadReviewing = () => Promise<typeof import('../late/reviewing')>;

export interface ReviewSurroundings {
  readonly load: LoadReviewing;
  readonly sources: ReviewSources;
  readonly extension: vscode.Uri;
}
