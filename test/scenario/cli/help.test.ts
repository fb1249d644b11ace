import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { COMMANDS } from '../../../src/cli/commands';
import { VERSION } from '../../../src/core/version';
import { type CommandLine, type ErrorDocument, makeCommandLine } from './cli';

describe('help and usage', () => {
  let cli: CommandLine;
  const here = tmpdir();
  before(() => {
    cli = makeCommandLine();
  });
  after(() => cli.remove());

  it('lists every command', async () => {
    const { exit, stdout, stderr } = await cli.run(here, '--help');
    assert.equal(exit, 0);
    assert.equal(stderr, '');
    for (const name of Object.keys(COMMANDS)) assert.match(stdout, new RegExp(`^  ${name}\\b`, 'm'));
    assert.deepEqual(await cli.run(here, 'help'), { exit, stdout, stderr });
  });

  it('explains every command, with examples, and fits a terminal', async () => {
    await Promise.all(
      Object.keys(COMMANDS).map(async (name) => {
        const { exit, stdout } = await cli.run(here, ...name.split(' '), '--help');
        assert.equal(exit, 0, name);
        assert.match(stdout, new RegExp(`^countersign ${name}: `));
        for (const part of ['Usage', 'Options', '--repo DIR', '--json', 'Examples', `countersign ${name}`]) {
          assert.ok(stdout.includes(part), `${name}: ${part}`);
        }
        const long = stdout.split('\n').filter((line) => line.length > 120);
        assert.deepEqual(long, [], name);
      }),
    );
  });

  it('explains a family of commands', async () => {
    const { exit, stdout } = await cli.run(here, 'brief', '--help');
    assert.equal(exit, 0);
    assert.match(stdout, /brief new/);
    assert.match(stdout, /brief check FILE/);
  });

  it('gives help as one JSON document', async () => {
    const { exit, value } = await cli.json(here, 'drift', '--help');
    assert.equal(exit, 0);
    assert.match((value as { help: string }).help, /countersign drift/);
  });

  it('says its version', async () => {
    assert.deepEqual(await cli.run(here, '--version'), { exit: 0, stdout: `${VERSION}\n`, stderr: '' });
    assert.deepEqual((await cli.json(here, '--version')).value, { version: VERSION });
  });

  it('refuses wrong usage with exit 2, nothing on stdout, and what to do', async () => {
    const { exit, stdout, stderr } = await cli.run(here, 'run', 'a.md', '--detahc');
    assert.equal(exit, 2);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      'countersign: USAGE: `countersign run` has no option --detahc\n' +
        'fix: did you mean --detach? run `countersign run --help`\n',
    );
    for (const words of [['rnu'], ['signoff', 'x', '--accept', 'abc'], ['signoff', 'x', '--override', 'tests=']]) {
      const json = await cli.json(here, ...words);
      assert.equal(json.exit, 2);
      assert.equal((json.value as ErrorDocument).error.code, 'USAGE');
    }
  });

  it('refuses to let an agent decide about its own work', async () => {
    const decisions = [
      ['signoff', 'x'],
      ['correct', 'x', '-m', 'y'],
      ['revert', 'x', 'src/a.ts'],
      ['reject', 'x', '--reason', 'y'],
      ['restore', 'x'],
      ['answer', 'x', 'allow'],
    ];
    for (const words of decisions) {
      const { exit, stderr } = await cli.runWith({ COUNTERSIGN_TASK: 'abc' }, here, ...words);
      assert.equal(exit, 1, words[0]);
      assert.match(stderr, /SIGNOFF_IDENTITY: .*COUNTERSIGN_TASK/);
    }
  });
});
