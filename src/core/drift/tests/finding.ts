/** How findings of tests/* are put: who judged, one for many of a kind, evidence that outlives a rebase. */
import type { RawFinding, Severity } from '../report';
import type { TestCase } from './model';
import type { Side } from './sides';
import { listed, titleOf } from './texts';

type Rule = 'tests/deleted' | 'tests/skipped' | 'tests/focused' | 'tests/weakened' | 'tests/snapshot';

/** A statement about one file, or one case in it. */
export interface Said {
  readonly rule: Rule;
  readonly severity?: Severity;
  readonly line: number | null;
  readonly message: string;
  readonly evidence: string;
}

/** More findings of one kind in one file than this are one. */
const MOST_IN_FILE = 5;

export function findingIn(side: Pick<Side, 'path' | 'file'>, { message, ...said }: Said): RawFinding {
  const by = side.file.readBy === 'lines' ? ' (judged by lines, not by a parser)' : '';
  return { ...said, path: side.path, message: `${message.replace(/\.$/, '')}${by}.` };
}

/** One finding for many of a kind; `what` says of how many cases what is said. */
export function grouped(side: Side, found: readonly Said[], what: (count: number) => string): readonly RawFinding[] {
  if (found.length <= MOST_IN_FILE) return found.map((said) => findingIn(side, said));
  const [first] = found;
  if (first === undefined) return [];
  return [
    findingIn(side, { ...first, message: what(found.length), evidence: listed(found.map(({ evidence }) => evidence)) }),
  ];
}

export function namesOf(cases: readonly TestCase[]): string {
  return listed(cases.map(titleOf));
}

/** The text of a line of a side, without indentation. */
export function lineOf(side: Side, line: number): string {
  return (side.text.split('\n', line)[line - 1] ?? '').trim();
}
