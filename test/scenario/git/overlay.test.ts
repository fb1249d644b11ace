/** A result with files of its base laid over it, as a tree and as a folder. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { planOverlay } from '../../../src/core/drift/verified/overlay';
import { createCheckouts } from '../../../src/node/git/checkout';
import { layOver } from '../../../src/node/git/overlay';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';
import { briefWith } from '../../unit/drift/memoryTree';

const FILES = {
  'src/a.js': 'base\n',
  'test/a.test.js': 'base\n',
  'test/gone.test.js': 'base\n',
  'test/data': 'base\n',
  'package.json': '{ "scripts": { "test": "node --test" } }\n',
};

describe('an overlay', () => {
  let task: TaskWorkspace;
  before(async () => {
    task = await makeTaskWorkspace({ files: FILES });
    rmSync(join(task.folder, 'test/gone.test.js'));
    rmSync(join(task.folder, 'test/data'));
    task.write({
      'src/a.js': 'work\n',
      'test/a.test.js': 'work\n',
      // A folder where the base has a file.
      'test/data/more.js': 'work\n',
      'test/new.test.js': 'work\n',
      'package.json': '{ "scripts": { "test": "true" }, "dependencies": { "a": "1" } }\n',
      '.npmrc': 'script-shell=/bin/true\n',
    });
  });
  after(() => task.remove());

  const plan = async (tree: string) => {
    const { changes, reader } = await task.workspaces.diff(task.workspace, tree);
    try {
      const plain = briefWith();
      const checks = [{ name: 'tests', run: 'npm test', timeout: 60 }];
      return await planOverlay({ brief: { ...plain, front: { ...plain.front, checks } }, changes, reader });
    } finally {
      await reader.close();
    }
  };

  it('has the base’s tests and check configuration, and the work for the rest', async () => {
    const { snapshot } = await task.snapshot();
    const { laid } = await plan(snapshot.tree);
    const checkouts = createCheckouts(task.state);
    const request = { task: 't1', slug: 'task', repository: task.facts, workspace: task.workspace, snapshot };
    const tree = await checkouts.overlay(request, laid, NEVER);
    const laidOver = { ...request, snapshot: { ...snapshot, tree } };
    const checkout = await checkouts.open(laidOver, NEVER);
    const read = (path: string) => readFileSync(join(checkout.folder.path, path), 'utf8');
    assert.deepEqual(['src/a.js', 'test/a.test.js', 'test/gone.test.js', 'test/data', 'test/new.test.js'].map(read), [
      'work\n',
      'base\n',
      'base\n',
      'base\n',
      'work\n',
    ]);
    assert.deepEqual(JSON.parse(read('package.json')), {
      scripts: { test: 'node --test' },
      dependencies: { a: '1' },
    });
    assert.equal(existsSync(join(checkout.folder.path, '.npmrc')), false);
    assert.equal(await checkouts.treeOf(laidOver, checkout), tree);
    await checkouts.remove(laidOver);
  });

  it('is the result itself where nothing is laid over it', async () => {
    const { snapshot } = await task.snapshot(2);
    assert.equal(await layOver(task.workspace.shadow.path, snapshot.tree, []), snapshot.tree);
  });
});
