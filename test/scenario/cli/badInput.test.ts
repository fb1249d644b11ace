import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRepository, runGit, type TestRepository } from '../../fixtures/repository';
import { brief, READY_BODY } from './briefs';
import { type CommandLine, type ErrorDocument, makeCommandLine } from './cli';
import { snapshotOfFolder } from './folderSnapshot';

const FILES = { 'src/hello.js': "export const hello = () => 'hello';\n" };

describe('bad input', () => {
  let cli: CommandLine;
  let repository: TestRepository;
  before(() => {
    cli = makeCommandLine();
    repository = makeRepository({ files: FILES });
  });
  after(() => {
    repository.remove();
    cli.remove();
  });

  /** Runs a command that must fail with this code, and must leave the folder as it was; returns the message. */
  async function refused(dir: string, words: readonly string[], code: string): Promise<string> {
    const before = snapshotOfFolder(dir);
    const { exit, value } = await cli.json(dir, ...words);
    const { error } = value as ErrorDocument;
    assert.equal(error.code, code);
    assert.equal(exit, 2);
    assert.ok(error.fix.length > 0);
    assert.deepEqual(snapshotOfFolder(dir), before);
    return error.message;
  }

  const BRIEFS: readonly (readonly [what: string, bytes: string | Uint8Array, code: string, message: RegExp])[] = [
    ['is empty', '', 'BRIEF_EMPTY', /bad\.md/],
    ['is blank', ' \n\n', 'BRIEF_EMPTY', /bad\.md/],
    ['is huge', `${brief()}${'x'.repeat(3_000_000)}`, 'BRIEF_TOO_LARGE', /bad\.md/],
    ['is not UTF-8', Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe, 0x80]), 'BRIEF_ENCODING', /bad\.md/],
    ['is UTF-16', Buffer.from(`\ufeff${brief()}`, 'utf16le'), 'BRIEF_ENCODING', /UTF-16/],
    ['has no front matter', READY_BODY, 'BRIEF_FRONT_MATTER', /bad\.md/],
    [
      'has an unknown key',
      brief({ front: ['scoop: []', 'scope: { change: [src/**] }'] }),
      'BRIEF_INVALID',
      /bad\.md:3.*scoop/,
    ],
    ['has a wrong type', brief({ front: ['scope: 7'] }), 'BRIEF_INVALID', /bad\.md:3/],
    ['has an escaping pattern', brief({ front: ['scope: { change: [../x/**] }'] }), 'BRIEF_INVALID', /\.\./],
    ['has an absolute pattern', brief({ front: ['scope: { change: [/etc/**] }'] }), 'BRIEF_INVALID', /\/etc/],
    ['has no goal', brief({ body: '## Acceptance criteria\n- [ ] a (review)\n' }), 'BRIEF_INVALID', /Goal/],
  ];

  for (const [what, bytes, code, message] of BRIEFS) {
    it(`refuses a brief that ${what}: ${code}`, async () => {
      const file = join(repository.outside, 'bad.md');
      writeFileSync(file, bytes);
      for (const words of [
        ['drift', '--brief', file, '--base', 'HEAD'],
        ['run', file],
      ]) {
        assert.match(await refused(repository.dir, words, code), message);
      }
    });
  }

  it('refuses a brief that is not there, a folder, and a FIFO, without waiting', async () => {
    const fifo = join(repository.outside, 'fifo');
    execFileSync('mkfifo', [fifo]);
    for (const file of [
      join(repository.outside, 'absent.md'),
      repository.dir,
      fifo,
      `${repository.dir}/src/hello.js/x`,
    ]) {
      await refused(repository.dir, ['run', file], 'FILE_NOT_FOUND');
    }
  });

  it('refuses a base and a head that do not exist', async () => {
    const file = join(repository.outside, 'good.md');
    writeFileSync(file, brief());
    for (const revision of ['nowhere', 'HEAD~7', '0'.repeat(40), 'HEAD:src/hello.js', '--output=x', 'a b']) {
      await refused(repository.dir, ['drift', '--brief', file, `--base=${revision}`], 'REVISION_NOT_FOUND');
    }
    await refused(repository.dir, ['gate', '--base', 'HEAD', '--head=--all'], 'REVISION_NOT_FOUND');
  });

  it('refuses a folder that is no repository', async () => {
    const dir = join(repository.outside, 'plain folder');
    mkdirSync(dir);
    writeFileSync(join(dir, 'brief.md'), brief());
    await refused(dir, ['drift', '--brief', 'brief.md', '--base', 'HEAD'], 'NOT_A_REPOSITORY');
    await refused(dir, ['gate', '--base', 'HEAD', '--head', 'HEAD'], 'NOT_A_REPOSITORY');
    await refused(dir, ['init'], 'NOT_A_REPOSITORY');
    await refused(dir, ['init', '--repo', 'absent'], 'FILE_NOT_FOUND');
    await refused(dir, ['init', '--repo', 'brief.md'], 'FILE_NOT_FOUND');
  });

  it('refuses a branch for a delivery that moves none', async () => {
    const words = ['signoff', 'x', '--deliver', 'none', '--to', 'main'];
    assert.match(await refused(repository.dir, words, 'USAGE'), /--to names a branch/);
  });

  it('refuses a configuration that is wrong, before a host is started for it', async () => {
    const file = join(repository.outside, 'config.yaml');
    writeFileSync(file, 'limits:\n  tasks: many\n');
    const { exit, stderr } = await cli.runWith({ COUNTERSIGN_CONFIG: file }, repository.dir, 'tasks');
    assert.equal(exit, 2);
    assert.match(stderr, /^countersign: CONFIG_INVALID: .*config\.yaml:2: limits\.tasks: /);
    assert.equal(existsSync(join(cli.home, 'host', 'log')), false);
  });

  it('refuses a bare repository', async () => {
    const dir = join(repository.outside, 'bare.git');
    mkdirSync(dir);
    runGit(dir, ['init', '-q', '--bare']);
    const file = join(repository.outside, 'good.md');
    writeFileSync(file, brief());
    await refused(dir, ['drift', '--brief', file, '--base', 'HEAD'], 'REPOSITORY_BARE');
    await refused(dir, ['init'], 'REPOSITORY_BARE');
  });

  it('refuses a repository without commits', async () => {
    const dir = join(repository.outside, 'émpty repo');
    mkdirSync(dir);
    runGit(dir, ['init', '-q']);
    const file = join(repository.outside, 'good.md');
    writeFileSync(file, brief());
    await refused(dir, ['drift', '--brief', file, '--base', 'HEAD'], 'REPOSITORY_EMPTY');
    await refused(dir, ['init'], 'REPOSITORY_EMPTY');
  });

  it('works in a shallow clone, and says what lies beyond it', async () => {
    repository.commit('second', { 'src/hello.js': '2;\n' });
    repository.commit('third', { 'src/hello.js': '3;\n' });
    const dir = join(repository.outside, 'shallow');
    runGit(repository.outside, ['clone', '-q', '--depth', '2', `file://${repository.dir}`, dir]);
    const file = join(repository.outside, 'good.md');
    writeFileSync(file, brief());
    const { exit } = await cli.json(dir, 'drift', '--brief', file, '--base', 'HEAD~1', '--head', 'HEAD');
    assert.equal(exit, 0);
    await refused(dir, ['drift', '--brief', file, '--base', 'HEAD~2', '--head', 'HEAD'], 'REVISION_NOT_FOUND');
  });

  it('works in a repository with a submodule', async () => {
    const sub = makeRepository({ name: 'sub', files: { a: '1\n' } });
    const top = makeRepository({ name: 'töp', files: FILES });
    try {
      top.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub.dir, 'vendor/sub');
      const added = top.commit('submodule');
      const file = join(top.outside, 'good.md');
      writeFileSync(file, brief());
      const before = snapshotOfFolder(top.dir);
      const { exit, value } = await cli.json(top.dir, 'drift', '--brief', file, '--base', `${added}~1`);
      assert.equal(exit, 1);
      const { findings } = value as { findings: { rule: string; path: string }[] };
      assert.ok(findings.some(({ rule, path }) => rule === 'hidden/submodule' && path === 'vendor/sub'));
      assert.deepEqual(snapshotOfFolder(top.dir), before);
    } finally {
      top.remove();
      sub.remove();
    }
  });

  it('refuses a state directory inside a repository', async () => {
    const file = join(repository.outside, 'good.md');
    writeFileSync(file, brief());
    const { exit, stderr } = await cli.runWith(
      { COUNTERSIGN_HOME: join(repository.dir, 'state') },
      repository.dir,
      'run',
      file,
    );
    assert.equal(exit, 2);
    assert.match(stderr, /CONFIG_INVALID: .*inside the repository/);
  });

  it('says that git is missing', async () => {
    const { exit, stderr } = await cli.runWith({ PATH: join(repository.outside, 'nothing') }, repository.dir, 'init');
    assert.equal(exit, 2);
    assert.match(stderr, /GIT_MISSING/);
  });

  it('says that git is too old', async () => {
    const bin = join(repository.outside, 'old git');
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.25.1\n', { mode: 0o755 });
    const { exit, stderr } = await cli.runWith({ PATH: `${bin}:${process.env.PATH}` }, repository.dir, 'init');
    assert.equal(exit, 2);
    assert.match(stderr, /GIT_TOO_OLD: .*2\.25\.1/);
  });
});
