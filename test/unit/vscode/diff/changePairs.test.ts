import assert from 'node:assert/strict';
import type { FileChange } from '../../../../src/host/rpc/reading';
import { calledWith } from '../../../../src/vscode/diff/calledWith';
import {
  changeOf,
  changesTitle,
  fileTitle,
  inReviewOrder,
  pairOf,
  sideOf,
} from '../../../../src/vscode/diff/changePairs';
import { sampleFinding } from '../../review/sample';
import { plain } from '../sample';
import { sampleChange } from './sampleChange';

const SPAN = { from: 'base', to: 2 } as const;
const added = sampleChange({ status: 'A', path: 'new.ts' });
const deleted = sampleChange({ status: 'D', path: 'gone.ts' });
const renamed = sampleChange({ status: 'R', path: 'after.ts', oldPath: 'before.ts' });
const changed = sampleChange({ path: 'src/kept.ts' });

describe('the two sides of a change', () => {
  it('are what git says of it', () => {
    assert.deepEqual(pairOf('t', added, SPAN), {
      label: { task: 't', at: 2, path: 'new.ts' },
      original: null,
      modified: { task: 't', at: 2, path: 'new.ts' },
    });
    assert.deepEqual(pairOf('t', deleted, SPAN), {
      label: { task: 't', at: 'base', path: 'gone.ts' },
      original: { task: 't', at: 'base', path: 'gone.ts' },
      modified: null,
    });
    const { original, modified } = pairOf('t', renamed, { from: 1, to: 2 });
    assert.deepEqual(original, { task: 't', at: 1, path: 'before.ts' });
    assert.deepEqual(modified, { task: 't', at: 2, path: 'after.ts' });
  });

  it('are found by the new name and the old one; a file that took the old name comes first', () => {
    const taken = sampleChange({ status: 'A', path: 'before.ts' });
    assert.equal(changeOf([renamed], 'before.ts'), renamed);
    assert.equal(changeOf([renamed, taken], 'before.ts'), taken);
    assert.equal(changeOf([renamed], 'other.ts'), null);
  });

  it('show what is not there any more on the left', () => {
    const all = [added, deleted, renamed, changed];
    assert.equal(sideOf(all, 'gone.ts', SPAN), 'base');
    assert.equal(sideOf(all, 'before.ts', SPAN), 'base');
    assert.equal(sideOf(all, 'after.ts', SPAN), 2);
    assert.equal(sideOf(all, 'new.ts', SPAN), 2);
    assert.equal(sideOf(all, 'untouched.ts', SPAN), 2);
  });
});

describe('the order of review', () => {
  it('is the one of the review’s list: what must be decided first, also by old names, then what is easily missed', () => {
    const findings = [
      sampleFinding({ path: 'before.ts', severity: 'warn', boundary: null }),
      sampleFinding({ path: 'src/kept.ts', severity: 'info' }),
      sampleFinding({ path: 'src/kept.ts', severity: 'block' }),
      sampleFinding({ path: null, severity: 'block' }),
    ];
    const ordered = inReviewOrder([added, deleted, renamed, changed], findings);
    assert.deepEqual(
      ordered.map(({ path }) => path),
      ['src/kept.ts', 'after.ts', 'gone.ts', 'new.ts'],
    );
  });
});

describe('titles of differences', () => {
  it('name the task, the turns, and what is left out', () => {
    const title = 'Retry\u202e on 429';
    assert.equal(
      changesTitle({ title, span: SPAN, shown: 3, all: 3 }, plain),
      'Changes of Retry\\u{202e} on 429 (turn 2)',
    );
    assert.equal(
      changesTitle({ title: 'x', span: { from: 1, to: 2 }, shown: 1_000, all: 5_000 }, plain),
      'Changes of x (turn 2 since turn 1): the 1000 riskiest of 5000 files',
    );
  });

  it('of one file name it and both sides', () => {
    const title = (change: FileChange) => fileTitle(pairOf('t', change, SPAN), SPAN, plain);
    assert.equal(title(changed), 'kept.ts (base ↔ turn 2)');
    assert.equal(title(renamed), 'before.ts → after.ts (base ↔ turn 2)');
    assert.equal(title(added), 'new.ts (added, turn 2)');
    assert.equal(title(deleted), 'gone.ts (deleted since base)');
  });
});

describe('what a command was called with', () => {
  it('is taken from other parts, from the tree, and from nobody', () => {
    const whole = { task: 't', path: 'a b.ts', line: 4, from: 2, finding: 'f' };
    assert.deepEqual(calledWith(whole), whole);
    assert.deepEqual(calledWith('t'), { task: 't', path: null, line: null, from: 'base', finding: null });
    assert.deepEqual(calledWith({ task: { id: 't' } }).task, 't');
    for (const nothing of [undefined, null, 7, '', {}, { task: 7 }, { task: { id: '' } }, { task: 'x'.repeat(201) }]) {
      assert.deepEqual(calledWith(nothing), { task: null, path: null, line: null, from: 'base', finding: null });
    }
  });

  it('is left out where it does not fit', () => {
    for (const line of [0, -1, 1.5, '3', Number.NaN, 2 ** 40]) assert.equal(calledWith({ line }).line, null);
    for (const from of [0, 'head', 10_001]) assert.equal(calledWith({ from }).from, 'base');
    for (const path of ['', 7, 'x'.repeat(8_193)]) assert.equal(calledWith({ path }).path, null);
  });
});
