/** What a reader collects while it walks through a file, and how it becomes the model. */
import type { Assertion, TestCase, TestHelper } from '../model';

/** Something that keeps tests from running, or makes them run alone. */
export interface Mark {
  readonly text: string;
  readonly line: number;
  readonly conditional: boolean;
}

/** Whoever a mark can stand on: a case, a group, a file. */
export interface Marked {
  skip: Mark | null;
  focus: Mark | null;
}

export interface Group extends Marked {
  readonly name: string;
  readonly parent: Group | null;
  readonly depth: number;
}

/** Where assertions go: a case, a function, or what stands outside both. */
export interface Collector {
  readonly assertions: Assertion[];
  rows: string[] | null | undefined;
}

export interface CaseDraft extends Marked, Collector {
  readonly name: string;
  readonly group: Group | null;
  readonly line: number;
  readonly patience: Map<string, number>;
  body: string | undefined;
}

export interface HelperDraft extends Collector {
  readonly name: string;
  readonly line: number;
  body: string | undefined;
}

/** Deeper groups count as the one around them: written tests are flatter, and paths stay short. */
const DEEPEST = 40;
/** Rows of a table that are kept. */
const MOST_ROWS = 2_000;

export function groupIn(parent: Group | null, name: string): Group {
  if (parent !== null && parent.depth >= DEEPEST) return parent;
  return { name, parent, depth: (parent?.depth ?? 0) + 1, skip: null, focus: null };
}

export function caseIn(group: Group | null, name: string, line: number): CaseDraft {
  const marks = { skip: null, focus: null };
  return { name, group, line, assertions: [], patience: new Map(), rows: undefined, body: undefined, ...marks };
}

export function helperNamed(name: string, line: number): HelperDraft {
  return { name, line, assertions: [], rows: undefined, body: undefined };
}

/** A skip without condition counts more than one with; of equals the first. */
export function skip(marked: Marked, mark: Mark | null): void {
  if (mark === null) return;
  if (marked.skip === null || (marked.skip.conditional && !mark.conditional)) marked.skip = mark;
}

export function focus(marked: Marked, mark: Mark | null): void {
  marked.focus ??= mark;
}

/** Adds what loops and tables around or in a case go through; null makes the number unknown. */
export function addRows(collector: Collector, rows: readonly string[] | null | undefined): void {
  if (rows === undefined) return;
  if (rows === null || collector.rows === null) collector.rows = null;
  else collector.rows = [...(collector.rows ?? []), ...rows].slice(0, MOST_ROWS);
}

/** The higher of what was said and what is said now. */
export function raise(patience: Map<string, number>, key: string, value: number | null): void {
  if (value !== null) patience.set(key, Math.max(patience.get(key) ?? 0, value));
}

export function finishCase(draft: CaseDraft): TestCase {
  const { name, group, line, assertions, patience, body, rows } = draft;
  const path = [name];
  const marks: Marked = { skip: draft.skip, focus: draft.focus };
  for (let each = group; each !== null; each = each.parent) {
    path.unshift(each.name);
    skip(marks, each.skip);
    focus(marks, each.focus);
  }
  return {
    path,
    line,
    skip: marks.skip?.text ?? null,
    conditional: marks.skip?.conditional ?? false,
    focus: marks.focus?.text ?? null,
    assertions,
    patience,
    ...(marks.skip ? { skipLine: marks.skip.line } : {}),
    ...(marks.focus ? { focusLine: marks.focus.line } : {}),
    ...(body === undefined ? {} : { body }),
    ...(rows === undefined ? {} : { rows }),
  };
}

export function finishHelper({ name, line, assertions, body }: HelperDraft): TestHelper {
  return { name, line, assertions, ...(body === undefined ? {} : { body }) };
}
