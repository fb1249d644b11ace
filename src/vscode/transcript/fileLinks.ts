/** Where a transcript names files that the task changes. What the agent wrote decides only where a link stands, never where it leads. */

export interface FileLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** One of the given paths. */
  readonly path: string;
}

/** Links of one document: an editor has no use for more, and finding them has to end. */
const MOST_LINKS = 5_000;
/** A longer line is output of a program that was not made for reading. */
const MOST_COLUMNS = 2_000;

/** Runs of characters that can be part of a path in running text. */
const WORD = /[^\s"'`<>|()[\]{},;]+/g;

/**
 * @param text  the whole document
 * @param paths the paths of the task's changes, as git names them
 */
export function fileLinks(text: string, paths: Iterable<string>): readonly FileLink[] {
  const known = new Set(paths);
  const links: FileLink[] = [];
  if (known.size === 0) return links;
  for (const [line, content] of text.split('\n').entries()) {
    if (content.length > MOST_COLUMNS) continue;
    for (const link of linksOf(content, known)) {
      links.push({ line, ...link });
      if (links.length === MOST_LINKS) return links;
    }
  }
  return links;
}

function linksOf(content: string, known: ReadonlySet<string>): Omit<FileLink, 'line'>[] {
  // The paths of a tool call stand each on a line of its own, spaces and all.
  const whole = content.trim();
  if (known.has(whole)) {
    const start = content.indexOf(whole);
    return [{ start, end: start + whole.length, path: whole }];
  }
  return [...content.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const found = pathIn(word, known);
    return found === null
      ? []
      : [{ start: index + found.at, end: index + found.at + found.path.length, path: found.path }];
  });
}

/** `./src/a.ts:12:` is about `src/a.ts`, and so are `a/src/a.ts` and `b/src/a.ts` of a diff. */
function pathIn(word: string, known: ReadonlySet<string>): { readonly at: number; readonly path: string } | null {
  const bare = word.replace(/(?::\d+){0,2}[:.!?]*$/, '');
  for (const candidate of [word, bare]) {
    for (const at of [0, 2]) {
      if (at === 2 && !/^[.ab]\//.test(candidate)) continue;
      const path = candidate.slice(at);
      if (known.has(path)) return { at, path };
    }
  }
  return null;
}
