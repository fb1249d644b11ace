/** Code that says itself that it is not done. A note of an idea for later is none: only what the change was to do counts. */
import { anyForm } from '../anyForm';
import type { AddedLine } from '../diff';

const FORMS: readonly RegExp[] = [
  // A mark in a comment, with what is missing behind it.
  /(?:\/\/|\/\*|#|--|<!--|;|^\s*\*)\s*(?:TODO|FIXME|XXX|HACK)\b[^\n]{0,20}[:\s]\s*(?:actually |properly |really )?(?:implement|finish|complete|stub|mock|placeholder|hard-?coded|wire (?:up|in)|hook up|real (?:implementation|code|logic))/i,
  // What throws instead of working.
  /\b(?:throw|raise|panic|fatalError|abort|die|error|fail)\w*\b[^\n]{0,60}["'`](?:[^"'`\n]{0,40}\b)?not (?:yet )?implemented\b/i,
  /(?:^|[^\w.])(?:todo|unimplemented)!\s*[({[]/,
  /(?:^|[^\w.])TODO\(\s*(?:"[^"\n]{0,100}")?\s*\)/,
  /\bthrow new (?:System\.)?NotImplementedException\b/,
  /(?:\/\/|#|\/\*|--)\s*(?:placeholder|stub|dummy|fake) (?:implementation|value|data|result)\b/i,
  /(?:\/\/|#|\/\*|--)\s*\.\.\. ?(?:rest of|existing|remaining|other) (?:the )?(?:code|implementation|methods?|functions?)\b/i,
];

const matches = anyForm(FORMS);

/** Whether a line says that something of the work is missing. */
export function isUnfinished({ text }: AddedLine): boolean {
  return matches(text);
}
