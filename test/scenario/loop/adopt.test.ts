/** Work that others pushed, taken to review and delivered: by the command line, against real repositories. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Packet } from '../../../src/core/review/packet';
import type { HostConnection } from '../../../src/host/client';
import { type Files, runGit } from '../../fixtures/repository';
import { connect } from './client';
import { acceptAll, type BriefOptions, Loop, rulesOf } from './loop';

const ANN = { GIT_AUTHOR_NAME: 'Ann Author', GIT_AUTHOR_EMAIL: 'ann@example.com' };
const BOT = { GIT_AUTHOR_NAME: 'Some Agent', GIT_AUTHOR_EMAIL: 'agent@example.com' };

describe('adopting', () => {
  let loop: Loop;
  let host: HostConnection;
  let topics = 0;
  let texts = 0;

  before(async () => {
    loop = new Loop({ config: 'limits: { tasks: 4, perRepository: 4 }\n' });
    host = await connect(loop);
  });
  after(async () => {
    host.close();
    await loop.end();
  });
  afterEach(() => assert.deepEqual(loop.strays(), []));

  const git = (...args: string[]) => loop.repository.git(...args);
  const brief = (options: BriefOptions = {}) => loop.brief(options);
  const newTopic = () => {
    topics += 1;
    return `topic-${topics}`;
  };

  /** Commits files on a branch as somebody else would, in a clone of theirs, and leaves the user's repository as it is. */
  function push(
    branch: string,
    files: Files,
    by: Readonly<Record<string, string>> = ANN,
    message = 'Their change',
  ): string {
    const index = join(loop.repository.outside, 'index');
    const from = hasBranch(branch) ? branch : 'main';
    const env = { ...by, GIT_INDEX_FILE: index };
    const at = (args: readonly string[]) => runGit(loop.repository.dir, args, env);
    at(['read-tree', from]);
    for (const [path, content] of Object.entries(files)) {
      const file = join(loop.repository.outside, 'content');
      writeFileSync(file, String(content));
      at(['update-index', '--add', '--cacheinfo', `100644,${at(['hash-object', '-w', file])},${path}`]);
    }
    const commit = at(['commit-tree', '-p', from, '-m', message, at(['write-tree'])]);
    at(['update-ref', `refs/heads/${branch}`, commit]);
    return commit;
  }

  /** A text that nobody has committed before. */
  const theirs = () => {
    texts += 1;
    return `theirs, version ${texts}\n`;
  };
  const hasBranch = (branch: string) => git('for-each-ref', `refs/heads/${branch}`) !== '';
  const adopt = (exit: number, ref: string, file: string, ...more: string[]) =>
    loop.packet(exit, 'adopt', ref, '--brief', file, ...more);
  const refusal = (exit: number, ref: string, file: string, ...more: string[]) =>
    loop.refused(exit, 'adopt', ref, '--brief', file, ...more);

  /** Everything of the user's that no adoption may change. */
  function surroundings(): string {
    const refs = git('for-each-ref', '--format=%(refname) %(objectname)')
      .split('\n')
      .filter((line) => !line.startsWith('refs/countersign/'));
    const file = (name: string) => readFileSync(join(loop.repository.dir, '.git', name)).toString('base64');
    return [
      ...refs,
      git('status', '--porcelain', '--untracked-files=all'),
      file('config'),
      file('index'),
      file('HEAD'),
    ].join('\n');
  }

  const checks = { tests: 'grep -q theirs src/a.txt' };

  it('brings a branch of two authors to review, and delivers their very commits', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs() });
    const tip = push(branch, { 'src/c.txt': 'three\n' }, BOT, 'More\n\nCo-authored-by: Cora <cora@example.com>');
    const before = surroundings();
    const packet = await adopt(0, branch, brief({ checks }));
    assert.deepEqual([packet.state, packet.verdict, packet.turn], ['ready', 'clean', 1]);
    assert.equal(packet.agent.id, 'adopted');
    assert.deepEqual(packet.agent.adopted, {
      name: branch,
      ref: `refs/heads/${branch}`,
      commit: tip,
      commits: 2,
      authors: [
        { name: 'Ann Author', email: 'ann@example.com' },
        { name: 'Some Agent', email: 'agent@example.com' },
        { name: 'Cora', email: 'cora@example.com' },
      ],
    });
    assert.equal(packet.snapshot?.tree, git('rev-parse', `${tip}^{tree}`));
    assert.equal(git('rev-parse', `${packet.snapshot?.commit}^`), tip);
    assert.equal(packet.drift?.tree, packet.snapshot?.tree);
    assert.equal(surroundings(), before);
    assert.match(
      (await loop.cli.run(loop.repository.dir, 'show', packet.id)).stdout,
      /Adopted.*2 commits by Ann Author/,
    );

    const main = git('rev-parse', 'main');
    const done = await loop.packet(0, 'signoff', packet.id, '--deliver', 'merge');
    assert.equal(done.state, 'delivered');
    assert.equal(git('rev-parse', 'main^1'), main);
    assert.equal(git('rev-parse', 'main^2^'), tip, 'the authors’ commits are in the history');
    assert.equal(git('rev-parse', 'main^{tree}'), packet.snapshot?.tree);
    const message = git('log', '-1', '--format=%B', 'main');
    assert.match(message, /Countersigned-by: Developer <dev@example\.com>/);
    assert.doesNotMatch(message, /Co-authored-by/);
    assert.equal(git('rev-parse', branch), tip);
    await loop.json(0, 'gate', '--base', main, '--head', 'main', '--require-all');
  });

  it('names the authors in the one commit of a squash', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': 'theirs, squashed\n' });
    push(branch, { 'src/a.txt': 'theirs, squashed again\n' }, BOT);
    const { id } = await adopt(0, branch, brief({ checks }));
    await loop.packet(0, 'signoff', id, '--deliver', 'squash');
    const message = git('log', '-1', '--format=%B', 'main');
    assert.match(
      message,
      /\nCo-authored-by: Ann Author <ann@example\.com>\nCo-authored-by: Some Agent <agent@example\.com>\n/,
    );
    assert.equal(git('log', '-1', '--format=%P', 'main').split(' ').length, 1);
    await loop.json(0, 'gate', '--base', 'main^', '--head', 'main', '--require-all');
  });

  it('blocks what the brief does not ask for until it is answered', async () => {
    const branch = newTopic();
    push(branch, { 'other.txt': 'theirs\n', 'package.json': '{"dependencies":{"left-pad":"^1.3.0"}}\n' });
    const packet = await adopt(1, branch, brief());
    assert.equal(packet.verdict, 'blocked');
    assert.ok(
      rulesOf(packet).includes('scope/outside') && rulesOf(packet).includes('deps/added'),
      `${rulesOf(packet)}`,
    );
    assert.equal(await loop.refusal(1, 'signoff', packet.id), 'SIGNOFF_REFUSED');
    await loop.packet(0, 'signoff', packet.id, ...acceptAll(packet), '--deliver', 'branch');
    assert.match(git('log', '-1', '--format=%B', packet.branch), /Co-authored-by: Ann Author/);
  });

  it('takes a reviewer’s revert, and a correction by the agent of the brief, on top of it', async () => {
    const branch = newTopic();
    const tip = push(branch, { 'src/a.txt': theirs(), 'other.txt': 'strays\n' });
    const file = brief({ checks, command: 'test -d node && echo mended > src/b.txt', front: ['setup: mkdir node'] });
    const first = await adopt(1, branch, file);
    await loop.json(0, 'revert', first.id, 'other.txt');
    const second = (await loop.json(0, 'show', first.id)) as Packet;
    assert.deepEqual([second.turn, second.verdict, second.agent.id], [2, 'clean', 'adopted']);
    const third = await loop.packet(0, 'correct', first.id, '-m', 'mend it');
    assert.deepEqual([third.turn, third.agent.id, third.agent.adopted?.name], [3, 'command', branch]);
    assert.equal(git('show', `${third.snapshot?.commit}:src/b.txt`), 'mended');
    assert.equal(git('rev-parse', `${third.snapshot?.commit}^^^`), tip);
    await loop.packet(0, 'signoff', first.id, '--deliver', 'branch');
  });

  it('says how adopted work is corrected where no agent can do it', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs() });
    const { id } = await adopt(0, branch, brief());
    const refused = await loop.refused(2, 'correct', id, '-m', 'mend it');
    assert.equal(refused.code, 'AGENT_UNKNOWN');
    assert.match(refused.fix, new RegExp(`pushed to ${branch}, then adopt it again`));
    assert.equal(await loop.state(id), 'ready');
    await loop.json(0, 'reject', id, '--reason', 'no');
  });

  it('makes what is pushed next the next turn of the same task', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs(), 'other.txt': 'strays\n' });
    const file = brief({ checks });
    const first = await adopt(1, branch, file);
    assert.equal((await refusal(1, branch, file)).code, 'ADOPT_LIVE');
    const tip = push(branch, { 'other.txt': 'other\n' });
    const other = await refusal(1, branch, brief({ title: 'Another' }));
    assert.match(other.message, new RegExp(first.id));
    const second = await adopt(0, branch, file);
    assert.deepEqual([second.id, second.turn, second.verdict], [first.id, 2, 'clean']);
    assert.equal(second.agent.adopted?.commit, tip);
    assert.equal(git('rev-parse', `refs/countersign/${first.id}/1^{tree}`), first.snapshot?.tree);
    const since = await host.request('task/since', { id: first.id, turn: 1 });
    assert.deepEqual(
      since.gone.map(({ rule }) => rule),
      ['scope/outside'],
    );
    assert.equal(readFileSync(join(loop.worktree(first.id), 'other.txt'), 'utf8'), 'other\n');
    await loop.packet(0, 'signoff', first.id, '--deliver', 'merge');
    assert.equal(git('rev-parse', 'main^2^'), tip);
  });

  it('goes on with the next turn where the host was killed, and leaves no folder behind', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs() });
    const file = brief({ checks });
    const { id } = await adopt(0, branch, file);
    const folders = () => readdirSync(dirname(loop.worktree(id))).length;
    const before = folders();
    const text = theirs();
    push(branch, { 'src/a.txt': text });
    const asked = { repo: loop.repository.dir, ref: branch, origin: 'human' } as const;
    await host.request('task/adopt', { ...asked, brief: { text: readFileSync(file, 'utf8'), file } });
    for (const pid of loop.hosts()) process.kill(pid, 'SIGKILL');
    await host.closed;
    host = await connect(loop);
    const state = () => loop.state(id);
    while (!['ready', 'interrupted'].includes(await state())) await new Promise((settle) => setTimeout(settle, 50));
    if ((await state()) === 'interrupted') await loop.packet(0, 'resume', id);
    const packet = (await loop.json(0, 'show', id)) as Packet;
    assert.deepEqual([packet.state, packet.turn], ['ready', 2]);
    assert.equal(readFileSync(join(loop.worktree(id), 'src/a.txt'), 'utf8'), text);
    assert.equal(folders(), before);
    await loop.json(0, 'reject', id, '--reason', 'no');
  });

  it('loses nothing that somebody wrote into the folder when the branch moves', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs() });
    const file = brief({ checks });
    const { id } = await adopt(0, branch, file);
    writeFileSync(join(loop.worktree(id), 'src/mine.txt'), 'mine\n');
    push(branch, { 'src/a.txt': 'theirs again\n' });
    const refused = await refusal(2, branch, file);
    assert.match(`${refused.code} ${refused.fix}`, /^TASK_STATE move what you changed/);
    const kept = await loop.packet(0, 'resume', id, '--as-it-stands');
    assert.equal(git('show', `${kept.snapshot?.commit}:src/mine.txt`), 'mine');
    assert.equal((await adopt(0, branch, file)).turn, 2);
    await loop.json(0, 'reject', id, '--reason', 'no');
    await loop.json(0, 'restore', id);
    assert.equal(await loop.state(id), 'ready');
    assert.equal(readFileSync(join(loop.worktree(id), 'src/a.txt'), 'utf8'), 'theirs again\n');
    await loop.json(0, 'reject', id, '--reason', 'no');
  });

  it('asks for a new task when the branch was put on another base', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs() });
    const file = brief({ checks });
    const { id } = await adopt(0, branch, file);
    git('commit', '-q', '--allow-empty', '-m', 'main moves');
    git('update-ref', '-d', `refs/heads/${branch}`);
    push(branch, { 'src/a.txt': 'theirs, rebased\n' });
    const refused = await refusal(1, branch, file);
    assert.match(refused.message, /base moved/);
    await loop.json(0, 'reject', id, '--reason', 'rebased');
    const { id: next } = await adopt(0, branch, file);
    assert.notEqual(next, id);
    await loop.json(0, 'reject', next, '--reason', 'no');
  });

  it('merges a branch whose target moved, and names the base that was meant', async () => {
    const branch = newTopic();
    const begun = git('rev-parse', 'main');
    push(branch, { 'src/d.txt': 'theirs\n' });
    const { id, base } = await adopt(0, branch, brief(), '--base', 'main');
    assert.equal(base, begun);
    loop.repository.commit('elsewhere', { 'src/e.txt': 'ours\n' });
    await loop.packet(0, 'signoff', id);
    assert.deepEqual([git('show', 'main:src/d.txt'), git('show', 'main:src/e.txt')], ['theirs', 'ours']);
  });

  describe('a pull request', () => {
    let remote: string;

    before(() => {
      remote = join(loop.repository.outside, 'remote.git');
      runGit(loop.repository.outside, ['clone', '-q', '--bare', loop.repository.dir, remote]);
      git('remote', 'add', 'origin', remote);
      // What would otherwise follow every fetch.
      git('config', '--add', 'remote.origin.fetch', '+refs/pull/*/head:refs/remotes/origin/pr/*');
    });

    /** Somebody pushes, and only the server has it. */
    function request(ref: string, files: Files): string {
      const branch = newTopic();
      const commit = push(branch, files);
      git('push', '-q', remote, `+${branch}:${ref}`);
      git('branch', '-q', '-D', branch);
      return commit;
    }

    it('is fetched into a ref of ours, and nowhere else', async () => {
      const tip = request('refs/pull/7/head', { 'src/a.txt': 'theirs, requested\n' });
      const before = surroundings();
      const file = brief({ checks });
      const packet = await adopt(0, '#7', file);
      assert.deepEqual([packet.agent.adopted?.commit, packet.agent.adopted?.name], [tip, '#7 (origin)']);
      assert.equal(surroundings(), before);
      assert.equal(git('for-each-ref', 'refs/countersign/arriving'), '');
      assert.equal(git('rev-parse', `refs/countersign/${packet.id}/adopted`), tip);
      assert.throws(() => readFileSync(join(loop.repository.dir, '.git', 'FETCH_HEAD')));
      // It moves, and is the next turn.
      request('refs/pull/7/head', { 'src/a.txt': 'theirs, mended\n' });
      const second = await adopt(0, '#7', file);
      assert.deepEqual([second.id, second.turn], [packet.id, 2]);
      await loop.json(0, 'reject', packet.id, '--reason', 'no');
    });

    it('of GitLab is found too', async () => {
      const tip = request('refs/merge-requests/8/head', { 'src/a.txt': theirs() });
      const packet = await adopt(0, '#8', brief({ checks }));
      assert.equal(packet.agent.adopted?.commit, tip);
      await loop.json(0, 'reject', packet.id, '--reason', 'no');
    });

    it('is refused by name when there is none, and with what to run when its remote cannot be reached', async () => {
      const before = surroundings();
      assert.match((await refusal(2, '#99', brief())).message, /origin has no pull request #99/);
      const page = 'https://github.com/owner/name/pull/7';
      assert.match(
        (await refusal(2, page, brief())).message,
        /no remote of this repository is github\.com\/owner\/name/,
      );
      git('remote', 'set-url', 'origin', join(loop.repository.outside, 'gone.git'));
      const refused = await refusal(3, '#7', brief());
      git('remote', 'set-url', 'origin', remote);
      assert.equal(refused.code, 'ADOPT_UNREACHABLE');
      assert.match(refused.fix, /git fetch origin \+refs\/pull\/7\/head:refs\/remotes\/origin\/pull\/7/);
      assert.equal(surroundings(), before);
      assert.equal(git('for-each-ref', 'refs/countersign/arriving'), '');
    });
  });

  describe('is refused', () => {
    const tasks = async () => ((await loop.json(0, 'tasks', '--all')) as unknown[]).length;

    it('without a branch of that name, without commits, and without a history in common', async () => {
      const before = await tasks();
      assert.equal((await refusal(2, 'no-such-branch', brief())).code, 'REVISION_NOT_FOUND');
      assert.equal((await refusal(2, 'main', brief())).code, 'ADOPT_EMPTY');
      assert.equal((await refusal(2, 'HEAD~1', brief())).code, 'ADOPT_EMPTY');
      const orphan = git('commit-tree', '-m', 'orphan', 'main^{tree}');
      assert.match((await refusal(2, orphan, brief())).message, /no history in common/);
      assert.equal(await tasks(), before);
    });

    it('with a brief that does not parse, or is not ready', async () => {
      const branch = newTopic();
      push(branch, { 'src/a.txt': theirs() });
      const before = await tasks();
      const broken = join(loop.repository.outside, 'broken.md');
      writeFileSync(broken, '---\ncountersign: 1\nnonsense: true\n---\n## Goal\nx\n');
      assert.equal((await refusal(2, branch, broken)).code, 'BRIEF_INVALID');
      assert.equal((await refusal(1, branch, brief({ change: ['**'] }))).code, 'BRIEF_NOT_READY');
      assert.equal(await tasks(), before);
    });

    it('with trees that were crafted to leave their folder or to enter a git directory', async () => {
      const before = await tasks();
      const blob = git('rev-parse', 'main:src/a.txt');
      const mktree = (entries: string) => {
        const file = join(loop.repository.outside, 'entries');
        writeFileSync(file, entries);
        return runTree(file);
      };
      for (const name of ['.git', '.GIT', 'git~1', '..']) {
        const inner = mktree(`100644 blob ${blob}\tconfig\n`);
        const commit = git('commit-tree', '-p', 'main', '-m', name, mktree(`40000 tree ${inner}\t${name}\n`));
        const refused = await refusal(2, commit, brief());
        assert.equal(refused.code, 'ADOPT_REFUSED', name);
      }
      assert.equal(await tasks(), before);
    });

    /** Writes a tree object as its bytes are, whatever git would say of its names. */
    function runTree(entries: string): string {
      const [, mode = '', oid = '', name = ''] =
        /^(\d+) \w+ ([0-9a-f]+)\t(.*)\n$/.exec(readFileSync(entries, 'utf8')) ?? [];
      const file = join(loop.repository.outside, 'tree');
      writeFileSync(file, Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]));
      return git('hash-object', '-t', 'tree', '-w', '--literally', file);
    }
  });

  it('finds a bare repository inside the work, which git itself does not refuse', async () => {
    const branch = newTopic();
    push(branch, {
      'src/x/HEAD': 'ref: refs/heads/main\n',
      'src/x/config': '[core]\n',
      'src/x/objects/a': '',
      'src/x/refs/b': '',
    });
    const packet = await adopt(1, branch, brief());
    assert.ok(rulesOf(packet).includes('hidden/nested-repo'), `${rulesOf(packet)}`);
    await loop.json(0, 'reject', packet.id, '--reason', 'no');
  });

  it('can be stopped and resumed, and has no transcript of an agent', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs() });
    const id = (
      (await loop.json(0, 'adopt', branch, '--brief', brief({ checks: { tests: 'sleep 1000' } }), '--detach')) as {
        id: string;
      }
    ).id;
    while ((await loop.state(id)) !== 'verifying') await new Promise((settle) => setTimeout(settle, 20));
    await loop.json(0, 'stop', id);
    assert.equal(await loop.state(id), 'interrupted');
    const { lines } = await host.request('task/transcript', { id, from: 1, limit: 100 });
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['note'],
    );
    await loop.json(0, 'reject', id, '--reason', 'no');
  });

  it('lists the branches that could be adopted, the newest first', async () => {
    const branch = newTopic();
    push(branch, { 'src/a.txt': theirs() }, { ...ANN, GIT_COMMITTER_DATE: '2030-01-01T00:00:00Z' }, 'The newest');
    const { branches } = await host.request('repository/branches', { repo: loop.repository.dir });
    assert.deepEqual(
      [branches[0]?.name, branches[0]?.author, branches[0]?.subject],
      [branch, 'Ann Author', 'The newest'],
    );
    assert.ok(!branches.some(({ name }) => name === 'main' || name.startsWith('countersign/')));
  });
});

describe('adopting where no sandbox holds the agent of a correction', () => {
  it('goes on telling what that agent did to the repository, whoever has the next turns', async function () {
    this.timeout(120_000);
    const loop = new Loop({ config: 'sandbox: { mode: off }\n' });
    try {
      const { repository } = loop;
      const hook = join(repository.dir, '.git/hooks/pre-push');
      const file = loop.brief({ command: `echo mended > src/b.txt; echo evil > ${hook}` });
      const push = (text: string) => {
        repository.git('switch', '-q', '-C', 'topic');
        repository.commit('theirs', { 'src/a.txt': text });
        repository.git('switch', '-q', 'main');
      };
      const adopt = (exit: number) => loop.packet(exit, 'adopt', 'topic', '--brief', file);
      push('theirs\n');
      const { id } = await adopt(0);
      // Nobody of ours has worked yet: what the user does meanwhile is told of nobody.
      repository.git('config', 'core.editor', 'ed');
      push('theirs, again\n');
      assert.deepEqual(rulesOf(await adopt(0)), []);
      const corrected = await loop.packet(1, 'correct', id, '-m', 'mend it');
      assert.deepEqual(rulesOf(corrected), ['git/hooks']);
      for (const [turn, text] of [
        [4, 'theirs, mended\n'],
        [5, 'theirs, at last\n'],
      ] as const) {
        push(text);
        const next = await adopt(1);
        assert.deepEqual([next.id, next.turn, rulesOf(next)], [id, turn, ['git/hooks']]);
      }
      await loop.json(0, 'reject', id, '--reason', 'no');
      await loop.json(0, 'restore', id);
      const again = await loop.packet(1, 'correct', id, '-m', 'mend it', '--again');
      assert.deepEqual(rulesOf(again), ['git/hooks'], 'a rejection that is taken back forgets it neither');
      rmSync(hook);
      push('theirs, with nothing left\n');
      assert.deepEqual(rulesOf(await adopt(0)), []);
    } finally {
      await loop.end();
    }
  });
});
