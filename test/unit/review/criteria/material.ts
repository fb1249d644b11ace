/** Mentions of criteria, as if they had been found. */
import type { ChangedPlace, MentionedTest, Mentions } from '../../../../src/core/review/criteria/mentions';
import type { TestResult } from '../../../../src/core/verify/results';

export function mentionedTest(more: Partial<MentionedTest> = {}): MentionedTest {
  return { check: 'tests', name: 'AC-1: stops', status: 'passed', before: 'absent', file: 'test/a.test.ts', ...more };
}

export function changedPlace(more: Partial<ChangedPlace> = {}): ChangedPlace {
  return { path: 'src/a.ts', line: 3, lines: 2, from: 1, to: 6, criteria: [], isTied: false, ...more };
}

export function mentions(more: Partial<Mentions> = {}): Mentions {
  return { tests: [], places: [], unread: [], ...more };
}

export function result(name: string, status: TestResult['status'] = 'passed', file?: string): TestResult {
  return { name, status, ...(file === undefined ? {} : { file }) };
}
