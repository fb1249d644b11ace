/** Repositories of every shape that people have. */
import assert from 'node:assert/strict';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositories } from '../../../src/node/git/repositories';
import { identifyRepository, readIdentity, resolveRevision } from '../../../src/node/git/repository';
import { workingTreeOf } from '../../../src/node/git/workingTree';
import { makeRepository, runGit, type TestRepository } from '../../fixtures/repository';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

describe('finding a repository', () => {
  let repository: TestRepository;
  beforeEach(() => {
    repository = makeRepository({ files: { 'deep/er/a.txt': 'a\n' }, name: 'a pläce\nx' });
  });
  afterEach(() => repository.remove());

  it('from a folder below, and from a linked worktree', async () => {
    const below = await identifyRepository(join(repository.dir, 'deep/er'));
    assert.equal(below.root, repository.dir);
    assert.equal(below.commonDir, join(repository.dir, '.git'));
    assert.equal(below.branch, 'refs/heads/main');
    assert.equal(below.head, repository.git('rev-parse', 'HEAD'));
    assert.match(below.id, /^[0-9a-f]{16}$/);
    const other = join(repository.outside, 'linked');
    repository.git('worktree', 'add', '-q', '--detach', other);
    const linked = await identifyRepository(other);
    assert.deepEqual({ ...linked, root: below.root, branch: below.branch }, below);
    assert.equal(linked.root, other);
    assert.equal(linked.branch, null);
  });

  it('says how to trust a repository of another user', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const dir = join(repository.outside, 'theirs');
    runGit(repository.outside, ['init', '-q', 'theirs']);
    for (const place of [dir, join(dir, '.git')]) chownSync(place, 65_534, 65_534);
    await assert.rejects(identifyRepository(dir), { code: 'REPOSITORY_NOT_OWNED', fix: /safe\.directory/ });
  });

  it('refuses what is none, bare or empty', async () => {
    const at = (name: string) => join(repository.outside, name);
    for (const name of ['none', 'empty']) mkdirSync(at(name));
    runGit(repository.outside, ['init', '-q', '--bare', 'bare']);
    runGit(repository.outside, ['init', '-q', 'empty']);
    await assert.rejects(identifyRepository(at('none')), { code: 'NOT_A_REPOSITORY' });
    await assert.rejects(identifyRepository(at('absent')), { code: 'NOT_A_REPOSITORY' });
    await assert.rejects(identifyRepository(at('bare')), { code: 'REPOSITORY_BARE' });
    await assert.rejects(identifyRepository(at('empty')), { code: 'REPOSITORY_EMPTY' });
    await assert.rejects(identifyRepository(join(repository.dir, '.git')), { code: 'NOT_A_REPOSITORY' });
  });

  it('resolves revisions and nothing else', async () => {
    const facts = await identifyRepository(repository.dir);
    repository.git('tag', '-a', 'v1', '-m', 'v1');
    assert.equal(await resolveRevision(facts, 'v1'), facts.head);
    assert.equal(await resolveRevision(facts, 'HEAD~0'), facts.head);
    for (const revision of ['nope', '--all', '-h', '', 'HEAD:deep', 'a\0b', 'main..main', 'HEAD main']) {
      await assert.rejects(resolveRevision(facts, revision), { code: 'REVISION_NOT_FOUND' }, revision);
    }
  });

  it('reads files of a commit, and who the user is', async () => {
    const facts = await identifyRepository(repository.dir);
    assert.equal(await repositories.textAt(facts, facts.head, 'deep/er/a.txt'), 'a\n');
    assert.equal(await repositories.textAt(facts, facts.head, 'deep/er'), null);
    assert.equal(await repositories.textAt(facts, facts.head, 'nope'), null);
    assert.deepEqual(await repositories.pathsAt(facts, facts.head), ['deep/er/a.txt']);
    assert.deepEqual(await readIdentity(facts.root), { name: 'Developer', email: 'dev@example.com' });
    repository.git('config', 'user.email', '');
    assert.equal(await readIdentity(facts.root), null);
  });

  it('knows the working tree’s tree and writes nothing', async () => {
    const facts = await identifyRepository(repository.dir);
    repository.git('update-index', '--assume-unchanged', 'deep/er/a.txt');
    repository.write({ 'deep/er/a.txt': 'changed\n', 'new.txt': 'n\n' });
    const before = [
      repository.git('count-objects', '-v'),
      readFileSync(join(repository.dir, '.git/index')).toString('hex'),
    ];
    const tree = await workingTreeOf(facts);
    const listed = runGit(tree.gitDir, ['--git-dir=.', 'diff-tree', '-r', '--name-status', facts.head, tree.tree]);
    assert.deepEqual(listed.split('\n'), ['M\tdeep/er/a.txt', 'A\tnew.txt']);
    await tree.close();
    assert.equal(existsSync(tree.gitDir), false);
    const after = [
      repository.git('count-objects', '-v'),
      readFileSync(join(repository.dir, '.git/index')).toString('hex'),
    ];
    assert.deepEqual(after, before);
  });
});

describe('a task in a repository', () => {
  let task: TaskWorkspace;
  afterEach(() => task.remove());

  const checkRoundTrip = async () => {
    task.write({ 'src/new.txt': 'n\n' });
    const { snapshot, observations } = await task.snapshot();
    assert.deepEqual(await task.changed(snapshot.tree), ['A src/new.txt']);
    assert.deepEqual(observations.unreadable, []);
    assert.deepEqual(observations.nested, []);
    assert.equal(task.repository.git('rev-parse', 'refs/countersign/t1/1^{tree}'), snapshot.tree);
  };

  it('that is shallow', async () => {
    const origin = makeRepository({ files: { a: '1' }, commits: [{ files: { a: '2' } }, { files: { a: '3' } }] });
    try {
      task = await makeTaskWorkspace({
        files: { x: 'x' },
        before: (repository) => {
          rmSync(repository.dir, { recursive: true });
          runGit(repository.outside, ['clone', '-q', '--depth=1', pathToFileURL(origin.dir).href, 'repo']);
        },
      });
      await checkRoundTrip();
      assert.equal(task.git('log', '--format=%s').split('\n').length, 1);
    } finally {
      origin.remove();
    }
  });

  it('that uses SHA-256', async () => {
    task = await makeTaskWorkspace({ files: { a: '1' }, init: ['--object-format=sha256'] });
    await checkRoundTrip();
  });

  it('that has a submodule, which stays empty', async () => {
    const sub = makeRepository({ files: { s: '1' } });
    try {
      task = await makeTaskWorkspace({
        files: { a: '1' },
        before: (repository) => {
          repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub.dir, 'sub');
          repository.commit('submodule');
        },
      });
      await checkRoundTrip();
      task.write({ 'sub/hidden.js': 'h' });
      const filled = await task.snapshot(2);
      assert.deepEqual(filled.observations.nested, [{ path: 'sub', files: ['sub/hidden.js'] }]);
      rmSync(join(task.folder, 'sub'), { recursive: true });
      const { snapshot } = await task.snapshot(3);
      assert.deepEqual(await task.changed(snapshot.tree), ['A src/new.txt', 'D sub']);
    } finally {
      sub.remove();
    }
  });

  it('whose base is no branch’s tip, and whose objects were copied', async () => {
    task = await makeTaskWorkspace({
      files: { a: '1' },
      isolation: 'copied',
      before: (repository) => {
        const lost = repository.commit('lost', { b: '2' });
        repository.git('checkout', '-q', '--detach', lost);
        repository.git('branch', '-q', '-f', 'main', 'HEAD~1');
      },
    });
    assert.equal(existsSync(join(task.folder, '.git/objects/info/alternates')), false);
    assert.equal(readFileSync(join(task.folder, 'b'), 'utf8'), '2');
    await checkRoundTrip();
  });

  it('that converts line ends', async () => {
    task = await makeTaskWorkspace({
      files: { 'a.txt': 'one\ntwo\n', '.gitignore': '*.log\n' },
      before: (repository) => repository.git('config', 'core.autocrlf', 'true'),
    });
    assert.equal(readFileSync(join(task.folder, 'a.txt'), 'latin1'), 'one\r\ntwo\r\n');
    assert.equal(task.git('status', '--porcelain'), '');
    task.write({ 'a.txt': 'one\r\nnew\r\ntwo\r\n', 'b.txt': 'unix\n', 'x.log': 'x' });
    const { snapshot, observations } = await task.snapshot();
    const { changes, reader } = await task.workspaces.diff(task.workspace, snapshot.tree);
    assert.deepEqual(
      changes.map(({ path, insertions, deletions }) => [path, insertions, deletions]),
      [
        ['a.txt', 1, 0],
        ['b.txt', 1, 0],
      ],
    );
    await reader.close();
    assert.deepEqual(observations.unreadable, []);
  });

  it('copies the ignored files that it is asked for, and no link', async () => {
    task = await makeTaskWorkspace({
      files: { '.gitignore': '.env*\nsecret\n', src: { link: 'elsewhere' } },
      copy: ['.env.test', 'secret', 'conf/**'],
      before: (repository) => {
        repository.write({ '.env.test': 'T=1', '.env': 'S=1', 'conf/.env': 'C=1' });
        symlinkSync('/etc/passwd', join(repository.dir, 'secret'));
      },
    });
    assert.equal(readFileSync(join(task.folder, '.env.test'), 'utf8'), 'T=1');
    assert.equal(readFileSync(join(task.folder, 'conf/.env'), 'utf8'), 'C=1');
    assert.equal(existsSync(join(task.folder, '.env')), false);
    assert.equal(existsSync(join(task.folder, 'secret')), false);
    assert.deepEqual((await task.look()).changes, []);
  });

  it('leaves nothing behind when it cannot be prepared', async () => {
    task = await makeTaskWorkspace({ files: { a: '1' } });
    const request = { task: 't2', slug: 'two', repository: task.facts, base: '1'.repeat(40), branch: 'b', copy: [] };
    await assert.rejects(task.workspaces.prepare(request, NEVER), { code: 'GIT_FAILED' });
    const base = task.facts.head;
    await assert.rejects(task.workspaces.prepare({ ...request, base }, AbortSignal.abort()), { code: 'STOPPED' });
    assert.equal(task.repository.git('for-each-ref', 'refs/countersign/t2'), '');
    assert.equal(existsSync(join(task.state, 'worktrees/repo/two')), false);
    assert.equal(existsSync(join(task.state, 'repos', task.facts.id, 'tasks/t2')), false);
  });

  it('beside another task of the same name', async () => {
    task = await makeTaskWorkspace({ files: { a: '1' } });
    const request = { slug: 'task', repository: task.facts, base: task.facts.head, branch: 'countersign/x', copy: [] };
    const made = await Promise.all(
      ['t2', 't3', 't4'].map((name) => task.workspaces.prepare({ ...request, task: name }, NEVER)),
    );
    assert.equal(new Set(made.map(({ worktree }) => worktree.path)).size, 3);
    writeFileSync(join(made[0]!.worktree.path, 'only'), 'here');
    assert.deepEqual((await task.workspaces.look('t3', made[1]!, NEVER)).changes, []);
    assert.equal((await task.workspaces.look('t2', made[0]!, NEVER)).changes.length, 1);
  });

  it('whose user commits, fetches, stashes and collects garbage meanwhile', async () => {
    task = await makeTaskWorkspace({ files: { a: '1\n' }, isolation: 'copied' });
    const { repository } = task;
    task.write({ 'src/new.txt': 'n\n' });
    repository.commit('meanwhile', { b: '2\n' });
    repository.write({ a: 'stashed\n' });
    repository.git('stash');
    repository.git('branch', 'topic');
    repository.git('commit', '-q', '--amend', '-m', 'amended');
    repository.git('gc', '-q', '--prune=now');
    await checkRoundTrip();
    const { observations } = await task.snapshot(2);
    assert.deepEqual(observations.git, []);
  });

  it('whose git state the agent changed, when nothing keeps it from that', async () => {
    task = await makeTaskWorkspace({
      files: { a: '1\n' },
      isolation: 'copied',
      before: (repository) => {
        repository.git('branch', 'gone');
        repository.git('branch', 'moved');
        repository.write({ a: 'stashed\n' });
        repository.git('stash');
      },
    });
    const { repository } = task;
    const pinned = repository.git('rev-parse', 'refs/countersign/t1/stash/0');
    assert.equal(pinned, repository.git('rev-parse', 'refs/stash'));
    repository.git('config', 'remote.origin.pushurl', 'ext::evil');
    repository.git('branch', '-D', 'gone');
    const forward = repository.git('commit-tree', '-p', 'HEAD', '-m', 'evil', 'HEAD^{tree}');
    repository.git('update-ref', 'refs/heads/moved', forward);
    repository.git('stash', 'drop');
    repository.write({ '.git/hooks/pre-push': { script: 'evil' } });
    const { observations } = await task.snapshot();
    assert.deepEqual(
      observations.git.map(({ rule, where, subject, after }) => [rule, where, subject, after]),
      [
        ['git/config', 'repository', 'remote.origin.pushurl', 'ext::evil'],
        ['git/hooks', 'repository', 'hooks/pre-push', 'evil'],
        ['git/refs', 'repository', 'refs/heads/gone', null],
        ['git/refs', 'repository', 'refs/heads/moved', forward],
        ['git/refs', 'repository', 'stash entries', null],
      ],
    );
  });
});
