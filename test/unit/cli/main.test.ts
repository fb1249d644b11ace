import assert from 'node:assert/strict';
import { COMMANDS } from '../../../src/cli/commands';
import { main, type Surroundings } from '../../../src/cli/main';
import { MemorySink } from './sinks';

function surroundings(overrides: Partial<Surroundings> = {}) {
  const stdout = new MemorySink();
  const stderr = new MemorySink();
  const given: Surroundings = {
    cwd: () => '/nowhere',
    env: {},
    stdout,
    stderr,
    nodeVersion: '20.19.0',
    programs: '/nowhere',
    ...overrides,
  };
  return { stdout, stderr, given };
}

describe('main', () => {
  it('refuses a Node.js that is too old, before anything else', async () => {
    for (const nodeVersion of ['18.20.4', '20.18.3', '20.9.0']) {
      const { stderr, given } = surroundings({ nodeVersion });
      assert.equal(await main(['--help'], given), 2);
      assert.match(stderr.text, new RegExp(`NODE_TOO_OLD: this is Node.js ${nodeVersion}`));
    }
  });

  it('takes every newer Node.js', async () => {
    for (const nodeVersion of ['20.19.0', '20.100.1', '22.0.0', '100.0.0-pre']) {
      assert.equal(await main(['--version'], surroundings({ nodeVersion }).given), 0);
    }
  });

  it('says that the current folder is gone', async () => {
    const cwd = () => {
      throw new Error('ENOENT: no such file or directory, uv_cwd');
    };
    const { stderr, given } = surroundings({ cwd });
    assert.equal(await main(['tasks'], given), 2);
    assert.match(stderr.text, /FILE_NOT_FOUND: the current folder/);
  });

  it('declares every command completely, under its own name', async () => {
    for (const [name, load] of Object.entries(COMMANDS)) {
      const command = await load();
      assert.equal(command.name, name);
      assert.ok(command.summary.length > 0 && !command.summary.endsWith('.'), name);
      assert.ok(command.about.endsWith('.'), name);
      assert.ok(command.examples.length > 0, name);
      for (const { run } of command.examples) assert.ok(run.startsWith(`countersign ${name}`), run);
      for (const option of Object.keys(command.options)) assert.ok(!['repo', 'json', 'help'].includes(option), name);
    }
  });

  const WRONG: readonly (readonly [words: string[], message: RegExp, fix: RegExp])[] = [
    [[], /no command/, /countersign --help/],
    [['--verison'], /no option --verison/, /--version/],
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
    [['revert'], /needs ID/, /revert --help/],
    [['revert', 'x', 'a', ''], /needs PATH/, /./],
    [['signoff', 'x', '--deliver', 'mail'], /merge, squash, branch, none/, /./],
    [['reject', 'x'], /needs --reason TEXT/, /./],
    [['host', 'stop', '--forse'], /no option --forse/, /--force/],
  ];

  for (const [words, message, fix] of WRONG) {
    it(`refuses \`countersign ${words.join(' ')}\` with exit 2 and what to do`, async () => {
      const plain = surroundings();
      assert.equal(await main(words, plain.given), 2);
      assert.equal(plain.stdout.text, '');
      assert.match(plain.stderr.text, /^countersign: USAGE: /m);
      assert.match(plain.stderr.text, /^fix: ./m);
      const json = surroundings();
      assert.equal(await main([...words, '--json'], json.given), 2);
      assert.equal(json.stderr.text, '');
      const { error } = JSON.parse(json.stdout.text) as { error: { code: string; message: string; fix: string } };
      assert.equal(error.code, 'USAGE');
      assert.match(error.message, message);
      assert.match(error.fix, fix);
    });
  }
});
