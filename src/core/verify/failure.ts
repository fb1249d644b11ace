/** A failed test as a report tells it, in bounded text: it comes from the agent's own tests, and is shown, never believed. */
import { plainText } from '../agent/plainText';
import { visible } from '../visible';
import { type Place, readExpectation, readPlace } from './expectation';
import type { TestFailure } from './verification';

export const FAILURE_LIMITS = {
  /** Failures of one report that are kept. */
  failures: 50,
  /** Characters of a name or a file. */
  name: 1_000,
  /** Characters of each other text. */
  text: 2_000,
  /** Characters of a failure's text that are looked at. */
  read: 20_000,
} as const;

/** What a format says of one failure; empty or absent is not told. */
export interface FailureDetail {
  readonly message?: string | undefined;
  /** The longer text: a trace, a diff. */
  readonly trace?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

/** The failure as it is kept: escapes removed, cut, with what its text says of expectations and place. Never throws. */
export function failureOf(name: string, detail: FailureDetail): TestFailure {
  const message = readable(detail.message);
  const trace = readable(detail.trace);
  // Many runners repeat the message at the beginning of the trace.
  const whole = message === '' || trace.includes(message) ? trace || message : [message, trace].join('\n').trim();
  const told = detail.expected !== undefined || detail.actual !== undefined;
  const expectation = told ? null : readExpectation(whole);
  const place = placeOf(detail, readPlace(whole));
  return {
    name: cut(visible(name.slice(0, FAILURE_LIMITS.name)), FAILURE_LIMITS.name),
    message: cut(whole, FAILURE_LIMITS.text),
    expected: kept(detail.expected ?? expectation?.expected),
    actual: kept(detail.actual ?? expectation?.actual),
    ...place,
  };
}

/** The format's own word; the trace's where it has none, or where it only lacks the line. */
function placeOf({ file, line }: FailureDetail, traced: Place | null): Pick<TestFailure, 'file' | 'line'> {
  if (file === undefined || file === '') return { file: shortName(traced?.file), line: traced?.line ?? null };
  const known = line !== undefined && Number.isSafeInteger(line) && line >= 0 ? line : null;
  const traceLine = traced?.file.endsWith(file) ? traced.line : null;
  return { file: shortName(file), line: known ?? traceLine };
}

function readable(text = ''): string {
  return plainText(text.slice(0, FAILURE_LIMITS.read)).trim();
}

function kept(text: string | undefined): string | null {
  return text === undefined ? null : cut(plainText(text.slice(0, FAILURE_LIMITS.read)), FAILURE_LIMITS.text);
}

function shortName(file: string | undefined): string | null {
  return file === undefined || file === ''
    ? null
    : cut(visible(file.slice(0, FAILURE_LIMITS.name)), FAILURE_LIMITS.name);
}

/** A cut between the halves of a surrogate pair would leave a character that nothing can print. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
