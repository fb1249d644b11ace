import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainText } from '../../../src/core/agent/plainText';

describe('program output as plain text', () => {
  const cases: [string, string, string][] = [
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['cursor moves over an earlier line', '1 failed\n\x1b[1A\x1b[2K5 passed', '1 failed\n5 passed'],
    ['a carriage return over an earlier text', '1 failed\r5 passed', '1 failed\n5 passed'],
    ['line ends of Windows', 'a\r\nb', 'a\nb'],
    ['writing to the clipboard (OSC 52)', 'a\x1b]52;c;cm0gLXJmIC8=\x07b', 'ab'],
    ['a link (OSC 8)', '\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\', 'click'],
    ['a device control string', 'a\x1bPq#0;2\x1b\\b', 'ab'],
    ['eight-bit sequences', '\x9b31mred\x9d0;title\x9c!', 'red!'],
    ['backspaces', '1 failed\b\b\b5 passed', '1 failed\\u{8}\\u{8}\\u{8}5 passed'],
    ['a string that never ends hides nothing', '\x1b]0;title\n3 failed\n', '0;title\n3 failed\n'],
    ['tabs and letters stay', 'a\tß漢😀\n', 'a\tß漢😀\n'],
    ['direction marks are shown', 'a\u202eb\u200bc', 'a\\u{202e}b\\u{200b}c'],
  ];
  for (const [what, input, output] of cases) {
    it(what, () => assert.equal(plainText(input), output));
  }

  it('never leaves an escape or a control character, whatever comes in', () => {
    const piece = fc.constantFrom('\x1b', '[', ']', '\x07', '\\', 'm', '0', ';', '\n', '\r', 'x', '\x9b', '\x00', 'P');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        assert.doesNotMatch(plainText(pieces.join('')), /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
      }),
    );
  });
});
