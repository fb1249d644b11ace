import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runGit } from '../../fixtures/repository';
import { contentOf, type Edits, landWork, leftovers, makeWork, repositoryOf, type Work } from './fixture';

const BASE = { 'src/a.ts': 'a\n', 'src/b.ts': 'b\n', 'README.md': 'readme\n', '.gitignore': '*.log\n' };
const EDITS: Edits = { files: { 'src/a.ts': 'a changed\n', 'new/deep/file.ts': 'new\n' }, remove: ['src/b.ts'] };

describe('landing: the working tree', () => {
  const works: Work[] = [];
  const make = (edits: Edits = EDITS, base: Parameters<typeof makeWork>[0] = BASE): Work => {
    const work = makeWork(base, edits);
    works.push(work);
    return work;
  };

  afterEach(() => {
    for (const work of works.splice(0)) work.repo.remove();
  });

  /** Landing must be refused, and nothing may have changed. */
  async function refused(work: Work, code: string, message: RegExp, landing = () => landWork(work)): Promise<void> {
    const { repo } = work;
    const state = () => [repo.git('rev-parse', 'main'), repo.git('ls-files', '-s'), contentOf(repo.dir)];
    const before = state();
    await assert.rejects(landing, (thrown: { code: string; message: string }) => {
      assert.equal(thrown.code, code, thrown.message);
      assert.match(thrown.message, message);
      return true;
    });
    assert.deepEqual(state(), before);
  }

  it('keeps everything else of the user: dirty, staged, untracked, ignored, stashed', async () => {
    const work = make();
    const { repo } = work;
    repo.write({ 'README.md': 'stash me\n' });
    repo.git('stash');
    repo.write({
      'README.md': 'dirty\n',
      'notes.txt': 'untracked\n',
      'debug.log': 'ignored\n',
      'staged.txt': 'staged\n',
    });
    repo.git('add', 'staged.txt');
    writeFileSync(join(repo.dir, 'staged.txt'), 'staged and then changed\n');
    const stash = repo.git('rev-parse', 'stash@{0}');
    const { kept } = await landWork(work);
    assert.deepEqual(kept, []);
    assert.equal(
      repo.git('status', '--porcelain', '--ignored'),
      ' M README.md\nAM staged.txt\n?? notes.txt\n!! debug.log',
    );
    assert.equal(repo.git('show', ':staged.txt'), 'staged');
    assert.equal(repo.git('rev-parse', 'stash@{0}'), stash);
    assert.deepEqual(contentOf(repo.dir), {
      '.gitignore': 'file *.log\n',
      'README.md': 'file dirty\n',
      'debug.log': 'file ignored\n',
      'new/deep/file.ts': 'file new\n',
      'notes.txt': 'file untracked\n',
      'src/a.ts': 'file a changed\n',
      'staged.txt': 'file staged and then changed\n',
    });
  });

  const inTheWay: Record<string, [(work: Work) => void, RegExp]> = {
    'a changed file': [({ repo }) => repo.write({ 'src/a.ts': 'mine\n' }), /src\/a\.ts \(changed\)/],
    'a change of the same size and time': [
      ({ repo }) => {
        const path = join(repo.dir, 'src/a.ts');
        const { atime, mtime } = statSync(path);
        writeFileSync(path, 'b\n');
        utimesSync(path, atime, mtime);
      },
      /src\/a\.ts \(changed\)/,
    ],
    'a change in the second in which git looked last': [
      ({ repo }) => {
        const path = join(repo.dir, 'src/a.ts');
        // Git compares whole seconds, and looks closer only where the index is as young as the file.
        while (Date.now() % 1000 > 300);
        writeFileSync(path, 'a\n');
        repo.git('add', 'src/a.ts');
        const { atime, mtime } = statSync(path);
        writeFileSync(path, 'b\n');
        utimesSync(path, atime, mtime);
        while (Date.now() - mtime.getTime() < 1_100);
      },
      /src\/a\.ts \(changed\)/,
    ],
    'a file marked assume-unchanged': [
      ({ repo }) => {
        repo.git('update-index', '--assume-unchanged', 'src/a.ts');
        repo.write({ 'src/a.ts': 'mine\n' });
      },
      /src\/a\.ts \(marked assume-unchanged\)/,
    ],
    'a file marked skip-worktree': [
      ({ repo }) => void repo.git('update-index', '--skip-worktree', 'src/a.ts'),
      /src\/a\.ts \(marked skip-worktree\)/,
    ],
    'a staged change': [
      ({ repo }) => {
        repo.write({ 'src/a.ts': 'mine\n' });
        repo.git('add', 'src/a.ts');
        repo.write({ 'src/a.ts': 'a\n' });
      },
      /src\/a\.ts \(staged changes\)/,
    ],
    'a changed file that is to be deleted': [
      ({ repo }) => repo.write({ 'src/b.ts': 'mine\n' }),
      /src\/b\.ts \(changed\)/,
    ],
    'a staged deletion': [({ repo }) => void repo.git('rm', '-q', 'src/a.ts'), /src\/a\.ts \(its deletion is staged\)/],
    'a missing file': [({ repo }) => rmSync(join(repo.dir, 'src/a.ts')), /src\/a\.ts \(changed\)/],
    'a changed mode': [({ repo }) => chmodSync(join(repo.dir, 'src/a.ts'), 0o755), /src\/a\.ts \(changed\)/],
    'an untracked file': [
      ({ repo }) => repo.write({ 'new/deep/file.ts': 'mine\n' }),
      /new\/deep\/file\.ts \(an untracked/,
    ],
    'an untracked file where a folder is needed': [({ repo }) => repo.write({ new: 'mine\n' }), /new is no folder/],
    'a link where a folder is needed': [
      ({ repo }) => {
        mkdirSync(join(repo.outside, 'elsewhere'));
        symlinkSync(join(repo.outside, 'elsewhere'), join(repo.dir, 'new'));
      },
      /new is no folder/,
    ],
    'a folder with the name of a new file': [
      ({ repo }) => repo.write({ 'new/deep/file.ts/mine': 'mine\n' }),
      /the folder holds new\/deep\/file\.ts\/mine/,
    ],
    'a staged new file of the same name': [
      ({ repo }) => {
        repo.write({ 'new/deep/file.ts': 'mine\n' });
        repo.git('add', 'new/deep/file.ts');
        rmSync(join(repo.dir, 'new'), { recursive: true });
      },
      /new\/deep\/file\.ts \(staged\)/,
    ],
  };
  for (const [what, [disturb, message]] of Object.entries(inTheWay)) {
    it(`refuses to overwrite ${what}`, async () => {
      const work = make();
      disturb(work);
      await refused(work, 'LANDING_DIRTY', message);
      assert.deepEqual(leftovers(work.repository.commonDir), []);
    });
  }

  it('refuses to overwrite an ignored file', async () => {
    const work = make({ files: { 'trace.log': 'theirs\n' } });
    work.repo.write({ 'trace.log': 'mine\n' });
    await refused(work, 'LANDING_DIRTY', /trace\.log \(an untracked or ignored file/);
  });

  it('looks again when it lands: what became dirty after the plan is refused, and the index is free again', async () => {
    const work = make();
    await refused(work, 'LANDING_DIRTY', /src\/a\.ts/, async () => {
      const disturb = () => work.repo.write({ 'src/a.ts': 'mine\n' });
      try {
        return await landWork(work, {}, disturb);
      } finally {
        work.repo.write({ 'src/a.ts': 'a\n' });
      }
    });
    assert.deepEqual(leftovers(work.repository.commonDir), []);
  });

  it('refuses while another process holds the index, and leaves its lock alone', async () => {
    const work = make();
    const lock = join(work.repository.commonDir, 'index.lock');
    writeFileSync(lock, 'foreign');
    await refused(work, 'LANDING_BUSY', /holds the index/);
    assert.equal(readFileSync(lock, 'utf8'), 'foreign');
    rmSync(lock);
    await refused(work, 'LANDING_BUSY', /holds the index/, () =>
      landWork(work, {}, () => writeFileSync(lock, 'foreign')),
    );
    assert.equal(readFileSync(lock, 'utf8'), 'foreign');
  });

  const operations: Record<string, (work: Work) => void> = {
    merge: (work: Work) => {
      work.repo.git('checkout', '-q', '-b', 'side');
      work.repo.commit('side', { 'README.md': 'side\n' });
      work.repo.git('checkout', '-q', 'main');
      work.repo.git('merge', '-q', '--no-commit', '--no-ff', 'side');
    },
    'cherry-pick': (work: Work) => writeFileSync(join(work.repository.commonDir, 'CHERRY_PICK_HEAD'), `${work.base}\n`),
    bisection: (work: Work) => void work.repo.git('bisect', 'start'),
    rebase: (work: Work) => {
      mkdirSync(join(work.repository.commonDir, 'rebase-merge'));
      writeFileSync(join(work.repository.commonDir, 'rebase-merge', 'head-name'), 'refs/heads/main\n');
      work.repo.git('checkout', '-q', '--detach');
    },
  };
  for (const [name, begin] of Object.entries(operations)) {
    it(`refuses in the middle of a ${name}`, async () => {
      const work = make();
      begin(work);
      await refused(work, 'LANDING_BUSY', /in progress|being rebased/);
    });
  }

  it('lands in a linked worktree that has the target, and leaves the main one alone', async () => {
    const work = make();
    const { repo } = work;
    repo.git('checkout', '-q', '-b', 'elsewhere');
    const linked = join(repo.outside, 'linked');
    repo.git('worktree', 'add', '-q', linked, 'main');
    const before = contentOf(repo.dir);
    writeFileSync(join(linked, 'src/a.ts'), 'mine\n');
    await assert.rejects(landWork(work), { code: 'LANDING_DIRTY' });
    writeFileSync(join(linked, 'src/a.ts'), 'a\n');
    writeFileSync(join(linked, 'notes.txt'), 'mine\n');
    const { plan } = await landWork(work);
    assert.equal(plan.checkout?.root, linked);
    assert.equal(runGit(linked, ['status', '--porcelain']), '?? notes.txt');
    assert.equal(readFileSync(join(linked, 'src/a.ts'), 'utf8'), 'a changed\n');
    assert.deepEqual(contentOf(repo.dir), before);
    assert.equal(repo.git('status', '--porcelain'), '');
    assert.deepEqual(leftovers(join(work.repository.commonDir, 'worktrees', 'linked')), []);
  });

  it('lands for a hand-off that came from a linked worktree', async () => {
    const work = make();
    const linked = join(work.repo.outside, 'linked');
    work.repo.git('worktree', 'add', '-q', '--detach', linked);
    await landWork({ ...work, repository: repositoryOf(linked) });
    assert.equal(work.repo.git('status', '--porcelain'), '');
    assert.equal(readFileSync(join(work.repo.dir, 'src/a.ts'), 'utf8'), 'a changed\n');
  });

  it('refuses two worktrees with the target, and passes over one that is gone', async () => {
    const work = make();
    const second = join(work.repo.outside, 'second');
    work.repo.git('worktree', 'add', '-q', '--force', second, 'main');
    await refused(work, 'LANDING_BUSY', /checked out in .* and in /);
    rmSync(second, { recursive: true });
    await landWork(work);
    assert.equal(work.repo.git('status', '--porcelain'), '');
  });

  it('exchanges files for folders, folders for files, modes and links', async () => {
    const base = {
      thing: 'a file\n',
      'other/x': 'x\n',
      'other/y/z': 'z\n',
      run: '#!/bin/sh\n',
      plain: { script: '#!/bin/sh\n' },
      link: { link: 'run' },
      text: 'text\n',
    };
    const work = make(
      {
        remove: ['thing', 'other', 'link', 'text'],
        files: {
          'thing/inside': 'in\n',
          other: 'now a file\n',
          link: 'now a file\n',
          text: { link: '../out' },
          run: { script: '#!/bin/sh\n' },
        },
        before: (dir) => chmodSync(join(dir, 'plain'), 0o644),
      },
      base,
    );
    await landWork(work);
    assert.deepEqual(contentOf(work.repo.dir), {
      link: 'file now a file\n',
      other: 'file now a file\n',
      plain: 'file #!/bin/sh\n',
      run: 'script #!/bin/sh\n',
      text: 'link ../out',
      'thing/inside': 'file in\n',
    });
    assert.equal(work.repo.git('status', '--porcelain'), '');
  });

  it('refuses to replace a folder that holds something of the user', async () => {
    const work = make({ remove: ['src'], files: { src: 'a file now\n' } });
    work.repo.write({ 'src/mine.txt': 'mine\n' });
    await refused(work, 'LANDING_DIRTY', /src \(the folder holds src\/mine\.txt\)/);
  });

  it('converts line ends as the user configured them, by the attributes that land', async () => {
    const work = make({
      files: { 'a.txt': 'one\ntwo\n', '.gitattributes': '*.txt text\n*.sh text eol=lf\n', 'run.sh': 'x\ny\n' },
    });
    work.repo.git('config', 'core.autocrlf', 'true');
    await landWork(work);
    assert.equal(readFileSync(join(work.repo.dir, 'a.txt'), 'utf8'), 'one\r\ntwo\r\n');
    assert.equal(readFileSync(join(work.repo.dir, 'run.sh'), 'utf8'), 'x\ny\n');
    assert.equal(work.repo.git('status', '--porcelain'), '');
  });

  it('filters files as the user configured it', async () => {
    const work = make(
      { files: { 'new.bin': 'ABC\n', 'old.bin': 'XYZ\n' } },
      { '.gitattributes': '*.bin filter=low\n', 'old.bin': 'OLD\n' },
    );
    work.repo.git('config', 'filter.low.smudge', 'tr A-Z a-z');
    work.repo.git('config', 'filter.low.clean', 'tr a-z A-Z');
    rmSync(join(work.repo.dir, 'old.bin'));
    work.repo.git('checkout', '--', 'old.bin');
    assert.equal(readFileSync(join(work.repo.dir, 'old.bin'), 'utf8'), 'old\n');
    await landWork(work);
    assert.equal(readFileSync(join(work.repo.dir, 'new.bin'), 'utf8'), 'abc\n');
    assert.equal(readFileSync(join(work.repo.dir, 'old.bin'), 'utf8'), 'xyz\n');
    assert.equal(work.repo.git('status', '--porcelain'), '');
  });

  it('lands in a worktree on another file system', async function () {
    const shared = '/dev/shm';
    const work = make({
      files: { 'src/a.ts': 'a changed\n', link: { link: 'src/a.ts' }, run: { script: 'x\n' } },
      remove: ['src/b.ts'],
    });
    if (!existsSync(shared) || statSync(shared).dev === statSync(work.repo.dir).dev) this.skip();
    const folder = mkdtempSync(join(shared, 'cs-land-'));
    try {
      const linked = join(folder, 'linked');
      work.repo.git('checkout', '-q', '--detach');
      work.repo.git('worktree', 'add', '-q', linked, 'main');
      await landWork(work);
      assert.equal(runGit(linked, ['status', '--porcelain']), '');
      assert.equal(contentOf(linked).run, 'script x\n');
      assert.equal(contentOf(linked).link, 'link src/a.ts');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('takes odd names as they are', async () => {
    const files = { 'a\nb "c"\t.ts': '1\n', '-rf': '2\n', ':(glob)*': '3\n', 'ä/ö.ts': '4\n', ' lead': '5\n' };
    const work = make({ files });
    await landWork(work);
    assert.equal(work.repo.git('status', '--porcelain'), '');
    assert.equal(readFileSync(join(work.repo.dir, 'a\nb "c"\t.ts'), 'utf8'), '1\n');
  });

  it('takes a submodule for a folder of the user', async () => {
    const inner = makeWork({ 'x.ts': 'x\n' }, {});
    works.push(inner);
    const work = make();
    // The fixture's `add -A` would drop a submodule without a folder, so this snapshot is made by hand.
    const index = join(work.repo.outside, 'index');
    const env = { GIT_INDEX_FILE: index };
    runGit(work.repo.dir, ['read-tree', work.base], env);
    runGit(work.repo.dir, ['update-index', '--add', '--cacheinfo', `160000,${inner.base},sub`], env);
    const tree = runGit(work.repo.dir, ['write-tree'], env);
    const commit = work.repo.git('commit-tree', tree, '-p', work.base, '-m', 'with submodule');
    await landWork({ ...work, snapshot: { commit, tree } });
    assert.ok(lstatSync(join(work.repo.dir, 'sub')).isDirectory());
    assert.equal(work.repo.git('status', '--porcelain'), '');
  });

  it('refuses a sparse checkout that has the target', async () => {
    const work = make();
    work.repo.git('sparse-checkout', 'set', 'src');
    await refused(work, 'REPOSITORY_UNSUPPORTED', /sparse/);
  });

  it('never removes a folder of the user with the last file of it', async () => {
    const work = make({ remove: ['src'] });
    mkdirSync(join(work.repo.dir, 'src', 'empty'));
    work.repo.write({ 'src/debug.log': 'ignored\n' });
    await landWork(work);
    assert.equal(readFileSync(join(work.repo.dir, 'src/debug.log'), 'utf8'), 'ignored\n');
    assert.equal(existsSync(join(work.repo.dir, 'src', 'a.ts')), false);
  });
});
