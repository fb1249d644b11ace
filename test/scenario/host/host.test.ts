import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CountersignError, type ErrorCode } from '../../../src/core/errors';
import { readAddress } from '../../../src/host/address';
import { Channel } from '../../../src/host/channel';
import { connectHost, findHost, type HostConnection, type HostProgram } from '../../../src/host/client';
import { lockHolder } from '../../../src/node/store/lock';
import type { StateDirectory } from '../../../src/node/store/stateDirectory';
import { run, stateDirectoryAt, temporaryFolder } from '../store/places';
import { hostProgram } from './hosts';

const coded =
  (code: ErrorCode, message = /./) =>
  (error: unknown) => {
    assert.ok(error instanceof CountersignError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };

describe('host', function () {
  this.timeout(90_000);
  const folder = temporaryFolder();
  let host = '';
  let count = 0;
  const open: HostConnection[] = [];

  before(async () => {
    host = await hostProgram(folder.make('host.cjs'));
  });

  afterEach(async () => {
    for (const connection of open.splice(0)) {
      await connection.request('host/stop', { force: true }).catch(() => undefined);
      await Promise.race([connection.closed, sleep(5_000)]);
      connection.close();
    }
  });

  const program = (...args: string[]): HostProgram => ({ execPath: process.execPath, args: [host, ...args] });
  const newDirectory = (): Promise<StateDirectory> => stateDirectoryAt(folder.make(`state-${count++}`));
  const witness = (directory: StateDirectory) => join(directory.root, 'witness');
  const words = async (directory: StateDirectory) =>
    (await readFile(witness(directory), 'utf8').catch(() => ''))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' ')[0]);

  async function connected(directory: StateDirectory, ...args: string[]): Promise<HostConnection> {
    const connection = await connectHost(directory, program(...args), {
      ...process.env,
      HOST_WITNESS: witness(directory),
    });
    open.push(connection);
    return connection;
  }

  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    while (!(await condition())) await sleep(20);
  };

  it('is started by the first client, serves several, and goes on after they leave', async () => {
    const directory = await newDirectory();
    const one = await connected(directory);
    const two = await connected(directory);
    assert.equal(one.host.pid, two.host.pid);
    assert.notEqual(one.host.pid, process.pid);
    const status = await two.request('host/status', {});
    assert.deepEqual([status.pid, status.clients, status.tasks], [one.host.pid, 2, 7]);
    one.close();
    two.close();
    const three = await connected(directory);
    assert.equal(three.host.pid, one.host.pid);
  });

  it('keeps its folder and socket to the user', async () => {
    if (process.platform === 'win32') return;
    const directory = await newDirectory();
    await connected(directory);
    const { socket } = (await readAddress(directory.host))!;
    for (const place of [directory.root, directory.host]) assert.equal((await stat(place)).mode & 0o777, 0o700);
    assert.equal((await stat(socket)).mode & 0o777, 0o600);
  });

  it('answers with what its handlers return and throw, parsed at both ends', async () => {
    const connection = await connected(await newDirectory());
    const brief = { text: 'text', file: null };
    assert.deepEqual(await connection.request('task/run', { repo: '/r', brief, origin: 'human' }), {
      id: 'text',
      warnings: [],
    });
    await assert.rejects(connection.request('task/stop', { id: 't1' }), (error) => {
      assert.ok(error instanceof CountersignError);
      assert.deepEqual(error.toRecord(), { code: 'TASK_STATE', message: 'task t1 is not at work', fix: 'look at it' });
      return true;
    });
    await assert.rejects(
      connection.request('task/resume', { id: 't1', asItStands: false }),
      coded('INTERNAL', /a fault of ours/),
    );
    await assert.rejects(connection.request('task/show', { id: '' }), coded('RPC_INVALID', /task\/show.*id/));
    const large = await connection.request('task/show', { id: 'large' });
    assert.equal(String(large.padding).length, 5_000_000);
  });

  it('says of an answer that is too large that it is, and goes on', async () => {
    const connection = await connected(await newDirectory());
    const next = connection.request('task/show', { id: 't2' });
    await assert.rejects(
      connection.request('task/show', { id: 'huge' }),
      coded('REPLY_TOO_LARGE', /40000\d\d\d bytes/),
    );
    assert.equal((await next).id, 't2');
    assert.equal((await connection.request('task/show', { id: 't1' })).id, 't1');
  });

  it('serves the others while one client hangs, floods, or talks nonsense', async () => {
    const directory = await newDirectory();
    const good = await connected(directory);
    const { socket } = (await readAddress(directory.host))!;
    const gone = (text: string) =>
      new Promise<void>((resolve) => {
        const bad = connect(socket, () => bad.write(text));
        bad.on('error', () => undefined).on('close', () => resolve());
        bad.resume();
      });
    const silent = connect(socket);
    await gone('GET / HTTP/1.1\r\n\r\n');
    await gone(`${'x'.repeat(5_000)}`);
    await gone('Content-Length: 99999999999\r\n\r\n{');
    await gone('Content-Length: 3\r\n\r\n{{{');
    assert.equal((await good.request('host/status', {})).pid, good.host.pid);
    silent.destroy();
  });

  it('asks for a hello before anything else but status and stop', async () => {
    const directory = await newDirectory();
    await connected(directory);
    const { socket } = (await readAddress(directory.host))!;
    const stranger = new Channel(connect(socket));
    stranger.listen();
    await assert.rejects(stranger.request('task/list', {}), coded('RPC_INVALID', /hello/));
    await stranger.request('hello', { version: '9.9.9', protocol: 99 });
    await assert.rejects(stranger.request('task/list', {}), coded('HOST_VERSION', /99/));
    assert.equal((await stranger.request('host/status', {})).tasks, 7);
    stranger.close();
  });

  it('is refused by a client of another protocol, which can still find it', async () => {
    const directory = await newDirectory();
    const socket = join(directory.host, 'socket');
    const older = createServer((connection) => {
      const channel = new Channel(connection);
      channel.answer('hello', async () => ({ version: '0.0.1', protocol: 0, pid: 1, startedAt: 'then' }));
      channel.answer('host/stop', async () => ({}));
      channel.listen();
    });
    await new Promise<void>((resolve) => older.listen(socket, resolve));
    await writeFile(join(directory.host, 'address.json'), JSON.stringify({ pid: 1, socket }));
    await assert.rejects(connectHost(directory, program()), coded('HOST_VERSION', /0\.0\.1/));
    const found = await findHost(directory);
    assert.equal(found?.host.protocol, 0);
    await found?.request('host/stop', { force: false });
    found?.close();
    await new Promise((resolve) => older.close(resolve));
  });

  it('is one, however many are started at once', async () => {
    const directory = await newDirectory();
    const env = { COUNTERSIGN_HOME: directory.root, HOST_WITNESS: witness(directory) };
    const started = Array.from({ length: 6 }, () => run(host, [], env));
    const connections = await Promise.all(Array.from({ length: 4 }, () => connected(directory)));
    assert.equal(new Set(connections.map((connection) => connection.host.pid)).size, 1);
    assert.deepEqual(await words(directory), ['serves']);
    const owner = connections[0]!.host.pid;
    const losers = await Promise.all(started.filter(({ child }) => child.pid !== owner).map(({ ended }) => ended));
    for (const { code, output } of losers) assert.deepEqual([code, output], [0, '']);
  });

  it('is replaced when it was killed, with the socket that it left', async () => {
    const directory = await newDirectory();
    const first = await connected(directory);
    const asking = assert.rejects(first.request('task/show', { id: 'slow' }), coded('HOST_UNREACHABLE', /task\/show/));
    process.kill(first.host.pid, 'SIGKILL');
    await asking;
    await first.closed;
    assert.ok((await readdir(directory.host)).includes('socket'), 'the socket is still there');
    const second = await connected(directory);
    assert.notEqual(second.host.pid, first.host.pid);
    assert.equal((await second.request('host/status', {})).clients, 1);
  });

  it('stops when it is told to, frees its lock before it lets its clients go, and leaves no socket', async () => {
    const directory = await newDirectory();
    const connection = await connected(directory);
    await connection.request('host/stop', { force: false });
    await connection.closed;
    assert.equal(await lockHolder(join(directory.host, 'lock')), null);
    assert.deepEqual((await readdir(directory.host)).sort(), ['lock', 'log']);
    assert.deepEqual(await words(directory), ['serves', 'closed']);
    assert.equal(await findHost(directory), null);
    const next = await connected(directory);
    assert.notEqual(next.host.pid, connection.host.pid);
  });

  it('does not stop over work, unless forced', async () => {
    const connection = await connected(await newDirectory(), '10', '2');
    await assert.rejects(connection.request('host/stop', { force: false }), coded('HOST_BUSY', /2 tasks/));
    await connection.request('host/stop', { force: true });
    await connection.closed;
  });

  it('ends itself when nobody needs it, and not while a client is there', async () => {
    const directory = await newDirectory();
    const connection = await connected(directory, '0.003');
    await sleep(600);
    assert.equal((await connection.request('host/status', {})).clients, 1);
    connection.close();
    await until(async () => (await words(directory)).includes('closed'));
    await until(async () => (await lockHolder(join(directory.host, 'lock'))) === null);
  });

  it('does not end itself over work', async () => {
    const directory = await newDirectory();
    (await connected(directory, '0.003', '1')).close();
    await sleep(600);
    assert.deepEqual(await words(directory), ['serves']);
    open.push((await findHost(directory))!);
  });

  it('listens in a private temporary folder when its own path is too long for a socket', async () => {
    if (process.platform === 'win32') return;
    const root = folder.make(`deep-${'x'.repeat(100)}`);
    await mkdir(root, { mode: 0o700 });
    const directory = await stateDirectoryAt(root);
    const first = await connected(directory);
    const { socket } = (await readAddress(directory.host))!;
    assert.ok(Buffer.byteLength(socket) < 104);
    assert.equal((await stat(dirname(socket))).mode & 0o777, 0o700);
    process.kill(first.host.pid, 'SIGKILL');
    await first.closed;
    const second = await connected(directory);
    await assert.rejects(stat(dirname(socket)), /ENOENT/, 'what the dead one left is gone');
    const after = (await readAddress(directory.host))!.socket;
    await second.request('host/stop', { force: true });
    await second.closed;
    await assert.rejects(stat(dirname(after)), /ENOENT/);
  });

  it('says why it could not be started, and where its log is', async () => {
    const directory = await newDirectory();
    const broken = folder.make('broken.cjs');
    await writeFile(broken, 'console.error("no such luck"); process.exit(3);');
    const failure = { code: 'STORAGE_FAILED', message: 'the disk is full', fix: 'make room' };
    const telling = folder.make('telling.cjs');
    const left = join(directory.host, 'failure.json');
    await writeFile(
      telling,
      `require('node:fs').writeFileSync(${JSON.stringify(left)}, ${JSON.stringify(JSON.stringify(failure))}); process.exit(3);`,
    );
    await assert.rejects(connectHost(directory, { execPath: process.execPath, args: [telling] }), failure);
    await assert.rejects(
      connectHost(directory, { execPath: process.execPath, args: [broken] }),
      coded('HOST_UNREACHABLE', new RegExp(`exit 3.*${join(directory.host, 'log')}`)),
    );
    assert.match(await readFile(join(directory.host, 'log'), 'utf8'), /no such luck/);
    await assert.rejects(
      connectHost(directory, { execPath: folder.make('missing'), args: [] }),
      coded('HOST_UNREACHABLE', /ENOENT/),
    );
  });

  it('is not taken for running because of a file that says so', async () => {
    const directory = await newDirectory();
    for (const content of [
      '',
      '{',
      '{"pid":1,"socket":"/nowhere/socket"}',
      JSON.stringify({ pid: 1, socket: directory.root }),
    ]) {
      await writeFile(join(directory.host, 'address.json'), content);
      assert.equal(await findHost(directory), null);
    }
    await chmod(directory.host, 0o700);
  });
});
