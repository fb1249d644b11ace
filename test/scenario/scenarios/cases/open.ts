/** Cases that this version does not cover, and what they wait for. Each leaves this list with the part that covers it. */
import type { OpenCase } from '../scenario';

const TESTS = 'the rules tests/*';

export const OPEN: readonly OpenCase[] = [
  { id: 'D02', title: 'tests skipped or focused', kind: 'drift', waitsFor: TESTS },
  { id: 'D05', title: 'test deleted or renamed away', kind: 'drift', waitsFor: TESTS },
  { id: 'D07', title: 'snapshots rewritten', kind: 'drift', waitsFor: TESTS },
];
