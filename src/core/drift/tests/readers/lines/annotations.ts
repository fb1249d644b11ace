/** `@Name(args)` of Kotlin and Swift, and `[Name(args), Other]` of C#. */
import type { Annotation } from '../fluent/annotations';
import type { Span } from '../fluent/chain';
import { behind, isDot } from './expressions';
import type { Stream } from './stream';

type LineOf = (index: number) => number;

/** The annotation that `@` begins, and where it ends; null: it is none. */
export function annotationAt(
  stream: Stream,
  at: number,
  lineOf: LineOf,
): { readonly annotation: Annotation; readonly to: number } | null {
  let name = at + 1;
  // Where it stands on: `@field:Mock`, `@file:Suppress`.
  if (
    stream.at(name + 1) === ':' &&
    /^(?:file|field|get|set|param|property|receiver|setparam|delegate)$/.test(stream.at(name))
  ) {
    name += 2;
  }
  if (stream.kindOf(name) !== 'word') return null;
  while (isDot(stream.at(name + 1)) && stream.kindOf(name + 2) === 'word') name += 2;
  const open = name + 1;
  const isCalled = stream.at(open) === '(' && stream.tokens[open]?.from === stream.tokens[name]?.to;
  const to = isCalled ? behind(stream, open) : open;
  const args = isCalled ? argumentsIn(stream, open) : [];
  return {
    annotation: { name: stream.at(name), args, text: stream.compact({ from: at, to }, 80), line: lineOf(at) },
    to,
  };
}

/** The attributes in one pair of square brackets. */
export function attributesIn(stream: Stream, open: number, lineOf: LineOf): readonly Annotation[] {
  return stream.elements(open).flatMap(({ from, to }): Annotation[] => {
    let name = stream.at(from + 1) === ':' ? from + 2 : from;
    while (isDot(stream.at(name + 1)) && name + 2 < to) name += 2;
    if (stream.kindOf(name) !== 'word') return [];
    const args = stream.at(name + 1) === '(' ? argumentsIn(stream, name + 1) : [];
    const text = `[${stream.compact({ from, to }, 78)}]`;
    return [{ name: stream.at(name).replace(/Attribute$/, ''), args, text, line: lineOf(from) }];
  });
}

function argumentsIn(stream: Stream, open: number): Annotation['args'] {
  const values: string[] = [];
  const named: { name: string; values: readonly string[] }[] = [];
  for (const element of stream.elements(open)) {
    const isNamed = stream.kindOf(element.from) === 'word' && /^[=:]$/.test(stream.at(element.from + 1));
    const value = isNamed ? { from: element.from + 2, to: element.to } : element;
    const all = elementsOf(stream, value);
    if (isNamed) named.push({ name: stream.at(element.from), values: all });
    else values.push(...all);
  }
  return values.length === 0 ? named : [{ name: 'value', values }, ...named];
}

/** The elements of a list, each; anything else as it is. */
function elementsOf(stream: Stream, span: Span): readonly string[] {
  const isList = stream.at(span.from) === '[' && stream.partner(span.from) === span.to - 1;
  const spans = isList ? stream.elements(span.from) : [span];
  return spans.map((each) => stream.compact(each));
}
