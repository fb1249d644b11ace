/**
 * The pattern language of scopes, read into segments. Repository-relative paths with `/`; `?` is one character, `*` any
 * number of them within a segment, `**` any number of whole segments, `{a,b}` one of several texts; `\` makes the next
 * character literal, and every other character is literal already, so folders such as `(shop)` or `[id]` need nothing.
 */
import { fail } from '../errors';

/** A piece of one segment. `char` is a code point. */
export type Atom =
  | { readonly kind: 'literal'; readonly char: number }
  | { readonly kind: 'one' }
  | { readonly kind: 'many' }
  | { readonly kind: 'either'; readonly options: readonly (readonly Atom[])[] };

export type Segment = { readonly kind: 'deep' } | { readonly kind: 'name'; readonly atoms: readonly Atom[] };

export interface Pattern {
  /** As it was written. */
  readonly source: string;
  /** Never two `deep` in a row. What has no wildcard ends in `deep`: it means everything below, too. */
  readonly segments: readonly Segment[];
}

const MAX_WILDCARDS = 16;
const MAX_CHARACTERS = 1024;
const DEEP: Segment = { kind: 'deep' };

/** One character of the source, knowing whether a `\` stood before it. */
interface Letter {
  readonly char: string;
  readonly escaped: boolean;
}

function reject(source: string, why: string): never {
  const shown = source.length > 80 ? `${source.slice(0, 80)}…` : source;
  fail('PATTERN_INVALID', `the pattern \`${shown}\` ${why}`);
}

/**
 * Reads one pattern. A leading `./` is dropped. Throws PATTERN_INVALID for what can name nothing in a repository or
 * would be read differently by different people: `..`, absolute paths, a leading `!`, an empty pattern, unbalanced or
 * nested braces, `**` inside a name, a `\` before a letter or digit (a Windows path), more than 16 wildcards or 1,024
 * characters.
 */
export function compilePattern(source: string): Pattern {
  if (source.trim() === '') reject(source, 'is empty');
  if (source.length > MAX_CHARACTERS && [...source].length > MAX_CHARACTERS) {
    reject(source, `is longer than ${MAX_CHARACTERS} characters`);
  }
  if (source.startsWith('!')) reject(source, 'begins with `!`; what must not change belongs under `avoid`');
  if (/^(\/|\\\\|[A-Za-z]:[\\/])/.test(source)) reject(source, 'is absolute; paths start at the top of the repository');

  const pieces = splitSegments(source, readLetters(source));
  const segments = pieces.filter((piece) => !isName(piece, '.')).map((piece) => readSegment(source, piece));
  const wildcards = countWildcards(segments);
  if (wildcards > MAX_WILDCARDS) reject(source, `has ${wildcards} wildcards; the limit is ${MAX_WILDCARDS}`);
  if (wildcards > 0 && source.endsWith('/')) reject(source, `ends with \`/\` after a wildcard; write \`${source}**\``);
  if (wildcards === 0) segments.push(DEEP);
  return { source, segments: segments.filter((segment, i) => segment !== DEEP || segments[i - 1] !== DEEP) };
}

/** A name as a pattern that means exactly it. */
export function escapePattern(name: string): string {
  return name.replace(/[*?{}\\]/g, '\\$&');
}

/** A repository-relative path as a pattern that means it (and, of a folder, what is below), whatever it begins with. */
export function patternOfPath(path: string): string {
  const escaped = escapePattern(path);
  return /^(?:!|\\|[A-Za-z]:|\s)/.test(escaped) ? `./${escaped}` : escaped;
}

/** The paths that some patterns name letter by letter: whoever wrote them meant exactly these. Throws PATTERN_INVALID. */
export function exactPaths(patterns: readonly string[]): ReadonlySet<string> {
  return new Set(patterns.map(compilePattern).flatMap((pattern) => exactPath(pattern) ?? []));
}

/** The one path that a pattern without wildcards names, or null. (It also means everything below, which is not exact.) */
function exactPath({ segments }: Pattern): string | null {
  const names: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'deep') return index === segments.length - 1 ? names.join('/') : null;
    if (segment.atoms.some((atom) => atom.kind !== 'literal')) return null;
    names.push(segment.atoms.map((atom) => (atom.kind === 'literal' ? String.fromCodePoint(atom.char) : '')).join(''));
  }
  return null;
}

function readLetters(source: string): Letter[] {
  const letters: Letter[] = [];
  let escaped = false;
  for (const char of source) {
    if (char === '\\' && !escaped) {
      escaped = true;
      continue;
    }
    if (escaped && /[\p{L}\p{N}]/u.test(char)) reject(source, `has \`\\${char}\`; folders are separated by \`/\``);
    letters.push({ char, escaped });
    escaped = false;
  }
  if (escaped) reject(source, 'ends with `\\`, which has nothing to make literal');
  return letters;
}

/** The letters between slashes; empty pieces (`a//b`, a slash at the end) say nothing and are dropped. */
function splitSegments(source: string, letters: readonly Letter[]): Letter[][] {
  const pieces: Letter[][] = [[]];
  for (const letter of letters) {
    if (letter.char === '/') pieces.push([]);
    else pieces[pieces.length - 1]!.push(letter);
  }
  const named = pieces.filter((piece) => piece.length > 0);
  if (named.some((piece) => isName(piece, '..'))) reject(source, 'contains `..`; it would leave the repository');
  return named;
}

function isName(piece: readonly Letter[], name: string): boolean {
  return piece.map((letter) => letter.char).join('') === name;
}

const isSign = (letter: Letter | undefined, char: string): boolean => letter?.char === char && !letter.escaped;

function readSegment(source: string, piece: readonly Letter[]): Segment {
  if (piece.length === 2 && piece.every((letter) => isSign(letter, '*'))) return DEEP;
  const atoms: Atom[] = [];
  for (let i = 0; i < piece.length; i++) {
    if (isSign(piece[i], '}')) reject(source, 'has a `}` without `{`; a literal one is written `\\}`');
    if (!isSign(piece[i], '{')) {
      atoms.push(readAtom(source, piece, i));
      continue;
    }
    const end = piece.findIndex((letter, at) => at > i && isSign(letter, '}'));
    if (end < 0) reject(source, 'has a `{` that is not closed before the next `/`; a literal one is written `\\{`');
    atoms.push(readBraces(source, piece.slice(i + 1, end)));
    i = end;
  }
  return { kind: 'name', atoms };
}

function readBraces(source: string, inside: readonly Letter[]): Atom {
  if (inside.length === 0) reject(source, 'has `{}`, which offers nothing');
  const options: Atom[][] = [[]];
  for (const [i, letter] of inside.entries()) {
    if (isSign(letter, '{')) reject(source, 'has braces inside braces');
    if (isSign(letter, ',')) options.push([]);
    else options[options.length - 1]!.push(readAtom(source, inside, i));
  }
  return { kind: 'either', options };
}

function readAtom(source: string, letters: readonly Letter[], at: number): Atom {
  const letter = letters[at]!;
  if (isSign(letter, '?')) return { kind: 'one' };
  if (!isSign(letter, '*')) return { kind: 'literal', char: letter.char.codePointAt(0)! };
  if (isSign(letters[at + 1], '*')) {
    reject(source, 'has `**` beside other characters; it stands for whole segments: `src/**/*.ts`');
  }
  return { kind: 'many' };
}

function countWildcards(segments: readonly Segment[]): number {
  const inAtoms = (atoms: readonly Atom[]): number =>
    atoms.reduce((sum, atom) => {
      if (atom.kind === 'literal') return sum;
      if (atom.kind !== 'either') return sum + 1;
      return sum + 1 + atom.options.reduce((inner, option) => inner + inAtoms(option), 0);
    }, 0);
  return segments.reduce((sum, segment) => sum + (segment.kind === 'deep' ? 1 : inAtoms(segment.atoms)), 0);
}
