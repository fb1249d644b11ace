/** Stands for the criterion that only a person can write. */
export const PLACEHOLDER_CRITERION = 'Say what must be true when it is done';

/** A kind of brief to start from. What the project is like fills in the rest. */
export interface Template {
  readonly id: string;
  /** One line for a list to choose from. */
  readonly summary: string;
  /** A command to run instead of an agent with a model. */
  readonly command?: string;
  readonly budget: { readonly files: number; readonly lines: number; readonly minutes: number };
  readonly allow: readonly string[];
  /** Patterns beside or instead of the project's source and test folders. */
  readonly scope?: readonly string[];
  /** The sections. `(check: tests)` becomes `(review)` in a project without tests. */
  readonly body: string;
}
