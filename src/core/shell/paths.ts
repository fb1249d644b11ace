/** Paths of a repository out of the words of a command. */

/** A repository path from a folder and a word of a command; null for what is absolute, outside, or not literal. */
export function pathFrom(folder: string, word: string): string | null {
  if (word === '' || /^[/~\\]|^[A-Za-z]:|[$*?`"'<>|\n]/.test(word)) return null;
  const segments: string[] = [];
  for (const segment of `${folder}${word}`.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

/** The same as a folder: empty, or with `/` at its end. */
export function folderFrom(folder: string, word: string): string | null {
  const path = pathFrom(folder, word);
  return path === null || path === '' ? path : `${path}/`;
}

/** The folder of a path: empty, or with `/` at its end. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
