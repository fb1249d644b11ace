/** Functions that a word begins: `fun` of Kotlin, `func` of Swift. */

import type { Declared } from './braces';
import { behind, statementEnd } from './expressions';
import type { Stream } from './stream';

const MOST_STEPS = 80;
const NEXT =
  /^(?:[@}]|fun|func|val|var|let|class|struct|enum|object|interface|protocol|extension|override|public|private|internal|fileprivate|init|deinit|companion)$/;

/** The function that the word at `keyword` begins; null: it has no name. */
export function functionBehind(stream: Stream, keyword: number): Omit<Declared, 'annotations'> | null {
  let open = keyword + 1;
  for (let steps = 0; steps < MOST_STEPS && open < stream.length && stream.at(open) !== '('; steps++) {
    if (stream.parent(open) !== stream.parent(keyword) || /^[{};=]$/.test(stream.at(open))) return null;
    open++;
  }
  const name = nameBefore(stream, open);
  if (name === null || open <= keyword + 1) return null;
  const header = { from: keyword, to: behind(stream, open) };
  let body = header.to;
  for (let steps = 0; steps < MOST_STEPS && body < stream.length; steps++) {
    const text = stream.at(body);
    if (stream.parent(body) !== stream.parent(keyword) || text === ';' || text === '{' || text === '=') break;
    if (stream.isFirst(body) && NEXT.test(text)) break;
    body = behind(stream, body);
  }
  const declared = { keyword: stream.at(keyword), name, header };
  if (stream.at(body) === '{') {
    const to = behind(stream, body);
    return { ...declared, body: { from: body, to }, whole: { from: keyword, to } };
  }
  if (stream.at(body) !== '=' || body + 1 >= stream.length)
    return { ...declared, body: null, whole: { from: keyword, to: body } };
  const to = Math.max(body + 2, statementEnd(stream, body + 1, false));
  return { ...declared, body: { from: body + 1, to }, whole: { from: keyword, to } };
}

/** The name before the parameters, past type parameters that stand between. */
function nameBefore(stream: Stream, open: number): string | null {
  let index = open - 1;
  if (stream.at(index) === '>') {
    for (let steps = 0; steps < 40 && index > 0 && stream.at(index) !== '<'; steps++) index--;
    index--;
  }
  if (stream.kindOf(index) !== 'word' || /^(?:fun|func)$/.test(stream.at(index))) return null;
  return stream.at(index).replaceAll('`', '');
}
