import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { pairs, parseArguments } from '../../../src/cli/arguments';
import { defineCommand } from '../../../src/cli/command';
import { CountersignError } from '../../../src/core/errors';

const sample = defineCommand({
  name: 'sample',
  group: 'start',
  summary: 'a sample',
  about: 'A sample.',
  examples: [{ run: 'countersign sample FILE --base main', does: 'does it' }],
  positionals: {
    file: { value: 'FILE', help: 'a file' },
    word: { value: 'WORD', help: 'a word', values: ['yes', 'no'] },
  },
  options: {
    base: { kind: 'text', value: 'REV', help: 'a revision', required: true },
    message: { kind: 'text', short: 'm', value: 'TEXT', help: 'a text' },
    accept: { kind: 'list', value: 'X=Y', help: 'a pair' },
    draft: { kind: 'flag', help: 'a flag' },
    deliver: { kind: 'choice', values: ['merge', 'none'], help: 'a choice' },
  },
  run: async () => 0,
});

const usage =
  (message: RegExp, fix: RegExp = /./) =>
  (thrown: unknown) => {
    assert.ok(thrown instanceof CountersignError);
    assert.equal(thrown.code, 'USAGE');
    assert.equal(thrown.exit, 2);
    assert.match(thrown.message, message);
    assert.match(thrown.fix, fix);
    return true;
  };

const parse = (...words: string[]) => parseArguments(sample, words);

describe('arguments', () => {
  it('gives every declared value, by its declared name', () => {
    const parsed = parse('a.md', 'yes', '--base', 'main', '-m', 'hello', '--accept', 'a=b', '--accept=c=d', '--draft');
    assert.deepEqual(parsed.values, {
      file: 'a.md',
      word: 'yes',
      base: 'main',
      message: 'hello',
      accept: ['a=b', 'c=d'],
      draft: true,
      deliver: undefined,
    });
  });

  it('takes the common options anywhere', () => {
    const parsed = parse('--json', 'a.md', '--repo=/tmp', 'no', '--base', 'x');
    assert.equal(parsed.json, true);
    assert.equal(parsed.repo, '/tmp');
    assert.equal(parsed.values.file, 'a.md');
  });

  it('asks for nothing else when help is asked for', () => {
    assert.equal(parse('--help').help, true);
    assert.equal(parse('-h', 'surplus').help, true);
  });

  it('takes words after -- as they are', () => {
    assert.equal(parse('--base', 'main', '--', '--odd.md', 'yes').values.file, '--odd.md');
  });

  it('takes a value that begins with - when it is joined by =', () => {
    assert.equal(parse('a', 'yes', '--base=x', '--message=- no').values.message, '- no');
  });

  it('names the nearest option', () => {
    assert.throws(() => parse('a', 'yes', '--bsae', 'x'), usage(/no option --bsae/, /did you mean --base\?/));
    assert.throws(() => parse('a', 'yes', '--acept=x=y'), usage(/--acept/, /--accept/));
    assert.throws(() => parse('a', 'yes', '--zzzzzzzz'), usage(/--zzzzzzzz/, /sample --help/));
  });

  it('refuses what does not fit the declaration', () => {
    assert.throws(() => parse('a', 'yes'), usage(/needs --base REV/));
    assert.throws(() => parse('a', '--base', 'x'), usage(/needs WORD: a word/));
    assert.throws(() => parse('a', 'maybe', '--base', 'x'), usage(/WORD is yes or no; not "maybe"/));
    assert.throws(() => parse('a', 'yes', 'b', '--base', 'x'), usage(/what to do with "b"/));
    assert.throws(() => parse('a', 'yes', '--base'), usage(/--base needs a value/, /--base=REV/));
    assert.throws(() => parse('a', 'yes', '--base', '--draft'), usage(/--base needs a value/));
    assert.throws(() => parse('a', 'yes', '--base='), usage(/--base needs a value/));
    assert.throws(() => parse('a', 'yes', '--base', 'x', '--base', 'y'), usage(/given twice/));
    assert.throws(() => parse('a', 'yes', '--base', 'x', '--draft=1'), usage(/--draft takes no value/));
    assert.throws(() => parse('a', 'yes', '--base', 'x', '--deliver', 'pr'), usage(/merge, none; not "pr"/));
  });

  it('shows no control character of a word that it refuses', () => {
    assert.throws(
      () => parse('a', 'yes', '\u001b[2Jb', '--base', 'x'),
      (thrown: Error) => !thrown.message.includes('\u001b') && thrown.message.includes('\\u{1b}[2Jb'),
    );
  });

  it('either parses or says USAGE, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('--base', '-m', '--', '--__proto__=1', '-'))),
        (words) => {
          try {
            parse(...words);
          } catch (thrown) {
            assert.ok(thrown instanceof CountersignError && thrown.code === 'USAGE');
          }
        },
      ),
    );
  });
});

describe('pairs', () => {
  it('takes names and reasons apart at the first =', () => {
    assert.deepEqual(pairs('accept', ['a1=because x = y', 'b2= spaced ']), { a1: 'because x = y', b2: 'spaced' });
  });

  it('refuses a pair without a name, without a reason, or given twice', () => {
    assert.throws(() => pairs('accept', ['a1']), usage(/--accept "a1" is not NAME=REASON/));
    assert.throws(() => pairs('accept', ['=why']), usage(/not NAME=REASON/));
    assert.throws(() => pairs('accept', ['a1= ']), usage(/not NAME=REASON/));
    assert.throws(() => pairs('accept', ['a1=x', 'a1=y']), usage(/"a1" twice/));
  });

  it('keeps any name, also those that objects know', () => {
    assert.deepEqual(Object.entries(pairs('accept', ['__proto__=x'])), [['__proto__', 'x']]);
  });
});
