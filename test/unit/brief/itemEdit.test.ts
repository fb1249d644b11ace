import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addBriefItem,
  moveBriefItem,
  readItemList,
  removeBriefItem,
  setBriefItem,
} from '../../../src/core/brief/itemEdit';
import { parseBrief } from '../../../src/core/brief/parse';
import { CountersignError } from '../../../src/core/errors';

const FRONT = '---\ncountersign: 1\nscope: { change: [src] }\n---\n';
const BODY = `## Goal
Retry on 429.

## Acceptance criteria
<!-- what a person can check -->
- [ ] at most 3 retries (check: tests)
  * [x] nested
- [x] a POST is never
  retried (review)

  told in prose
<!-- between -->
- [ ] holds <!-- a comment -->

## Mine
1. one
10) two
`;
const SOURCE = FRONT + BODY;
const CRITERIA = 'Acceptance criteria';

const texts = (source: string, name = CRITERIA) => readItemList(source, name).items.map(({ text }) => text);
const refuses = (what: () => unknown) =>
  assert.throws(what, (thrown) => thrown instanceof CountersignError && thrown.code === 'USAGE');

describe('items of a list, one at a time', () => {
  it('are read on one line each, with what locks them', () => {
    assert.deepEqual(readItemList(SOURCE, CRITERIA), {
      items: [
        { text: 'at most 3 retries (check: tests) * [x] nested', line: 10, isLocked: false },
        { text: 'a POST is never retried (review) told in prose', line: 12, isLocked: false },
        { text: 'holds', line: 17, isLocked: true },
      ],
      prose: '',
      isLocked: false,
    });
    assert.deepEqual(readItemList(SOURCE, 'goal'), { items: [], prose: 'Retry on 429.', isLocked: false });
    assert.deepEqual(readItemList(SOURCE, 'Non-goals'), { items: [], prose: '', isLocked: false });
    assert.equal(readItemList(`${FRONT}## Goal\none\n<!-- x -->\ntwo\n`, 'Goal').isLocked, true);
  });

  it('keep marker and box when their text changes', () => {
    const changed = setBriefItem(SOURCE, CRITERIA, 1, '  never\nretried ');
    assert.equal(
      changed,
      SOURCE.replace('- [x] a POST is never\n  retried (review)\n\n  told in prose\n', '- [x] never retried\n'),
    );
    assert.equal(setBriefItem(SOURCE, 'Mine', 1, 'second'), SOURCE.replace('10) two', '10) second'));
    assert.equal(setBriefItem(SOURCE, 'Mine', 0, ''), SOURCE.replace('1. one', '1.'));
  });

  it('are added with the marker of the one before, and with its number gone on', () => {
    assert.equal(addBriefItem(SOURCE, 'Mine', 'three', false), `${SOURCE}11) three\n`);
    assert.ok(
      addBriefItem(SOURCE, CRITERIA, 'new (review)', true).includes('a comment -->\n- [ ] new (review)\n\n## Mine'),
    );
    assert.ok(addBriefItem(SOURCE, 'Non-goals', '', false).endsWith('two\n\n## Non-goals\n-\n'));
    assert.deepEqual(texts(addBriefItem(SOURCE.trimEnd(), 'Mine', 'x', false), 'Mine'), ['one', 'two', 'x']);
  });

  it('are taken out and moved without what stands between them', () => {
    const without = removeBriefItem(SOURCE, CRITERIA, 0);
    assert.deepEqual(texts(without), texts(SOURCE).slice(1));
    assert.ok(without.includes('<!-- what a person can check -->\n- [x] a POST'));
    const moved = moveBriefItem(SOURCE, CRITERIA, 0, 1);
    assert.deepEqual(texts(moved), [texts(SOURCE)[1], texts(SOURCE)[0], 'holds']);
    assert.equal(moveBriefItem(moved, CRITERIA, 1, -1), SOURCE);
    assert.equal(moveBriefItem(SOURCE, CRITERIA, 0, -1), SOURCE);
    assert.equal(moveBriefItem(SOURCE, 'Mine', 1, 1), SOURCE);
  });

  it('are left alone where a comment, or the text, would not survive', () => {
    refuses(() => setBriefItem(SOURCE, CRITERIA, 2, 'x'));
    refuses(() => removeBriefItem(SOURCE, CRITERIA, 2));
    refuses(() => moveBriefItem(SOURCE, CRITERIA, 1, 1));
    refuses(() => setBriefItem(SOURCE, CRITERIA, 0, 'swallows <!-- the rest'));
    refuses(() => setBriefItem(SOURCE, CRITERIA, 7, 'x'));
    refuses(() => addBriefItem(`${FRONT}## Goal\none\n<!-- x -->\ntwo\n`, 'Goal', 'x', false));
  });

  it('whatever is typed: the item says it and every other line stays, or nothing changes', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('- [ ] x', '# x', '```', '-->', '(review)'),
    );
    fc.assert(
      fc.property(typed, fc.nat(1), fc.constantFrom('\n', '\r\n'), (text, index, eol) => {
        const source = SOURCE.replaceAll('\n', eol);
        let changed: string;
        try {
          changed = setBriefItem(source, CRITERIA, index, text);
        } catch (thrown) {
          assert.ok(thrown instanceof CountersignError);
          return;
        }
        const [before, after] = [texts(source), texts(changed)];
        assert.equal(
          after[index]!.replace(/\s+/g, ' ').trim(),
          text
            .replace(/\s+/g, ' ')
            .trim()
            .replace(/^\[[ xX]?\](?:\s+|$)/, ''),
        );
        assert.deepEqual(after.toSpliced(index, 1), before.toSpliced(index, 1));
        const kept = source.split(eol).filter((line) => /<!--|Mine|one|two|Goal|429/.test(line));
        for (const line of kept) assert.ok(changed.split(eol).includes(line), line);
        if (eol === '\r\n') assert.doesNotMatch(changed, /[^\r]\n/);
        parseBrief(changed, 'brief.md');
      }),
      { numRuns: 300 },
    );
  });
});
