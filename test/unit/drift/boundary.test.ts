/** `boundary/*`: paths that need a person, by the table and by the policy. */
import assert from 'node:assert/strict';
import { boundaryOf, compileBoundaries } from '../../../src/core/drift/boundaries';
import { driftOf, said } from './memoryTree';

const BY_PATH: Readonly<Record<string, readonly string[]>> = {
  ci: [
    '.github/workflows/ci.yml',
    '.github/actions/build/action.yml',
    '.gitlab-ci.yml',
    'Jenkinsfile',
    '.circleci/config.yml',
    'azure-pipelines.yml',
    '.husky/pre-commit',
    'lefthook.yml',
    '.pre-commit-config.yaml',
    '.travis.yml',
    'bitbucket-pipelines.yml',
  ],
  config: [
    'AGENTS.md',
    'packages/a/AGENTS.md',
    'agents.md',
    'CLAUDE.md',
    '.claude/settings.json',
    '.cursor/rules/x.mdc',
    '.cursorrules',
    '.windsurf/rules.md',
    '.github/copilot-instructions.md',
    '.mcp.json',
    '.vscode/tasks.json',
    '.VSCode/tasks.json',
    '.codex/config.toml',
    '.gemini/settings.json',
    'GEMINI.md',
    '.qwen/settings.json',
    'opencode.json',
    '.clinerules',
    '.clinerules/x.md',
    '.kilocode/rules.md',
    '.goosehints',
    '.devcontainer/devcontainer.json',
    '.npmrc',
    'packages/a/.npmrc',
    '.yarnrc',
    '.yarnrc.yml',
    'Dockerfile',
    'Dockerfile.dev',
    'docker/web.dockerfile',
    'docker-compose.override.yml',
    'compose.yaml',
    'Makefile',
    '.gitattributes',
    '.countersign/policy.yaml',
    '.envrc',
  ],
  auth: ['src/auth/login.ts', 'src/auth.ts', 'src/middleware/session.ts', 'lib/user-auth.js', 'src/login-form.tsx'],
  billing: ['src/billing/tax.ts', 'src/payments.ts', 'lib/stripe-client.ts'],
  security: ['src/security/headers.ts', 'src/csrf.ts', 'src/crypto.ts'],
  schema: ['db/migrations/001.sql', 'migrations/0001_initial.py', 'prisma/schema.prisma', 'db/schema.rb'],
  license: [
    'LICENSE',
    'LICENSE.md',
    'COPYING',
    'NOTICE',
    'LICENSE-MIT',
    'CODEOWNERS',
    '.github/CODEOWNERS',
    'SECURITY.md',
  ],
};

const ORDINARY = [
  'src/a.ts',
  'src/author.ts',
  'src/authors/list.ts',
  'README.md',
  'docs/workflows/ci.md',
  '.editorconfig',
  '.gitignore',
  'src/sessional.ts',
  'test/a.test.ts',
  'src/migrator.ts',
  'src/config.ts',
  'package.json',
  'src/license-check.ts',
  'src/notice.tsx',
];

describe('the table of boundaries', () => {
  for (const [boundary, paths] of Object.entries(BY_PATH)) {
    for (const path of paths) {
      it(`${path} is ${boundary}`, () => assert.ok(compileBoundaries([]).of(path).includes(boundary)));
    }
  }
  for (const path of ORDINARY) {
    it(`${path} is nobody’s`, () => assert.deepEqual(compileBoundaries([]).of(path), []));
  }

  it('answers with the first boundary for whoever must ask', () => {
    assert.equal(boundaryOf('.github/workflows/ci.yml'), 'ci');
    assert.equal(boundaryOf('src/a.ts'), null);
  });
});

describe('boundary findings', () => {
  const path = '.github/workflows/lint.yml';
  const base = { [path]: 'on: push\n', 'src/a.ts': 'a\n' };
  const head = { ...base, [path]: 'on: pull_request_target\n' };

  it('block by default, in scope too', async () => {
    assert.deepEqual(said(await driftOf({ base, head, change: ['**/*.yml'] })), [`block boundary/ci ${path}`]);
    assert.deepEqual(said(await driftOf({ base, head, change: ['.github'] })), [`block boundary/ci ${path}`]);
  });

  it('are for information when the scope names the very file', async () => {
    assert.deepEqual(said(await driftOf({ base, head, change: [path] })), [`info boundary/ci ${path}`]);
    assert.deepEqual(said(await driftOf({ base, head, change: [`./${path}`] })), [`info boundary/ci ${path}`]);
  });

  it('are for information when the brief grants them', async () => {
    const given = { base, head, change: ['**/*.yml'] };
    assert.deepEqual(said(await driftOf({ ...given, allow: ['ci'] })), [`info boundary/ci ${path}`]);
    assert.deepEqual(said(await driftOf({ ...given, allow: ['config'] })), [`block boundary/ci ${path}`]);
  });

  it('see deletions and both sides of a rename', async () => {
    const { [path]: _, ...gone } = base;
    assert.deepEqual(said(await driftOf({ base, head: gone, change: ['**/*'] })), [`block boundary/ci ${path}`]);
    const moved = { 'src/a.ts': 'a\n', 'ci.txt': 'on: push\n' };
    const report = await driftOf({ base, head: moved, change: ['**/*'], renames: { 'ci.txt': path } });
    assert.deepEqual(said(report), [`block boundary/ci ${path}`]);
    assert.equal(report.findings[0]?.evidence, 'renamed to ci.txt');
    const back = await driftOf({ base: moved, head: base, change: ['**/*'], renames: { [path]: 'ci.txt' } });
    assert.equal(back.findings.find(({ rule }) => rule === 'boundary/ci')?.evidence, 'renamed from ci.txt');
  });

  it('come from a policy as well, and can be granted by its names', async () => {
    const policy = {
      boundaries: [{ name: 'ledger', paths: ['src/ledger/**'], contains: ['Ledger.post('] }],
      limits: {},
    };
    const given = { base, head: { ...base, 'src/ledger/a.ts': 'x\n' }, policy };
    const [finding] = (await driftOf(given)).findings.filter(({ rule }) => rule === 'boundary/ledger');
    assert.equal(finding?.severity, 'block');
    assert.equal(finding?.boundary, 'ledger');
    assert.equal(
      said(await driftOf({ ...given, allow: ['ledger'] })).includes('info boundary/ledger src/ledger/a.ts'),
      true,
    );
  });

  it('come from the words of a policy', async () => {
    const policy = { boundaries: [{ name: 'ledger', paths: [], contains: ['Ledger.post('] }], limits: {} };
    const given = { base: { 'src/a.ts': 'a\n' }, head: { 'src/a.ts': 'a\nLedger.post(1);\n' }, policy };
    assert.deepEqual(said(await driftOf(given)), ['warn boundary/ledger src/a.ts']);
    assert.deepEqual(said(await driftOf({ ...given, allow: ['ledger'] })), ['info boundary/ledger src/a.ts']);
  });

  for (const [boundary, line] of [
    ['auth', 'const user = jwt.verify(token, key);'],
    ['auth', '    @PreAuthorize("hasRole(1)")'],
    ['auth', '  before_action :authenticate_user!'],
    ['billing', 'await stripe.refunds.create({ charge });'],
    ['security', 'const agent = new https.Agent({ rejectUnauthorized: false });'],
    ['security', 'requests.get(url, verify=False)'],
    ['schema', "db.exec('ALTER TABLE users ADD COLUMN age int');"],
    ['schema', '    add_column :users, :age, :integer'],
    ['license', '  "license": "MIT",'],
  ]) {
    it(`are known by a line: ${line}`, async () => {
      const report = await driftOf({ base: { 'src/a.ts': 'a\n' }, head: { 'src/a.ts': `a\n${line}\n` } });
      assert.deepEqual(said(report), [`warn boundary/${boundary} src/a.ts`]);
      assert.equal(report.findings[0]?.line, 2);
    });
  }

  it('are not known by what prose, tests and older lines say', async () => {
    const line = 'const user = jwt.verify(token, key);\n';
    const head = { 'src/a.md': line, 'src/a.test.ts': line, 'src/b.ts': `${line}const b = 2;\n` };
    const report = await driftOf({ base: { 'src/b.ts': line }, head });
    assert.deepEqual(said(report), []);
  });

  it('are told once for a path that belongs to them anyway', async () => {
    const head = { 'src/auth/a.ts': 'const user = jwt.verify(token, key);\n' };
    assert.deepEqual(said(await driftOf({ base: {}, head })), ['block boundary/auth src/auth/a.ts']);
  });

  it('extend a boundary of the table by a policy', () => {
    const table = compileBoundaries([{ name: 'auth', paths: ['src/people/**', 'src/auth/**'], contains: [] }]);
    assert.deepEqual(table.of('src/people/a.ts'), ['auth']);
    assert.deepEqual(table.of('src/auth/a.ts'), ['auth']);
  });
});
