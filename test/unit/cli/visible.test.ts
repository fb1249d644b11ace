import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { visible, visibleText } from '../../../src/core/visible';

/** What a terminal obeys (C0, DEL, C1) or reorders. */
const DANGEROUS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

describe('visible text', () => {
  it('spells out what a terminal would obey or hide', () => {
    assert.equal(visible('a\u001b[31m\u202eb\u200bc'), 'a\\u{1b}[31m\\u{202e}b\\u{200b}c');
    assert.equal(visible('two\nlines\tand a tab'), 'two\\nlines\\tand a tab');
    assert.equal(visible('tag \u{e0041}'), 'tag \\u{e0041}');
  });

  it('keeps lines and tabs of text of several lines', () => {
    assert.equal(visibleText('one\r\ntwo\tthree\rfour'), 'one\ntwo\tthree\\u{d}four');
  });

  it('keeps what people write', () => {
    for (const text of ['äöü ß', '日本語', 'שלום', '👩‍👩‍👧', 'a\\b']) assert.equal(visible(text), text);
  });

  it('leaves nothing dangerous, whatever comes', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(anything, (text) => {
        assert.ok(!DANGEROUS.test(visible(text)) && !visible(text).includes('\n'));
        assert.ok(!DANGEROUS.test(visibleText(text)));
      }),
    );
  });
});
