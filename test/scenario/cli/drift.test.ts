import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DriftReport, driftReportSchema } from '../../../src/core/drift/report';
import { makeRepository, type TestRepository } from '../../fixtures/repository';
import { brief } from './briefs';
import { type CommandLine, type ErrorDocument, makeCommandLine } from './cli';
import { snapshotOfFolder } from './folderSnapshot';

describe('countersign drift', () => {
  let cli: CommandLine;
  let repository: TestRepository;
  let briefFile: string;

  before(() => {
    cli = makeCommandLine();
    repository = makeRepository({
      name: 'a répo with spaces',
      files: {
        'src/hello.js': "export const hello = () => 'hello';\n",
        'test/hello.test.js': '// tests\n',
        'package.json': '{ "name": "hello", "dependencies": {} }\n',
      },
      commits: [
        { message: 'in scope', files: { 'src/hello.js': "export const hello = () => 'bonjour';\n" } },
        {
          message: 'out of scope',
          files: {
            'docs/readme.md': 'bonjour\n',
            'package.json': '{ "name": "hello", "dependencies": { "left-pad": "^1.3.0" } }\n',
          },
        },
      ],
    });
    briefFile = join(repository.outside, 'brief.md');
    writeFileSync(briefFile, brief());
  });
  after(() => {
    repository.remove();
    cli.remove();
  });

  const report = async (...words: string[]): Promise<{ exit: number | null; report: DriftReport }> => {
    const { exit, value } = await cli.json(repository.dir, 'drift', '--brief', briefFile, ...words);
    return { exit, report: driftReportSchema.parse(value) };
  };

  it('finds nothing in a change that keeps to the brief', async () => {
    const { exit, report: found } = await report('--base', 'HEAD~2', '--head', 'HEAD~1');
    assert.equal(exit, 0);
    assert.equal(found.verdict, 'clean');
    assert.deepEqual(found.findings, []);
    assert.equal(found.base, repository.git('rev-parse', 'HEAD~2'));
    assert.equal(found.head, repository.git('rev-parse', 'HEAD~1'));
    assert.equal(found.tree, repository.git('rev-parse', 'HEAD~1^{tree}'));
    assert.deepEqual(found.stats, { files: 1, insertions: 1, deletions: 1 });
  });

  it('exits 1 for what the brief does not cover, and says where', async () => {
    const { exit, report: found } = await report('--base', 'HEAD~1', '--head', 'HEAD');
    assert.equal(exit, 1);
    assert.equal(found.verdict, 'blocked');
    const rules = found.findings.map(({ rule, path }) => `${rule} ${path}`);
    assert.ok(rules.includes('scope/outside docs/readme.md'), rules.join('\n'));
    assert.ok(rules.includes('deps/added package.json'), rules.join('\n'));
    assert.deepEqual(
      found.dependencies.map(({ name, from, to }) => ({ name, from, to })),
      [{ name: 'left-pad', from: null, to: '^1.3.0' }],
    );
  });

  it('tells the same to people, without colours where there is no terminal', async () => {
    const { exit, stdout, stderr } = await cli.run(
      repository.dir,
      'drift',
      '--brief',
      briefFile,
      '--base',
      'HEAD~1',
      '--head',
      'HEAD',
    );
    assert.equal(exit, 1);
    assert.equal(stderr, '');
    assert.match(stdout, /^Blocking \(\d+\)$/m);
    assert.match(stdout, /scope\/outside docs\/readme\.md/);
    assert.match(stdout, /package\.json: left-pad \(absent\) → \^1\.3\.0/);
    assert.ok(!stdout.includes('\u001b'));
  });

  it('does not depend on the folder inside the repository that it is run from', async () => {
    const { exit, value } = await cli.json(
      join(repository.dir, 'src'),
      'drift',
      '--brief',
      briefFile,
      '--base',
      'HEAD~1',
      '--head',
      'HEAD',
    );
    assert.equal(exit, 1);
    assert.deepEqual(value, (await report('--base', 'HEAD~1', '--head', 'HEAD')).report);
  });

  it('judges the working tree, untracked files included, and leaves the repository as it was', async () => {
    repository.write({ 'src/new.js': 'export {};\n', 'stray.txt': 'stray\n' });
    try {
      const before = snapshotOfFolder(repository.dir);
      const { exit, report: found } = await report('--base', 'HEAD');
      assert.equal(exit, 1);
      assert.equal(found.head, null);
      assert.deepEqual(
        found.findings.filter(({ rule }) => rule === 'scope/outside').map(({ path }) => path),
        ['stray.txt'],
      );
      assert.equal(found.stats.files, 2);
      assert.deepEqual(snapshotOfFolder(repository.dir), before);
    } finally {
      repository.git('clean', '-qfd');
    }
  });

  it('reads the policy from the base, not from the change', async () => {
    const policy = 'countersign: 1\nscope: { change: [], avoid: [src/secret/**] }\n';
    const withPolicy = repository.commit('policy', { '.countersign/policy.yaml': policy });
    const avoided = repository.commit('secret', {
      'src/secret/a.js': '1;\n',
      '.countersign/policy.yaml': 'countersign: 1\n',
    });
    try {
      const { report: found } = await report('--base', withPolicy, '--head', avoided);
      const rules = found.findings.map(({ rule, path }) => `${rule} ${path}`);
      assert.ok(rules.includes('scope/avoided src/secret/a.js'), rules.join('\n'));
      assert.ok(rules.includes('boundary/config .countersign/policy.yaml'), rules.join('\n'));
    } finally {
      repository.git('reset', '-q', '--hard', 'HEAD~2');
    }
  });

  it('names a policy that cannot be read', async () => {
    const bad = repository.commit('bad policy', { '.countersign/policy.yaml': 'scoop: []\n' });
    try {
      const { exit, value } = await cli.json(repository.dir, 'drift', '--brief', briefFile, '--base', bad);
      assert.equal(exit, 2);
      assert.equal((value as ErrorDocument).error.code, 'POLICY_INVALID');
    } finally {
      repository.git('reset', '-q', '--hard', 'HEAD~1');
    }
  });

  it('shows no control character of a hostile path', async () => {
    const hostile = repository.commit('hostile', { 'a\u001b[2Jb\nc.txt': 'x\n' });
    try {
      const { exit, stdout } = await cli.run(
        repository.dir,
        'drift',
        '--brief',
        briefFile,
        '--base',
        `${hostile}~1`,
        '--head',
        hostile,
      );
      assert.equal(exit, 1);
      assert.ok(!stdout.includes('\u001b'));
      assert.match(stdout, /a\\u\{1b\}\[2Jb\\nc\.txt/);
    } finally {
      repository.git('reset', '-q', '--hard', 'HEAD~1');
    }
  });
});
