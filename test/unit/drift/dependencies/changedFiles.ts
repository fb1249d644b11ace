/** Changes of single files, judged: what the tests of the dependency formats are tables of. */
import assert from 'node:assert/strict';
import { type Case, driftOf, said, type Tree } from '../memoryTree';

/** What changes (by words), the file before and after (null = it is not there), and the findings. */
export type FileCase = readonly [
  what: string,
  before: string | null,
  after: string | null,
  expected: readonly string[],
];

/** The `deps/*` findings of two trees, each as `severity rule path`. */
export const judgedTrees = async (base: Tree, head: Tree, more: Partial<Case> = {}): Promise<string[]> =>
  said(await driftOf({ change: ['**/*'], base, head, ...more })).filter((line) => line.includes(' deps/'));

/** The same of a change of one file, without its path. */
export const judgedFile = async (
  path: string,
  before: string | null,
  after: string | null,
  more: Partial<Case> = {},
) => {
  const tree = (content: string | null): Tree => (content === null ? {} : { [path]: content });
  const lines = await judgedTrees(tree(before), tree(after), more);
  return lines.map((line) => line.replace(` ${path}`, ''));
};

/** One test a case. */
export const testFileCases = (path: string, cases: readonly FileCase[]): void => {
  for (const [what, before, after, expected] of cases) {
    it(what, async () => assert.deepEqual(await judgedFile(path, before, after), expected));
  }
};

/** The text as an editor of Windows may write it. */
export const windows = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`;

/** What the report lists of a change: name, versions and package URL. */
export const listedOf = async (base: Tree, head: Tree): Promise<readonly (readonly (string | boolean | null)[])[]> => {
  const { dependencies } = await driftOf({ change: ['**/*'], base, head });
  return dependencies.map(({ name, from, to, direct, group, purl }) => [name, from, to, direct, group, purl]);
};

export const ADDED = 'block deps/added';
export const REMOVED = 'block deps/removed';
export const CHANGED = 'block deps/changed';
export const SOURCE = 'block deps/source';
export const HASH = 'block deps/lockfile-only';
export const LOCK_ONLY = 'warn deps/lockfile-only';
export const HOOK = 'block deps/install-script';
export const UNPARSED = 'warn deps/unparsed';
export const LOOKALIKE = 'warn deps/lookalike';
