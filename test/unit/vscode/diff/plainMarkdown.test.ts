import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainMarkdown } from '../../../../src/vscode/diff/plainMarkdown';

const HOSTILE = [
  '![x](https://evil.example/beacon.png)',
  '[click](command:workbench.action.terminal.new)',
  '<img src=x onerror=alert(1)>',
  'https://evil.example www.evil.example mail@evil.example',
  '<https://evil.example>',
  '$(alert) $(zap~spin)',
  '# heading\n- list\n1. one\n> quote\n***\n===',
  '```sh\nrm -rf /\n```',
  '[a]: https://evil.example\n[a]',
  '&lt;b&gt; &#60;',
  '\u202eevil\u202c \u001b[31m',
  '| a | b |\n| - | - |',
  '    indented',
  'a\\\nb  \nc',
];

/** What is shown of the references. */
const decoded = (markdown: string) => markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...'[]()!<>`*_#&;:/.@$\\|~-+=\n\t ahtpsw1'), maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

describe('outside text in the editor’s Markdown', () => {
  it('has no character of Markdown’s own syntax, of an address or of an icon left', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = plainMarkdown(text);
        const bare = markdown.replace(/&#\d+;/g, '');
        assert.match(bare, /^[\p{L}\p{M}\p{N} \n]*$/u);
        // No line begins with blanks, which would make it code, and none ends with them, which would break it.
        for (const line of markdown.split('\n')) assert.equal(line, line.trim());
      }),
      { numRuns: 3_000 },
    );
  });

  it('says what the text said, with what would be obeyed or hidden spelled out', () => {
    assert.equal(
      decoded(plainMarkdown('a *b* [c](d) <e> & https://f.example')),
      'a *b* [c](d) <e> & https://f.example',
    );
    assert.equal(decoded(plainMarkdown('one\n\n\ntwo')), 'one\n\ntwo');
    assert.equal(decoded(plainMarkdown('\u202ex')), '\\u{202e}x');
    assert.equal(plainMarkdown('ПРИВЕТ 例 héé 3'), 'ПРИВЕТ 例 héé 3');
  });

  it('is cut where it is long, never inside of a character', () => {
    const long = plainMarkdown('😀'.repeat(5_000));
    assert.ok(decoded(long).endsWith('😀…'));
    assert.ok(decoded(long).length <= 4_001);
  });
});
