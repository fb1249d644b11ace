import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPartialBrief } from '../../../../src/core/brief/partialBrief';
import { CountersignError } from '../../../../src/core/errors';
import { applyFormEdit, valueAt } from '../../../../src/vscode/brief/formEdits';
import { changeBetween } from '../../../../src/vscode/brief/textChange';
import { editSchema, type FormEdit } from '../../../../src/webview/brief/messages';

const SOURCE = `---
countersign: 1   # mark: format
# mark: title
title: 'Old title'
setup: npm ci    # mark: setup
scope:           # mark: scope
  change:
    # mark: sources
    - src/http/**    # mark: client
    - "test/http/**"
  avoid: [ src/auth/** ]
budget: { files: 12, minutes: 30 }
checks:
  - name: tests
    # mark: all of them
    run: npm test
  - { name: lint, run: npm run lint }
approval: { allow: [tests] }   # mark: approval
reviewer: Reviewer <reviewer@example.com>
---
<!-- mark: body -->
## Goal
<!-- mark: goal -->
Retry idempotent requests on 429.

## Non-goals
- redesigning
## Acceptance criteria
<!-- mark: criteria -->
- [ ] at most 3 retries (check: tests)
<!-- mark: between -->
- [x] a POST is never retried (review)

## Of my own
mark: my own words
## Context
mark-free
`;
const MARKS = [...SOURCE.matchAll(/mark: [\w ]+/g)].map(([mark]) => mark);

const KEYS = [
  ...['goal', 'context', 'title', 'setup', 'command', 'agent', 'unchecked', 'reviewer', 'nonGoals.0', 'criteria.0'],
  ...['criteria.1', 'scope.change.0', 'scope.change.1', 'scope.avoid.0', 'checks.0.name', 'checks.0.run'],
  ...['checks.1.run', 'checks.0.timeout', 'checks.1.report', 'budget.files', 'budget.lines', 'budget.minutes'],
  ...['budget.tokens', 'budget.usd', 'review.agent', 'review.command', 'review.minutes', 'review.required'],
];

const apply = (edit: FormEdit, source = SOURCE) => applyFormEdit(source, edit);
const set = (key: string, text: string, source = SOURCE) =>
  apply({ kind: 'set', key, was: valueAt(readPartialBrief(source, ''), key), text }, source);
const refuses = (what: () => unknown, code = 'USAGE') =>
  assert.throws(what, (thrown) => thrown instanceof CountersignError && thrown.code === code);
const changed = (after: string) => {
  const change = changeBetween(SOURCE, after);
  return change === null ? null : [SOURCE.slice(change.start, change.end), change.text];
};

describe('edits of the form', () => {
  it('change the text of a place and nothing beside it', () => {
    assert.deepEqual(changed(set('budget.files', '14')), ['2', '4']);
    assert.ok(set('goal', 'Retry.\n\nTwice.').includes('<!-- mark: goal -->\nRetry.\n\nTwice.\n\n## Non-goals'));
    assert.ok(set('title', '').includes('# mark: title\nsetup:'));
    assert.ok(set('setup', '').includes("title: 'Old title'\n# mark: setup\nscope:"));
    assert.ok(set('checks.0.run', '').includes('# mark: all of them\n    run: ""\n'));
    assert.ok(set('budget.lines', '400').includes('{ files: 12, minutes: 30, lines: 400 }'));
    assert.ok(set('checks.1.timeout', '60').includes('{ name: lint, run: npm run lint, timeout: 60 }'));
    assert.equal(set('goal', 'Retry idempotent requests on 429.  '), SOURCE);
  });

  it('say what a turn may cost, and who reviews; with the last that is said of a review, nobody is asked', () => {
    assert.ok(set('budget.tokens', '200000').includes('{ files: 12, minutes: 30, tokens: 200000 }'));
    assert.ok(set('budget.usd', '1.5').includes('{ files: 12, minutes: 30, usd: 1.5 }'));
    const required = set('review.required', 'true');
    assert.deepEqual(readPartialBrief(required, '').front?.review, { required: true });
    const named = set('review.minutes', '10', set('review.agent', 'gemini', required));
    assert.deepEqual(readPartialBrief(named, '').front?.review, { required: true, agent: 'gemini', minutes: 10 });
    const left = set('review.minutes', '', set('review.agent', '', named));
    assert.equal(left, required);
    assert.equal(set('review.required', '', left), SOURCE);
    refuses(() => set('review.required', 'perhaps'));
    refuses(() => set('review.minutes', 'long'));
    refuses(() => set('review.agent', 'x', SOURCE.replace('approval:', 'review: yes\napproval:')), 'BRIEF_INVALID');
  });

  it('keep the proof of a criterion while its words change, and the words while the proof does', () => {
    assert.ok(set('criteria.0', 'at most 2 retries').includes('- [ ] at most 2 retries (check: tests)\n'));
    assert.ok(set('criteria.0', 'two (review)').includes('- [ ] two (review)\n'));
    const proof = (to: string) => apply({ kind: 'proof', key: 'criteria.0', was: 'at most 3 retries', proof: to });
    assert.ok(proof('review').includes('- [ ] at most 3 retries (review)\n'));
    assert.ok(proof('').includes('- [ ] at most 3 retries\n'));
    refuses(() => proof('check:a) b'));
  });

  it('add, take out and move', () => {
    assert.ok(
      apply({ kind: 'add', list: 'scope.change', text: ' docs/** ' }).includes('"test/http/**"\n    - docs/**\n'),
    );
    assert.equal(apply({ kind: 'add', list: 'scope.change', text: 'src/http/**' }), SOURCE);
    assert.ok(apply({ kind: 'add', list: 'checks', text: '' }).includes('  - { name: check, run: "" }\n'));
    assert.ok(!apply({ kind: 'remove', key: 'checks.1', was: 'lint' }).includes('lint'));
    assert.ok(apply({ kind: 'remove', key: 'scope.avoid.0', was: 'src/auth/**' }).includes('avoid: []\n'));
    const moved = apply({ kind: 'move', key: 'criteria.1', was: 'a POST is never retried', by: -1 });
    assert.ok(
      moved.includes('criteria -->\n- [x] a POST is never retried (review)\n<!-- mark: between -->\n- [ ] at most'),
    );
    assert.ok(apply({ kind: 'allow', boundary: 'ci', on: true }).includes('allow: [tests, ci] }   # mark: approval'));
    assert.ok(apply({ kind: 'allow', boundary: 'tests', on: false }).includes('allow: [] }'));
    assert.equal(apply({ kind: 'allow', boundary: 'ci', on: false }), SOURCE);
  });

  it('overwrite nothing that the page did not know', () => {
    refuses(() => apply({ kind: 'set', key: 'title', was: 'Another', text: 'x' }));
    refuses(() => apply({ kind: 'remove', key: 'checks.0', was: 'lint' }));
    refuses(() => apply({ kind: 'remove', key: 'criteria.0', was: 'something else' }));
  });

  it('overwrite nothing of another shape, and no comment in the middle of a text', () => {
    const scope = SOURCE.replace(/scope:[\s\S]*?budget/, 'scope: src\nbudget');
    refuses(() => apply({ kind: 'add', list: 'scope.change', text: 'x' }, scope), 'BRIEF_INVALID');
    const checks = SOURCE.replace(/checks:[\s\S]*?approval/, 'checks: npm test\napproval');
    refuses(() => apply({ kind: 'add', list: 'checks', text: 'x' }, checks), 'BRIEF_INVALID');
    refuses(() => set('title', 'x', SOURCE.replace("'Old title'", '[a, b]')), 'BRIEF_INVALID');
    refuses(() => set('goal', 'x', SOURCE.replace('on 429.\n', 'on 429.\n<!-- note -->\nOr 503.\n')));
    refuses(() => set('goal', '## Context\nmine'));
    refuses(() => set('budget.files', 'many'));
    refuses(() => set('approval', 'x'));
  });

  it('reach the words while the front matter cannot be read, and the other way round', () => {
    const broken = SOURCE.replace("title: 'Old title'", 'title: [');
    assert.ok(set('goal', 'Retry.', broken).includes('Retry.\n'));
    refuses(() => set('setup', 'make', broken), 'BRIEF_INVALID');
    for (const nonsense of ['', 'hello', '---\n', '\0', '---\ncountersign: 1\n']) {
      assert.throws(() => set('goal', 'x', nonsense), CountersignError);
      assert.throws(() => set('title', 'x', nonsense), CountersignError);
    }
  });

  it('in any number: each changes its own place only, and what a person wrote beside it stays', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('', 'src/**', '7', 'a: b', '# c', '- d', "it's", '"', '*x', '(check: tests)', '<!--', '---'),
    );
    const edit = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('set' as const), key: fc.constantFrom(...KEYS), text: typed }),
      },
      fc.record({
        kind: fc.constant('add' as const),
        list: fc.constantFrom(
          'nonGoals' as const,
          'criteria' as const,
          'scope.change' as const,
          'scope.avoid' as const,
          'checks' as const,
        ),
        text: typed,
      }),
      fc.record({
        kind: fc.constant('move' as const),
        key: fc.constantFrom('criteria.0', 'criteria.1'),
        by: fc.constantFrom(-1 as const, 1 as const),
      }),
      fc.record({
        kind: fc.constant('allow' as const),
        boundary: fc.constantFrom('ci', 'tests', 'auth'),
        on: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        let text = SOURCE;
        for (const some of edits) {
          const before = readPartialBrief(text, '');
          const whole = 'key' in some ? { ...some, was: valueAt(before, some.key) } : some;
          const parsed = editSchema.parse(whole);
          let next: string;
          try {
            next = applyFormEdit(text, parsed);
          } catch (thrown) {
            assert.ok(thrown instanceof CountersignError && thrown.code !== 'INTERNAL', String(thrown));
            continue;
          }
          const after = readPartialBrief(next, '');
          assert.notEqual(after.front, null);
          if (some.kind === 'set') {
            for (const key of KEYS.filter((other) => other !== some.key)) {
              assert.equal(valueAt(after, key), valueAt(before, key), `${some.key} changed ${key}`);
            }
          }
          text = next;
        }
        for (const mark of MARKS) assert.ok(text.includes(mark), mark);
      }),
      { numRuns: 150 },
    );
  });
});

describe('messages of the form', () => {
  it('name places of a brief, and nothing else', () => {
    const set = (key: string) => editSchema.safeParse({ kind: 'set', key, was: '', text: '' }).success;
    for (const key of KEYS) assert.ok(set(key), key);
    for (const key of ['', 'countersign', 'scope', '../x', 'file', 'checks.0.run.x', 'criteria.9999', 'title\n']) {
      assert.ok(!set(key), key);
    }
    assert.ok(!editSchema.safeParse({ kind: 'set', key: 'goal', was: '', text: 'x'.repeat(100_001) }).success);
  });
});
