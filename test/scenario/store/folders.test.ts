import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError, type ErrorCode } from '../../../src/core/errors';
import { writeFileAtomic } from '../../../src/node/store/atomicFile';
import { parseConfig, readConfig } from '../../../src/node/store/config';
import { configFile, stateFolder } from '../../../src/node/store/platformFolders';
import { openStateDirectory } from '../../../src/node/store/stateDirectory';
import { temporaryFolder } from './places';

const coded = (code: ErrorCode, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CountersignError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  return true;
};

describe('platform folders', () => {
  it('follow each platform', () => {
    const linux = { platform: 'linux', home: '/h', env: {} } as const;
    assert.equal(stateFolder(linux), '/h/.local/share/countersign');
    assert.equal(stateFolder({ ...linux, env: { XDG_DATA_HOME: '/x' } }), '/x/countersign');
    assert.equal(stateFolder({ ...linux, env: { XDG_DATA_HOME: 'relative' } }), '/h/.local/share/countersign');
    assert.equal(configFile(linux), '/h/.config/countersign/config.yaml');
    const mac = { platform: 'darwin', home: '/h', env: {} } as const;
    assert.equal(stateFolder(mac), '/h/Library/Application Support/countersign');
    const windows = { platform: 'win32', home: 'C:\\h', env: { LOCALAPPDATA: 'C:\\l' } } as const;
    assert.equal(stateFolder(windows), 'C:\\l\\countersign');
    assert.equal(configFile(windows), 'C:\\h\\AppData\\Roaming\\countersign\\config.yaml');
  });

  it('give way to the environment, if it names a whole path', () => {
    const named = (value: string) =>
      ({ platform: 'linux', home: '/h', env: { COUNTERSIGN_HOME: value, COUNTERSIGN_CONFIG: value } }) as const;
    assert.equal(stateFolder(named('/s/../t')), '/t');
    assert.equal(configFile(named('/c.yaml')), '/c.yaml');
    assert.equal(stateFolder(named('')), '/h/.local/share/countersign');
    assert.throws(() => stateFolder(named('here')), {
      code: 'CONFIG_INVALID',
      message: /COUNTERSIGN_HOME.*here/,
      fix: /set COUNTERSIGN_HOME to a path from the root/,
    });
  });
});

describe('state directory', () => {
  const folder = temporaryFolder();
  const open = (root: string) => openStateDirectory({ COUNTERSIGN_HOME: root });

  it('is made for its user alone, with its places', async () => {
    const directory = await open(folder.make('a/b'));
    assert.equal((await stat(directory.root)).mode & 0o777, 0o700);
    assert.deepEqual((await readdir(directory.root)).sort(), ['checkouts', 'host', 'repos', 'worktrees']);
    assert.deepEqual(await open(folder.make('a/b')), directory);
  });

  it('is never inside a repository, whatever the way there', async () => {
    await mkdir(folder.make('repo/.git'), { recursive: true });
    for (const place of ['HEAD', 'objects', 'refs']) await mkdir(folder.make(`bare/${place}`), { recursive: true });
    await symlink(folder.make('repo'), folder.make('link'));
    for (const place of ['repo', 'repo/state', 'repo/.git/state', 'bare/deep/state', 'link/state']) {
      await assert.rejects(open(folder.make(place)), coded('CONFIG_INVALID', /inside the repository/), place);
    }
    assert.deepEqual(await readdir(folder.make('repo')), ['.git'], 'nothing was made');
  });

  it('is not opened to others, and a folder that holds something is not closed to them', async () => {
    await mkdir(folder.make('empty'), { mode: 0o755 });
    assert.equal((await stat((await open(folder.make('empty'))).root)).mode & 0o777, 0o700);
    await mkdir(folder.make('full'), { mode: 0o755 });
    await writeFile(folder.make('full/file'), '');
    await assert.rejects(open(folder.make('full')), coded('CONFIG_INVALID', /other users may enter/));
    assert.equal((await stat(folder.make('full'))).mode & 0o777, 0o755);
  });

  it('says when it cannot be made', async () => {
    await writeFile(folder.make('file'), '');
    await assert.rejects(open(folder.make('file/state')), coded('STORAGE_FAILED', /file\/state/));
    await assert.rejects(open(folder.make('file')), coded('STORAGE_FAILED', /is no folder/));
    assert.equal((await stat(folder.make('file'))).mode & 0o777, 0o644, 'nothing was changed');
  });

  it('does not try forever where no folder can be made', async function () {
    if (process.platform !== 'linux') this.skip();
    await assert.rejects(open('/proc/nope/deep'), coded('STORAGE_FAILED', /\/proc\/nope/));
  });
});

describe('configuration', () => {
  const folder = temporaryFolder();
  const parse = (text: string) => parseConfig(Buffer.from(text), 'config.yaml');

  it('has defaults for everything', async () => {
    const config = await readConfig({ HOME: folder.path, XDG_CONFIG_HOME: folder.make('none') });
    assert.deepEqual(config, parse(''));
    assert.deepEqual(config, {
      agents: {},
      limits: {},
      sandbox: { mode: 'auto', network: ['setup', 'agent'] },
      review: { automatic: false },
      idleMinutes: 10,
    });
  });

  it('reads agents, limits and sandbox', async () => {
    const file = folder.make('config.yaml');
    await writeFile(
      file,
      'agent: mine\nagents:\n  mine: { name: Mine, command: mine, args: [--acp], env: { KEY: v } }\nlimits: { tasks: 2 }\nsandbox: { mode: required }\n',
    );
    const config = await readConfig({ COUNTERSIGN_CONFIG: file });
    assert.deepEqual(config.agents, { mine: { name: 'Mine', command: 'mine', args: ['--acp'], env: { KEY: 'v' } } });
    assert.equal(config.limits.tasks, 2);
    assert.equal(config.sandbox.mode, 'required');
  });

  it('names the line of what is wrong', () => {
    const wrong: [string, RegExp][] = [
      ['agents:\n  a:\n    command: x\n    colour: red\n', /^config\.yaml:4: agents\.a\.colour/],
      ['limits:\n  tasks: many\n', /^config\.yaml:2: limits\.tasks/],
      ['agent: a\nsandbox: { mode: maybe }\n', /^config\.yaml:2: sandbox\.mode/],
      ['agents:\n  a: { args: [] }\n', /^config\.yaml:2: agents\.a/],
      ['agent: a\nagent: b\n', /^config\.yaml:2/],
      ['a: &x 1\nb: *x\n', /^config\.yaml:1/],
      ['- list\n', /^config\.yaml:1/],
      ['"\n', /^config\.yaml:1/],
      ['agents:\n  Bad Id:\n    command: x\n', /^config\.yaml:2: agents\.Bad Id: .*an id of lower-case letters/],
      ['agents:\n  a: { command: 7 }\n', /:2: agents\.a\.command: found a number \(7\), expected a program/],
      ['agents:\n  a: { command: x, args: [1] }\n', /agents\.a\.args\.0: found a number \(1\), expected an argument/],
      ['agents:\n  a: { command: x, env: { K: 1 } }\n', /agents\.a\.env\.K: found a number \(1\), expected text, in/],
      ['agents:\n  a: { command: x, env: { "a b": x } }\n', /env\.a b: .* expected the name of an environment/],
      ['agents:\n  a: { command: x, pass: all }\n', /agents\.a\.pass: found text \("all"\), expected a list/],
      ['agents:\n  a: { command: x, writable: [here] }\n', /writable\.0: .* expected an absolute path/],
      ['agents:\n  a: { command: x, readable: [1] }\n', /readable\.0: .* expected an absolute path/],
      ['agents:\n  a: { command: x, network: maybe }\n', /agents\.a\.network: .* expected `true` or `false`/],
      ['agents:\n  a: { command: x, name: "" }\n', /agents\.a\.name: .* expected a name/],
      ['agents:\n  a: { command: x, netwrok: true }\n', /agents\.a\.netwrok: found an unknown key, expected `network`/],
      ['agents:\n  a:\n', /agents\.a: found an empty value, expected an agent/],
    ];
    for (const [text, message] of wrong) assert.throws(() => parse(text), coded('CONFIG_INVALID', message), text);
    assert.throws(() => parseConfig(Uint8Array.of(0xff), 'c'), coded('CONFIG_INVALID', /UTF-8/));
  });

  it('must be there where the environment says, and not too large', async () => {
    await assert.rejects(
      readConfig({ COUNTERSIGN_CONFIG: folder.make('missing.yaml') }),
      coded('CONFIG_INVALID', /not there/),
    );
    const large = folder.make('large.yaml');
    await writeFile(large, '#'.repeat(300_000));
    await assert.rejects(readConfig({ COUNTERSIGN_CONFIG: large }), coded('CONFIG_INVALID', /larger/));
    await assert.rejects(readConfig({ COUNTERSIGN_CONFIG: folder.path }), coded('STORAGE_FAILED', /could not be read/));
  });
});

describe('atomic file', () => {
  const folder = temporaryFolder();

  it('is replaced whole, for its owner alone, and leaves nothing beside it', async () => {
    const file = folder.make('file');
    await writeFileAtomic(file, 'one');
    await Promise.all(Array.from({ length: 10 }, (_, n) => writeFileAtomic(file, `${n}`.repeat(1_000))));
    assert.match(await readFile(file, 'utf8'), /^(\d)\1{999}$/);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder.path), ['file']);
  });

  it('keeps the old content when it cannot be replaced', async () => {
    await mkdir(folder.make('taken/inside'), { recursive: true });
    await assert.rejects(writeFileAtomic(folder.make('taken'), 'x'), coded('STORAGE_FAILED', /taken/));
    await assert.rejects(writeFileAtomic(join(folder.path, 'missing', 'x'), 'x'), coded('STORAGE_FAILED', /missing/));
    assert.deepEqual((await readdir(folder.path)).sort(), ['file', 'taken']);
  });
});
