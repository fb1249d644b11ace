import assert from 'node:assert/strict';
import fc from 'fast-check';
import { setBriefField, setBriefSection, type YamlValue } from '../../../src/core/brief/edit';
import { parseBrief } from '../../../src/core/brief/parse';
import { CountersignError } from '../../../src/core/errors';
import { SAMPLE } from './sample';

const COMMENTED = `---
countersign: 1   # the format
# who asked: the team
title: 'Old title'
setup: |
  npm ci
  npm run build

scope:   # bounded
  change:
  # sources
  - src/http/**    # the client
  - "test/http/**"
  avoid:  [ src/auth/** ,  infra ]
budget: {files: 12,   minutes: 30}
checks:
  - name: tests
    # all of them
    run: npm test
  - { name: lint, run: npm run lint }
---

## Goal
Retry idempotent requests on 429.
## Acceptance criteria
- [ ] works (check: tests)
`;

/** Lines of `before` that are not in `after`, and the other way round. */
function changes(before: string, after: string): { gone: string[]; come: string[] } {
  const [one, other] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < one.length && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  return { gone: one.slice(head, one.length - tail), come: other.slice(head, other.length - tail) };
}

function sets(path: string, value: YamlValue | undefined, gone: string[], come: string[]): void {
  assert.deepEqual(changes(COMMENTED, setBriefField(COMMENTED, path, value)), { gone, come }, path);
}

describe('setBriefField', () => {
  it('changes a scalar and keeps the comment beside it', () => {
    sets('title', 'New: title', ["title: 'Old title'"], ['title: "New: title"']);
    sets('countersign', 2, ['countersign: 1   # the format'], ['countersign: 2   # the format']);
    sets('scope.change.0', '**/x', ['  - src/http/**    # the client'], ['  - "**/x"    # the client']);
    sets('scope.avoid.1', 'a,{b}', ['  avoid:  [ src/auth/** ,  infra ]'], ['  avoid:  [ src/auth/** ,  "a,{b}" ]']);
    sets('setup', 'make', ['setup: |', '  npm ci', '  npm run build'], ['setup: make']);
    sets('checks.0.run', 'a\nb', ['    run: npm test'], ['    run: "a\\nb"']);
  });

  it('leaves the text alone when it says so already', () => {
    for (const [path, value] of [
      ['title', 'Old title'],
      ['setup', 'npm ci\nnpm run build\n'],
      ['scope.change', ['src/http/**', 'test/http/**']],
      ['budget', { minutes: 30, files: 12 }],
      ['reviewer', undefined],
      ['approval.allow.0', undefined],
    ] as const) {
      assert.equal(setBriefField(COMMENTED, path, value), COMMENTED, path);
    }
  });

  it('adds keys and items where they belong', () => {
    sets('reviewer', 'Reviewer <reviewer@example.com>', [], ['reviewer: Reviewer <reviewer@example.com>']);
    sets(
      'budget.lines',
      400,
      ['budget: {files: 12,   minutes: 30}'],
      ['budget: {files: 12,   minutes: 30, lines: 400}'],
    );
    sets('scope.change.2', 'docs', [], ['  - docs']);
    sets('scope.avoid.2', 'docs', ['  avoid:  [ src/auth/** ,  infra ]'], ['  avoid:  [ src/auth/** ,  infra, docs ]']);
    sets('checks.0.timeout', 60, [], ['    timeout: 60']);
    sets('approval.allow.0', 'ci', [], ['approval: { allow: [ci] }']);
    sets('checks.2', { name: 'types', run: 'tsc' }, [], ['  - { name: types, run: tsc }']);
  });

  it('removes keys and items', () => {
    sets('title', undefined, ["title: 'Old title'"], []);
    sets('setup', undefined, ['setup: |', '  npm ci', '  npm run build'], []);
    sets('budget.files', undefined, ['budget: {files: 12,   minutes: 30}'], ['budget: {minutes: 30}']);
    sets('budget.minutes', undefined, ['budget: {files: 12,   minutes: 30}'], ['budget: {files: 12}']);
    sets('scope.change.0', undefined, ['  - src/http/**    # the client'], []);
    sets('checks.1', undefined, ['  - { name: lint, run: npm run lint }'], []);
    sets(
      'checks.0.name',
      undefined,
      ['  - name: tests', '    # all of them', '    run: npm test'],
      ['  - run: npm test'],
    );
  });

  it('changes lists item by item, so that comments between them stay', () => {
    sets('scope.change', ['src/http/**', 'docs', 'a'], ['  - "test/http/**"'], ['  - docs', '  - a']);
    sets('scope.change', ['x'], ['  - src/http/**    # the client', '  - "test/http/**"'], ['  - x    # the client']);
    sets(
      'scope.change',
      [],
      ['  change:', '  # sources', '  - src/http/**    # the client', '  - "test/http/**"'],
      ['  change: []', '  # sources'],
    );
  });

  it('keeps CRLF and the byte order mark', () => {
    const source = `\uFEFF${COMMENTED.replaceAll('\n', '\r\n')}`;
    const edited = setBriefField(setBriefField(source, 'reviewer', 'A B <a@b.c>'), 'scope.change.2', 'docs');
    const expected = setBriefField(setBriefField(COMMENTED, 'reviewer', 'A B <a@b.c>'), 'scope.change.2', 'docs');
    assert.equal(edited, `\uFEFF${expected.replaceAll('\n', '\r\n')}`);
  });

  it('refuses a place that is beyond the end of a list', () => {
    assert.throws(() => setBriefField(COMMENTED, 'scope.avoid.3', 'x'), { code: 'USAGE' });
  });

  it('refuses what is no brief', () => {
    const codeOf = (source: string): string => {
      try {
        return setBriefField(source, 'title', 'x');
      } catch (thrown) {
        return thrown instanceof CountersignError ? thrown.code : String(thrown);
      }
    };
    assert.equal(codeOf('# no front matter'), 'BRIEF_FRONT_MATTER');
    assert.equal(codeOf('---\na: [\n---\n'), 'BRIEF_INVALID');
    assert.equal(codeOf('---\na: *b\n---\n'), 'BRIEF_INVALID');
    assert.equal(codeOf('---\n---\n'), '---\ntitle: x\n---\n');
  });

  it('says what was set, and touches no other line', () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 20 })
      .filter((value) => !/[\p{Surrogate}\p{Cc}]/u.test(value) && value.trim() === value && value !== '');
    const field = fc.constantFrom(
      'title',
      'scope.change.0',
      'scope.change.2',
      'scope.avoid.0',
      'scope.avoid.2',
      'checks.0.run',
      'checks.1.run',
      'checks.2',
    );
    const source = fc.constantFrom(COMMENTED, SAMPLE);
    fc.assert(
      fc.property(source, field, text, (before, path, value) => {
        // The sample has one check and one pattern to avoid.
        const target = before === SAMPLE ? path.replace(/(avoid|checks)\.2/, '$1.1') : path;
        const put: YamlValue = path === 'checks.2' ? { name: 'extra', run: value } : value;
        if (path === 'checks.1.run' && before === SAMPLE) return;
        const after = setBriefField(before, target, put);
        const { gone, come } = changes(before, after);
        assert.ok(gone.length <= 1 && come.length <= 1, JSON.stringify({ gone, come }));
        assert.equal(setBriefField(after, target, put), after);
      }),
      { numRuns: 150 },
    );
  });
});

describe('setBriefSection', () => {
  it('replaces the text of a section and nothing else', () => {
    const after = setBriefSection(SAMPLE, 'goal', '\nRetry twice.\nNot more.\n\n');
    assert.deepEqual(changes(SAMPLE, after), {
      gone: ['Retry idempotent requests when the server answers 429.'],
      come: ['Retry twice.', 'Not more.'],
    });
    assert.equal(parseBrief(after, 'b').goal, 'Retry twice.\nNot more.');
  });

  it('keeps comments, fills empty sections and adds missing ones', () => {
    const source = SAMPLE.replace('Retry idempotent requests when', '<!-- why? -->').replace(
      'the server answers 429.\n\n',
      '\n',
    );
    const bare = source.replace('<!-- why? --> \n', '<!-- why? -->\n');
    assert.equal(
      setBriefSection(bare, 'Goal', 'Because.'),
      bare.replace('<!-- why? -->\n', '<!-- why? -->\nBecause.\n\n'),
    );
    assert.equal(setBriefSection(SAMPLE, 'Risks', 'None.'), `${SAMPLE}\n## Risks\nNone.\n`);
    assert.equal(setBriefSection(SAMPLE.trimEnd(), 'Risks', ''), `${SAMPLE}\n## Risks\n`);
    assert.equal(setBriefSection(SAMPLE, 'Context', ''), SAMPLE.replace('The client lives in src/http.\n', ''));
  });

  it('writes the line ends of the file', () => {
    const source = SAMPLE.replaceAll('\n', '\r\n');
    assert.equal(setBriefSection(source, 'Context', 'a\nb'), source.replace('The client lives in src/http.', 'a\r\nb'));
  });

  it('refuses a text that would begin another section', () => {
    for (const text of ['a\n## Goal', '```\nopen', '<!-- open']) {
      assert.throws(() => setBriefSection(SAMPLE, 'Goal', text), { code: 'USAGE' }, text);
    }
    assert.equal(
      parseBrief(setBriefSection(SAMPLE, 'Goal', '### Fine\n```\n## too\n```'), 'b').goal,
      '### Fine\n```\n## too\n```',
    );
  });

  it('gives back what was set, with every other section as it was', () => {
    const words = fc
      .array(fc.constantFrom('word', '- item', '  indented', '', '> quote'), { maxLength: 6 })
      .map((lines) => lines.join('\n').replace(/^\n+/, '').trimEnd());
    fc.assert(
      fc.property(fc.constantFrom('Goal', 'Context'), words, (name, text) => {
        const [before, after] = [parseBrief(SAMPLE, 'b'), parseBrief(setBriefSection(SAMPLE, name, text), 'b')];
        assert.equal(name === 'Goal' ? after.goal : after.context, text);
        assert.equal(name === 'Goal' ? after.context : after.goal, name === 'Goal' ? before.context : before.goal);
        assert.deepEqual(
          after.criteria.map((criterion) => criterion.text),
          before.criteria.map((criterion) => criterion.text),
        );
      }),
    );
  });
});
