import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DriftReport, driftReportSchema } from '../../../src/core/drift/report';
import { makeRepository, runGit, type TestRepository } from '../../fixtures/repository';
import { brief, READY_FRONT } from './briefs';
import { type CommandLine, type ErrorDocument, makeCommandLine } from './cli';
import { snapshotOfFolder } from './folderSnapshot';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const numbered = (word: string) => Array.from({ length: 5_000 }, (_, index) => `${word} ${index}\n`).join('');

describe('countersign drift between two revisions', () => {
  let cli: CommandLine;
  let repository: TestRepository;
  let briefFile: string;

  beforeEach(() => {
    cli = makeCommandLine();
    repository = makeRepository({
      files: { 'src/a': numbered('old') },
      commits: [{ message: 'rewritten', files: { 'src/a': numbered('new') } }],
    });
    briefFile = join(repository.outside, 'brief.md');
    writeFileSync(briefFile, brief({ front: [...READY_FRONT, 'budget: { lines: 10 }'] }));
  });
  afterEach(() => {
    repository.remove();
    cli.remove();
  });

  const words = (base: string, head: string) => ['drift', '--brief', briefFile, '--base', base, '--head', head];
  const drift = async (base: string, head: string, dir = repository.dir): Promise<DriftReport> => {
    const { value } = await cli.json(dir, ...words(base, head));
    return driftReportSchema.parse(value);
  };
  const assertOverBudget = (report: DriftReport) => {
    assert.deepEqual(report.stats, { files: 1, insertions: 5_000, deletions: 5_000 });
    assert.deepEqual(
      report.findings.map(({ rule }) => rule),
      ['scope/budget'],
    );
  };

  describe('counts lines whatever', () => {
    for (const attribute of ['-diff', 'binary', 'diff=hidden']) {
      it(`attributes of the working tree, its index and its git directory say: ${attribute}`, async () => {
        const rules = `src/a ${attribute}\n`;
        repository.git('config', 'diff.hidden.binary', 'true');
        repository.write({ '.gitattributes': rules, '.git/.gitattributes': rules });
        assertOverBudget(await drift('HEAD~1', 'HEAD'));
        repository.git('add', '.gitattributes');
        rmSync(join(repository.dir, '.gitattributes'));
        assertOverBudget(await drift('HEAD~1', 'HEAD'));
        repository.git('reset', '-q');
        repository.write({ '.git/info/attributes': rules });
        assertOverBudget(await drift('HEAD~1', 'HEAD'));
      });
    }

    it('the configuration of the repository says', async () => {
      repository.git('config', 'core.bigFileThreshold', '1');
      repository.git('config', 'core.attributesFile', join(repository.outside, 'attributes'));
      writeFileSync(join(repository.outside, 'attributes'), 'src/a -diff\n');
      assertOverBudget(await drift('HEAD~1', 'HEAD'));
    });

    it('a committed attribute says, which is itself a finding', async () => {
      repository.commit('hidden', { '.gitattributes': 'src/a -diff\n' });
      const report = await drift('HEAD~2', 'HEAD');
      assert.deepEqual(report.stats, { files: 2, insertions: 5_001, deletions: 5_000 });
      const rules = report.findings.map(({ rule }) => rule);
      assert.ok(rules.includes('hidden/diff-suppressed'), rules.join('\n'));
    });
  });

  it('leaves nothing behind, in the repository and in the folder for temporary files', async () => {
    const temporary = join(repository.outside, 'temporary');
    mkdirSync(temporary);
    const before = snapshotOfFolder(repository.outside);
    const { exit } = await cli.runWith({ TMPDIR: temporary }, repository.dir, ...words('HEAD~1', 'HEAD'));
    assert.equal(exit, 0);
    assert.deepEqual(snapshotOfFolder(repository.outside), before);
  });

  it('reads objects that the repository itself borrows, through a path with a newline', async () => {
    const dir = join(repository.outside, 'a "clone"\nof it');
    runGit(repository.outside, ['clone', '-q', '--shared', repository.dir, dir]);
    assertOverBudget(await drift('HEAD~1', 'HEAD', dir));
  });

  it('needs no working tree', async () => {
    const dir = join(repository.outside, 'bare.git');
    runGit(repository.outside, ['clone', '-q', '--bare', repository.dir, dir]);
    writeFileSync(join(dir, 'info', 'attributes'), 'src/a -diff\n');
    assert.deepEqual(await drift('HEAD~1', 'main', dir), await drift('HEAD~1', 'main'));
    assertOverBudget(await drift('HEAD~1', 'main', dir));
  });

  it('takes trees for commits, and records what was named', async () => {
    const [before, after] = ['HEAD~1^{tree}', 'HEAD^{tree}'].map((name) => repository.git('rev-parse', name));
    const trees = await drift('HEAD~1^{tree}', after!);
    assertOverBudget(trees);
    assert.deepEqual([trees.base, trees.head, trees.tree], [before, after, after]);
    const all = await drift(EMPTY_TREE, 'HEAD');
    assert.deepEqual([all.base, all.head], [EMPTY_TREE, repository.git('rev-parse', 'HEAD')]);
    assert.deepEqual(all.stats, { files: 1, insertions: 5_000, deletions: 0 });
    const { value } = await cli.json(repository.dir, 'drift', '--brief', briefFile, '--base', EMPTY_TREE);
    assert.deepEqual(driftReportSchema.parse(value).stats, all.stats);
  });

  it('refuses a blob, and what is not there', async () => {
    for (const revision of ['HEAD:src/a', 'nope', '--all', 'HEAD:nope', 'HEAD..HEAD']) {
      const { exit, value } = await cli.json(
        repository.dir,
        'drift',
        '--brief',
        briefFile,
        '--base=HEAD',
        `--head=${revision}`,
      );
      assert.equal(exit, 2, revision);
      assert.equal((value as ErrorDocument).error.code, 'REVISION_NOT_FOUND', revision);
    }
  });
});
