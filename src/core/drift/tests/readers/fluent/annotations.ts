/** Annotations of Java and Kotlin and attributes of C# and Swift, whatever they look like. */
import type { Mark } from '../drafts';

export interface Annotation {
  /** Without package. */
  readonly name: string;
  /** Arguments by name (`value` for the one without); an array is many values. */
  readonly args: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly text: string;
  readonly line: number;
}

/** What one annotation says of the case or group that it stands on. */
export interface Marks {
  readonly isTest: boolean;
  readonly skip: Mark | null;
  readonly rows: readonly string[] | null | undefined;
  /** Methods that give the rows; `` for the one that is called like the test. */
  readonly tables: readonly string[];
  /** The name by which a method gives rows. */
  readonly provides: string | null;
  /** The exception that must be thrown. */
  readonly expects: string | null;
  readonly retries: number | null;
  /** Milliseconds. */
  readonly timeout: number | null;
  readonly text: string;
}

/** The first value of an argument. */
export function argumentIn({ args }: Annotation, name: string): string | null {
  return args.find((arg) => arg.name === name)?.values[0] ?? null;
}

/** A whole number that a text begins with. */
export function numberIn(text: string | null): number | null {
  const [digits] = /^\d[\d_]*/.exec(text ?? '') ?? [];
  return digits === undefined ? null : Number(digits.replaceAll('_', ''));
}
