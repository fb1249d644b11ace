/** Methods and constructors of C#, which no word begins. */
import type { Declared, Walk } from '../lines/braces';
import { behind } from '../lines/expressions';
import type { Stream } from '../lines/stream';

const MOST_STEPS = 80;
const NO_TYPE =
  /^(?:new|return|await|throw|is|as|in|operator|delegate|where|typeof|nameof|using|case|when|not|and|or|base|this)$/;

/** The method whose name stands at a token: behind a type or modifier, before parameters and a body. */
export function methodAt(walk: Walk, index: number): Omit<Declared, 'annotations'> | null {
  const { stream } = walk;
  const open = parametersBehind(stream, index);
  if (open === null || !walk.isMember(index) || !isBehindType(stream, index)) return null;
  const header = { from: index, to: behind(stream, open) };
  let body = header.to;
  for (let steps = 0; steps < MOST_STEPS && body < stream.length; steps++) {
    if (/^(?:\{|=>|;|=|\})$/.test(stream.at(body)) || stream.parent(body) !== stream.parent(index)) break;
    body = behind(stream, body);
  }
  const declared = { keyword: '', name: stream.at(index).replace(/^@/, ''), header };
  if (stream.at(body) === '{') {
    const to = behind(stream, body);
    return { ...declared, body: { from: body, to }, whole: { from: index, to } };
  }
  if (stream.at(body) === ';') return { ...declared, body: null, whole: { from: index, to: body } };
  if (stream.at(body) !== '=>') return null;
  const to = Math.max(body + 2, walk.statementEnd(body + 1));
  return { ...declared, body: { from: body + 1, to }, whole: { from: index, to } };
}

function parametersBehind(stream: Stream, name: number): number | null {
  let open = name + 1;
  if (stream.at(open) === '<') {
    for (let steps = 0; steps < 40 && stream.at(open) !== '('; steps++) {
      if (stream.kindOf(open) !== 'word' && !/^[<>,[\]]$/.test(stream.at(open))) return null;
      open++;
    }
  }
  return stream.at(open) === '(' ? open : null;
}

function isBehindType(stream: Stream, name: number): boolean {
  if (stream.kindOf(name - 1) === 'word') return !NO_TYPE.test(stream.at(name - 1));
  return /^[>\])?*]$/.test(stream.at(name - 1));
}
