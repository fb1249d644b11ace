import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nestsDeeperThan } from '../../src/core/yamlDepth';

describe('YAML depth', () => {
  const deep = 5_000;
  const shapes: Record<string, string> = {
    'compact lists': `${'- '.repeat(deep)}x`,
    'compact maps': `${'? '.repeat(deep)}x`,
    'keys in keys': `${'a: '.repeat(deep)}x`,
    'flow lists': '['.repeat(deep),
    'flow maps over lines': '{a:\n'.repeat(deep),
    'flow lists closed in strings': "[ ']', ".repeat(deep),
    indentation: Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
    'tabs after dashes': `${'-\t'.repeat(deep)}x`,
  };
  for (const [name, text] of Object.entries(shapes)) {
    it(`sees ${name}`, () => assert.equal(nestsDeeperThan(50, text), true));
  }

  it('lets pass what people and tools write', () => {
    const lock = Array.from(
      { length: 2_000 },
      (_, n) => `  /package-${n}@1.0.0:\n    resolution: {integrity: sha512-x}\n`,
    );
    assert.equal(nestsDeeperThan(50, `lockfileVersion: '6.0'\npackages:\n${lock.join('')}`), false);
    assert.equal(nestsDeeperThan(50, `text: ${'many words in one line '.repeat(200)}`), false);
  });

  it('is sure of whatever is flat', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z ]{0,40}$/), { maxLength: 30 }), (words) => {
        assert.equal(nestsDeeperThan(50, words.map((word) => `- ${JSON.stringify(word)}`).join('\n')), false);
      }),
    );
  });
});
