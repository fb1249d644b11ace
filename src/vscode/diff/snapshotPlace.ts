/**
 * The names of our read-only documents: one file of a task at one revision, as the parts of a URI. They are all that is
 * needed to find the file again, so that an editor which VS Code restores after a reload resolves.
 */

export const SNAPSHOT_SCHEME = 'countersign-snapshot';

/** `none`: the side of a difference where the file does not exist; it is always empty. */
export type Side = 'none' | 'base' | number;

export interface SnapshotPlace {
  readonly task: string;
  readonly at: Side;
  /** As git names it: relative to the repository, with `/`. */
  readonly path: string;
}

/** What a URI is made of; `vscode.Uri` has and takes these. */
export interface PlaceParts {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
}

/** Turns are counted, and nobody asks for more. */
const LAST_TURN = 10_000;

/**
 * Task and revision stand in the query: so both sides of a difference have one path, which the editor shows as it is,
 * and takes the language from.
 */
export function partsOf({ task, at, path }: SnapshotPlace): PlaceParts {
  return { scheme: SNAPSHOT_SCHEME, path: `/${spell(path)}`, query: `task=${encodeURIComponent(task)}&at=${at}` };
}

/** The place that a URI names; null when it is none of ours. */
export function placeOf({ scheme, path, query }: PlaceParts): SnapshotPlace | null {
  if (scheme !== SNAPSHOT_SCHEME) return null;
  const asked = new URLSearchParams(query);
  const [task, at, file] = [asked.get('task'), sideOf(asked.get('at')), unspell(path.slice(1))];
  if (task === null || task === '' || at === null || file === null || file === '') return null;
  return { task, at, path: file };
}

function sideOf(text: string | null): Side | null {
  if (text === 'none' || text === 'base') return text;
  const turn = /^[1-9]\d{0,4}$/.test(text ?? '') ? Number(text) : 0;
  return turn >= 1 && turn <= LAST_TURN ? turn : null;
}

/**
 * What an editor would obey, hide or tidy away in a path: controls and format characters (but for the joiners that
 * scripts need), blanks other than the space, back-slashes, spaces at the ends of a name, names of nothing but dots,
 * empty names, halves of surrogate pairs, and the escape itself.
 */
const TROUBLESOME =
  /[%\\#?]|(?![\u200c\u200d])\p{C}|(?! )\p{Z}|(?<=^|\/) | (?=\/|$)|(?<=^|\/)\.+(?=\/|$)|^\/|(?<=\/)\/|\/$/gu;

function spell(path: string): string {
  return path.replace(TROUBLESOME, (found) => [...found].map(escaped).join(''));
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // No URI can hold half a pair.
  if (code >= 0xd800 && code <= 0xdfff) return `%u${code.toString(16)}`;
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** Null when it holds an escape that is none of ours. */
function unspell(spelled: string): string | null {
  if (/%(?!u[0-9a-f]{4}|[0-9A-F]{2})/.test(spelled)) return null;
  try {
    return spelled.replace(/%u([0-9a-f]{4})|(?:%[0-9A-F]{2})+/g, (run, half: string | undefined) =>
      half === undefined ? decodeURIComponent(run) : String.fromCharCode(Number.parseInt(half, 16)),
    );
  } catch {
    return null;
  }
}
