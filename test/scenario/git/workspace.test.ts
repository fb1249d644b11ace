import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NO_OBSERVATIONS } from '../../../src/core/drift/diff';
import type { Workspace } from '../../../src/core/events';
import type { RepositoryFacts } from '../../../src/core/ports/repository';
import type { WorkspacePort } from '../../../src/core/ports/workspace';
import { identifyRepository } from '../../../src/node/git/repository';
import { createWorkspaces } from '../../../src/node/git/workspace';
import { makeRepository, runGit, type TestRepository, writeFiles } from '../../fixtures/repository';

const never = new AbortController().signal;

describe('a task’s folders', () => {
  let state: string;
  let repository: TestRepository;
  let facts: RepositoryFacts;
  let workspaces: WorkspacePort;

  beforeEach(async () => {
    state = realpathSync(mkdtempSync(join(tmpdir(), 'cs-state-')));
    repository = makeRepository({
      files: {
        'src/a.ts': 'one\n',
        'src/b.ts': 'two\n',
        '.gitignore': '*.log\nnode_modules/\n',
        run: { script: 'x\n' },
      },
      name: 'a pläce',
    });
    facts = await identifyRepository(repository.dir);
    workspaces = createWorkspaces(state, 'shared');
  });
  afterEach(() => {
    rmSync(state, { recursive: true, force: true });
    repository.remove();
  });

  const prepare = (task = 't1', slug = 'do-it') =>
    workspaces.prepare(
      { task, slug, repository: facts, base: facts.head, branch: `countersign/${slug}`, copy: [] },
      never,
    );
  const snapshot = (workspace: Workspace, turn = 1, parent = facts.head) =>
    workspaces.snapshot({ task: 't1', turn, repository: facts, workspace, parent, message: 'turn' }, never);

  it('go from hand-off to snapshot, diff and removal', async () => {
    const before = repository.git('status', '--porcelain');
    const workspace = await prepare();
    await workspaces.settled('t1', workspace);
    const folder = workspace.worktree.path;
    assert.equal(runGit(folder, ['status', '--porcelain']), '');
    assert.equal(runGit(folder, ['branch', '--show-current']), 'countersign/do-it');
    assert.equal(runGit(folder, ['remote']), '');

    writeFiles(folder, { 'src/a.ts': 'one\nmore\n', 'src/new.ts': 'x\n', 'debug.log': 'l' });
    rmSync(join(folder, 'src/b.ts'));
    const look = await workspaces.look('t1', workspace, never);
    assert.deepEqual(
      look.changes.map((change) => [change.status, change.path, change.insertions, change.deletions]),
      [
        ['M', 'src/a.ts', 1, 0],
        ['D', 'src/b.ts', 0, 1],
        ['A', 'src/new.ts', 1, 0],
      ],
    );
    const taken = await snapshot(workspace);
    assert.equal(taken.snapshot.tree, look.tree);
    assert.deepEqual(taken.observations, { ...NO_OBSERVATIONS, ignored: ['debug.log'] });
    assert.equal(repository.git('rev-parse', 'refs/countersign/t1/1'), taken.snapshot.commit);
    assert.equal(repository.git('rev-parse', 'refs/countersign/t1/base'), facts.head);

    const { changes, reader } = await workspaces.diff(workspace, taken.snapshot.tree);
    assert.deepEqual(await reader.addedLines(changes[0]!), [{ line: 2, text: 'more' }]);
    assert.equal(Buffer.from((await reader.at('base', 'src/a.ts'))!.bytes).toString(), 'one\n');
    assert.equal(await reader.at('head', 'src/b.ts'), null);
    assert.deepEqual(await reader.paths('head'), ['.gitignore', 'run', 'src/a.ts', 'src/new.ts']);
    assert.equal(await reader.at('head', 'src\nmissing'), null);
    assert.equal((await reader.blob(changes[0]!.newOid!, 3))!.tooLarge, true);
    await reader.close();

    const gone = await workspaces.remove('t1', workspace);
    assert.deepEqual(gone, [workspace.worktree.path, workspace.shadow.path]);
    assert.equal(existsSync(join(state, 'worktrees')), false);
    assert.equal(repository.git('status', '--porcelain'), before);
    assert.equal(repository.git('rev-parse', 'refs/countersign/t1/1'), taken.snapshot.commit);
  });

  it('of a preparation that a crash cut off are swept, and only they', async () => {
    const { worktree, shadow } = await prepare();
    const note = join(state, 'repos', facts.id, 'tasks', 't1', 'preparing.json');
    const other = { ...shadow, ino: '1' };
    writeFileSync(note, JSON.stringify({ made: [other, worktree], next: null }));
    assert.deepEqual(await workspaces.sweep('t1', facts), [worktree.path]);
    assert.equal(existsSync(shadow.path), true);
    writeFileSync(note, '{ torn');
    assert.deepEqual(await workspaces.sweep('t1', facts), []);
  });

  it('are swept too when the crash came before the journal had them, or before they were noted', async () => {
    const { worktree, shadow } = await prepare();
    assert.deepEqual(await workspaces.sweep('t1', facts), [shadow.path, worktree.path]);
    const note = join(state, 'repos', facts.id, 'tasks', 't1', 'preparing.json');
    mkdirSync(worktree.path, { recursive: true });
    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(note, JSON.stringify({ made: [], next: worktree.path }));
    assert.deepEqual(await workspaces.sweep('t1', facts), [worktree.path]);
    mkdirSync(join(worktree.path, 'full'), { recursive: true });
    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(note, JSON.stringify({ made: [], next: worktree.path }));
    assert.deepEqual(await workspaces.sweep('t1', facts), []);
  });

  it('outlive a record that was lost: what it knew of git counts as changed', async () => {
    for (const text of ['', '{ torn', '{}', null]) {
      const workspace = await prepare(`t${String(text).length}`);
      writeFiles(workspace.worktree.path, { 'src/a.ts': 'changed\n' });
      const record = join(workspace.shadow.path, 'countersign.json');
      if (text === null) rmSync(record);
      else writeFileSync(record, text);
      const { tree, changes } = await workspaces.look('t1', workspace, never);
      assert.deepEqual(
        changes.map(({ path }) => path),
        ['src/a.ts'],
      );
      const { snapshot: made, observations } = await snapshot(workspace);
      assert.equal(made.tree, tree);
      assert.ok(observations.git.some(({ rule, subject }) => `${rule} ${subject}` === 'git/worktree-link .git'));
      assert.deepEqual(observations.unreadable, []);
      await workspaces.remove('t1', workspace);
    }
  });

  it('come back from a snapshot', async () => {
    const workspace = await prepare();
    writeFileSync(join(workspace.worktree.path, 'src/a.ts'), 'changed\n');
    const taken = await snapshot(workspace);
    await workspaces.remove('t1', workspace);
    const again = await workspaces.restore(
      { task: 't1', slug: 'do-it', repository: facts, base: facts.head, branch: 'countersign/do-it', copy: [] },
      taken.snapshot,
      never,
    );
    assert.equal(readFileSync(join(again.worktree.path, 'src/a.ts'), 'utf8'), 'changed\n');
    assert.equal((await workspaces.look('t1', again, never)).tree, taken.snapshot.tree);
    assert.equal(again.base, facts.head);
  });
});
