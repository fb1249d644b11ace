/** What a client may look at: the files of a task at every revision, what checks printed, and what changed since. */
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import type { Packet } from '../../../src/core/review/packet';
import type { HostConnection } from '../../../src/host/client';
import { acceptAll, Loop } from '../loop/loop';
import { fingerprint } from '../loop/traces';
import { connectTo, refusalOf, settled } from './connection';

const ESCAPED = 'src/new\nline\u001b[31m.txt';
const UNICODE = 'src/größe — код.txt';
const LARGE = 10 * 1024 * 1024;
const LONG = Array.from({ length: 40 }, (_, line) => `line ${line} of a file that is moved\n`).join('');

const FIRST = [
  'echo changed > src/a.txt; rm src/gone.txt; mv src/moved.txt src/renamed.txt; chmod +x src/b.txt',
  "printf 'bin\\0ary' > src/data.bin; head -c 10485760 /dev/zero | tr '\\0' x > src/large.txt",
  'rm src/link; ln -s b.txt src/link; printf u > "src/größe — код.txt"',
  'printf e > "$(printf \'src/new\\nline\\033[31m.txt\')"; echo out > other.txt',
].join('; ');
const SECOND = 'echo better > src/a.txt; echo stray > stray.txt; git checkout -q -- other.txt 2>/dev/null || true';

describe('looking at a task through the host', () => {
  let loop: Loop;
  let host: HostConnection;
  let first: Packet;
  let submodule: string;

  before(async () => {
    loop = new Loop({
      files: {
        'src/a.txt': 'one\n',
        'src/b.txt': 'two\n',
        'src/gone.txt': 'gone\n',
        'src/moved.txt': LONG,
        'src/link': { link: 'a.txt' },
        'other.txt': 'other\n',
        '.gitattributes': 'src/a.txt -diff\n',
      },
    });
    submodule = loop.repository.git('rev-parse', 'HEAD');
    loop.repository.git('update-index', '--add', '--cacheinfo', `160000,${submodule},sub`);
    loop.repository.git('commit', '-qm', 'a submodule');
    first = await loop.run(1, {
      title: 'Change much',
      command: `test -n "$COUNTERSIGN_CORRECTION" && { ${SECOND}; } || { ${FIRST}; }`,
      checks: { tests: "printf '\\033[31mred\\033[0m\\a\\n'; grep -q better src/a.txt", quiet: 'true' },
    });
    host = await connectTo(loop);
  });
  after(async () => {
    host.close();
    await loop.end();
  });

  const text = (base64: string) => Buffer.from(base64, 'base64').toString('utf8');

  it('gives the brief as it was handed off', async () => {
    const brief = await host.request('task/brief', { id: first.id });
    assert.match(brief.text, /title: "Change much"/);
  });

  it('tells how it came about, and what the agent said that it ran', async () => {
    const { events, calls, omitted } = await host.request('task/history', { id: first.id });
    assert.deepEqual(
      events.map(({ type }) => type),
      ['created', 'prepared', 'turn-started', 'turn-ended', 'snapshot', 'verified', 'ready'],
    );
    assert.deepEqual([calls.length, omitted], [1, 0]);
    assert.ok(calls[0]?.title.includes(FIRST), 'the command of the brief');
  });

  it('lists the changes exactly as drift counted them', async () => {
    const { changes, omitted, to } = await host.request('task/changes', { id: first.id });
    assert.deepEqual([omitted, to], [0, 1]);
    const sum = (side: 'insertions' | 'deletions') => changes.reduce((total, change) => total + (change[side] ?? 0), 0);
    assert.deepEqual(
      { files: changes.length, insertions: sum('insertions'), deletions: sum('deletions') },
      first.drift?.stats,
    );
    const by = new Map(changes.map((change) => [change.path, change]));
    const seen = (path: string) => {
      const { status, oldPath, oldMode, newMode, insertions, deletions } = by.get(path)!;
      return [status, oldPath, oldMode, newMode, insertions, deletions];
    };
    assert.deepEqual(seen('src/a.txt'), ['M', null, '100644', '100644', 1, 1]);
    assert.deepEqual(seen('src/gone.txt'), ['D', null, '100644', null, 0, 1]);
    assert.deepEqual(seen('src/renamed.txt'), ['R', 'src/moved.txt', '100644', '100644', 0, 0]);
    assert.deepEqual(seen('src/b.txt'), ['M', null, '100644', '100755', 0, 0]);
    assert.deepEqual(seen('src/data.bin'), ['A', null, null, '100644', null, null]);
    assert.deepEqual(seen('src/link'), ['M', null, '120000', '120000', 1, 1]);
    assert.deepEqual(seen(UNICODE), ['A', null, null, '100644', 1, 0]);
    assert.deepEqual(seen(ESCAPED), ['A', null, null, '100644', 1, 0]);
    const back = await host.request('task/changes', { id: first.id, from: 1, to: 'base' });
    assert.equal(back.changes.length, changes.length);
    assert.deepEqual((await host.request('task/changes', { id: first.id, from: 1, to: 1 })).changes, []);
  });

  it('gives the content of any path at any revision', async () => {
    const at = async (revision: 'base' | number, path: string) => {
      const { mode, size, base64, cut } = await host.request('task/blob', { id: first.id, at: revision, path });
      return [mode, size, text(base64), cut];
    };
    assert.deepEqual(await at('base', 'src/a.txt'), ['100644', 4, 'one\n', false]);
    assert.deepEqual(await at(1, 'src/a.txt'), ['100644', 8, 'changed\n', false]);
    assert.deepEqual(await at('base', 'src/gone.txt'), ['100644', 5, 'gone\n', false]);
    assert.deepEqual(await at(1, 'src/renamed.txt'), ['100644', LONG.length, LONG, false]);
    assert.deepEqual(await at(1, 'src/link'), ['120000', 5, 'b.txt', false]);
    assert.deepEqual(await at(1, 'src/data.bin'), ['100644', 7, 'bin\0ary', false]);
    assert.deepEqual(await at(1, UNICODE), ['100644', 1, 'u', false]);
    assert.deepEqual(await at(1, ESCAPED), ['100644', 1, 'e', false]);
    assert.deepEqual(await at(1, 'sub'), ['160000', submodule.length, submodule, false]);
  });

  it('cuts what is larger than asked for', async () => {
    const blob = { id: first.id, at: 1, path: 'src/large.txt' };
    const whole = await host.request('task/blob', { ...blob, most: 16 * 1024 * 1024 });
    assert.deepEqual([whole.size, text(whole.base64).length, whole.cut], [LARGE, LARGE, false]);
    const usual = await host.request('task/blob', blob);
    assert.deepEqual([usual.size, text(usual.base64).length, usual.cut], [LARGE, 8 * 1024 * 1024, true]);
    const none = await host.request('task/blob', { ...blob, most: 0 });
    assert.deepEqual([none.size, none.base64, none.cut], [LARGE, '', true]);
  });

  it('says what is not there, and reads nothing else', async () => {
    const id = first.id;
    const missing = ['src/none.txt', 'src', 'src/', '../other.txt', '/etc/passwd', 'src/*.txt', ':(top)src/a.txt'];
    for (const path of [...missing, './src/a.txt', 'src//a.txt', 'src/a.txt/', 'src/\ufffd', 'a\0b']) {
      await refusalOf(host.request('task/blob', { id, at: 1, path }), 'FILE_NOT_FOUND');
    }
    await refusalOf(host.request('task/blob', { id, at: 2, path: 'src/a.txt' }), 'REVISION_NOT_FOUND');
    await refusalOf(host.request('task/changes', { id, from: 7 }), 'REVISION_NOT_FOUND');
    await refusalOf(host.request('task/since', { id, turn: 7 }), 'REVISION_NOT_FOUND');
    await refusalOf(host.request('task/blob', { id: 'nosuchtask', at: 1, path: 'a' }), 'TASK_NOT_FOUND');
    await refusalOf(host.request('task/changes', { id: 'nosuchtask' }), 'TASK_NOT_FOUND');
    await refusalOf(host.request('task/brief', { id: 'nosuchtask' }), 'TASK_NOT_FOUND');
    await refusalOf(host.request('task/blob', { id, at: 0, path: 'a' }), 'RPC_INVALID');
  });

  it('shows what a check printed, without its escapes', async () => {
    const { text: shown, bytes, cut } = await host.request('task/evidence', { id: first.id, check: 'tests' });
    assert.deepEqual([shown, bytes, cut], ['red\\u{7}\n', 14, false]);
    assert.equal((await host.request('task/evidence', { id: first.id, check: 'quiet' })).text, '');
    await refusalOf(host.request('task/evidence', { id: first.id, check: '../brief' }), 'USAGE');
    await refusalOf(host.request('task/evidence', { id: 'nosuchtask', check: 'tests' }), 'TASK_NOT_FOUND');
  });

  it('previews a correction, and sends what the person made of it with the scope behind it', async () => {
    const { id } = first;
    const [finding] = first.drift!.findings.filter(({ path }) => path === 'other.txt');
    const remarks = [{ path: 'src/a.txt', line: 1, text: 'say better' }];
    const preview = await host.request('task/preview-correction', { id, justify: [finding!.id], remarks });
    assert.match(preview.body, /src\/a\.txt:1: say better/);
    assert.match(preview.body, /### tests: failed/);
    assert.match(preview.body, /asks you to justify[\s\S]*other\.txt/);
    assert.match(preview.fixed, /You may change only:\n\n- src\/\*\*/);
    await refusalOf(host.request('task/preview-correction', { id, findings: ['nosuch'] }), 'FINDING_UNKNOWN');
    const by = 'Developer <dev@example.com>';
    await refusalOf(host.request('task/correct', { id, justify: ['nosuch'], again: false, by }), 'FINDING_UNKNOWN');
    await refusalOf(host.request('task/correct', { id, body: ' \n', again: false, by }), 'CORRECTION_EMPTY');
    assert.equal(loop.journal(id).filter(({ type }) => type === 'correction-requested').length, 0);
    await host.request('task/correct', { id, body: 'Write better.\n## What still holds\nNothing.', again: false, by });
    const second = await settled(host, id);
    assert.deepEqual([second.state, second.turn], ['ready', 2]);
    const asked = loop.journal(id).findLast((line) => line.type === 'correction-requested');
    assert.ok(asked?.type === 'correction-requested');
    assert.equal(asked.prompt, `Write better.\n## What still holds\nNothing.\n\n${preview.fixed}`);
  });

  it('tells what changed since a turn: files, findings, checks', async () => {
    const since = await host.request('task/since', { id: first.id, turn: 1 });
    assert.equal(since.turn, 2);
    assert.deepEqual(
      since.changes.map(({ status, path }) => `${status} ${path}`),
      ['M other.txt', 'M src/a.txt', 'A stray.txt'],
    );
    assert.deepEqual(
      since.appeared.map(({ rule, path }) => `${rule} ${path}`),
      ['scope/outside stray.txt'],
    );
    assert.deepEqual(
      since.gone.map(({ rule, path }) => `${rule} ${path}`),
      ['scope/outside other.txt', 'verify/red-before null'],
    );
    assert.deepEqual(since.dirtied, ['stray.txt']);
    assert.deepEqual(since.checks, [
      { name: 'tests', before: 'failed', after: 'passed' },
      { name: 'quiet', before: 'passed', after: 'passed' },
    ]);
    const nothing = await host.request('task/since', { id: first.id, turn: 2 });
    assert.deepEqual([nothing.changes, nothing.appeared, nothing.gone, nothing.dirtied], [[], [], [], []]);
  });

  it('reads a task whose folders are gone just as well', async () => {
    const { id } = first;
    const before = await host.request('task/changes', { id });
    await loop.json(0, 'reject', id, '--reason', 'seen enough');
    assert.ok(loop.journal(id).some(({ type }) => type === 'cleaned'));
    assert.deepEqual(await host.request('task/changes', { id }), before);
    assert.equal((await host.request('task/blob', { id, at: 1, path: UNICODE })).size, 1);
    assert.equal((await host.request('task/since', { id, turn: 1 })).changes.length, 3);
    assert.match((await host.request('task/evidence', { id, check: 'tests' })).text, /red/);
  });

  it('has nothing to show before there is anything', async () => {
    const { id } = await loop.run(3, { title: 'Fails at once', command: 'exit 7' });
    await refusalOf(host.request('task/changes', { id }), 'REVISION_NOT_FOUND');
    await refusalOf(host.request('task/evidence', { id, check: 'tests' }), 'FILE_NOT_FOUND');
    await refusalOf(host.request('task/preview-correction', { id }), 'TASK_STATE');
    await refusalOf(host.request('task/preview-signoff', { id, deliver: 'merge' }), 'TASK_STATE');
    await refusalOf(host.request('task/revert', { id, paths: ['src/a.txt'], by: 'x' }), 'TASK_STATE');
    assert.equal((await host.request('task/blob', { id, at: 'base', path: 'src/a.txt' })).size, 4);
  });

  it('shows the end of what a check printed when it is too much', async () => {
    const checks = { loud: "yes 'a line of output' | head -n 500000" };
    const { id } = await loop.run(0, { title: 'Loud', command: 'echo x > src/d.txt', checks });
    const { text: shown, bytes, cut } = await host.request('task/evidence', { id, check: 'loud' });
    assert.deepEqual([bytes, cut], [8_500_000, true]);
    assert.ok(shown.length <= 8 * 1024 * 1024 && shown.length > 8_000_000);
    assert.ok(shown.startsWith('a line of output\n') && shown.endsWith('a line of output\n'));
  });

  it('says that the repository is gone', async () => {
    const moved = `${loop.repository.dir}.moved`;
    const { id } = first;
    renameSync(loop.repository.dir, moved);
    try {
      await refusalOf(host.request('task/changes', { id }), 'NOT_A_REPOSITORY');
      await refusalOf(host.request('task/blob', { id, at: 'base', path: 'src/a.txt' }), 'NOT_A_REPOSITORY');
    } finally {
      renameSync(moved, loop.repository.dir);
    }
  });

  it('changed nothing of the repository', async () => {
    const before = fingerprint(loop.repository.dir);
    const packet = await loop.run(0, { title: 'Look only', command: 'echo x > src/c.txt' });
    await host.request('task/changes', { id: packet.id });
    await host.request('task/preview-signoff', { id: packet.id, deliver: 'merge' });
    assert.deepEqual(acceptAll(packet), []);
    assert.deepEqual(fingerprint(loop.repository.dir), before);
  });
});
