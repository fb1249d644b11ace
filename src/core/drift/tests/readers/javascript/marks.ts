/** What keeps a registered case or group from running, or makes it run alone. */
import type { SyntaxNode } from '@lezer/common';
import type { Syntax } from '../../../syntax/parse';
import { focus, type Mark, type Marked, skip } from '../drafts';
import { type Frame, mutedAt } from '../frames';
import type { Tokens } from '../tokens';
import { constantTruth, propertiesOf } from './chain';
import type { Registration } from './registrations';

interface Place {
  readonly syntax: Syntax;
  readonly tokens: Tokens;
  readonly line: number;
  /** Where the registration begins. */
  readonly at: number;
  /** Around the registration. */
  readonly frame: Frame;
}

/** Puts on a case or group what its words, its options and its place say. */
export function markRegistered(target: Marked, registration: Registration, place: Place): void {
  const { words, skip: skipped, focus: focused, options } = registration;
  const { line, at, frame } = place;
  const muted = mutedAt(frame, at);
  if (skipped !== null) skip(target, { text: words, line, conditional: skipped === 'sometimes' });
  if (focused) focus(target, { text: words, line, conditional: false });
  if (options !== null) markByOptions(target, options, words, place);
  if (muted !== null) skip(target, { text: `registered ${muted}`, line, conditional: false });
  else if (frame.guarded) skip(target, { text: 'registered on a condition', line, conditional: true });
}

/** `{ skip: true }`, `{ only: true }`: a reason in the place of `true` is as good. */
function markByOptions(target: Marked, options: SyntaxNode, words: string, { syntax, tokens, line }: Place): void {
  for (const [key, value] of propertiesOf(syntax, options)) {
    const truth = constantTruth(syntax, value);
    if (truth === false) continue;
    const text = `${words} with { ${key}: ${tokens.compact(value, 60)} }`;
    const mark: Mark = { text, line, conditional: truth === null };
    if (/^(?:skip|todo|ignore|fails)$/.test(key)) skip(target, mark);
    if (key === 'only') focus(target, mark);
  }
}
