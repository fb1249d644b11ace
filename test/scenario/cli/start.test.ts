import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBrief } from '../../../src/core/brief/parse';
import { parsePolicy } from '../../../src/core/brief/policy';
import { makeRepository, type TestRepository } from '../../fixtures/repository';
import { brief, READY_FRONT } from './briefs';
import { type CommandLine, makeCommandLine } from './cli';

describe('starting out', () => {
  let cli: CommandLine;
  let repository: TestRepository;
  beforeEach(() => {
    cli = makeCommandLine();
    repository = makeRepository({
      files: {
        'package.json': '{ "scripts": { "test": "node --test", "lint": "true" } }\n',
        'package-lock.json': '{}\n',
        'src/hello.ts': 'export {};\n',
      },
    });
  });
  afterEach(() => {
    repository.remove();
    cli.remove();
  });

  describe('countersign init', () => {
    it('writes a policy and a brief that parse, from what it finds', async () => {
      const { exit, value } = await cli.json(repository.dir, 'init');
      assert.equal(exit, 0);
      assert.deepEqual(value, {
        written: ['.countersign/policy.yaml', '.countersign/briefs/first.md'],
        kept: [],
        found: { testCommand: 'npm test', lintCommand: 'npm run lint', setup: 'npm ci', languages: ['TypeScript'] },
      });
      parsePolicy(readFileSync(join(repository.dir, '.countersign/policy.yaml')), 'policy.yaml');
      const first = parseBrief(readFileSync(join(repository.dir, '.countersign/briefs/first.md')), 'first.md');
      assert.equal(first.front.reviewer, 'Developer <dev@example.com>');
      assert.deepEqual(
        first.front.checks.map(({ run }) => run),
        ['npm test', 'npm run lint'],
      );
      assert.equal(repository.git('status', '--porcelain'), '?? .countersign/');
    });

    it('overwrites nothing', async () => {
      repository.write({ '.countersign/policy.yaml': '# mine\n' });
      const { exit, value } = await cli.json(join(repository.dir, 'src'), 'init');
      assert.equal(exit, 0);
      const { written, kept } = value as { written: string[]; kept: string[] };
      assert.deepEqual(
        { written, kept },
        { written: ['.countersign/briefs/first.md'], kept: ['.countersign/policy.yaml'] },
      );
      assert.equal(readFileSync(join(repository.dir, '.countersign/policy.yaml'), 'utf8'), '# mine\n');
    });

    it('says what it found and what to do next', async () => {
      const { stdout, stderr } = await cli.run(repository.dir, 'init');
      assert.equal(stderr, '');
      assert.match(stdout, /found {4}tests: npm test/);
      assert.match(stdout, /countersign brief check \.countersign\/briefs\/first\.md/);
    });
  });

  describe('countersign brief new', () => {
    it('prints a draft, and nothing else', async () => {
      const { exit, stdout, stderr } = await cli.run(repository.dir, 'brief', 'new');
      assert.equal(exit, 0);
      assert.equal(stderr, '');
      assert.deepEqual(
        parseBrief(stdout, 'new.md').front.checks.map(({ name }) => name),
        ['tests', 'lint'],
      );
    });

    it('writes a file once', async () => {
      const file = join(repository.dir, 'briefs/new.md');
      assert.equal((await cli.run(repository.dir, 'brief', 'new', '-o', 'briefs/new.md')).exit, 0);
      const text = readFileSync(file, 'utf8');
      const { exit, stderr } = await cli.run(repository.dir, 'brief', 'new', '-o', 'briefs/new.md');
      assert.equal(exit, 2);
      assert.match(stderr, /FILE_EXISTS/);
      assert.equal(readFileSync(file, 'utf8'), text);
    });

    it("takes the team's templates before the built-in ones, and names what there is", async () => {
      repository.write({ '.countersign/templates/bugfix.md': brief({ front: READY_FRONT.slice(0, 3) }) });
      const own = await cli.run(repository.dir, 'brief', 'new', '--from', 'bugfix');
      assert.equal(parseBrief(own.stdout, 'own.md').title, 'Say hello in French');
      assert.equal(parseBrief(own.stdout, 'own.md').front.reviewer, 'Developer <dev@example.com>');
      const { exit, stderr } = await cli.run(repository.dir, 'brief', 'new', '--from', 'fature');
      assert.equal(exit, 2);
      assert.match(stderr, /USAGE: .*fature[\s\S]*feature/);
      assert.equal((await cli.run(repository.dir, 'brief', 'new', '--from', '../../policy')).exit, 2);
    });
  });

  describe('countersign brief check', () => {
    const check = async (text: string) => {
      writeFileSync(join(repository.dir, 'b.md'), text);
      const { exit, value } = await cli.json(repository.dir, 'brief', 'check', 'b.md');
      const {
        brief: hash,
        ready,
        findings,
      } = value as {
        brief: string | null;
        ready: boolean;
        findings: { rule: string; severity: string; line: number | null }[];
      };
      return { exit, hash, ready, rules: findings.map(({ rule, severity }) => `${severity} ${rule}`) };
    };

    it('exits 0 for a brief that is ready', async () => {
      const text = brief();
      const { exit, hash, ready, rules } = await check(text);
      assert.deepEqual({ exit, ready, rules }, { exit: 0, ready: true, rules: [] });
      assert.equal(hash, parseBrief(text, 'b.md').hash);
    });

    it('exits 1 for a brief that lacks something, and names it', async () => {
      const { exit, ready, rules } = await check(
        brief({ front: ['scope: { change: ["**"] }', 'checks: []', 'title: x'] }),
      );
      assert.equal(exit, 1);
      assert.equal(ready, false);
      for (const rule of ['whole-repository', 'no-check', 'no-reviewer']) {
        assert.ok(rules.includes(`block readiness/${rule}`), rules.join('\n'));
      }
    });

    it('judges by the repository: paths, programs, policy', async () => {
      repository.commit('policy', { '.countersign/policy.yaml': 'reviewers: [Reviewer <reviewer@example.com>]\n' });
      const { exit, rules } = await check(
        brief({
          front: [
            'scope: { change: [nowhere/**] }',
            'checks: [{ name: tests, run: no-such-program-here }]',
            'reviewer: Developer <dev@example.com>',
          ],
        }),
      );
      assert.equal(exit, 1);
      for (const rule of [
        'warn readiness/empty-scope',
        'warn readiness/command-not-found',
        'block readiness/reviewer-not-allowed',
      ]) {
        assert.ok(rules.includes(rule), rules.join('\n'));
      }
    });

    it('exits 2 for a file that cannot be read as a brief', async () => {
      const { exit, hash, ready, rules } = await check('no front matter\n');
      assert.deepEqual(
        { exit, hash, ready, rules },
        { exit: 2, hash: null, ready: false, rules: ['block readiness/unparsable'] },
      );
      const { stdout, stderr } = await cli.run(repository.dir, 'brief', 'check', 'b.md');
      assert.equal(stdout, '');
      assert.match(stderr, /^countersign: BRIEF_FRONT_MATTER: b\.md:1: [^\n]*\nfix: [^\n]*\n$/, 'told once');
    });

    it('works outside a repository, and says so', async () => {
      writeFileSync(join(repository.outside, 'b.md'), brief());
      const { exit, stderr } = await cli.run(repository.outside, 'brief', 'check', 'b.md');
      assert.equal(exit, 0);
      assert.match(stderr, /without a repository/);
    });
  });

  describe('this machine', () => {
    it('lists agents: what is built in, and what the user configured', async () => {
      const config = join(repository.outside, 'config.yaml');
      writeFileSync(config, `agents:\n  mine: { name: My agent, command: ${process.execPath} }\n`);
      const { exit, stdout } = await cli.runWith({ COUNTERSIGN_CONFIG: config }, repository.dir, 'agents', '--json');
      assert.equal(exit, 0);
      const found = JSON.parse(stdout) as { id: string; installed: boolean; name: string }[];
      assert.ok(found.some(({ id, installed }) => id === 'command' && installed));
      assert.deepEqual(
        found.filter(({ id }) => id === 'mine').map(({ name, installed }) => ({ name, installed })),
        [{ name: 'My agent', installed: true }],
      );
    });

    it('diagnoses, and makes nothing', async () => {
      const { exit, value } = await cli.json(repository.dir, 'doctor');
      assert.equal(exit, 0);
      const { ok, findings } = value as { ok: boolean; findings: { what: string; status: string }[] };
      assert.equal(ok, true);
      assert.deepEqual(
        findings.map(({ what }) => what),
        ['node', 'git', 'sandbox', 'state', 'tasks', 'disk', 'config', 'host', 'agents', 'identity'],
      );
      assert.equal(existsSync(cli.home), false);
    });

    it('sees a state directory that cannot be used, and tasks that cannot be read', async () => {
      const diagnosed = async (home: string) => {
        const { exit, stdout } = await cli.runWith({ COUNTERSIGN_HOME: home }, repository.dir, 'doctor', '--json');
        const { findings } = JSON.parse(stdout) as { findings: { what: string; status: string; says: string }[] };
        const broken = findings.filter(({ status }) => status === 'fail');
        return { exit, broken: broken.map(({ what, says }) => `${what}: ${says}`).join('\n') };
      };
      const file = join(repository.outside, 'file');
      writeFileSync(file, '');
      for (const home of [file, join(file, 'below')]) {
        const { exit, broken } = await diagnosed(home);
        assert.equal(exit, 1);
        assert.match(broken, /^state: .*file.* is no folder$/);
      }
      const id = '0123456789ab';
      const folder = join(repository.outside, 'state', 'repos', 'r', 'tasks', id);
      mkdirSync(folder, { recursive: true });
      chmodSync(join(repository.outside, 'state'), 0o700);
      writeFileSync(join(folder, 'journal.ndjson'), 'no event\n');
      const { exit, broken } = await diagnosed(join(repository.outside, 'state'));
      assert.equal(exit, 1);
      assert.match(broken, new RegExp(`^tasks: 1 task cannot be read: .*${id}/journal\\.ndjson:1`));
    });

    it('exits 1 when something is broken, and names the fix', async () => {
      const config = join(repository.outside, 'config.yaml');
      writeFileSync(config, 'agnets: {}\n');
      const { exit, stdout } = await cli.runWith({ COUNTERSIGN_CONFIG: config }, repository.dir, 'doctor');
      assert.equal(exit, 1);
      assert.match(stdout, /^fail {2}config .*agnets/m);
      assert.match(stdout, /fix: /);
    });

    it('says that no host runs, without starting one', async () => {
      const { exit, value } = await cli.json(repository.dir, 'host', 'status');
      assert.equal(exit, 0);
      assert.deepEqual(value, { running: false, pid: null, version: null, clients: 0, tasks: 0 });
      assert.deepEqual((await cli.json(repository.dir, 'host', 'stop')).value, { stopped: false });
      assert.equal(existsSync(cli.home), false);
    });
  });
});
