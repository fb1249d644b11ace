/** A small change with its result, and answers about it. */
import type { Change } from '../../../../src/core/drift/diff';
import type { ReviewAnswer } from '../../../../src/core/review/reviewer/answer';
import type { ChangedFile, Hunk } from '../../../../src/core/review/reviewer/changedFile';
import type { ReviewedResult } from '../../../../src/core/review/reviewer/evidence';
import { type Review, type ReviewFinding, reviewSchema } from '../../../../src/core/review/reviewer/review';
import { HASH, TREE } from '../sample';

export const RUN = '0f8fad5b-d9cb-469f-a165-70867728950e';

export function change(path: string, more: Partial<Change> = {}): Change {
  const oids = { oldOid: 'a'.repeat(40), newOid: 'b'.repeat(40), oldMode: '100644', newMode: '100644' };
  return { status: 'M', path, oldPath: null, ...oids, insertions: 1, deletions: 1, ...more };
}

export function hunk(newStart: number, lines: readonly string[], more: Partial<Hunk> = {}): Hunk {
  return { oldStart: newStart, newStart, lines, unread: 0, ...more };
}

export const RETRY = `export function retry(count: number) {
  if (count > 3) return false;
  wait(100 * count);

  return true;
}
`;

export const FILES: readonly ChangedFile[] = [
  {
    change: change('src/retry.ts', { insertions: 2 }),
    hunks: [
      hunk(1, [
        ' export function retry(count: number) {',
        '-  if (count > 5) return false;',
        '+  if (count > 3) return false;',
        '+  wait(100 * count);',
        ' ',
        '   return true;',
      ]),
    ],
  },
  {
    change: change('src/old.ts', { status: 'D', newOid: null, newMode: null, insertions: 0 }),
    hunks: [hunk(0, ['-export const old = true;'], { oldStart: 1 })],
  },
  { change: change('logo.png', { insertions: null, deletions: null }), hunks: [] },
];

export const RESULT: ReviewedResult = {
  files: FILES,
  paths: new Set(['src/retry.ts', 'test/retry.test.ts', 'logo.png', 'a/b.ts']),
  texts: new Map([
    ['src/retry.ts', RETRY],
    ['test/retry.test.ts', "it('stops', () => {\n  assert.equal(retry(4), false);\n});\n"],
  ]),
  folder: '/state/checkouts/repo/task-1',
  criteria: 2,
};

export type SaidFinding = ReviewAnswer['findings'][number];

export function saidFinding(more: Partial<SaidFinding> = {}): SaidFinding {
  const place = { file: 'src/retry.ts', line: 3, quote: 'wait(100 * count);' };
  return { severity: 'major', ...place, message: 'the wait does not grow', suggestion: 'double it', ...more };
}

export function answerOf(more: Partial<ReviewAnswer> = {}): ReviewAnswer {
  return {
    run: RUN,
    findings: [saidFinding()],
    criteria: [
      { criterion: 1, proof: 'proven', because: 'a test', places: [{ file: 'test/retry.test.ts', line: 2 }] },
      { criterion: 2, proof: 'unproven', because: 'nothing tells a POST apart', places: [] },
    ],
    unexplained: [],
    ...more,
  };
}

export function reviewFinding(more: Partial<ReviewFinding> = {}): ReviewFinding {
  return {
    id: 'r0123456789abcde',
    severity: 'major',
    criterion: 1,
    clause: null,
    path: 'src/retry.ts',
    line: 3,
    quote: 'wait(100 * count);',
    message: 'the wait does not grow',
    suggestion: 'double it',
    ...more,
  };
}

export function sampleReview(more: Partial<Review> = {}): Review {
  return reviewSchema.parse({
    schema: 1,
    tree: TREE,
    brief: HASH,
    agent: { id: 'gemini', name: 'Gemini CLI', version: '1.0.0' },
    same: false,
    confinement: 'bubblewrap',
    startedAt: '2026-01-02T03:04:05Z',
    seconds: 12,
    none: null,
    findings: [],
    criteria: [],
    unexplained: [],
    dropped: [],
    unseen: { hunks: 0, lines: 0, paths: [] },
    refused: [],
    usage: null,
    answers: ['{}'],
    ...more,
  });
}
