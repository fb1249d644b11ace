/** A task after a correction, in tests. */
import { afterwardsOf, type Pass } from '../../../../src/core/review/afterwards/afterwards';
import type { Side } from '../../../../src/core/review/afterwards/side';
import type { Packet } from '../../../../src/core/review/packet';
import {
  OTHER_TREE,
  sampleCheck,
  sampleDrift,
  sampleFinding,
  samplePacket,
  sampleTask,
  sampleVerification,
  TREE,
} from '../../review/sample';

const NOBODY = { id: null, rule: null, path: null, line: null };
const run = (tests: Readonly<Record<string, 'passed' | 'failed'>>) => ({
  status: 'failed' as const,
  tests: Object.entries(tests).map(([name, status]) => ({ name, status })),
  total: Object.keys(tests).length,
});
const side = (turn: number, tree: string, change: Partial<Side>): Side => ({
  ...{ turn, tree, drift: sampleDrift(), review: null, checks: new Map() },
  ...change,
});

const PASS: Pass = {
  turn: 2,
  by: 'Reviewer\u202e',
  sent: {
    tree: OTHER_TREE,
    items: [
      { ...NOBODY, kind: 'check', id: 'tests', message: 'exit 1', status: 'failed' },
      {
        ...NOBODY,
        kind: 'finding',
        id: 'f1',
        rule: 'scope/outside',
        path: 'src/config.ts',
        line: 12,
        message: 'not in scope',
      },
      { ...NOBODY, kind: 'finding', id: 'f2', rule: 'deps/added', path: 'package.json', message: 'new', justify: true },
      { ...NOBODY, kind: 'text', message: 'simpler' },
    ],
    omitted: 0,
    edited: true,
  },
  before: side(1, OTHER_TREE, {
    drift: sampleDrift([sampleFinding(), sampleFinding({ id: 'f2', rule: 'deps/added', path: 'package.json' })]),
    checks: new Map([['tests', { status: 'failed', run: run({ a: 'failed', b: 'passed' }), failed: 1 }]]),
  }),
  own: null,
  after: side(2, TREE, {
    drift: sampleDrift([sampleFinding({ id: 'f2', rule: 'deps/added', path: 'package.json' })]),
    checks: new Map([['tests', { status: 'failed', run: run({ a: 'failed', b: 'failed' }), failed: 2 }]]),
  }),
  changed: [],
  agentWords: 'It is\u202e needed',
};

/** A packet after a correction that fixed one thing, left one, worsened one, broke one, and justifies one. */
export const corrected = (change: Partial<Parameters<typeof samplePacket>[0]> = {}): Packet =>
  samplePacket({
    task: sampleTask({ turns: 2, corrections: 1, snapshots: [{ turn: 2, commit: '3'.repeat(40), tree: TREE }] }),
    verification: sampleVerification({ checks: [sampleCheck({ status: 'failed', exit: 1 })] }),
    correction: afterwardsOf([PASS]),
    ...change,
  });
