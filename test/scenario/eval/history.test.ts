/** The evaluation of real history, on a history small enough to be known. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { hermeticEnvironment, makeRepository, type TestRepository } from '../../fixtures/repository';

const manifest = (dependencies: Record<string, string>) => `${JSON.stringify({ name: 'x', dependencies }, null, 2)}\n`;

describe('eval:history', () => {
  let repository: TestRepository;

  before(() => {
    repository = makeRepository({
      files: { 'package.json': manifest({ alpha: '1.0.0' }), 'src/a.js': 'a\n' },
      commits: [
        { message: 'change two', files: { 'package.json': manifest({ alpha: '1.1.0', beta: '^2.0.0' }) } },
        { message: 'change none', files: { 'src/a.js': 'b\n' } },
      ],
    });
  });
  after(() => repository.remove());

  const evaluate = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', resolve('test/eval/history.ts'), ...args, repository.dir], {
      encoding: 'utf8',
      env: hermeticEnvironment(),
    });

  it('counts what changed, and finds each of it', () => {
    const { stdout, stderr, status } = evaluate('--commits', '10');
    assert.equal(status, 0, stderr);
    // Commits, changes, found, missed, false, unread, findings, blocks.
    assert.match(stdout, /^\S+\/repo +2 +2 +2 +0 +0 +0 +2 +2 /m);
    assert.match(stdout, /^deps\/added +1 +0 +0$/m);
    assert.match(stdout, /^deps\/changed +1 +0 +0$/m);
  });

  it('draws the same sample for the same seed', () => {
    const sample = () => evaluate('--sample', '1', '--seed', '7').stdout.split('\n\n').slice(2).join('\n');
    assert.match(sample(), /^deps\/(added|changed) \S+\/repo [0-9a-f]{12} package\.json/m);
    assert.equal(sample(), sample());
  });

  it('says how it is called when nothing is given', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', resolve('test/eval/history.ts')], { encoding: 'utf8' });
    assert.equal(run.status, 2);
    assert.match(run.stderr, /usage: npm run eval:history/);
  });
});
