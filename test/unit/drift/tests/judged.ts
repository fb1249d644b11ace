/** One file before and after, and what tests/* says of it: what most tests of this folder compare. */
import { driftOf, type Tree } from '../memoryTree';

export interface Shown {
  readonly base?: Tree;
  readonly head?: Tree;
  readonly renames?: Readonly<Record<string, string>>;
  readonly allow?: readonly string[];
}

/** `severity rule`, one a finding of `tests/*`, sorted. */
export async function judged(shown: Shown): Promise<string[]> {
  return (await findingsOf(shown)).map(({ severity, rule }) => `${severity} ${rule}`).sort();
}

export async function findingsOf({ base = {}, head = {}, renames = {}, allow = [] }: Shown) {
  const { findings } = await driftOf({ base, head, renames, allow, change: ['**'] });
  return findings.filter(({ rule }) => rule.startsWith('tests/'));
}

/** The same for one file whose text changes, and a source file that changes or not. */
export async function edited(path: string, before: string, after: string, sourceChanges = false): Promise<string[]> {
  const source = (text: string): Tree => (sourceChanges ? { 'src/other.css': text } : {});
  return judged({ base: { [path]: before, ...source('a\n') }, head: { [path]: after, ...source('b\n') } });
}
