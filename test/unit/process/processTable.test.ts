import assert from 'node:assert/strict';
import { confinedEnvironment } from '../../../src/node/process/environment';
import { membersOf, type ProcessRow, psRow } from '../../../src/node/process/processTable';
import { isWithin } from '../../../src/node/process/toolchains';

function row(pid: number, parent: number, more: Partial<ProcessRow> = {}): ProcessRow {
  return { pid, parent, group: pid, name: 'x', zombie: false, marked: false, ...more };
}

describe('the members of a run', () => {
  it('are the marked, the group, the leader and all that descend from them', () => {
    const rows = [
      row(1, 0),
      row(10, 1),
      row(11, 10),
      row(12, 1, { group: 10 }),
      row(13, 1, { marked: true }),
      row(14, 13),
      row(15, 14, { group: 99 }),
      row(20, 1),
      row(21, 20, { zombie: true, marked: true }),
    ];
    assert.deepEqual(
      membersOf(rows, 10).map(({ pid }) => pid),
      [10, 11, 12, 13, 14, 15],
    );
    assert.deepEqual(
      membersOf(rows, null).map(({ pid }) => pid),
      [13, 14, 15],
    );
  });

  it('never hold this process', () => {
    assert.deepEqual(membersOf([row(process.pid, 1, { marked: true })], null), []);
  });
});

describe('a line of ps', () => {
  it('tells process, family and marker', () => {
    const line = '  501     1   499 Ss   /usr/bin/node server.js HOME=/x COUNTERSIGN_TASK=t1 PATH=/bin';
    assert.deepEqual(psRow(line, 'COUNTERSIGN_TASK=t1'), {
      pid: 501,
      parent: 1,
      group: 499,
      name: '/usr/bin/node',
      zombie: false,
      marked: true,
    });
    assert.equal(psRow(line, 'COUNTERSIGN_TASK=t')?.marked, false);
    assert.equal(psRow('', 'A=b'), null);
  });
});

describe('the environment of confined processes', () => {
  const request = { task: 't', run: 'r', home: '/private', network: false, env: {}, privateTmp: true };

  it('holds what is on the list, and nothing by being forgotten', () => {
    const user = {
      PATH: '/usr/bin',
      LANG: 'C',
      LC_ALL: 'C',
      HOME: '/nowhere',
      SECRET: 'x',
      LD_PRELOAD: 'x',
      TMPDIR: '/t',
    };
    assert.deepEqual(confinedEnvironment(user, request), {
      PATH: '/usr/bin',
      LANG: 'C',
      LC_ALL: 'C',
      TMPDIR: '/tmp',
      HOME: '/private',
      COUNTERSIGN_TASK: 't',
      COUNTERSIGN_RUN: 'r',
    });
  });

  it('lets the caller add, but not take the marker away', () => {
    const env = { GIVEN: '1', COUNTERSIGN_TASK: 'other' };
    const environment = confinedEnvironment({ HOME: '/nowhere' }, { ...request, env });
    assert.deepEqual([environment.GIVEN, environment.COUNTERSIGN_TASK], ['1', 't']);
  });
});

describe('a path within a folder', () => {
  for (const [path, folder, within] of [
    ['/a/b', '/a', true],
    ['/a', '/a', true],
    ['/ab', '/a', false],
    ['/', '/a', false],
    ['/a/../b', '/a', false],
    ['/a/..b', '/a', true],
  ] as const) {
    it(`${path} in ${folder}: ${within}`, () => assert.equal(isWithin(path, folder), within));
  }
});
