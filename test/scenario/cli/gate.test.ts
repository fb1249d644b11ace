import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeRepository, runGit, type TestRepository } from '../../fixtures/repository';
import { type CommandLine, type ErrorDocument, makeCommandLine } from './cli';

const BRIEF = 'b'.repeat(64);

describe('countersign gate', () => {
  let cli: CommandLine;
  let repository: TestRepository;
  beforeEach(() => {
    cli = makeCommandLine();
    repository = makeRepository({ files: { a: '1\n' } });
  });
  afterEach(() => {
    repository.remove();
    cli.remove();
  });

  /** Commits a change with the trailers of a sign-off, of its own tree unless another is named. */
  function signed(content: string, { tree, checks = 'tests=passed' }: { tree?: string; checks?: string } = {}): string {
    repository.write({ a: content });
    repository.git('add', '-A');
    const trailers = [
      'Countersigned-by: Reviewer <reviewer@example.com>',
      'Countersign-Task: t1',
      `Countersign-Brief: ${BRIEF}`,
      `Countersign-Tree: ${tree ?? repository.git('write-tree')}`,
      `Countersign-Checks: ${checks}`,
    ];
    repository.git('commit', '-q', '-m', `Change\n\nBody\n\n${trailers.join('\n')}`);
    return repository.git('rev-parse', 'HEAD');
  }

  const gate = async (...words: string[]) => {
    const { exit, value } = await cli.json(repository.dir, 'gate', '--base', 'HEAD~1', '--head', 'HEAD', ...words);
    return { exit, verdict: value as { ok: boolean; problems: { problem: string }[]; signed: { commit: string }[] } };
  };

  it('passes a commit that is signed off for its own tree', async () => {
    const commit = signed('2\n');
    const { exit, verdict } = await gate();
    assert.equal(exit, 0);
    assert.equal(verdict.ok, true);
    assert.deepEqual(
      verdict.signed.map((one) => one.commit),
      [commit],
    );
  });

  it('refuses a tree that is not the one that was signed, with exit 1', async () => {
    signed('2\n', { tree: 'c'.repeat(40) });
    const { exit, verdict } = await gate();
    assert.equal(exit, 1);
    assert.match(verdict.problems[0]?.problem ?? '', /signed off for tree cccc/);
    const { stdout, stderr } = await cli.run(repository.dir, 'gate', '--base', 'HEAD~1', '--head', 'HEAD');
    assert.match(stdout, /^REFUSED [0-9a-f]{12} {2}it was signed off for tree/m);
    assert.match(stderr, /GATE_FAILED[\s\S]*fix: /);
  });

  it('refuses a failed check', async () => {
    signed('2\n', { checks: 'tests=failed' });
    assert.equal((await gate()).exit, 1);
  });

  it('passes what no task made, unless all must be signed', async () => {
    repository.commit('by hand', { a: '2\n' });
    assert.equal((await gate()).exit, 0);
    assert.equal((await gate('--require-all')).exit, 1);
  });

  it('judges the commits themselves, whatever replace refs and configuration would show', async () => {
    const bad = signed('2\n', { tree: 'c'.repeat(40) });
    const plain = repository.git('commit-tree', '-p', 'HEAD~1', '-m', 'plain', 'HEAD^{tree}');
    repository.git('replace', bad, plain);
    repository.git('config', 'log.showSignature', 'true');
    repository.git('config', 'format.pretty', 'oneline');
    repository.git('config', 'log.follow', 'true');
    const { exit, verdict } = await gate();
    assert.equal(exit, 1);
    assert.equal(verdict.problems.length, 1);
  });

  it('needs no working tree', async () => {
    signed('2\n', { tree: 'c'.repeat(40) });
    const dir = join(repository.outside, 'bare.git');
    runGit(repository.outside, ['clone', '-q', '--bare', repository.dir, dir]);
    const { exit, value } = await cli.json(dir, 'gate', '--base', 'HEAD~1', '--head', 'HEAD');
    assert.equal(exit, 1);
    assert.deepEqual(value, (await gate()).verdict);
  });

  it('refuses a tree: it is in no range', async () => {
    repository.commit('second', { a: '2\n' });
    const { exit, value } = await cli.json(repository.dir, 'gate', '--base', 'HEAD~1', '--head', 'HEAD^{tree}');
    assert.equal(exit, 2);
    assert.equal((value as ErrorDocument).error.code, 'REVISION_NOT_FOUND');
  });

  it('refuses a range that a shallow clone cuts', async () => {
    repository.commit('second', { a: '2\n' });
    repository.git('branch', 'side', 'HEAD~1');
    repository.git('checkout', '-q', 'side');
    repository.commit('aside', { b: '1\n' });
    repository.git('checkout', '-q', 'main');
    const dir = join(repository.outside, 'shallow');
    runGit(repository.outside, ['clone', '-q', '--depth', '1', '--no-single-branch', `file://${repository.dir}`, dir]);
    const { exit, value } = await cli.json(dir, 'gate', '--base', 'origin/side', '--head', 'HEAD');
    assert.equal(exit, 2);
    const { error } = value as ErrorDocument;
    assert.equal(error.code, 'REPOSITORY_UNSUPPORTED');
    assert.match(error.fix, /--unshallow/);
  });
});
