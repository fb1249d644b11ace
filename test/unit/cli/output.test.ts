import assert from 'node:assert/strict';
import { Output } from '../../../src/cli/output';
import { CountersignError } from '../../../src/core/errors';
import { MemorySink } from './sinks';

function make({ json = false, isTTY = false, env = {} as NodeJS.ProcessEnv } = {}) {
  const stdout = new MemorySink({ isTTY });
  const stderr = new MemorySink({ isTTY });
  return { stdout, stderr, output: new Output({ stdout, stderr, json, env }) };
}

describe('output', () => {
  it('keeps the result on stdout and everything else on stderr', () => {
    const { stdout, stderr, output } = make();
    output.text('result');
    output.note('beside');
    output.document({ never: true });
    assert.equal(stdout.text, 'result\n');
    assert.equal(stderr.text, 'beside\n');
  });

  it('writes nothing but JSON to stdout in JSON mode', () => {
    const { stdout, stderr, output } = make({ json: true });
    output.text('result');
    output.raw('raw');
    output.styled('styled');
    output.note('beside');
    output.document({ a: 1 });
    assert.deepEqual(JSON.parse(stdout.text), { a: 1 });
    assert.equal(stderr.text, 'beside\n');
  });

  it('writes one line for each record of a stream', () => {
    const { stdout, output } = make({ json: true });
    output.record({ text: 'one\ntwo' });
    output.record({ text: 'three' });
    assert.deepEqual(
      stdout.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
      [{ text: 'one\ntwo' }, { text: 'three' }],
    );
  });

  it('tells an error with its fix, and its exit code', () => {
    const { stdout, stderr, output } = make();
    const error = output.error(new CountersignError('TASK_NOT_FOUND', 'there is no task x'));
    assert.equal(error.exit, 2);
    assert.equal(stdout.text, '');
    assert.equal(
      stderr.text,
      'countersign: TASK_NOT_FOUND: there is no task x\nfix: list the tasks with `countersign tasks`\n',
    );
  });

  it('tells an error as JSON in JSON mode', () => {
    const { stdout, output } = make({ json: true });
    output.error(new CountersignError('USAGE', 'no', { fix: 'yes' }));
    assert.deepEqual(JSON.parse(stdout.text), { error: { code: 'USAGE', message: 'no', fix: 'yes' } });
  });

  it('tells what nobody named as INTERNAL, exit 3', () => {
    const { stderr, output } = make();
    assert.equal(output.error(new TypeError('oops')).exit, 3);
    assert.match(stderr.text, /INTERNAL: oops/);
  });

  it('neutralises escapes in text, notes and errors', () => {
    const { stdout, stderr, output } = make({ isTTY: true });
    output.text('a\u001b[31mb\u202ec\r');
    output.error(new CountersignError('USAGE', '\u009b2J'));
    assert.equal(stdout.text, 'a\\u{1b}[31mb\\u{202e}c\\u{d}\n');
    assert.ok(!stderr.text.includes('\u009b'));
  });

  it('leaves no character in JSON that a terminal obeys, and loses none', () => {
    const { stdout, output } = make({ json: true });
    const text = '\u001b\u007f\u009b\u202e\u2066\u2028ä日本';
    output.document({ text });
    assert.ok(!/[\u001b\u007f-\u009f\u2028-\u202e\u2066]/.test(stdout.text));
    assert.equal(JSON.parse(stdout.text).text, text);
  });

  it('colours only on a terminal, and honours NO_COLOR', () => {
    assert.equal(make({ isTTY: true }).output.style('red', 'x'), '\u001b[31mx\u001b[39m');
    assert.equal(make({ isTTY: false }).output.style('red', 'x'), 'x');
    assert.equal(make({ isTTY: true, env: { NO_COLOR: '1' } }).output.style('red', 'x'), 'x');
    assert.equal(make({ isTTY: true, env: { NO_COLOR: '' } }).output.style('red', 'x'), '\u001b[31mx\u001b[39m');
    assert.equal(make({ isTTY: true, env: { TERM: 'dumb' } }).output.style('red', 'x'), 'x');
  });

  it('tells of trouble on stderr, in JSON mode as one document a line', () => {
    const trouble = new CountersignError('JOURNAL_CORRUPT', 'line 3\u202e is torn', { fix: 'mend it' });
    const plain = make();
    plain.output.trouble(trouble);
    assert.equal(plain.stderr.text, 'countersign: JOURNAL_CORRUPT: line 3\\u{202e} is torn\nfix: mend it\n');
    const json = make({ json: true });
    json.output.trouble(trouble);
    assert.equal(json.stdout.text, '');
    assert.match(json.stderr.text, /^[^\n\u202e]*\n$/);
    assert.deepEqual(JSON.parse(json.stderr.text), { error: trouble.toRecord() });
  });

  it('goes quiet when the reader of stdout has gone', () => {
    const { stdout, stderr, output } = make();
    output.text('one');
    stdout.breakPipe();
    output.text('two');
    assert.equal(stdout.text, 'one\n');
    assert.equal(stderr.text, '');
    assert.equal(output.closed.aborted, true);
  });
});
