/** Drift of a pull request as continuous integration asks for it: the steps of the documented workflow, and inferred briefs. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { parseBrief } from '../../../src/core/brief/parse';
import { driftReportSchema } from '../../../src/core/drift/report';
import { type Files, hermeticEnvironment, makeRepository, type TestRepository } from '../../fixtures/repository';
import { brief } from './briefs';
import { type CommandLine, type ErrorDocument, makeCommandLine } from './cli';

interface Step {
  readonly name?: string;
  readonly run?: string;
}

const STEPS: readonly Step[] = parse(readFileSync('docs/examples/countersign-drift.yml', 'utf8')).jobs.drift.steps;

const formatted = (count: number): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`lib/f${n}.js`, `a(${n});\n`]));
const unformatted = (count: number): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`lib/f${n}.js`, `a(${n})\n`]));

describe('drift in continuous integration', () => {
  let cli: CommandLine;
  let repository: TestRepository;

  /** The merge that a forge makes of a pull request is checked out: its first parent is the target. */
  beforeEach(() => {
    cli = makeCommandLine();
    repository = makeRepository({
      files: { 'src/hello.js': 'hello\n', 'package.json': '{ "name": "hello" }\n', ...unformatted(40) },
    });
    repository.git('checkout', '-q', '-b', 'theirs');
    repository.commit('Say bonjour', { 'src/hello.js': 'bonjour\n' });
    repository.commit('Format everything', {
      ...formatted(40),
      'package.json': '{ "name": "hello", "dependencies": { "left-pad": "^1.3.0" } }\n',
    });
    repository.git('checkout', '-q', '-b', 'target', 'HEAD~2');
    repository.commit('Meanwhile', { 'other.txt': 'other\n' });
  });
  afterEach(() => {
    repository.remove();
    cli.remove();
  });

  const merge = () => repository.git('merge', '-q', '--no-ff', '-m', 'Merge', 'theirs');

  /** Runs a step as the runner does, with a `countersign` on the path. */
  function runStep(name: string): { readonly exit: number; readonly stdout: string } {
    const script = STEPS.find((step) => step.name === name)?.run;
    assert.ok(script !== undefined, name);
    const bin = join(repository.outside, 'bin');
    mkdirSync(bin, { recursive: true });
    const program = `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.js')}" "$@"\n`;
    writeFileSync(join(bin, 'countersign'), program, { mode: 0o755 });
    const env = hermeticEnvironment({
      ...{ COUNTERSIGN_HOME: cli.home, HOME: repository.outside, PATH: `${bin}:${process.env.PATH}` },
      ...{ BRIEF: '.countersign/briefs/current.md', FOUND: place('brief.md'), OUT: repository.outside },
      ...{ GITHUB_OUTPUT: place('output'), GITHUB_STEP_SUMMARY: place('summary') },
    });
    try {
      const stdout = execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
        ...{ cwd: repository.dir, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      });
      return { exit: 0, stdout };
    } catch (thrown) {
      const { status, stdout } = thrown as { readonly status: number; readonly stdout: string };
      return { exit: status, stdout };
    }
  }
  const place = (name: string) => join(repository.outside, name);
  const read = (name: string) => readFileSync(place(name), 'utf8');

  it('judges by the brief of the target, comments, uploads, and says that it blocks', () => {
    repository.commit('A brief', { '.countersign/briefs/current.md': brief() });
    merge();
    assert.equal(runStep('Find or infer the brief').exit, 0);
    assert.equal(read('brief.md'), brief());
    const { exit, stdout } = runStep('Judge the drift');
    assert.equal(exit, 0, 'the last step fails the check, after the comment');
    assert.equal(read('output'), 'status=1\n');
    assert.match(stdout, /^::error file=lib\/f0\.js,title=Countersign%3A scope\/outside::41 paths/m);
    assert.match(stdout, /^::error file=package\.json,(?:line=\d+,)?title=Countersign%3A deps\/added::/m);
    const comment = read('drift.markdown');
    assert.ok(comment.startsWith('<!-- countersign:drift -->\n'));
    assert.match(comment, /<summary>scope\/outside: 41 places<\/summary>/);
    assert.equal(read('summary'), comment);
    const [run] = JSON.parse(read('drift.sarif')).runs;
    assert.ok(run.results.some(({ ruleId }: { ruleId: string }) => ruleId === 'deps/added'));
  });

  it('infers a brief where the target has none, and takes none from the pull request', () => {
    repository.git('checkout', '-q', 'theirs');
    const generous = brief({
      front: ['scope: { change: ["**/*"] }', 'approval: { allow: [dependencies] }', 'checks: []'],
    });
    repository.commit('Our own permission', { '.countersign/briefs/current.md': generous });
    repository.git('checkout', '-q', 'target');
    merge();
    assert.equal(runStep('Find or infer the brief').exit, 0);
    assert.notEqual(read('brief.md'), generous);
    assert.match(read('brief.md'), /# inferred from the difference of HEAD\^1 and HEAD/);
    const { stdout } = runStep('Judge the drift');
    assert.equal(read('output'), 'status=1\n');
    assert.match(stdout, /deps\/added/);
    assert.doesNotMatch(stdout, /scope\/outside/);
  });

  it('fails at once, without a verdict, where the brief is no brief', () => {
    repository.commit('A brief', { '.countersign/briefs/current.md': 'not one\n' });
    merge();
    assert.equal(runStep('Find or infer the brief').exit, 0);
    assert.equal(runStep('Judge the drift').exit, 2);
    assert.ok(!existsSync(place('output')));
  });

  it('writes each format, to stdout or to a new file, and exits by the verdict', async () => {
    writeFileSync(place('brief.md'), brief());
    const words = ['drift', '--brief', place('brief.md'), '--base', 'HEAD~1', '--head', 'theirs'];
    const json = await cli.run(repository.dir, ...words, '--format', 'json');
    const { verdict, findings } = driftReportSchema.parse(JSON.parse(json.stdout));
    assert.deepEqual([json.exit, verdict], [1, 'blocked']);
    const [group] = findings.filter(({ rule }) => rule === 'scope/outside');
    assert.ok((group?.places.length ?? 0) > 1);
    assert.deepEqual(group?.answers, ['revert', 'accept', 'widen', 'ask']);
    const text = await cli.run(repository.dir, ...words);
    assert.match(text.stdout, /41 places: lib\/f0\.js, .* and 36 more/);
    const filed = await cli.run(repository.dir, ...words, '--format', 'sarif', '-o', place('r.sarif'));
    assert.deepEqual([filed.exit, filed.stdout], [1, '']);
    assert.equal(JSON.parse(read('r.sarif')).version, '2.1.0');
    const again = await cli.json(repository.dir, ...words, '-o', place('r.sarif'));
    assert.deepEqual([again.exit, (again.value as ErrorDocument).error.code], [2, 'FILE_EXISTS']);
    const both = await cli.json(repository.dir, ...words, '--format', 'sarif');
    assert.deepEqual([both.exit, (both.value as ErrorDocument).error.code], [2, 'USAGE']);
  });
});

describe('countersign brief infer', () => {
  let cli: CommandLine;
  let repository: TestRepository;

  beforeEach(() => {
    cli = makeCommandLine();
    repository = makeRepository({
      files: { 'src/hello.js': 'hello\n', 'src/other.js': 'x\n', Makefile: 'test:\n\ttrue\n', ...unformatted(9) },
      commits: [
        { message: 'Say bonjour\n\nBecause it is French.', files: { 'src/hello.js': 'bonjour\n' } },
        {
          message: '## Goal <!-- and more',
          files: { ...formatted(7), '.github/workflows/ci.yml': 'on: push\n', 'tool [x]/{y}.sh': 'true\n' },
        },
        { message: 'Move it', files: { 'lib/moved.js': 'x\n' }, remove: ['src/other.js'] },
      ],
    });
  });
  afterEach(() => {
    repository.remove();
    cli.remove();
  });

  const range = ['--base', 'HEAD~3', '--head', 'HEAD'];

  it('proposes a scope that covers the difference, and grants nothing', async () => {
    const file = join(repository.outside, 'inferred.md');
    const { exit, stdout } = await cli.run(repository.dir, 'brief', 'infer', ...range, '-o', file);
    assert.equal(exit, 0);
    assert.match(stdout, /inferred: read it/);
    const text = readFileSync(file, 'utf8');
    const { front, title, context } = parseBrief(text, 'inferred.md');
    assert.equal(title, 'Say bonjour');
    assert.deepEqual(front.scope.change, ['.github/workflows/{ci.yml}', 'lib/**', 'src/**', 'tool [x]/\\{y\\}.sh']);
    assert.deepEqual([front.approval.allow, front.reviewer], [[], 'Developer <dev@example.com>']);
    assert.deepEqual(
      front.checks.map(({ run }) => run),
      ['make test'],
    );
    assert.match(text, /^ {2}# allow: \[ci\]$/m);
    assert.match(text, /^ {2}# {3}ci: .*\.github\/workflows\/ci\.yml/m);
    assert.match(context, /inferred from the difference of HEAD~3 and HEAD/);
    assert.match(context, /- Move it\n- ## Goal < !-- and more\n- Say bonjour/);
    const { value } = await cli.json(repository.dir, 'drift', '--brief', file, ...range);
    const { findings } = driftReportSchema.parse(value);
    assert.deepEqual(
      findings.filter(({ rule }) => rule.startsWith('scope/')),
      [],
    );
    assert.ok(
      findings.some(({ rule, severity }) => rule === 'boundary/ci' && severity === 'block'),
      'nothing is granted',
    );
  });

  it('reads the working tree where no head is named, and writes nothing there', async () => {
    repository.write({ 'notes/new.md': 'new\n' });
    const before = repository.git('status', '--porcelain');
    const { exit, value } = await cli.json(repository.dir, 'brief', 'infer', '--base', 'HEAD');
    assert.equal(exit, 0);
    assert.deepEqual((value as { change: string[] }).change, ['notes/new.md']);
    assert.equal(repository.git('status', '--porcelain'), before);
  });

  it('refuses what has no difference, a revision that is none, and a file that is there', async () => {
    const failed = async (...words: string[]) => {
      const { exit, value } = await cli.json(repository.dir, 'brief', 'infer', ...words);
      return [exit, (value as ErrorDocument).error.code];
    };
    assert.deepEqual(await failed('--base', 'HEAD', '--head', 'HEAD'), [2, 'USAGE']);
    assert.deepEqual(await failed('--base', 'nowhere', '--head', 'HEAD'), [2, 'REVISION_NOT_FOUND']);
    const file = join(repository.outside, 'mine.md');
    writeFileSync(file, 'mine\n');
    assert.deepEqual(await failed(...range, '-o', file), [2, 'FILE_EXISTS']);
    assert.equal(readFileSync(file, 'utf8'), 'mine\n');
  });
});
