/** Comments and attributes of a source text: where suppressions may stand, and never in strings. */
import type { Language } from '../../syntax/language';
import type { parseSource } from '../../syntax/parse';

export interface Piece {
  readonly text: string;
  readonly from: number;
  readonly place: 'comment' | 'code';
}

export type Parse = typeof parseSource;

/** Longest part of a piece that is looked at. */
const LONGEST = 500;
const CODE = /^(?:InnerAttribute|AttributeItem|Annotation|MarkerAnnotation|PreprocDirective)$/;

/** The comments, attributes and directives of a text, in order; by a parser where there is one. */
export async function piecesOf(language: Language, text: string, parse: Parse): Promise<readonly Piece[]> {
  const syntax = await parse(language, text);
  if (syntax === null) return scan(language, text);
  const pieces: Piece[] = [];
  const add = (from: number, to: number, place: Piece['place']) => {
    pieces.push({ text: text.slice(from, Math.min(to, from + LONGEST)), from, place });
  };
  syntax.tree.iterate({
    enter: (node) => {
      if (/Comment/.test(node.name)) {
        add(node.from, node.to, 'comment');
        return false;
      }
      if (CODE.test(node.name)) add(node.from, node.to, 'code');
      return true;
    },
  });
  return pieces;
}

/** Line comments, block comments and strings of C#, Kotlin, Swift and Ruby; what does not end, ends with the text. */
const SLASHES =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|"""[\s\S]*?(?:"""|(?![\s\S]))|@"(?:[^"]|"")*(?:"|(?![\s\S]))|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|^[ \t]*(?:#pragma|@(?:file:)?\s?\[?Suppress|\[)[^\n]*/gm;
const HASHES =
  /^=begin\b[\s\S]*?(?:^=end\b|(?![\s\S]))|#(?!\{)[^\n]*|"(?:[^"\\]|\\[\s\S])*(?:"|\\?(?![\s\S]))|'(?:[^'\\]|\\[\s\S])*(?:'|\\?(?![\s\S]))/gm;

function scan(language: Language, text: string): readonly Piece[] {
  const pattern = language === 'ruby' ? HASHES : SLASHES;
  return [...text.slice(0, 1_000_000).matchAll(pattern)].flatMap((match): readonly Piece[] => {
    const [found] = match;
    const trimmed = found.trimStart();
    if (/^(?:"|'|@")/.test(trimmed)) return [];
    const place = /^(?:\/[/*]|#(?!pragma)|=begin)/.test(trimmed) ? 'comment' : 'code';
    return [{ text: trimmed.slice(0, LONGEST), from: match.index + found.length - trimmed.length, place }];
  });
}
