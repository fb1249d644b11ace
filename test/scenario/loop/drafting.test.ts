/** Briefs that are being written, judged by the real host as an editor's form asks it; and the agents that could work. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostConnection } from '../../../src/host/client';
import { connect } from './client';
import { Loop } from './loop';
import { fingerprint } from './traces';

const HOSTILE = 'src/a b\n\u202e“é”*.ts';

describe('drafting with the host', () => {
  let loop: Loop;
  let host: HostConnection;

  before(async () => {
    loop = new Loop({
      files: {
        'src/a.ts': '',
        'src/deep/b.ts': '',
        [HOSTILE]: '',
        'test/a.test.ts': '',
        'package.json': '{"scripts":{"test":"x"}}',
      },
      config: 'agent: command\n',
    });
    host = await connect(loop);
  });
  after(async () => {
    host.close();
    await loop.end();
  });

  const briefText = (options: Parameters<Loop['brief']>[0]) => readFileSync(loop.brief(options), 'utf8');
  const inspect = (text: string, agent?: string, repo = loop.repository.dir) =>
    host.request('brief/inspect', { repo, brief: { text, file: null }, ...(agent === undefined ? {} : { agent }) });
  const facts = (repo = loop.repository.dir) => host.request('brief/facts', { repo });
  const rules = (found: Awaited<ReturnType<typeof inspect>>) => found.findings.map(({ rule }) => rule);

  describe('brief/inspect', () => {
    it('says of a brief that is ready that it is, and what its patterns match', async () => {
      const before = fingerprint(loop.repository.dir);
      const found = await inspect(briefText({ command: 'true', change: ['src/**', 'docs'], front: [] }));
      assert.equal(found.ready, true);
      const [src, docs] = found.patterns;
      assert.deepEqual([src?.kind, src?.pattern, src?.files, src?.problem], ['change', 'src/**', 3, null]);
      assert.deepEqual([...(src?.examples ?? [])].sort(), [HOSTILE, 'src/a.ts', 'src/deep/b.ts'].sort());
      assert.deepEqual([docs?.files, docs?.examples, docs?.problem], [0, [], null]);
      assert.deepEqual(fingerprint(loop.repository.dir), before);
    });

    it('judges as the hand-off does', async () => {
      const text = briefText({ command: 'true', change: ['**'] });
      const found = await inspect(text);
      assert.deepEqual([found.ready, rules(found).includes('readiness/whole-repository')], [false, true]);
      const handOff = host.request('task/run', {
        repo: loop.repository.dir,
        brief: { text, file: null },
        origin: 'human',
      });
      await assert.rejects(handOff, { code: 'BRIEF_NOT_READY' });
    });

    it('finds findings and patterns in what does not parse', async () => {
      const found = await inspect(
        '---\ncountersign: 1\nscope:\n  change: [src, ../x]\n  avoid: [src/deep]\nnonsense: 1\n---\n',
      );
      assert.equal(found.ready, false);
      assert.ok(found.findings.some(({ severity, line }) => severity === 'block' && line === 6));
      assert.deepEqual(
        found.patterns.map(({ kind, pattern, files, problem }) => [kind, pattern, files, problem === null]),
        [
          ['change', 'src', 3, true],
          ['change', '../x', 0, false],
          ['avoid', 'src/deep', 1, true],
        ],
      );
      for (const text of ['', 'no brief', '\0', '---\n', `---\n${'- '.repeat(5_000)}`, '😀'.repeat(100_000)]) {
        assert.deepEqual([(await inspect(text)).ready, (await inspect(text)).patterns], [false, []], text.slice(0, 9));
      }
    });

    it('blocks an agent that could not begin, and says why', async () => {
      const unknown = await inspect(briefText({ agent: 'nobody' }));
      assert.deepEqual(
        unknown.findings.filter(({ rule }) => rule === 'readiness/unknown-agent').map(({ severity }) => severity),
        ['block'],
      );
      await host.request('agents/define', { agents: { ghost: { command: '/no/such/program' } } });
      const absent = await inspect(briefText({ agent: 'ghost' }));
      assert.deepEqual([absent.ready, rules(absent)], [false, ['readiness/agent-unavailable']]);
      assert.match(absent.findings[0]!.message, /not installed.*\/no\/such\/program/);
      assert.ok((absent.findings[0]!.line ?? 0) > 1);
      assert.equal((await inspect(briefText({ agent: 'ghost' }), 'command')).ready, false);
    });

    it('warns of programs that are not there, and of scopes of other tasks', async () => {
      const missing = await inspect(briefText({ command: 'true', checks: { tests: 'no-such-program' } }));
      assert.deepEqual([missing.ready, rules(missing)], [true, ['readiness/command-not-found']]);
      const { id } = await loop.run(0, { command: 'echo two > src/a.ts' });
      assert.deepEqual(rules(await inspect(briefText({ command: 'true' }))), ['readiness/overlap']);
      await host.request('task/reject', { id, reason: 'not wanted', by: 'Developer' });
      assert.deepEqual(rules(await inspect(briefText({ command: 'true' }))), []);
    });

    it('sees what was committed meanwhile', async () => {
      const text = briefText({ command: 'true', change: ['late/**'] });
      assert.ok(rules(await inspect(text)).includes('readiness/empty-scope'));
      loop.repository.commit('late', { 'late/file.ts': '' });
      assert.deepEqual([rules(await inspect(text)), (await inspect(text)).patterns[0]?.files], [[], 1]);
    });

    it('tells of a policy that cannot be read, and of none that is not committed', async () => {
      const text = briefText({ command: 'true' });
      loop.repository.write({ '.countersign/policy.yaml': 'reviewers: 7\n' });
      assert.equal((await inspect(text)).ready, true);
      loop.repository.commit('broken policy');
      const broken = await inspect(text);
      assert.deepEqual([broken.ready, rules(broken)], [false, ['readiness/policy']]);
      assert.equal(broken.patterns[0]?.files, 3);
      assert.equal((await facts()).testCommand, 'npm test', 'facts come all the same');
      loop.repository.commit('policy', { '.countersign/policy.yaml': 'reviewers: [Other <other@example.com>]\n' });
      assert.deepEqual(rules(await inspect(text)), ['readiness/reviewer-not-allowed']);
      loop.repository.commit('no policy', { '.countersign/policy.yaml': '' });
    });
  });

  describe('brief/facts', () => {
    it('are what a brief is drafted from', async () => {
      const found = await facts(join(loop.repository.dir, 'src'));
      assert.deepEqual(
        [found.root, found.branch, found.testCommand, found.user],
        [loop.repository.dir, 'main', 'npm test', 'Developer <dev@example.com>'],
      );
      assert.deepEqual(
        [found.languages, found.sourceFolders, found.testFolders],
        [['TypeScript'], ['late', 'src'], ['test']],
      );
      const drafted = await loop.cli.run(loop.repository.dir, 'brief', 'new', '--from', 'bugfix');
      assert.equal(found.templates.find(({ name }) => name === 'bugfix')?.draft, drafted.stdout);
    });

    it('hold the team’s own templates, as far as they can be used', async () => {
      const good = briefText({ title: 'Ours', reviewer: 'Reviewer <reviewer@example.com>' });
      const folder = join(loop.repository.dir, '.countersign', 'templates');
      loop.repository.write({
        '.countersign/templates/zoo.md': good,
        '.countersign/templates/ant.md': good.replace(/^reviewer:.*\n/m, ''),
        '.countersign/templates/broken.md': 'no brief',
        '.countersign/templates/large.md': good + 'x'.repeat(300_000),
        '.countersign/templates/binary.md': 'a\0b',
        '.countersign/templates/-rf.md': good,
        '.countersign/templates/notes.txt': good,
      });
      mkdirSync(join(folder, 'folder.md'));
      const secret = join(loop.folder, 'secret.md');
      writeFileSync(secret, good);
      symlinkSync(secret, join(folder, 'link.md'));
      execFileSync('mkfifo', [join(folder, 'pipe.md')]);
      const own = (await facts()).templates.filter(({ origin }) => origin === 'repository');
      assert.deepEqual(
        own.map(({ name, title }) => [name, title]),
        [
          ['ant', 'Ours'],
          ['zoo', 'Ours'],
        ],
      );
      assert.equal(own[1]?.draft, good);
      assert.match(own[0]?.draft ?? '', /^reviewer: Developer <dev@example\.com>$/m);
    });

    it('are few where there is no repository, or none with a commit or a working tree', async () => {
      const bare = join(loop.folder, 'bare.git');
      const empty = join(loop.folder, 'empty');
      execFileSync('git', ['init', '-q', '--bare', bare]);
      execFileSync('git', ['init', '-q', empty]);
      for (const place of [loop.folder, bare, empty, join(loop.folder, 'nowhere')]) {
        const found = await facts(place);
        assert.deepEqual([found.root, found.branch, found.testCommand, found.user], [null, null, null, null], place);
        assert.equal(found.templates.length, 4);
      }
      const code = (repo: string) =>
        inspect('', undefined, repo).then(
          () => null,
          ({ code }) => code,
        );
      assert.deepEqual(
        [await code(loop.folder), await code(bare), await code(empty)],
        ['NOT_A_REPOSITORY', 'REPOSITORY_BARE', 'REPOSITORY_EMPTY'],
      );
    });

    it('name no branch where none is checked out', async () => {
      loop.repository.git('checkout', '-q', '--detach');
      assert.equal((await facts()).branch, null);
      loop.repository.git('checkout', '-q', 'main');
    });
  });

  describe('agents', () => {
    it('are listed with the default, and those of the setting among them', async () => {
      const program = join(loop.folder, 'my-agent');
      writeFileSync(program, '#!/bin/sh\necho my-agent 1.2.3\n', { mode: 0o755 });
      const { refused } = await host.request('agents/define', {
        agents: { mine: { name: 'Mine', command: program }, command: { command: 'sh' }, broken: { args: 'x' } },
      });
      assert.deepEqual(refused.map(({ id }) => id).sort(), ['broken', 'command']);
      const listed = await host.request('agents/list', { versions: true });
      assert.equal(listed.default, 'command');
      const { name, installed, path, version } = listed.agents.find(({ id }) => id === 'mine')!;
      assert.deepEqual([name, installed, path, version], ['Mine', true, program, '1.2.3']);
      const command = listed.agents.find(({ id }) => id === 'command');
      assert.equal(command?.installed, true);
      const quick = await host.request('agents/list', {});
      assert.ok(quick.agents.every((agent) => agent.version === null));
    });

    it('of the setting are known to the next host', async () => {
      await host.request('host/stop', { force: true });
      await host.closed;
      host = await connect(loop);
      const { agents } = await host.request('agents/list', {});
      assert.ok(agents.some(({ id }) => id === 'mine'));
      await assert.rejects(host.request('agents/define', { agents: { a: { command: 'x'.repeat(400_000) } } }), {
        code: 'CONFIG_INVALID',
      });
      await host.request('agents/define', { agents: {} });
      assert.ok(!(await host.request('agents/list', {})).agents.some(({ id }) => id === 'mine'));
    });
  });
});
