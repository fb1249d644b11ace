/** What the tests of build files share: the dependency findings of one changed file, or of a few. */
import assert from 'node:assert/strict';
import { type Case, driftOf, said, type Tree } from '../memoryTree';

/** A change of one file: what happens, before, after, and the findings without the path. Null = no such file. */
export type FileCase = readonly [
  what: string,
  before: string | null,
  after: string | null,
  expected: readonly string[],
];

/** The `deps/*` findings of a change, each with its path. */
export const findingsOf = async (base: Tree, head: Tree, more: Partial<Case> = {}): Promise<readonly string[]> =>
  said(await driftOf({ change: ['**/*'], base, head, ...more })).filter((line) => line.includes(' deps/'));

/** The `deps/*` findings of a change of one file, without its path. */
export const judged = async (path: string, before: string | null, after: string | null): Promise<readonly string[]> => {
  const tree = (content: string | null): Tree => (content === null ? {} : { [path]: content });
  return (await findingsOf(tree(before), tree(after))).map((line) => line.replace(` ${path}`, ''));
};

/** One test a case. */
export const itJudges = (path: string, cases: readonly FileCase[]): void => {
  for (const [what, before, after, expected] of cases) {
    it(`${path}: ${what}`, async () => assert.deepEqual(await judged(path, before, after), expected));
  }
};

/** `name from → to (group)` of what a change of one file lists. */
export const listed = async (path: string, before: string, after: string): Promise<readonly string[]> => {
  const report = await driftOf({ change: ['**/*'], base: { [path]: before }, head: { [path]: after } });
  return report.dependencies.map(
    ({ name, from, to, group, purl }) => `${name} ${from ?? '-'} → ${to ?? '-'} (${group ?? ''}) ${purl}`,
  );
};

/** The same text as some editors of Windows save it. */
export const forWindows = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`;

export const ADDED = 'block deps/added';
export const REMOVED = 'block deps/removed';
export const CHANGED = 'block deps/changed';
export const SOURCE = 'block deps/source';
export const SCRIPT = 'block deps/install-script';
export const LOCK_MOVED = 'warn deps/lockfile-only';
export const LOCK_TAMPERED = 'block deps/lockfile-only';
export const UNPARSED = 'warn deps/unparsed';
export const LOOKALIKE = 'warn deps/lookalike';
