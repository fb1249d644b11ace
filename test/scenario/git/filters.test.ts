/** The user's own filters run with the agent's folder as current folder: only Git LFS does, and by its absolute path. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createCheckouts } from '../../../src/node/git/checkout';
import { keepStandardFilters } from '../../../src/node/git/filters';
import { type TestRepository, writeFiles } from '../../fixtures/repository';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

const LFS = [
  ['filter.lfs.clean', 'git-lfs clean -- %f'],
  ['filter.lfs.smudge', 'git-lfs smudge -- %f'],
  ['filter.lfs.required', 'true'],
] as const;

describe('filters of the user', () => {
  const path = process.env.PATH;
  let task: TaskWorkspace | undefined;
  afterEach(async () => {
    process.env.PATH = path;
    await task?.remove();
    task = undefined;
  });

  /** A stand-in for git-lfs that writes capitals into the repository and small letters into folders. */
  function installLfs(repository: TestRepository, folder = join(repository.outside, 'bin')): string {
    const script = '#!/bin/sh\ncase $1 in clean) tr a-z A-Z;; *) tr A-Z a-z;; esac\n';
    mkdirSync(folder, { recursive: true });
    writeFiles(folder, { 'git-lfs': { script } });
    chmodSync(join(folder, 'git-lfs'), 0o755);
    process.env.PATH = `${folder}${delimiter}${path}`;
    for (const [key, value] of LFS) repository.git('config', key, value);
    return folder;
  }

  it('run nothing of the agent’s, and what they would have changed is told', async () => {
    let marker = '';
    task = await makeTaskWorkspace({
      files: { '.gitattributes': '*.ipynb filter=strip\n', 'a.ipynb': 'a\n', 'b.ipynb': 'b\n', 'c.txt': 'c\n' },
      before: (repository) => {
        marker = join(repository.outside, 'marker');
        // Harmless in the user's own tree: what it loads is whatever lies where git starts it.
        repository.git('config', 'filter.strip.clean', 'if [ -f strip.sh ]; then sh strip.sh; fi; cat');
        repository.git('config', 'filter.strip.smudge', 'if [ -f strip.sh ]; then sh strip.sh; fi; cat');
        repository.git('config', 'filter.strip.required', 'true');
      },
    });
    task.write({ 'strip.sh': `touch '${marker}'\n`, 'a.ipynb': 'changed\n', 'new.ipynb': 'new\n', 'c.txt': 'cc\n' });
    await task.look();
    const { snapshot, observations } = await task.snapshot();
    const checkouts = createCheckouts(task.state);
    const request = { task: 't1', repository: task.facts, workspace: task.workspace, slug: 'task', snapshot };
    const checkout = await checkouts.open(request, NEVER);
    assert.equal(await checkouts.treeOf(request, checkout), snapshot.tree);
    assert.equal(existsSync(marker), false, 'a program of the agent’s ran');
    const reason = 'the filter "strip" is not run on an agent\'s files, so these bytes are not what git would store';
    assert.deepEqual(observations.unreadable, [
      { path: 'a.ipynb', reason },
      { path: 'new.ipynb', reason },
    ]);
    assert.deepEqual(await task.changed(snapshot.tree), ['M a.ipynb', 'M c.txt', 'A new.ipynb', 'A strip.sh']);
  });

  it('run when they are Git LFS', async () => {
    task = await makeTaskWorkspace({
      files: { '.gitattributes': '*.big filter=lfs\n' },
      before: (repository) => {
        installLfs(repository);
        repository.commit('large', { 'x.big': 'content' });
      },
    });
    assert.equal(task.repository.git('show', 'HEAD:x.big'), 'CONTENT');
    assert.equal(readFileSync(join(task.folder, 'x.big'), 'utf8'), 'content');
    task.write({ 'x.big': 'other' });
    const { snapshot, observations } = await task.snapshot();
    assert.equal(task.repository.git('show', `${snapshot.commit}:x.big`), 'OTHER');
    assert.deepEqual([observations.git, observations.unreadable], [[], []]);
  });

  it('are those of Git LFS only in the forms that it installs itself, and from nowhere that an agent writes', async () => {
    task = await makeTaskWorkspace({ files: { a: '1' } });
    const bin = installLfs(task.repository);
    const program = `'${realpathSync(join(bin, 'git-lfs'))}'`;
    const kept = await keepStandardFilters([...LFS, ['core.autocrlf', 'input']], [task.state]);
    assert.deepEqual(kept, {
      config: [
        ['filter.lfs.clean', `${program} clean -- %f`],
        ['filter.lfs.smudge', `${program} smudge -- %f`],
        ['filter.lfs.required', 'true'],
        ['core.autocrlf', 'input'],
      ],
      notRun: [],
    });
    for (const command of ['git-lfs clean -- %f; sh x', './git-lfs clean -- %f', 'git-lfs smudge -- %f', 'cat']) {
      const entries = [...LFS.slice(1), ['filter.lfs.clean', command]] as const;
      assert.deepEqual(await keepStandardFilters(entries, []), { config: [], notRun: ['lfs'] }, command);
    }
    assert.deepEqual((await keepStandardFilters(LFS, [task.repository.outside])).notRun, ['lfs']);
    installLfs(task.repository, join(task.folder, 'bin'));
    process.env.PATH = join(task.folder, 'bin');
    assert.deepEqual((await keepStandardFilters(LFS, [task.state])).notRun, ['lfs']);
    process.env.PATH = 'bin';
    assert.deepEqual((await keepStandardFilters(LFS, [])).notRun, ['lfs']);
  });
});
