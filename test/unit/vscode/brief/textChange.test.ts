import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DraftHistory } from '../../../../src/vscode/brief/history';
import { applyChange, changeBetween, inverseOf } from '../../../../src/vscode/brief/textChange';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('a', 'b', '\r\n', '\n', '\r', '\u{1f600}', '\u{1f601}')).map((parts) => parts.join('')),
);

describe('the smallest change between two texts', () => {
  it('is nothing between the same', () => assert.equal(changeBetween('a', 'a'), null));

  it('is only what differs', () => {
    assert.deepEqual(changeBetween('one two three', 'one 2 three'), { start: 4, end: 7, text: '2' });
    assert.deepEqual(changeBetween('aa', 'aaa'), { start: 2, end: 2, text: 'a' });
    assert.deepEqual(changeBetween('a\r\nb', 'a\nb'), { start: 1, end: 3, text: '\n' });
    assert.deepEqual(changeBetween('\u{1f600}', '\u{1f601}'), { start: 0, end: 2, text: '\u{1f601}' });
  });

  it('makes one of the other and back, and cuts no character', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = changeBetween(before, after);
        if (change === null) return assert.equal(before, after);
        assert.equal(applyChange(before, change), after);
        assert.equal(applyChange(after, inverseOf(change, before)), before);
        const half = /\p{Surrogate}/u;
        if (!half.test(before + after)) assert.doesNotMatch(change.text, half);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the history of a draft', () => {
  it('takes back step by step, whoever made them', () => {
    const history = new DraftHistory('a');
    history.record('ab', 'goal', false, 0);
    history.record('abc', '', false, 10);
    assert.deepEqual([history.undo(), history.undo(), history.undo()], ['ab', 'a', null]);
  });

  it('makes one step of what is typed in one place without a pause', () => {
    const history = new DraftHistory('');
    for (const [at, typed] of ['o', 'on', 'one'].entries()) history.record(typed, 'goal', false, at * 100);
    history.record('one!', 'goal', false, 5_000);
    history.record('one!?', 'title', false, 5_010);
    assert.deepEqual([history.undo(), history.undo(), history.undo()], ['one!', 'one', '']);
    assert.equal(history.canUndo, false);
  });

  it('forgets what the editor took back itself', () => {
    const history = new DraftHistory('a');
    history.record('ab', '', false, 0);
    history.record('abc', '', false, 0);
    history.record('ab', '', true, 0);
    assert.equal(history.undo(), 'a');
  });

  it('is not confused by its own undo being told again', () => {
    const history = new DraftHistory('a');
    history.record('ab', '', false, 0);
    assert.equal(history.undo(), 'a');
    history.record('a', '', false, 0);
    assert.equal(history.canUndo, false);
  });
});
