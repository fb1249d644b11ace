import assert from 'node:assert/strict';
import fc from 'fast-check';
import { programOf } from '../../../src/core/brief/commandLine';
import { nearestWord } from '../../../src/core/brief/nearest';
import { parsePerson } from '../../../src/core/brief/person';

describe('programOf', () => {
  const table: Record<string, string | null> = {
    'npm test': 'npm',
    '  CI=1 FOO="a b" npx jest': 'npx',
    './gradlew test': './gradlew',
    '"my tool" -x': 'my tool',
    'my\\ tool': 'my tool',
    'cd packages/a && npm test': 'npm',
    'set -e; make': 'make',
    'env -i make': null,
    'env A=1 time make': 'make',
    '# first\nmake # last': 'make',
    'export A=1\n\ncargo test | tee log': 'cargo',
    'a\\\n b': 'a',
    true: null,
    '': null,
    '$RUNNER test': null,
    '`which x`': null,
    '(cd a; make)': null,
    'if true; then make; fi': null,
    'for i in 1; do x; done': null,
    '> out make': null,
  };
  for (const [line, program] of Object.entries(table)) {
    it(JSON.stringify(line), () => assert.equal(programOf(line), program));
  }

  it('answers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab =\'"\\&|;#\n$(){}') }), (line) => {
        const program = programOf(line);
        assert.ok(program === null || program.length > 0);
      }),
    );
  });
});

describe('parsePerson', () => {
  it('takes name and email apart', () => {
    assert.deepEqual(parsePerson(' Reviewer  One <reviewer@example.com> '), {
      name: 'Reviewer  One',
      email: 'reviewer@example.com',
    });
    assert.deepEqual(parsePerson('R<r@e>'), { name: 'R', email: 'r@e' });
  });

  it('knows what is no person', () => {
    for (const text of [
      '',
      'Reviewer',
      'r@example.com',
      '<r@example.com>',
      'R <r>',
      'R <r@e> x',
      'R <a@b> <c@d>',
      'R\n <r@e>',
      'R <r @e>',
      `${'R'.repeat(500)} <r@e>`,
    ]) {
      assert.equal(parsePerson(text), null, text);
    }
  });
});

describe('nearestWord', () => {
  it('finds what was meant, or nothing', () => {
    const known = ['title', 'agent', 'scope', 'reviewer'];
    assert.equal(nearestWord('tilte', known), 'title');
    assert.equal(nearestWord('Scoop', known), 'scope');
    assert.equal(nearestWord('reveiwers', known), 'reviewer');
    assert.equal(nearestWord('colour', known), null);
    assert.equal(nearestWord('t'.repeat(1000), known), null);
    assert.equal(nearestWord('x', []), null);
  });
});
