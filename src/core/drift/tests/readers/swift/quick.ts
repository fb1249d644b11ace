/** Groups and cases of Quick, which are calls in a `spec` function. */
import { caseIn, focus, groupIn, type Mark, skip } from '../drafts';
import type { Chain, Span } from '../fluent/chain';
import type { Frame } from '../frames';
import type { Walk } from '../lines/braces';

const CASES = /^[fx]?it$|^pending$/;
const GROUPS = /^[fx]?(?:describe|context)$/;

/** Begins what a call of Quick is; false: it is none. */
export function quick(walk: Walk, { root, links, span }: Chain, frame: Frame): boolean {
  const [link] = links;
  if (root !== null || link === undefined || links.length !== 1 || frame.test !== null) return false;
  const isCase = CASES.test(link.name);
  const [title] = link.args ?? [];
  const block = link.args?.at(-1);
  if ((!isCase && !GROUPS.test(link.name)) || title === undefined || walk.stream.kindOf(title.from) !== 'string')
    return false;
  const isBlock = block !== undefined && walk.stream.at(block.from) === '{';
  if (!isBlock) return false;
  begin(walk, isCase, link.name, walk.textOf(title).replace(/^"|"$/g, ''), { span, block, frame });
  return true;
}

interface Begun {
  readonly span: Span;
  readonly block: Span;
  readonly frame: Frame;
}

function begin({ notes }: Walk, isCase: boolean, word: string, name: string, { span, block, frame }: Begun): void {
  const mark: Mark = { text: word, line: notes.lineOf(span.from), conditional: false };
  const draft = isCase ? caseIn(frame.group, name, mark.line) : groupIn(frame.group, name);
  if (/^(?:x|pending)/.test(word)) skip(draft, mark);
  if (/^f(?:it|describe|context)$/.test(word)) focus(draft, mark);
  if ('patience' in draft) notes.beginCase(draft, span, block);
  else notes.frames.push(span.to, { group: draft });
}
