/** What must hold for every text: it is judged without an exception, and equal meaning is no finding. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findingsOf, json, kinds } from './harness';

const PATHS = [
  ...['package.json', 'tsconfig.json', '.eslintrc.yml', 'eslint.config.js', 'jest.config.ts', '.mocharc.yml', '.nycrc'],
  ...[
    'pyproject.toml',
    'setup.cfg',
    'tox.ini',
    'noxfile.py',
    '.coveragerc',
    'ruff.toml',
    '.golangci.yml',
    'Cargo.toml',
  ],
  ...[
    'pom.xml',
    'build.gradle',
    '.rubocop.yml',
    'phpunit.xml',
    'phpstan.neon',
    'codecov.yml',
    'sonar-project.properties',
  ],
  ...['Makefile', 'justfile', 'Taskfile.yml', 'composer.json', 'deno.json', '.npmrc', '.cargo/config.toml', 'Rakefile'],
  ...[
    '.github/workflows/a.yml',
    '.gitlab-ci.yml',
    'Jenkinsfile',
    't.sh',
    'a.py',
    'a.ts',
    'a.rs',
    'a.go',
    'a.rb',
    'A.cs',
    'a.php',
    '.eslintignore',
  ],
];
const RUN = [
  'npm test',
  'make',
  'just',
  'task test',
  'tox',
  'nox',
  'poe test',
  'composer test',
  'deno task test',
  'cargo x',
  'rake',
  'sh t.sh',
];

const FRAGMENTS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '`',
    ':',
    ',',
    '=',
    '\n',
    '\n  ',
    '\t',
    '#',
    '//',
    '/*',
    '*/',
    '<',
    '>',
    '</',
    '<!--',
    '&a',
    '*a',
  ],
  ...[
    '"scripts": {"test": ',
    'test',
    'export default ',
    'module.exports = ',
    'rules',
    'strict',
    'true',
    'false',
    '|| true',
    '&&',
    ';',
  ],
  ...[
    'jobs:',
    'steps:',
    '- run: npm test',
    'continue-on-error: true',
    '[tool.ruff]',
    '[flake8]',
    '# noqa',
    '// @ts-ignore',
    '#![allow(x)]',
  ],
  ...[
    'eslint-disable',
    '\\',
    '\u0000',
    '\uFEFF',
    '\r\n',
    '<<',
    '---',
    '!!x ',
    '"""',
    "'''",
    '=begin',
    '0.5',
    '-1',
    '__proto__',
    'constructor',
  ],
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 }).map((parts) => parts.join('')),
);

describe('any text', () => {
  it('is judged without an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PATHS), text, text, async (path, before, after) => {
        for (const finding of await findingsOf({ base: { [path]: before }, head: { [path]: after }, run: RUN })) {
          assert.ok(finding.rule.startsWith('checks/'));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is followed as a command without an exception', async () => {
    const files = {
      'package.json': json({ scripts: { test: 'npm run test' } }),
      Makefile: 'test: test\n\t$(MAKE) test\n',
    };
    await fc.assert(
      fc.asyncProperty(text, async (command) => {
        const found = await findingsOf({
          base: { ...files, 'unnamed file': '' },
          head: { ...files, 'unnamed file': 'b' },
          run: [`x ${command}`],
        });
        assert.deepEqual(found, []);
      }),
      { numRuns: 300 },
    );
  });
});

describe('equal meaning', () => {
  const key = fc.constantFrom('strict', 'exclude', 'rules', 'include', 'branches', 'a', 'b', 'c');
  const config = fc.dictionary(
    key,
    fc.oneof(
      fc.boolean(),
      fc.integer(),
      fc.array(key, { maxLength: 4 }),
      fc.dictionary(key, fc.boolean(), { maxKeys: 3 }),
    ),
    { maxKeys: 6 },
  );
  const reversed = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([name, each]) => [name, reversed(each)]),
        )
      : value;

  it('is no finding, however a JSON configuration is laid out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('tsconfig.json', '.eslintrc.json', 'jest.config.json', 'biome.json', '.mocharc.json'),
        config,
        async (path, value) => {
          const head = { [path]: `// laid out anew\n${JSON.stringify(reversed(value), null, 4)}\r\n` };
          assert.deepEqual(await kinds({ base: { [path]: JSON.stringify(value) }, head }), []);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is no finding, whether a configuration is data or code', async () => {
    await fc.assert(
      fc.asyncProperty(config, async (value) => {
        const base = { 'jest.config.json': JSON.stringify(value) };
        const head = { 'jest.config.js': `module.exports = ${JSON.stringify(value, null, 2)};\n` };
        assert.deepEqual(await kinds({ base, head }), []);
      }),
      { numRuns: 100 },
    );
  });
});

describe('long input', () => {
  const LONG = 60_000;
  const rows: readonly (readonly [string, string])[] = [
    ['a.ts', '/*'.repeat(LONG)],
    ['a.rb', '=begin\n'.repeat(LONG / 5)],
    ['A.cs', '"""'.repeat(LONG)],
    ['A.kt', '@"'.repeat(LONG)],
    ['build.gradle', 'test {'.repeat(LONG / 5)],
    ['build.gradle', `minimum${' '.repeat(LONG)}`],
    ['Jenkinsfile', "sh '''".repeat(LONG / 20)],
    ['setup.cfg', '[flake8]\nignore =\n'.concat('  E1,\n'.repeat(LONG / 10))],
    ['Makefile', 'a: $(b\n'.repeat(LONG / 10)],
    ['package.json', `{"scripts":{"test":"${'a || '.repeat(LONG / 10)}"}}`],
    ['.github/workflows/a.yml', `run: ${'a && '.repeat(LONG / 10)}`],
    ['phpstan.neon', '\t'.repeat(LONG)],
  ];
  for (const [path, after] of rows) {
    it(`ends: ${path} with ${JSON.stringify(after.slice(0, 12))}`, async () => {
      await findingsOf({ base: { [path]: 'a' }, head: { [path]: after }, run: RUN });
    }).timeout(20_000);
  }
});
