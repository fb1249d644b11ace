/** Repositories and submodules inside an agent's folder or a checkout: nothing in them runs, and no walk leaves the folder. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createCheckouts } from '../../../src/node/git/checkout';
import { openGit } from '../../../src/node/git/git';
import { indexOf } from '../../../src/node/git/indexFile';
import { makeRepository, runGit, type TestRepository } from '../../fixtures/repository';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

describe('repositories inside', () => {
  let task: TaskWorkspace;
  let marker: string;
  afterEach(() => task.remove());

  /** A repository that runs a program as soon as `git status` looks at its file, whose times it does not know. */
  function plant(path: string): void {
    const dir = join(task.folder, path);
    task.write({ [`${path}/a.txt`]: 'a\n', [`${path}/.gitattributes`]: '* filter=evil\n' });
    runGit(dir, ['init', '-q']);
    runGit(dir, ['add', '-A']);
    runGit(dir, ['commit', '-qm', 'x']);
    arm(dir);
  }

  function arm(dir: string): void {
    for (const kind of ['clean', 'smudge']) runGit(dir, ['config', `filter.evil.${kind}`, `touch '${marker}'; cat`]);
    runGit(dir, ['config', 'core.fsmonitor', `touch '${marker}'; false`]);
    utimesSync(join(dir, 'a.txt'), 1_000_000, 1_000_000);
  }

  const make = async (options: Parameters<typeof makeTaskWorkspace>[0]) => {
    task = await makeTaskWorkspace(options);
    marker = join(task.repository.outside, 'marker');
  };

  async function withSubmodule(work: (sub: TestRepository) => Promise<void>): Promise<void> {
    const sub = makeRepository({ files: { 'a.txt': 'a\n', '.gitattributes': '* filter=evil\n' } });
    try {
      await work(sub);
    } finally {
      sub.remove();
    }
  }

  const addSubmodule = (repository: TestRepository, sub: TestRepository, path: string) => {
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub.dir, path);
    repository.commit('submodule');
  };

  it('are all known, or the snapshot is refused with their number', async () => {
    await make({ files: { a: '1' } });
    for (let i = 0; i < 1_101; i++) mkdirSync(join(task.folder, `n${i}/.git`), { recursive: true });
    await assert.rejects(task.look(), { code: 'SNAPSHOT_FAILED', message: /1101 repositories/ });
    await assert.rejects(task.snapshot(), { code: 'SNAPSHOT_FAILED', message: /1101 repositories/ });
  });

  it('are not looked into, even as submodules of an index that knows them', async () => {
    await make({ files: { a: '1' } });
    plant('inside');
    const index = { GIT_INDEX_FILE: indexOf(task.workspace.shadow.path) };
    const oid = runGit(join(task.folder, 'inside'), ['rev-parse', 'HEAD']);
    const shadow = openGit(task.workspace.shadow.path);
    const entry = `160000,${oid},inside`;
    await shadow.run(['update-index', '--add', '--cacheinfo', entry], { env: index });
    await task.look();
    const { snapshot, observations } = await task.snapshot();
    assert.equal(existsSync(marker), false, 'a program of the agent’s ran');
    assert.deepEqual(await task.changed(snapshot.tree), ['A inside/.gitattributes', 'A inside/a.txt']);
    assert.deepEqual(observations.nested, [{ path: 'inside', files: ['inside/.gitattributes', 'inside/a.txt'] }]);
    runGit(join(task.folder, 'inside'), ['status']);
    assert.equal(existsSync(marker), true, 'the trap works');
  });

  it('that a check fills a submodule of its tree with run nothing, where the base has none', () =>
    withSubmodule(async (sub) => {
      await make({ files: { a: '1' } });
      const { repository, workspace, facts } = task;
      addSubmodule(repository, sub, 'sub');
      const commit = repository.git('rev-parse', 'HEAD');
      const tree = repository.git('rev-parse', 'HEAD^{tree}');
      const checkouts = createCheckouts(task.state);
      const snapshot = { turn: 1, commit, tree };
      const request = { task: 't1', repository: facts, workspace, slug: 'task', snapshot };
      const checkout = await checkouts.open(request, NEVER);
      assert.equal(await checkouts.treeOf(request, checkout), tree);
      const dir = join(checkout.folder.path, 'sub');
      rmdirSync(dir);
      execFileSync('cp', ['-r', sub.dir, dir]);
      arm(dir);
      assert.equal(await checkouts.treeOf(request, checkout), tree);
      assert.equal(existsSync(marker), false, 'a program of the check’s ran');
      rmSync(dir, { recursive: true });
      assert.notEqual(await checkouts.treeOf(request, checkout), tree);
    }));

  it('do not lead a walk out of the folder, when a submodule or a folder above it became a link', () =>
    withSubmodule(async (sub) => {
      const names = ['sub', 'deep/sub'];
      await make({
        files: { a: '1' },
        before: (repository) => {
          for (const name of names) addSubmodule(repository, sub, name);
        },
      });
      mkdirSync(join(task.repository.outside, 'victim/sub'), { recursive: true });
      task.repository.write({ '../victim/sub/secret': 's\n', '../victim/secret': 's\n' });
      for (const folder of ['sub', 'deep']) {
        rmSync(join(task.folder, folder), { recursive: true });
        symlinkSync(join(task.repository.outside, 'victim'), join(task.folder, folder));
      }
      const { snapshot, observations } = await task.snapshot();
      assert.deepEqual(observations.nested, []);
      assert.deepEqual(observations.unreadable, []);
      assert.deepEqual(observations.indexHidden, []);
      assert.deepEqual(await task.changed(snapshot.tree), ['A deep', 'D deep/sub', 'T sub']);
    }));

  it('come back as submodules when their folder does', () =>
    withSubmodule(async (sub) => {
      await make({ files: { a: '1' }, before: (repository) => addSubmodule(repository, sub, 'sub') });
      rmdirSync(join(task.folder, 'sub'));
      assert.deepEqual(
        (await task.look()).changes.map(({ status, path }) => `${status} ${path}`),
        ['D sub'],
      );
      mkdirSync(join(task.folder, 'sub'));
      assert.deepEqual((await task.look()).changes, []);
    }));
});
