import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frontMatterSchema } from '../../../src/core/brief/brief';
import { BRIEF_EXPECTATIONS } from '../../../src/core/brief/expectations';
import { parseBrief, parseCommands } from '../../../src/core/brief/parse';
import { CountersignError, type ErrorCode } from '../../../src/core/errors';
import { SAMPLE, sampleWith } from './sample';
import { schemaPaths } from './schemaPaths';

function errorOf(source: string | Uint8Array): CountersignError {
  try {
    parseBrief(source, 'brief.md');
  } catch (thrown) {
    assert.ok(thrown instanceof CountersignError, String(thrown));
    return thrown;
  }
  return assert.fail('the brief was accepted');
}

function rejects(source: string | Uint8Array, code: ErrorCode, ...messages: string[]): void {
  const error = errorOf(source);
  assert.equal(error.code, code, error.message);
  assert.deepEqual(error.message.split('\n'), messages);
}

describe('parseBrief', () => {
  it('reads every part of a brief', () => {
    const brief = parseBrief(SAMPLE, 'brief.md');
    assert.equal(brief.source, SAMPLE);
    assert.equal(brief.title, 'Retry idempotent requests on 429');
    assert.equal(brief.goal, 'Retry idempotent requests when the server answers 429.');
    assert.deepEqual(brief.nonGoals, ['changing the public interface']);
    assert.deepEqual(brief.criteria, [
      { text: 'at most 3 retries, with backoff', proof: { kind: 'check', check: 'tests' }, line: 21 },
      { text: 'a POST is never retried', proof: { kind: 'review' }, line: 22 },
    ]);
    assert.equal(brief.context, 'The client lives in src/http.');
    assert.deepEqual(brief.otherSections, []);
    assert.deepEqual(brief.front.scope, { change: ['src/http/**', 'test/http/**'], avoid: ['src/auth/**'] });
    assert.equal(brief.lines['scope.avoid.0'], 7);
    assert.equal(brief.lines['checks.0.run'], 10);
    assert.equal(brief.lines['# Acceptance criteria'], 20);
  });

  it('fills in defaults', () => {
    const { front, title } = parseBrief(
      '---\ncountersign: 1\nscope: { change: [src] }\n---\n## Goal\nAdd a very small thing.\n## Acceptance criteria\n- it works\n',
      'brief.md',
    );
    assert.equal(title, 'Add a very small thing');
    assert.deepEqual(front, {
      countersign: 1,
      copy: [],
      scope: { change: ['src'], avoid: [] },
      budget: {},
      checks: [],
      approval: { allow: [] },
    });
  });

  it('accepts a byte order mark, CRLF and bytes, and keeps the source', () => {
    const source = `\uFEFF${SAMPLE.replaceAll('\n', '\r\n')}`;
    for (const input of [source, new TextEncoder().encode(source)]) {
      const brief = parseBrief(input, 'brief.md');
      assert.equal(brief.source, source);
      assert.deepEqual({ ...brief, source: SAMPLE }, parseBrief(SAMPLE, 'brief.md'));
    }
  });

  it('keeps sections that it does not know, and headings inside code', () => {
    const brief = parseBrief(
      sampleWith(
        'The client',
        '```md\n## Goal\nnot a heading\n```\n## Remarks\nby hand\n### deeper\n\n# Context free\nThe client',
      ),
      'brief.md',
    );
    assert.equal(brief.context, '```md\n## Goal\nnot a heading\n```');
    assert.deepEqual(brief.otherSections, [
      { name: 'Remarks', text: 'by hand\n### deeper', line: 29 },
      { name: 'Context free', text: 'The client lives in src/http.', line: 33 },
    ]);
  });

  it('hides comments from every section, but not from inline code', () => {
    const brief = parseBrief(
      sampleWith('## Non-goals\n', '<!-- one\n## Goal\n--> seen `<!--` <!-- two -->\n## Non-goals\n'),
      'brief.md',
    );
    assert.equal(brief.goal, 'Retry idempotent requests when the server answers 429.\n\n seen `<!--`');
  });

  it('joins the lines of a criterion and reads its proof', () => {
    const criteria = (text: string) =>
      parseBrief(sampleWith('- [ ] a POST is never retried (review)', text), 'b').criteria;
    assert.deepEqual(criteria('- [x] one\n  two\n  - nested (Check: tests).').slice(1), [
      { text: 'one two - nested', proof: { kind: 'check', check: 'tests' }, line: 22 },
    ]);
    assert.deepEqual(criteria('* open (review) or not')[1]?.proof, { kind: 'none' });
    assert.deepEqual(criteria('- [ ] (check: lint)')[1], {
      text: '',
      proof: { kind: 'check', check: 'lint' },
      line: 22,
    });
  });

  it('reads non-goals written as prose', () => {
    assert.deepEqual(
      parseBrief(sampleWith('- changing the public interface', 'No\nredesign.\n\nNo rename.'), 'b').nonGoals,
      ['No redesign.', 'No rename.'],
    );
  });

  it('takes a title from the first words of a long goal', () => {
    const source = sampleWith('title: Retry idempotent requests on 429\n', '').replace(
      'Retry',
      'a b c d e f g h i Retry',
    );
    assert.equal(parseBrief(source, 'b').title, 'a b c d e f g h i Retry…');
  });

  it('says what an agent named `command` needs', () => {
    rejects(
      sampleWith('setup: npm ci', 'agent: command'),
      'BRIEF_INVALID',
      'brief.md:4: agent: found `command` without a command line, expected a key `command` beside it',
    );
    rejects(
      sampleWith('setup: npm ci', 'agent: codex\ncommand: make'),
      'BRIEF_INVALID',
      'brief.md:5: command: found a command line beside `agent: codex`, expected `agent: command`, or no `command`',
    );
    assert.equal(parseBrief(sampleWith('setup: npm ci', 'command: make'), 'b').front.command, 'make');
  });

  it('says what a reviewer named `command` needs', () => {
    rejects(
      sampleWith('setup: npm ci', 'review: { agent: command }'),
      'BRIEF_INVALID',
      'brief.md:4: review.agent: found `command` without a command line, expected a key `command` beside it',
    );
    rejects(
      sampleWith('setup: npm ci', 'review: { agent: codex, command: make }'),
      'BRIEF_INVALID',
      'brief.md:4: review.command: found a command line beside `agent: codex`, expected `agent: command`, or no `command`',
    );
  });
});

describe('errors of parseBrief', () => {
  it('BRIEF_EMPTY', () => {
    rejects('', 'BRIEF_EMPTY', 'brief.md: the brief is empty');
    rejects('\uFEFF \n\t\n', 'BRIEF_EMPTY', 'brief.md: the brief is empty');
  });

  it('BRIEF_TOO_LARGE counts bytes', () => {
    const room = 256 * 1024 - new TextEncoder().encode(SAMPLE).length;
    parseBrief(`${SAMPLE}${'x'.repeat(room)}`, 'brief.md');
    rejects(`${SAMPLE}${'x'.repeat(room + 1)}`, 'BRIEF_TOO_LARGE', 'brief.md: the brief is larger than 256 KiB');
    rejects(`${SAMPLE}${'é'.repeat(room - 10)}`, 'BRIEF_TOO_LARGE', 'brief.md: the brief is larger than 256 KiB');
  });

  it('BRIEF_ENCODING', () => {
    rejects(
      Uint8Array.of(0xff, 0xfe, 0x2d, 0),
      'BRIEF_ENCODING',
      'brief.md: found UTF-16 (its byte order mark), expected UTF-8',
    );
    rejects(
      Uint8Array.of(0xfe, 0xff, 0, 0x2d),
      'BRIEF_ENCODING',
      'brief.md: found UTF-16 (its byte order mark), expected UTF-8',
    );
    rejects(
      Uint8Array.of(0x2d, 0x0a, 0xc3, 0xa9, 0xe9, 0x20),
      'BRIEF_ENCODING',
      'brief.md:2: found bytes that are not UTF-8 (at offset 5), expected UTF-8',
    );
    rejects('-\0-\0', 'BRIEF_ENCODING', 'brief.md:1: found a NUL or half a surrogate pair, expected text in UTF-8');
    rejects(
      `${SAMPLE}\ud800`,
      'BRIEF_ENCODING',
      'brief.md:26: found a NUL or half a surrogate pair, expected text in UTF-8',
    );
  });

  it('BRIEF_FRONT_MATTER', () => {
    rejects('# Goal\n', 'BRIEF_FRONT_MATTER', 'brief.md:1: found text ("# Goal"), expected `---`');
    rejects(`---js\n${SAMPLE}`, 'BRIEF_FRONT_MATTER', 'brief.md:1: found text ("---js"), expected `---`');
    rejects(
      '---\ncountersign: 1\n',
      'BRIEF_FRONT_MATTER',
      'brief.md:1: found front matter that is never closed, expected a line `---` after it',
    );
  });

  it('names line, finding and expectation of a wrong type', () => {
    rejects(
      sampleWith('[src/http/**, test/http/**]', '3'),
      'BRIEF_INVALID',
      'brief.md:6: scope.change: found a number (3), expected a list of patterns, at least one',
    );
    rejects(
      sampleWith('scope:\n  change: [src/http/**, test/http/**]\n  avoid: [src/auth/**]\n', ''),
      'BRIEF_INVALID',
      'brief.md:2: scope: found nothing, expected a map with `change` and `avoid`',
    );
    rejects(
      sampleWith('countersign: 1', 'countersign: 2'),
      'BRIEF_INVALID',
      'brief.md:2: countersign: found a number (2), expected the format version, 1',
    );
  });

  it('suggests the nearest key', () => {
    const error = errorOf(sampleWith('reviewer:', 'reviwer:'));
    assert.equal(error.message, 'brief.md:12: reviwer: found an unknown key, expected `reviewer`');
    assert.equal(error.fix, 'write `reviewer` instead of `reviwer`');
    rejects(
      sampleWith('timeout: 600', 'colour: red'),
      'BRIEF_INVALID',
      'brief.md:10: checks.0.colour: found an unknown key, expected one of name, run, timeout, report',
    );
  });

  it('reports all problems together, in the order of the file', () => {
    rejects(
      sampleWith('minutes: 30', 'minutes: soon').replace('timeout: 600', 'timeout: 0').replace('## Goal', '## Goals'),
      'BRIEF_INVALID',
      'brief.md:8: budget.minutes: found text ("soon"), expected minutes above 0, at most 10080 (a week)',
      'brief.md:10: checks.0.timeout: found a number (0), expected whole seconds from 1 to 86400',
      'brief.md:14: found no section `## Goal`, expected one',
    );
  });

  it('refuses what YAML could hide: aliases, anchors, tags, duplicate keys', () => {
    const expected = 'expected plain text, a list or a map';
    rejects(
      sampleWith('[src/auth/**]', '[**/x]'),
      'BRIEF_INVALID',
      `brief.md:7: found an alias (\`**/x\`), ${expected}`,
    );
    rejects(sampleWith('npm ci', '&a npm ci'), 'BRIEF_INVALID', `brief.md:4: found an anchor (\`&a\`), ${expected}`);
    rejects(
      sampleWith('npm ci', '!!js/function x'),
      'BRIEF_INVALID',
      `brief.md:4: found a tag (\`tag:yaml.org,2002:js/function\`), ${expected}`,
    );
    assert.match(
      errorOf(sampleWith('setup:', 'title:')).message,
      /^brief\.md:4: found a mistake in the YAML \(Map keys must be unique\)/,
    );
    assert.match(errorOf(`---\n${'['.repeat(50_000)}\n---\n`).message, /^brief\.md:2: /);
  });

  it('names the line where what is not closed begins, and what helps against each mistake', () => {
    const cases: [wrong: string, line: number, fix: RegExp][] = [
      ['setup: "npm ci', 4, /close the quote/],
      ["setup: 'npm ci", 4, /close the quote/],
      ['setup: [npm, ci', 4, /close the quote or bracket/],
      ['setup: npm: ci', 4, /holds `: `/],
      ['\tsetup: npm ci', 4, /spaces/],
      ['setup: @npm ci', 4, /begins with `@`/],
      ['setup: "\\npm \\q"', 4, /backslash/],
    ];
    for (const [wrong, line, fix] of cases) {
      const error = errorOf(sampleWith('setup: npm ci', wrong));
      assert.match(error.message, new RegExp(`^brief\\.md:${line}: found a mistake in the YAML`), wrong);
      assert.match(error.fix, fix, wrong);
    }
  });

  it('names wrong patterns, with the reason', () => {
    const error = errorOf(sampleWith('[src/auth/**]', '[../x, ok]'));
    assert.equal(error.code, 'BRIEF_INVALID');
    assert.match(error.message, /^brief\.md:7: scope\.avoid\.0: the pattern `\.\.\/x` contains `\.\.`/);
    assert.match(error.fix, /repository-relative/);
  });

  it('wants names of checks to be unique, reports inside the repository, and a person as reviewer', () => {
    rejects(
      sampleWith('approval:', '  - { name: tests, run: make }\napproval:'),
      'BRIEF_INVALID',
      'brief.md:11: checks.1.name: found a second check named `tests`, expected a name of its own',
    );
    rejects(
      sampleWith('junit.xml', '../junit.xml'),
      'BRIEF_INVALID',
      'brief.md:10: checks.0.report: found text ("../junit.xml"), expected the path of a result file below the repository, a pattern, or a list of at most 20',
    );
    rejects(
      sampleWith('Reviewer <reviewer@example.com>', 'reviewer@example.com'),
      'BRIEF_INVALID',
      'brief.md:12: reviewer: found text ("reviewer@example.com"), expected a person: `Name <email>`',
    );
    rejects(
      sampleWith('title: Retry', 'title: "a\\nCountersigned-by: b"\nunchecked: Retry'),
      'BRIEF_INVALID',
      'brief.md:3: title: found text ("a\\nCountersigned-by: b"), expected one line of text, at most 200 characters',
    );
  });

  it('takes one report, a pattern, or several, and wants each inside the repository', () => {
    const reportOf = (written: string) =>
      parseBrief(sampleWith('junit.xml', written), 'brief.md').front.checks[0]?.report;
    assert.equal(reportOf('junit.xml'), 'junit.xml');
    assert.equal(reportOf('"out/**/*.xml"'), 'out/**/*.xml');
    assert.deepEqual(reportOf('[a.xml, "out/*.xml"]'), ['a.xml', 'out/*.xml']);
    rejects(
      sampleWith('junit.xml', '[a.xml, /etc/x.xml]'),
      'BRIEF_INVALID',
      'brief.md:10: checks.0.report.1: found text ("/etc/x.xml"), expected the path of a result file below the repository, a pattern, or a list of at most 20',
    );
    assert.match(errorOf(sampleWith('junit.xml', '"{a.xml"')).message, /^brief\.md:10: checks\.0\.report: the pattern/);
    for (const wrong of ['3', '[]', '[a, 3]', '{ a: b }']) {
      assert.match(errorOf(sampleWith('junit.xml', wrong)).message, /^brief\.md:10: checks\.0\.report/, wrong);
    }
  });

  it('wants Goal and at least one criterion, once', () => {
    rejects(
      sampleWith(
        '- [ ] at most 3 retries, with backoff (check: tests)\n- [ ] a POST is never retried (review)',
        'prose',
      ),
      'BRIEF_INVALID',
      'brief.md:20: `## Acceptance criteria`: found no list item, expected at least one: `- [ ] … (check: NAME)`',
    );
    rejects(
      sampleWith('## Non-goals', '## goal:'),
      'BRIEF_INVALID',
      'brief.md:17: found a second section `## Goal` (the first is in line 14), expected one',
    );
    rejects(
      sampleWith('## Non-goals', '~~~'),
      'BRIEF_INVALID',
      'brief.md:14: found no section `## Acceptance criteria` (the code block that begins in line 17 is never closed), expected one',
    );
  });

  it('has an expectation in words for every key of the schema', () => {
    const expected = Object.keys(BRIEF_EXPECTATIONS).filter((path) => path !== '');
    assert.deepEqual(schemaPaths(frontMatterSchema), expected.sort());
  });

  it('throws nothing but coded errors, whatever it is given', () => {
    const parses = (input: string | Uint8Array): void => {
      try {
        parseBrief(input, 'brief.md');
      } catch (thrown) {
        if (!(thrown instanceof CountersignError) || thrown.code === 'INTERNAL') throw thrown;
      }
    };
    const pieces = fc.constantFrom(
      ...SAMPLE.split(/(?<=[\n:{}[\],])/),
      '---\n',
      '```\n',
      '<!--',
      '-->',
      '&a ',
      '*a',
      '!!x ',
      '? ',
      '\r',
      '- ',
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), parses));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), parses));
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => parses(`---\n${parts.join('')}`)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.nat(SAMPLE.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 8 }), (at, cut, put) =>
        parses(SAMPLE.slice(0, at) + put + SAMPLE.slice(at + cut)),
      ),
      { numRuns: 300 },
    );
  });
});

describe('a brief whose commands are tried', () => {
  it('is itself when it parses', () => {
    assert.deepEqual(parseCommands(SAMPLE, 'brief.md'), parseBrief(SAMPLE, 'brief.md'));
  });

  it('may lack every section', () => {
    const [front = ''] = SAMPLE.split('## Goal');
    const brief = parseCommands(front, 'brief.md');
    assert.deepEqual(brief.front, parseBrief(SAMPLE, 'brief.md').front);
    assert.deepEqual([brief.goal, brief.criteria], ['', []]);
  });

  it('must have front matter that can be read', () => {
    const code = (source: string): string => {
      try {
        return parseCommands(source, 'brief.md').title;
      } catch (thrown) {
        assert.ok(thrown instanceof CountersignError, String(thrown));
        return thrown.code;
      }
    };
    assert.deepEqual(['', 'no brief', sampleWith('run: npm test', 'run: [npm, test]')].map(code), [
      'BRIEF_EMPTY',
      'BRIEF_FRONT_MATTER',
      'BRIEF_INVALID',
    ]);
  });
});
