/** Ways to hide a change from a diff. Whatever the agent's folder holds is in the snapshot, or is told. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runGit } from '../../fixtures/repository';
import { makeTaskWorkspace, type TaskWorkspace } from '../../fixtures/taskWorkspace';

describe('hiding a change', () => {
  let task: TaskWorkspace;
  const FILES = {
    'src/a.ts': 'one\n',
    'src/b.ts': 'two\n',
    'src/c.ts': 'three\n',
    '.gitignore': 'node_modules/\n*.log\ntmp/\n',
  };

  beforeEach(async () => {
    task = await makeTaskWorkspace({ files: FILES });
    task.write({ 'node_modules/x/index.js': 'x', 'start.log': 'l' });
    await task.workspaces.settled('t1', task.workspace);
  });
  afterEach(() => task.remove());

  it('flags and forged file data in the index are seen', async () => {
    task.git('update-index', '--assume-unchanged', 'src/a.ts');
    task.git('update-index', '--skip-worktree', 'src/b.ts');
    task.git('config', 'core.trustctime', 'false');
    const before = statSync(join(task.folder, 'src/c.ts'));
    task.write({ 'src/a.ts': 'evil\n', 'src/b.ts': 'evil\n', 'src/c.ts': 'THREE\n' });
    utimesSync(join(task.folder, 'src/c.ts'), before.atime, before.mtime);
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), ['M src/a.ts', 'M src/b.ts', 'M src/c.ts']);
    const hidden = observations.indexHidden.map(({ path, how }) => `${how} ${path}`);
    assert.deepEqual(hidden.slice(0, 2), ['assume-unchanged src/a.ts', 'skip-worktree src/b.ts']);
  });

  it('an index whose entries were forged to match is seen', async () => {
    task.write({ 'src/a.ts': 'evil\n' });
    utimesSync(join(task.folder, 'src/a.ts'), 1_000_000, 1_000_000);
    const evil = task.git('rev-parse', 'HEAD:src/a.ts');
    task.git('add', 'src/a.ts');
    // The entry keeps the file's data and names the base's content.
    const index = join(task.folder, '.git/index');
    const good = Buffer.from(evil, 'hex');
    const bad = Buffer.from(task.git('rev-parse', ':src/a.ts'), 'hex');
    const bytes = execFileSync('cat', [index]);
    good.copy(bytes, bytes.indexOf(bad));
    const { createHash } = await import('node:crypto');
    const body = bytes.subarray(0, -20);
    writeFileSync(index, Buffer.concat([body, createHash('sha1').update(body).digest()]));
    const { observations } = await task.snapshot();
    assert.deepEqual(observations.indexHidden, [{ path: 'src/a.ts', how: 'stat' }]);
  });

  it('an index that does not parse is told', async () => {
    writeFileSync(join(task.folder, '.git/index'), 'DIRC broken');
    task.write({ 'src/a.ts': 'x\n' });
    const { observations } = await task.snapshot();
    assert.deepEqual(observations.indexHidden, [{ path: '.git/index', how: 'unreadable-index' }]);
  });

  it('staging and committing hides nothing and is not told as hiding', async () => {
    task.write({ 'src/a.ts': 'half\n' });
    task.git('commit', '-qam', 'half');
    task.write({ 'src/b.ts': 'other half\n', 'src/new.ts': 'n\n' });
    task.git('add', 'src/b.ts');
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), ['M src/a.ts', 'M src/b.ts', 'A src/new.ts']);
    assert.deepEqual(observations.indexHidden, []);
    assert.deepEqual(observations.git, []);
  });

  it('info/exclude and file mode settings of the clone hide nothing', async () => {
    task.git('config', 'core.fileMode', 'false');
    appendFileSync(join(task.folder, '.git/info/exclude'), '*\n');
    execFileSync('chmod', ['+x', join(task.folder, 'src/a.ts')]);
    task.write({ 'src/new.ts': 'n\n' });
    const { snapshot } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), ['M src/a.ts', 'A src/new.ts']);
  });

  it('new ignore rules hide nothing; removed ones add', async () => {
    task.write({
      '.gitignore': '*.ts\n*.log\n/hidden/\n',
      'src/new.ts': 'n\n',
      'hidden/x.bin': 'x',
      'late.log': 'l',
      'tmp/t': 't',
    });
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), [
      'M .gitignore',
      'A hidden/x.bin',
      'A node_modules/x/index.js',
      'A src/new.ts',
      'A tmp/t',
    ]);
    assert.deepEqual(observations.ignored, ['late.log']);
  });

  it('a rule file in a new folder hides nothing', async () => {
    task.write({ 'src/.gitignore': '*\n', 'src/new.ts': 'n\n' });
    const { snapshot } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), ['A src/.gitignore', 'A src/new.ts']);
  });

  it('new files behind the base’s rules are told, outside build folders', async () => {
    task.write({ 'tmp/tool.js': 't', 'evil.log': 'l', 'node_modules/y/index.js': 'y' });
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), []);
    assert.deepEqual(observations.ignored, ['evil.log', 'tmp/tool.js']);
  });

  it('repositories inside hide no file: with commits, empty, and around tracked files', async () => {
    task.write({ 'vendor/lib/payload.js': 'p', 'vendor/lib/deep/q.js': 'q', 'empty/e.js': 'e', 'src/new.ts': 'n\n' });
    runGit(join(task.folder, 'vendor/lib'), ['init', '-q']);
    runGit(join(task.folder, 'vendor/lib'), ['add', '-A']);
    runGit(join(task.folder, 'vendor/lib'), ['commit', '-qm', 'x']);
    runGit(join(task.folder, 'empty'), ['init', '-q']);
    runGit(join(task.folder, 'src'), ['init', '-q']);
    rmSync(join(task.folder, 'src/b.ts'));
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), [
      'A empty/e.js',
      'D src/b.ts',
      'A src/new.ts',
      'A vendor/lib/deep/q.js',
      'A vendor/lib/payload.js',
    ]);
    assert.deepEqual(observations.nested, [
      { path: 'empty', files: ['empty/e.js'] },
      { path: 'src', files: ['src/a.ts', 'src/c.ts', 'src/new.ts'] },
      { path: 'vendor/lib', files: ['vendor/lib/deep/q.js', 'vendor/lib/payload.js'] },
    ]);
  });

  it('a gitlink in the agent’s own index becomes files', async () => {
    task.write({ 'sub/p.js': 'p' });
    runGit(join(task.folder, 'sub'), ['init', '-q']);
    runGit(join(task.folder, 'sub'), ['add', '-A']);
    runGit(join(task.folder, 'sub'), ['commit', '-qm', 'x']);
    task.git('add', 'sub');
    task.git('commit', '-qm', 'gitlink');
    const { snapshot } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), ['A sub/p.js']);
  });

  it('links are links; nothing behind them is read', async () => {
    rmSync(join(task.folder, 'src/a.ts'));
    symlinkSync('/etc/passwd', join(task.folder, 'src/a.ts'));
    symlinkSync('/', join(task.folder, 'root'));
    symlinkSync('/dev/zero', join(task.folder, 'zero'));
    const { snapshot } = await task.snapshot();
    const { changes, reader } = await task.workspaces.diff(task.workspace, snapshot.tree);
    assert.deepEqual(
      changes.map(({ status, path, newMode }) => `${status} ${path} ${newMode}`),
      ['A root 120000', 'T src/a.ts 120000', 'A zero 120000'],
    );
    assert.deepEqual(await reader.addedLines(changes[1]!), [{ line: 1, text: '/etc/passwd' }]);
    await reader.close();
  });

  it('special files and giants neither hang nor pass silently', async () => {
    execFileSync('mkfifo', [join(task.folder, 'src/pipe')]);
    rmSync(join(task.folder, 'src/b.ts'));
    execFileSync('mkfifo', [join(task.folder, 'src/b.ts')]);
    writeFileSync(join(task.folder, 'big'), '');
    truncateSync(join(task.folder, 'big'), 100 * 1024 ** 3);
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(observations.special.map(({ path, kind }) => `${kind} ${path}`).sort(), [
      'fifo src/b.ts',
      'fifo src/pipe',
    ]);
    assert.deepEqual(observations.oversize, [{ path: 'big', size: 100 * 1024 ** 3 }]);
    assert.ok(!(await task.changed(snapshot.tree)).includes('A big'));
  });

  for (const name of ['.gitignore', '.gitattributes']) {
    it(`a ${name} that never ends stops the snapshot, not the host`, async () => {
      rmSync(join(task.folder, '.gitignore'));
      execFileSync('mkfifo', [join(task.folder, name)]);
      await assert.rejects(task.snapshot(), { code: 'SNAPSHOT_FAILED', message: new RegExp(name) });
    });
  }

  it('more special files than are told stop the snapshot, not the host', async () => {
    const paths = [...Array(1_300).keys()].map((i) => `p${i}`);
    mkdirSync(join(task.folder, 'zz'));
    execFileSync('mkfifo', [...paths, 'zz/.gitignore'], { cwd: task.folder });
    await assert.rejects(task.snapshot(), { code: 'SNAPSHOT_FAILED', message: /1301 pipes/ });
    await assert.rejects(task.workspaces.settled('t1', task.workspace), { code: 'SNAPSHOT_FAILED' });
  });

  it('a path beyond what the system opens is told', async () => {
    const script = `for (let i = 0; i < 30; i++) { fs.mkdirSync('${'d'.repeat(200)}'); process.chdir('${'d'.repeat(200)}'); }`;
    execFileSync(process.execPath, ['-e', `${script} fs.writeFileSync('payload', 'x')`], { cwd: task.folder, env: {} });
    const { observations } = await task.snapshot();
    assert.ok(observations.unreadable.length > 0);
    assert.deepEqual(await task.workspaces.remove('t1', task.workspace), [task.folder, task.workspace.shadow.path]);
  });

  it('names that file systems read as .git are told', async () => {
    task.write({ 'x/.GIT/config': 'x', 'y/git~1/config': 'y', 'src/ok.ts': 'o\n' });
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(
      observations.nested.map(({ path }) => path),
      ['x', 'y'],
    );
    assert.deepEqual(await task.changed(snapshot.tree), ['A src/ok.ts']);
  });

  it('attributes that turn text into binary hide no added line', async () => {
    task.write({ '.gitattributes': '* -diff -text\n', 'src/a.ts': 'one\nevil\0\nmore\n' });
    const { snapshot } = await task.snapshot();
    const { changes, reader } = await task.workspaces.diff(task.workspace, snapshot.tree);
    assert.deepEqual(await reader.addedLines(changes.find(({ path }) => path === 'src/a.ts')!), [
      { line: 2, text: 'evil\0' },
      { line: 3, text: 'more' },
    ]);
    await reader.close();
  });

  it('names with newlines, tabs, quotes and pathspec magic stay what they are', async () => {
    const names = [':(top)x', '*', 'a\nb\tc"d', 'ä😀', '-rf', '!bang', ' space '];
    for (const name of names) task.write({ [`odd/${name}`]: `${name}\n` });
    mkdirSync(join(task.folder, 'odd/-x'), { recursive: true });
    task.write({ ':!src': 'top\n' });
    const { snapshot } = await task.snapshot();
    const changed = await task.changed(snapshot.tree);
    assert.deepEqual(changed.sort(), [...names.map((name) => `A odd/${name}`), 'A :!src'].sort());
  });
});
