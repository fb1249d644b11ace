/** The text of a piece of code without what means nothing: comments, line breaks, blanks, commas at the end. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import type { Syntax } from '../syntax/parse';

const COMMENT = /Comment$/;
/** What is kept letter by letter: a blank in it is a letter of the program. */
const VERBATIM = /String|Template|Char|RegExp|Rune/;

/**
 * Two pieces of code that differ only in their layout have the same essence.
 *
 * @param isHole parts that do not count, such as bodies
 */
export function essenceOf(
  { tree, text }: Syntax,
  node: Pick<SyntaxNode, 'from' | 'to'>,
  isHole: (part: SyntaxNodeRef) => boolean = () => false,
): string {
  const pieces: string[] = [];
  let at = node.from;
  tree.iterate({
    from: node.from,
    to: node.to,
    enter: (part) => {
      if (part.from < at || part.to > node.to || part.from === part.to) return undefined;
      if (part.from === node.from && part.to === node.to) return undefined;
      const isString = VERBATIM.test(part.name);
      if (!isString && !COMMENT.test(part.name) && !isHole(part)) return undefined;
      pieces.push(
        text.slice(at, part.from).replace(/\s+/g, ' '),
        isString ? quoted(text.slice(part.from, part.to)) : ' ',
      );
      at = part.to;
      return false;
    },
  });
  pieces.push(text.slice(at, node.to).replace(/\s+/g, ' '));
  return unquoted(
    pieces
      .join('')
      .replace(/\s+/g, ' ')
      .replace(/ ?([^\w\s$\ue000-\ue0ff]) ?/g, '$1')
      .replace(/[,;]+([)\]}])/g, '$1')
      .replace(/^[\s;,]+|[\s;,]+$/g, ''),
  );
}

/**
 * The same where indentation is grammar: blank lines, comments and the indentation of the whole are left out.
 */
export function indentedEssence(syntax: Syntax, node: Pick<SyntaxNode, 'from' | 'to'>): string {
  const { tree, text } = syntax;
  const pieces: string[] = [];
  // From the beginning of the line, so that the first line's own indentation is known.
  let at = text.lastIndexOf('\n', node.from - 1) + 1;
  tree.iterate({
    from: node.from,
    to: node.to,
    enter: ({ name, from, to }) => {
      if (!COMMENT.test(name) || from < at || to > node.to) return;
      pieces.push(text.slice(at, from));
      at = to;
    },
  });
  pieces.push(text.slice(at, node.to));
  const lines = pieces
    .join('')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** Letters of a string, moved to where the rules for layout do not look: the private use area. */
function quoted(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return code < 0x100 ? String.fromCharCode(0xe000 + code) : letter;
    })
    .join('');
}

function unquoted(text: string): string {
  return text.replace(/[\ue000-\ue0ff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xe000));
}
