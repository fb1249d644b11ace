/** Cases that this version does not cover, and what they wait for. Each leaves this list with the part that covers it. */
import type { OpenCase } from '../scenario';

const TESTS = 'the rules tests/*';
const CHECKS = 'the rules checks/*';

export const OPEN: readonly OpenCase[] = [
  { id: 'A34', title: 'text that addresses the reviewer', kind: 'attack', waitsFor: 'the rule review/injection' },
  { id: 'A53', title: 'test script that always passes', kind: 'attack', waitsFor: CHECKS },
  { id: 'D02', title: 'tests skipped or focused', kind: 'drift', waitsFor: TESTS },
  { id: 'D05', title: 'test deleted or renamed away', kind: 'drift', waitsFor: TESTS },
  { id: 'D07', title: 'snapshots rewritten', kind: 'drift', waitsFor: TESTS },
  { id: 'D08', title: 'coverage threshold lowered', kind: 'drift', waitsFor: CHECKS },
  { id: 'D19', title: 'credential added', kind: 'drift', waitsFor: 'the rule secrets/added' },
  { id: 'D22', title: 'work left half done', kind: 'drift', waitsFor: 'the reviewer model' },
];
