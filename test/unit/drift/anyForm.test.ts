/** Many expressions in one look. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { anyForm } from '../../../src/core/drift/anyForm';

describe('many expressions asked in one look', () => {
  const forms = [/\bone\b/, /^two/, /three$/i, /f(?:our|ive)/i];
  const matches = anyForm(forms);

  it('match where one of them does', () => {
    const word = fc.constantFrom('one', 'ONE', 'two', 'Three', 'three', 'FOUR', 'five', ' ', 'x', '\n');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const text = words.join('');
        assert.equal(
          matches(text),
          forms.some((form) => form.test(text)),
        );
      }),
    );
  });

  it('match nothing where there are none', () => assert.equal(anyForm([])('one'), false));
});
