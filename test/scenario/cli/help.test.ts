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

  const WRONG: readonly (readonly [words: string[], message: RegExp, fix: RegExp])[] = [
    [[], /no command/, /countersign --help/],
    [['--verison'], /no option --verison/, /--version/],
    [['--json'], /no command/, /./],
    [['rnu', 'x.md'], /no command "rnu"/, /countersign run/],
    [['xyzzy'], /no command "xyzzy"/, /countersign --help/],
    [['constructor'], /no command/, /./],
    [['brief'], /needs one of: new, check/, /brief --help/],
    [['brief', 'chekc'], /has no "chekc"/, /brief check/],
    [['host', 'stauts'], /has no "stauts"/, /host status/],
    [['brief', 'check'], /needs FILE/, /--help/],
    [['run'], /needs FILE/, /run --help/],
    [['run', 'a.md', 'b.md'], /what to do with "b.md"/, /./],
    [['run', 'a.md', '--detahc'], /no option --detahc/, /--detach/],
    [['drift', '--base', 'main'], /needs --brief FILE/, /drift --help/],
    [['drift', '--brief'], /--brief needs a value/, /--brief=FILE/],
    [['gate', '--base', 'main'], /needs --head REV/, /./],
    [['gate', '--base', 'a', '--base', 'b', '--head', 'c'], /given twice/, /./],
    [['show'], /needs ID/, /./],
    [['answer', 'x', 'perhaps'], /allow or refuse/, /./],
    [['signoff', 'x', '--deliver', 'mail'], /merge, squash, branch, none/, /./],
    [['signoff', 'x', '--accept', 'abc'], /not NAME=REASON/, /--accept/],
    [['signoff', 'x', '--override', 'tests='], /not NAME=REASON/, /./],
    [['reject', 'x'], /needs --reason TEXT/, /./],
    [['host', 'stop', '--forse'], /no option --forse/, /--force/],
  ];

  for (const [words, message, fix] of WRONG) {
    it(`refuses \`countersign ${words.join(' ')}\` with exit 2 and what to do`, async () => {
      const plain = await cli.run(here, ...words);
      assert.equal(plain.exit, 2);
      if (!words.includes('--json')) {
        assert.equal(plain.stdout, '');
        assert.match(plain.stderr, /countersign: USAGE: /);
        assert.match(plain.stderr, message);
        assert.match(plain.stderr, /^fix: ./m);
      }
      const { exit, value } = await cli.json(here, ...words.filter((word) => word !== '--json'));
      const { error } = value as ErrorDocument;
      assert.equal(exit, 2);
      assert.equal(error.code, 'USAGE');
      assert.match(error.message, message);
      assert.match(error.fix, fix);
    });
  }

  it('refuses to let an agent decide about its own work', async () => {
    const decisions = [
      ['signoff', 'x'],
      ['correct', 'x', '-m', 'y'],
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
