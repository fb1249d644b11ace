/** Cases that need more than a folder and a diff: their tests stand where the thing happens. */
import type { ElsewhereCase } from '../scenario';

const LOOP = 'test/scenario/loop';
const ACP = `${LOOP}/acpAgent.test.ts`;
const COMMAND = `${LOOP}/commandAgent.test.ts`;

export const ELSEWHERE: readonly ElsewhereCase[] = [
  {
    id: 'A06',
    title: 'merge driver',
    kind: 'attack',
    file: `${LOOP}/vectors.test.ts`,
    test: 'do not run at drift, sign-off, merge and clean-up, nor at the user’s own git',
  },
  {
    id: 'A16',
    title: 'folder changed after the review',
    kind: 'attack',
    file: COMMAND,
    test: 'does not sign another tree than the one that was looked at',
  },
  {
    id: 'A44',
    title: 'daemon that leaves its session',
    kind: 'attack',
    file: ACP,
    test: 'leaves no process behind, and what those wrote is seen',
  },
  {
    id: 'A45',
    title: 'process that ignores being asked and holds the output',
    kind: 'attack',
    file: 'test/scenario/process/daemons.test.ts',
    test: 'the same when it was stopped, and the wait ends though a daemon holds the output',
  },
  { id: 'A46', title: 'flood of output', kind: 'attack', file: ACP, test: 'cannot drown anybody' },
  {
    id: 'A47',
    title: 'malformed protocol',
    kind: 'attack',
    file: ACP,
    test: 'may speak nonsense between its messages',
  },
  {
    id: 'A48',
    title: 'abuse of what a client could offer',
    kind: 'attack',
    file: ACP,
    test: 'may speak nonsense between its messages',
  },
  {
    id: 'A50',
    title: 'targets outside the sandbox',
    kind: 'attack',
    file: `${LOOP}/confined.test.ts`,
    test: 'reaches nothing beside its folder',
  },
  {
    id: 'A51',
    title: 'secrets carried away',
    kind: 'attack',
    file: `${LOOP}/confined.test.ts`,
    test: 'sees no secret of the person who started it, and no network',
  },
  {
    id: 'A52',
    title: 'hostile output of a check',
    kind: 'attack',
    file: `${LOOP}/confined.test.ts`,
    test: 'is not believed by what its checks print',
  },
  {
    id: 'B19',
    title: 'user who commits meanwhile',
    kind: 'benign',
    file: `${LOOP}/target.test.ts`,
    test: 'with a user who commits, stashes and collects garbage meanwhile, and is not blamed',
  },
  {
    id: 'B23',
    title: 'server started and stopped',
    kind: 'benign',
    file: `${LOOP}/confined.test.ts`,
    test: 'may start a server and stop it',
  },
  { id: 'B24', title: 'chatty agent', kind: 'benign', file: ACP, test: 'cannot drown anybody' },
  {
    id: 'B17',
    title: 'Git LFS of the user’s own configuration',
    kind: 'benign',
    file: 'test/scenario/git/filters.test.ts',
    test: 'run when they are Git LFS',
  },
];
