/** Every exit code of a task's way, on a real repository with the real host and the `command` agent. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Packet, packetSchema } from '../../../src/core/review/packet';
import { makeRepository, type TestRepository } from '../../fixtures/repository';
import { brief } from './briefs';
import { type CommandLine, type ErrorDocument, makeCommandLine } from './cli';
import { snapshotOfFolder } from './folderSnapshot';

describe('a task from the command line', () => {
  let cli: CommandLine;
  let repository: TestRepository;

  before(() => {
    cli = makeCommandLine();
  });
  after(async () => {
    await cli.run(process.cwd(), 'host', 'stop', '--force');
    cli.remove();
  });
  beforeEach(() => {
    repository = makeRepository({ name: 'répo', files: { 'src/hello.txt': 'hello\n', 'other.txt': 'other\n' } });
  });
  afterEach(() => repository.remove());

  /** Writes a brief for the embedded agent; its command is one line of shell. */
  function write(command: string, check = 'grep -q bonjour src/hello.txt'): string {
    const file = join(repository.outside, 'brief.md');
    const front = [
      'title: Say bonjour',
      `command: ${JSON.stringify(command)}`,
      'scope: { change: [src/**] }',
      `checks: [{ name: tests, run: ${JSON.stringify(check)} }]`,
      'reviewer: Developer <dev@example.com>',
    ];
    writeFileSync(file, brief({ front }));
    return file;
  }

  const GOOD = 'sed -i s/hello/bonjour/ src/hello.txt';

  async function packet(...words: string[]): Promise<{ exit: number | null; packet: Packet }> {
    const { exit, value } = await cli.json(repository.dir, ...words);
    return { exit, packet: packetSchema.parse(value) };
  }

  const run = (command: string, check?: string) => packet('run', write(command, check));

  async function errorOf(exit: number, ...words: string[]): Promise<ErrorDocument['error']> {
    const { exit: found, value } = await cli.json(repository.dir, ...words);
    const { error } = value as ErrorDocument;
    assert.equal(found, exit, JSON.stringify(value));
    assert.ok(error.fix.length > 0);
    return error;
  }

  it('exits 0 for clean work, touches nothing of the user’s, and merges at sign-off', async () => {
    const before = repository.git('for-each-ref', 'refs/heads');
    const file = write(GOOD);
    const { exit, stdout, stderr } = await cli.run(repository.dir, 'run', file);
    assert.equal(exit, 0, stderr);
    assert.equal(stderr, '');
    assert.match(stdout, /Say bonjour/);
    assert.equal(repository.git('status', '--porcelain'), '');
    assert.equal(repository.git('for-each-ref', 'refs/heads'), before);
    const id = /countersign signoff (\S+)/.exec(stdout)?.[1] ?? '';

    const shown = await cli.run(repository.dir, 'show', id);
    assert.equal(shown.exit, 0);
    assert.match(shown.stdout, /^# Say bonjour$/m);

    assert.equal((await errorOf(2, 'correct', id)).code, 'CORRECTION_EMPTY');
    const signed = await packet('signoff', id);
    assert.equal(signed.exit, 0);
    assert.equal(signed.packet.state, 'delivered');
    assert.equal(signed.packet.signoff?.by.email, 'dev@example.com');
    assert.equal(readFileSync(join(repository.dir, 'src/hello.txt'), 'utf8'), 'bonjour\n');
    assert.match(repository.git('log', '-1', '--format=%B'), /^Countersigned-by: Developer <dev@example\.com>$/m);
    assert.equal(repository.git('status', '--porcelain'), '');

    const judged = await cli.json(repository.dir, 'gate', '--base', 'HEAD~1', '--head', 'HEAD');
    assert.equal(judged.exit, 0);
    assert.equal((await errorOf(2, 'signoff', id)).code, 'TASK_STATE');
  });

  it('answers a group as one: for the tree that was seen, by an amendment that leaves the brief as it was', async () => {
    const many = 'for n in 1 2 3 4 5 6; do echo $n > note$n.txt; done';
    const { packet: found } = await run(
      `${GOOD}; ${many}; mkdir -p .github/workflows; echo 'on: push' > .github/workflows/ci.yml`,
    );
    const group = found.drift?.findings.find(({ places }) => places.length > 1);
    const ci = found.drift?.findings.find(({ rule }) => rule === 'boundary/ci');
    assert.ok(group !== undefined && ci !== undefined);
    assert.deepEqual([group.rule, group.places.length], ['scope/outside', 7]);
    const tree = ['--tree', (found.snapshot?.tree ?? '').slice(0, 10)];

    const [path, ...others] = ['note1.txt', 'note2.txt'];
    const reverted = await packet('revert', found.id, path ?? '', ...others);
    const smaller = reverted.packet.drift?.findings.find(({ id }) => id === group.id);
    assert.equal(smaller?.places.length, 5, 'the same finding, with fewer places');
    const stale = await errorOf(1, 'signoff', found.id, ...tree, '--accept', `${group.id}=x`, '--accept', `${ci.id}=x`);
    assert.match(stale.message, /you looked at tree/);

    const answers = ['--widen', `${group.id}=the notes belong to it`, '--widen', `${ci.id}=it builds them`];
    const untold = await errorOf(1, 'signoff', found.id, ...answers);
    assert.match(untold.message, /has 5 places, and nothing says which of them you saw/);
    const seen = ['--tree', (reverted.packet.snapshot?.tree ?? '').slice(0, 10)];
    const signed = await packet('signoff', found.id, ...answers, ...seen);
    assert.equal(signed.packet.state, 'delivered');
    const { signoff } = signed.packet;
    assert.deepEqual(signoff?.accepted, {});
    assert.deepEqual(signoff?.widened?.[ci.id]?.allow, ['ci']);
    assert.deepEqual(signoff?.widened?.[group.id]?.change, [
      ...['.github/workflows/ci.yml', 'note3.txt', 'note4.txt', 'note5.txt', 'note6.txt'],
    ]);
    assert.equal(signoff?.places?.[group.id]?.count, 5);
    assert.equal(signed.packet.brief, found.brief);
    const message = repository.git('log', '-1', '--format=%B');
    assert.match(message, /^Amended the brief \(as handed off, it did not say this\):$/m);
    assert.match(message, /the notes belong to it \[scope\.change: \.github/);
    assert.equal((await cli.json(repository.dir, 'gate', '--base', 'HEAD~1', '--head', 'HEAD')).exit, 0);
    const shown = await cli.run(repository.dir, 'show', found.id);
    assert.match(shown.stdout, /Brief amended for finding/);
  });

  it('takes a finding back with all of its files, and refuses one that no revert answers', async () => {
    const { packet: found } = await run(`${GOOD}; for n in 1 2 3 4 5; do echo $n > note$n.txt; done`);
    const [group] = found.drift?.findings ?? [];
    assert.equal(group?.places.length, 5);
    assert.equal((await errorOf(2, 'revert', found.id)).code, 'USAGE');
    assert.equal((await errorOf(2, 'revert', found.id, '--finding', 'nothing')).code, 'FINDING_UNKNOWN');
    const { exit, packet: left } = await packet('revert', found.id, '--finding', group?.id ?? '');
    assert.deepEqual([exit, left.drift?.findings, left.verdict], [0, [], 'clean']);
  });

  it('exits 1 for drift and for a failed check, and refuses to sign until both are answered', async () => {
    const { exit, packet: found } = await run(`${GOOD}; echo more >> other.txt`, 'false');
    assert.equal(exit, 1);
    assert.equal(found.verdict, 'blocked');
    assert.deepEqual(
      found.checks.map(({ name, status }) => `${name} ${status}`),
      ['tests failed'],
    );
    const finding = found.drift?.findings.find(({ rule }) => rule === 'scope/outside');
    assert.equal(finding?.path, 'other.txt');

    assert.equal((await errorOf(1, 'signoff', found.id)).code, 'SIGNOFF_REFUSED');
    assert.equal((await errorOf(2, 'signoff', found.id, '--accept', 'nothing=x')).code, 'FINDING_UNKNOWN');
    assert.equal(readFileSync(join(repository.dir, 'other.txt'), 'utf8'), 'other\n');

    const accepts = found.decisions.flatMap(({ kind, id }) =>
      kind === 'finding' ? ['--accept', `${id}=belongs there`] : [],
    );
    const signed = await packet('signoff', found.id, ...accepts, '--override', 'tests=known', '--deliver', 'squash');
    assert.equal(signed.exit, 0);
    assert.equal(repository.git('rev-list', '--count', 'HEAD'), '2');
    assert.match(repository.git('log', '-1', '--format=%B'), /tests=overridden/);
  });

  it('exits 3 when the agent fails, keeps its work, and can take it to review as it stands', async () => {
    const { exit, packet: found } = await run(`${GOOD}; exit 7`);
    assert.equal(exit, 3);
    assert.equal(found.state, 'failed');
    assert.equal(found.error?.code, 'COMMAND_FAILED');
    const plain = await cli.run(repository.dir, 'run', write('exit 7'));
    assert.equal(plain.exit, 3);
    assert.match(plain.stderr, /countersign: COMMAND_FAILED: .*\nfix: /);

    const resumed = await packet('resume', found.id, '--as-it-stands');
    assert.equal(resumed.exit, 0);
    assert.equal(resumed.packet.state, 'ready');
  });

  it('exits 130 at Ctrl-C, when the task has stopped; it can be resumed', async () => {
    const file = write(`${GOOD}; echo begun; test -e src/again || { touch src/again; sleep 600; }; rm src/again`);
    const child = cli.start(repository.dir, 'run', file, '--json');
    const id = await begun();
    child.process.kill('SIGINT');
    const { exit, stdout } = await child.ended;
    assert.equal(exit, 130);
    assert.equal(packetSchema.parse(JSON.parse(stdout)).state, 'interrupted');
    const resumed = await packet('resume', id);
    assert.equal(resumed.exit, 0, JSON.stringify(resumed.packet.reasons));
  });

  /** The id of this repository's only task, once its agent has said `begun`. */
  async function begun(): Promise<string> {
    for (;;) {
      const [task] = (await cli.json(repository.dir, 'tasks')).value as { id: string }[];
      if (task !== undefined && (await cli.run(repository.dir, 'log', task.id)).stdout.includes('| begun'))
        return task.id;
    }
  }

  it('detaches, follows the log to the end, and lists', async () => {
    const { exit, stdout } = await cli.run(
      repository.dir,
      'run',
      write(`echo one; sleep 1; echo two; ${GOOD}`),
      '--detach',
    );
    assert.equal(exit, 0);
    const id = stdout.trim();
    const followed = await cli.run(repository.dir, 'log', id, '--follow');
    assert.equal(followed.exit, 0);
    assert.match(followed.stdout, /one[\s\S]*two/);
    const lines = await cli.run(repository.dir, 'log', id, '--json');
    const texts = lines.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    assert.match(texts.join(''), /one[\s\S]*two/);
    const { value } = await cli.json(repository.dir, 'tasks');
    const [listed] = value as { id: string; state: string; verdict: string }[];
    assert.deepEqual(
      { id: listed?.id, state: listed?.state, verdict: listed?.verdict },
      { id, state: 'ready', verdict: 'clean' },
    );
  });

  it('corrects once, rejects and restores', async () => {
    const command = 'if [ -n "$COUNTERSIGN_CORRECTION" ]; then echo bonjour; else echo hi; fi > src/hello.txt';
    const { exit, packet: found } = await run(command);
    assert.equal(exit, 1);
    const before = found.snapshot?.commit;
    repository.git('gc', '--quiet');
    const corrected = await packet('correct', found.id, '-m', 'say bonjour');
    assert.equal(corrected.exit, 0, JSON.stringify(corrected.packet.reasons));
    assert.notEqual(corrected.packet.snapshot?.commit, before);
    assert.equal(corrected.packet.turn, 2);
    assert.equal((await errorOf(1, 'correct', found.id, '-m', 'and more')).code, 'CORRECTION_SPENT');

    const rejected = await cli.json(repository.dir, 'reject', found.id, '--reason', 'not now');
    assert.deepEqual(rejected, { exit: 0, value: { id: found.id, state: 'rejected' } });
    const restored = await cli.json(repository.dir, 'restore', found.id);
    assert.deepEqual(restored, { exit: 0, value: { id: found.id, state: 'ready' } });
    assert.equal((await packet('signoff', found.id, '--deliver', 'none')).exit, 0);
  });

  it('refuses a brief that is not ready with exit 1, naming each reason with its line', async () => {
    const file = join(repository.outside, 'brief.md');
    writeFileSync(file, brief({ front: ['scope: { change: ["**"] }', 'command: "true"', 'checks: []'] }));
    const before = snapshotOfFolder(repository.dir);
    const error = await errorOf(1, 'run', file);
    assert.equal(error.code, 'BRIEF_NOT_READY');
    assert.match(error.message, /brief\.md:\d+: .*\n.*brief\.md:\d+: /);
    assert.deepEqual(snapshotOfFolder(repository.dir), before);
  });

  it('warns of a scope that a live task has too, before and at the hand-off', async () => {
    const file = write(GOOD);
    const { packet: first } = await packet('run', file, '--detach');
    const warning = new RegExp(
      `^.*brief\\.md:\\d+: warn: the scope overlaps .*${first.id}.*\\[readiness/overlap\\]$`,
      'm',
    );
    const checked = await cli.run(repository.dir, 'brief', 'check', file);
    assert.equal(checked.exit, 0);
    assert.match(checked.stdout, warning);
    assert.match((await cli.run(repository.dir, 'run', file)).stderr, warning);
    const { value } = await cli.json(repository.dir, 'run', file, '--detach');
    const { state, warnings } = value as { state: string; warnings: { rule: string; line: number }[] };
    assert.ok(state.length > 0);
    assert.deepEqual([...new Set(warnings.map(({ rule }) => rule))], ['readiness/overlap']);
  });

  it('means the task of this repository by a beginning that tasks elsewhere have, too', async () => {
    const here = (await run(GOOD)).packet.id;
    const elsewhere = makeRepository({ files: { 'src/hello.txt': 'hello\n' } });
    try {
      const there = (await cli.json(elsewhere.dir, 'run', write(GOOD))).value as { id: string };
      assert.equal((await packet('show', 'say-bonjour')).packet.id, here);
      const { value } = await cli.json(elsewhere.dir, 'show', 'say-bonjour');
      assert.equal((value as { id: string }).id, there.id);
      assert.equal((await errorOf(2, 'show', 'say-bonjour', '--repo', repository.outside)).code, 'TASK_AMBIGUOUS');
    } finally {
      elsewhere.remove();
    }
  });

  it('refuses what cannot be begun, with nothing changed', async () => {
    const before = snapshotOfFolder(repository.dir);
    const good = write(GOOD);
    assert.equal((await errorOf(2, 'run', good, '--base', 'nowhere')).code, 'REVISION_NOT_FOUND');
    assert.equal((await errorOf(2, 'run', good, '--agent', 'nobody')).code, 'AGENT_UNKNOWN');
    assert.equal((await errorOf(2, 'run', good, '--repo', repository.outside)).code, 'NOT_A_REPOSITORY');
    for (const words of [
      ['show', 'zzz'],
      ['log', 'zzz'],
      ['stop', 'zzz'],
      ['resume', 'zzz'],
      ['restore', 'zzz'],
    ]) {
      assert.equal((await errorOf(2, ...words)).code, 'TASK_NOT_FOUND');
    }
    assert.deepEqual(snapshotOfFolder(repository.dir), before);
  });

  it('stops the host only when nothing is at work, unless forced', async () => {
    const { value } = await cli.json(repository.dir, 'run', write('sleep 600'), '--detach');
    const { id } = value as { id: string };
    assert.equal((await errorOf(1, 'host', 'stop')).code, 'HOST_BUSY');
    const status = (await cli.json(repository.dir, 'host', 'status')).value as { running: boolean; active: number };
    assert.deepEqual({ running: status.running, active: status.active }, { running: true, active: 1 });
    assert.deepEqual((await cli.json(repository.dir, 'host', 'stop', '--force')).value, { stopped: true });
    assert.equal((await packet('show', id)).packet.state, 'interrupted');
  });
});
