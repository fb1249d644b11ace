/** Whatever was thrown as a coded error, and as text that a notification shows without obeying it. */
import { type ErrorRecord, isErrorCode, toCountersignError } from '../core/errors';
import { visible } from '../core/visible';

/** By shape, not by class: errors of the connection come from another bundle, with a class of its own. */
export function problemOf(thrown: unknown): ErrorRecord {
  if (thrown instanceof Error) {
    const { code, fix } = thrown as Error & { code?: unknown; fix?: unknown };
    if (typeof code === 'string' && isErrorCode(code) && typeof fix === 'string') {
      return { code, message: thrown.message, fix };
    }
  }
  return toCountersignError(thrown).toRecord();
}

/** Notifications turn `[text](command:…)` into links, also in text that an agent or a file wrote: here they stay text. */
export function plainNotice(text: string): string {
  return visible(text).replace(/\](?=\()/g, '] ');
}

/**
 * What is to be done, without the commands of the command line that would do it: in a window they are buttons, and the
 * program need not be on the PATH. A text that is nothing but such commands stays as it is.
 */
export function withoutCommandLine(text: string): string {
  const clauses = text
    .split('; ')
    .map((clause) => clause.replace(/(?: with|:) `countersign [^`]*`/g, ''))
    .filter((clause) => !clause.includes('`countersign '));
  return clauses.length === 0 ? text : clauses.join('; ');
}
