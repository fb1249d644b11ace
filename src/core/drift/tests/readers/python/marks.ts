/** Marks of pytest and unittest: skips, expected failures, tries, time, tables and doubles. */
import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Syntax, textOf } from '../../../syntax/parse';
import { type Mark, raise } from '../drafts';
import type { Tokens } from '../tokens';
import { argumentsOf, calleeOf, constantTruth, numberOf, stringOf, unwrapped } from './nodes';

/** What one decorator or mark says. */
export interface Said {
  readonly skip: Mark | null;
  readonly rows: readonly string[] | null | undefined;
  readonly mock: string | null;
  readonly retries: number | null;
  /** Milliseconds. */
  readonly timeout: number | null;
}

const NOTHING: Said = { skip: null, rows: undefined, mock: null, retries: null, timeout: null };
const CONDITIONAL =
  /(?:^|\.)(?:skipif|skipIf|skipUnless|skip_unless|skip_if|requires?_\w+|skipUnlessDBFeature|skipIfDBFeature)$/;
const SKIP =
  /^(?:(?:pytest\.)?mark\.skip|(?:unittest2?\.)?skip|(?:pytest\.)?mark\.xfail|(?:unittest2?\.)?expectedFailure)$/;

interface Place {
  readonly syntax: Syntax;
  readonly tokens: Tokens;
  readonly line: number;
  /** The elements of a list that a name stands for. */
  readonly elementsOf: (node: SyntaxNode) => readonly SyntaxNode[] | null;
}

/** Reads `@…` or an element of `pytestmark`: `node` is the whole expression, its name and arguments taken apart. */
export function readMark(name: string, list: SyntaxNode | null, place: Place): Said {
  const { syntax, line } = place;
  const { positional, keywords } = argumentsOf(syntax, list);
  const short = name.replace(/^pytest\.mark\./, 'mark.');
  if (CONDITIONAL.test(short))
    return { ...NOTHING, skip: conditionalMark(name, positional[0] ?? keywords.get('condition'), place) };
  if (SKIP.test(short) && short.endsWith('xfail')) {
    const condition = positional[0] ?? keywords.get('condition');
    return {
      ...NOTHING,
      skip: condition ? conditionalMark(name, condition, place) : { text: name, line, conditional: false },
    };
  }
  if (SKIP.test(short)) return { ...NOTHING, skip: { text: name, line, conditional: false } };
  if (/(?:^|\.)parametrize$/.test(name))
    return { ...NOTHING, rows: rowsOf(positional[1] ?? keywords.get('argvalues'), place) };
  if (/(?:^|\.)parameterized(?:_class)?(?:\.expand)?$/.test(name))
    return { ...NOTHING, rows: rowsOf(positional[0], place) };
  if (/^(?:ddt\.)?data$/.test(name))
    return { ...NOTHING, rows: positional.map((node) => place.tokens.compact(node, 2_000)) };
  if (/(?:^|\.)flaky$/.test(name)) {
    const tries = keywords.get('reruns') ?? keywords.get('max_runs') ?? positional[0];
    return { ...NOTHING, retries: numberOf(syntax, tries) ?? 1 };
  }
  if (/(?:^|\.)timeout$/.test(name)) {
    const seconds = numberOf(syntax, positional[0] ?? keywords.get('timeout'));
    return { ...NOTHING, timeout: seconds === null ? null : seconds === 0 ? Infinity : seconds * 1_000 };
  }
  if (/(?:^|\.)patch$/.test(name)) return { ...NOTHING, mock: stringOf(syntax, positional[0]) };
  return NOTHING;
}

/** `@a.b(c)`: its dotted name and argument list. */
export function decoratorOf(
  syntax: Syntax,
  decorator: SyntaxNode,
): { readonly name: string; readonly list: SyntaxNode | null } {
  const list = decorator.getChild('ArgList');
  const to = Math.min(list?.from ?? decorator.to, decorator.from + 300);
  return { name: textOf(syntax, { from: decorator.from + 1, to }).replace(/\s+/g, ''), list };
}

/** `pytestmark = mark` or `= [mark, mark]`. */
export function marksOf(syntax: Syntax, value: SyntaxNode): readonly { name: string; list: SyntaxNode | null }[] {
  const isList = value.name === 'ArrayExpression' || value.name === 'TupleExpression';
  const marks = isList ? childrenOf(value).filter(({ name }) => /Expression$/.test(name)) : [value];
  return marks.map((mark) => calleeOf(syntax, mark));
}

function conditionalMark(name: string, condition: SyntaxNode | undefined, { syntax, line }: Place): Mark | null {
  const truth = constantTruth(syntax, condition?.name === 'String' ? undefined : condition);
  const skips = !/nless$/.test(name);
  if (truth === null) return { text: name, line, conditional: true };
  return truth === skips ? { text: name, line, conditional: false } : null;
}

/** A row that is skipped is no row. */
function rowsOf(node: SyntaxNode | undefined, { syntax, tokens, elementsOf }: Place): readonly string[] | null {
  if (node === undefined) return null;
  const elements = elementsOf(unwrapped(node));
  if (elements === null) return null;
  return elements.filter((element) => !isSkippedRow(syntax, element)).map((element) => tokens.compact(element, 2_000));
}

function isSkippedRow(syntax: Syntax, element: SyntaxNode): boolean {
  const { name, list } = calleeOf(syntax, element);
  if (!/(?:^|\.)param$/.test(name)) return false;
  const marks = argumentsOf(syntax, list).keywords.get('marks');
  return marks
    ? marksOf(syntax, marks).some((mark) => SKIP.test(mark.name.replace(/^pytest\.mark\./, 'mark.')))
    : false;
}

export function raiseAll(patience: Map<string, number>, { retries, timeout }: Said): void {
  raise(patience, 'retries', retries);
  raise(patience, 'timeout', timeout);
}
