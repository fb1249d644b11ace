/** The words by which RSpec, minitest, test-unit and shoulda name groups, cases and skips, and what stands beside a name. */
import { type Mark, raise } from '../drafts';
import { constantTruth, hasSymbol, labelled, stringOf } from './chain';
import type { Source, Span } from './source';

/** RSpec documentation, "Example groups"; `x` skips and `f` focuses. */
export const GROUP = /^[xf]?(?:describe|context|feature|example_group)$|^shared_(?:examples(?:_for)?|context)$/;
export const CASE = /^[xf]?(?:it|specify|example|scenario)$|^(?:its|test|should|xtest|focus|pending|skip)$/;
export const INCLUDED = /^(?:it_behaves_like|it_should_behave_like|include_examples)$/;
export const HOOK = /^(?:before|setup|prepend_before|append_before)$/;
/** Calls in a body that end it as skipped. */
export const SKIP = /^(?:skip|pending|omit|pend)$/;
export const CONDITIONAL_SKIP = /^(?:skip|omit|pend)_(?:if|unless|on|until|without)\w*$/;
/** What a condition on the place where a test runs looks at. */
export const ENVIRONMENT = /\bENV\[|\bENV\.|\bRUBY_(?:PLATFORM|VERSION|ENGINE)\b|\bRbConfig\b|\bwindows\?|\bGem\./;

export interface Beside {
  readonly skips: readonly Mark[];
  readonly focus: Mark | null;
  readonly patience: ReadonlyMap<string, number>;
}

/** What the word itself and its metadata say (RSpec documentation, "Metadata"; rspec-retry). */
export function besides(source: Source, word: string, args: readonly Span[], line: number): Beside {
  const skips: Mark[] = [];
  const patience = new Map<string, number>();
  const mark = (text: string, conditional = false): Mark => ({ text, line, conditional });
  if (/^x(?!$)/.test(word) || /^(?:pending|skip)$/.test(word)) skips.push(mark(word));
  for (const key of ['skip', 'pending']) {
    const value = labelled(source, args, key);
    const truth = value === null ? false : constantTruth(source, value);
    if (value !== null && truth !== false) skips.push(mark(`${key}: ${source.compact(value, 60)}`, truth === null));
    if (hasSymbol(source, args, key)) skips.push(mark(`:${key}`));
  }
  for (const key of ['if', 'unless']) {
    const value = labelled(source, args, key);
    if (value === null) continue;
    const truth = constantTruth(source, value);
    if (truth === null) skips.push(mark(`${key}: ${source.compact(value, 60)}`, true));
    else if (truth === (key === 'unless')) skips.push(mark(`${key}: ${truth}`));
  }
  raise(patience, 'retries', numberOf(source, labelled(source, args, 'retry')));
  const seconds = numberOf(source, labelled(source, args, 'timeout'));
  raise(patience, 'timeout', seconds === null ? null : seconds * 1_000);
  const value = labelled(source, args, 'focus');
  const isFocused = (value !== null && constantTruth(source, value) !== false) || hasSymbol(source, args, 'focus');
  const isFocus = /^f(?:it|describe|context|specify|example|scenario|feature|example_group)$|^focus$/.test(word);
  return { skips, focus: isFocus ? mark(word) : isFocused ? mark('focus') : null, patience };
}

function numberOf(source: Source, span: Span | null): number | null {
  const token = span === null || span.to !== span.from + 1 ? undefined : source.tokens[span.from];
  if (token?.kind !== 'number' || token.text.length > 20) return null;
  const value = Number(token.text.replaceAll('_', ''));
  return Number.isNaN(value) ? null : value;
}

/** The name of a group or case: its texts, and what is described, without metadata. */
export function nameOf(source: Source, args: readonly Span[]): string {
  const named = args.filter(({ from, to }) => {
    const kind = source.tokens[from]?.kind;
    return kind !== 'label' && !(kind === 'symbol' && to === from + 1 && source.at(to) !== '=>');
  });
  const said = named.length > 0 ? named : args.slice(0, 1);
  return said.map((span) => stringOf(source, span) ?? source.compact(span, 200)).join(' ');
}
