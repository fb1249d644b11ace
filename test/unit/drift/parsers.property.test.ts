/** Parsers and rules under arbitrary input: they may say that something is unreadable, and nothing worse. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatOf } from '../../../src/core/drift/dependencies/formats';
import { isOneEditAway } from '../../../src/core/drift/dependencies/lookalike';
import { characterFaults } from '../../../src/core/drift/hidden/characters';
import { LOCKFILES } from './lockfileFormats';
import { driftOf } from './memoryTree';

const PATHS = [
  ...new Set(LOCKFILES.map(({ path }) => path)),
  ...['package.json', 'pnpm-workspace.yaml', '.npmrc', '.yarnrc', '.yarnrc.yml'],
];
const VALID = LOCKFILES.map(({ write }) => write({ alpha: '1.0.0', beta: '1.0.0' }));

const read = (path: string, text: string) => {
  const format = formatOf(path);
  assert.ok(format && 'read' in format);
  return format.read(text, path);
};
const isReadOrRefused = async (path: string, text: string) => {
  try {
    await read(path, text);
  } catch (error) {
    if (!(error instanceof Error && ['Unreadable', 'RangeError'].includes(error.name))) throw error;
  }
};

/** Valid files with a stretch cut out, doubled or replaced. */
const mutated = fc
  .tuple(fc.constantFrom(...VALID), fc.nat(2_000), fc.nat(60), fc.string({ unit: 'binary', maxLength: 20 }))
  .map(([text, at, length, insert]) => text.slice(0, at) + insert + text.slice(at + length));

describe('parsers of manifests and lockfiles', () => {
  for (const path of PATHS) {
    it(`${path}: read any text, or refuse it`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), mutated), (text) => isReadOrRefused(path, text)),
        {
          numRuns: 150,
        },
      );
    });

    it(`${path}: read any JSON, or refuse it`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.json(), (text) => isReadOrRefused(path, text)),
        { numRuns: 100 },
      );
    });
  }

  const deep = (open: string, close: string) => open.repeat(20_000) + close.repeat(20_000);
  const bombs: readonly [string, string][] = [
    ['nested JSON', deep('{"dependencies":', '}').replace('}', '1}')],
    ['nested overrides', `{"overrides":${deep('{"a":', '}').replace('}', '"1"}')}}`],
    ['nested YAML', `catalog: ${deep('[', ']')}`],
    [
      'aliases of aliases',
      `a: &a [x, x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *${index ? `b${index - 1}` : 'a'}]`).join('\n')}\n`,
    ],
    ['a long quoted string', `"${'\\'.repeat(100_001)}`],
    ['a long run of slashes', '/'.repeat(100_000)],
    ['comments that do not end', '/*'.repeat(200_000)],
    ['strings that do not end', '"\\'.repeat(200_000)],
    ['empty lines', `a${'\n'.repeat(200_000)}b`],
    ['a setting of spaces', `registry=${' '.repeat(200_000)}x"`],
    ['a name of signs', `{"resolutions":{"${'@'.repeat(200_000)}/":"1"}}`],
    ['a spec of endings', `{"dependencies":{"a":"https://${'.git#'.repeat(50_000)}\\n"}}`],
    ['one package again and again', `${Array.from({ length: 20_000 }, (_, index) => `a@${index}`).join(', ')}:\n`],
  ];
  for (const [what, text] of bombs) {
    it(`survive ${what}`, async () => {
      for (const path of PATHS) await isReadOrRefused(path, text);
      // What every file goes through, and what judges a manifest and a lockfile once they are read, is the same for all.
      for (const path of ['package.json', 'package-lock.json']) {
        const report = await driftOf({ change: ['**/*'], base: { [path]: '' }, head: { [path]: text } });
        assert.notDeepEqual(report.findings, []);
      }
    });
  }
});

describe('rules under arbitrary trees', () => {
  const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((name) => !/[/\0]/.test(name));
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
  const content = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 60 }));
  const entry = fc.oneof(
    content,
    fc.record({ mode: fc.constantFrom('100644', '100755', '120000', '160000'), content }),
  );
  const tree = fc.dictionary(path, entry, { maxKeys: 6, noNullPrototype: true });

  it('never throw, and give every finding its own id', async () => {
    await fc.assert(
      fc.asyncProperty(tree, tree, async (base, head) => {
        const { findings } = await driftOf({ base, head });
        assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length);
      }),
      { numRuns: 150 },
    );
  });

  it('find every bidirectional control wherever it stands', () => {
    const control = fc.constantFrom(...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), control, fc.string({ unit: 'grapheme' }), (before, found, after) => {
        assert.ok(characterFaults(before + found + after).some(({ index }) => index === before.length));
      }),
    );
  });

  it('know every single edit of a name', () => {
    const name = fc.stringMatching(/^[a-d]{2,8}$/);
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('a', 'b', 'x'), (text, position, letter) => {
        const at = position % text.length;
        const edits = [
          text.slice(0, at) + letter + text.slice(at),
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at) + letter + text.slice(at + 1),
          text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2),
        ];
        for (const edit of edits) assert.equal(isOneEditAway(text, edit), edit !== text, `${text} ${edit}`);
        assert.ok(!isOneEditAway(text, `${text}xy`) && !isOneEditAway(text, `x${text}y`));
      }),
    );
  });
});
