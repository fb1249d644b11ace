import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CountersignError } from '../../../src/core/errors';
import type { Snapshot } from '../../../src/core/events';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

const refusal = (code: string) => (error: unknown) => (error as CountersignError).code === code;

describe('reverting in a folder that an agent arranged', () => {
  let task: TaskWorkspace;
  let outside: string;

  beforeEach(async () => {
    task = await makeTaskWorkspace({ files: { 'src/folder/in.txt': 'in\n', 'a.txt': 'a\n', 'b.txt': 'b\n' } });
    outside = join(task.repository.outside, 'victim');
    mkdirSync(outside);
    writeFileSync(join(outside, 'in.txt'), 'precious\n');
    writeFileSync(join(outside, 'new.txt'), 'precious\n');
  });
  afterEach(() => task.remove());

  const revert = (snapshot: Snapshot, ...paths: string[]) =>
    task.workspaces.revert({ workspace: task.workspace, snapshot, paths }, NEVER);
  const untouched = () => {
    for (const name of ['in.txt', 'new.txt']) assert.equal(readFileSync(join(outside, name), 'utf8'), 'precious\n');
  };

  it('does not write through a link of the snapshot', async () => {
    rmSync(join(task.folder, 'src/folder'), { recursive: true });
    symlinkSync(outside, join(task.folder, 'src/folder'));
    const { snapshot } = await task.snapshot();
    await assert.rejects(revert(snapshot, 'src/folder/in.txt'), refusal('REVERT_REFUSED'));
    untouched();
    await revert(snapshot, 'src/folder', 'src/folder/in.txt');
    untouched();
    assert.equal(readFileSync(join(task.folder, 'src/folder/in.txt'), 'utf8'), 'in\n');
    assert.deepEqual((await task.look()).changes, []);
  });

  it('does not delete through a link that took the place of a folder, nor what was changed since', async () => {
    task.write({ 'made/new.txt': 'new\n', 'a.txt': 'changed\n' });
    const { snapshot } = await task.snapshot();
    renameSync(join(task.folder, 'made'), join(task.folder, 'aside'));
    symlinkSync(outside, join(task.folder, 'made'));
    await revert(snapshot, 'made/new.txt');
    untouched();
    writeFileSync(join(task.folder, 'a.txt'), 'unsaved\n');
    await assert.rejects(revert(snapshot, 'a.txt'), refusal('REVERT_REFUSED'));
    assert.equal(readFileSync(join(task.folder, 'a.txt'), 'utf8'), 'unsaved\n');
  });

  it('may be repeated, also when it was cut off in the middle', async () => {
    task.write({ 'a.txt': 'changed\n', 'b.txt': 'changed\n', 'c.txt': 'new\n' });
    const { snapshot } = await task.snapshot();
    writeFileSync(join(task.folder, 'a.txt'), 'a\n');
    rmSync(join(task.folder, 'c.txt'));
    mkdirSync(join(task.workspace.shadow.path, 'reverting/files'), { recursive: true });
    writeFileSync(join(task.workspace.shadow.path, 'reverting/files/b.txt'), 'half');
    await revert(snapshot, 'a.txt', 'b.txt', 'c.txt');
    await revert(snapshot, 'a.txt', 'b.txt', 'c.txt');
    assert.deepEqual((await task.look()).changes, []);
    assert.equal(existsSync(join(task.workspace.shadow.path, 'reverting')), false);
  });

  it('works in no other folder than the one that was made', async () => {
    task.write({ 'a.txt': 'changed\n' });
    const { snapshot } = await task.snapshot();
    renameSync(task.folder, `${task.folder}.aside`);
    symlinkSync(outside, task.folder);
    await assert.rejects(revert(snapshot, 'a.txt'), refusal('SNAPSHOT_FAILED'));
    untouched();
    rmSync(task.folder);
    renameSync(`${task.folder}.aside`, task.folder);
  });

  it('brings the folder of a submodule back', async () => {
    await task.remove();
    task = await makeTaskWorkspace({
      files: { 'a.txt': 'a\n' },
      before: ({ git }) => {
        git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},lib/sub`);
        git('commit', '-qm', 'a submodule');
      },
    });
    outside = join(task.repository.outside, 'victim');
    rmSync(join(task.folder, 'lib'), { recursive: true });
    task.write({ 'lib/sub': 'a file\n' });
    const { snapshot } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), ['T lib/sub']);
    await revert(snapshot, 'lib/sub');
    assert.deepEqual((await task.look()).changes, []);
    rmSync(join(task.folder, 'lib'), { recursive: true });
    const second = await task.snapshot(2);
    assert.deepEqual(await task.changed(second.snapshot.tree), ['D lib/sub']);
    await revert(second.snapshot, 'lib/sub');
    assert.equal((await task.snapshot(3)).snapshot.tree, task.repository.git('rev-parse', 'HEAD^{tree}'));
  });
});
