/** A brief proposed from a difference: a scope that covers it and is short, and a text that parses whatever it was told. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Inference, inferredBrief } from '../../../src/core/brief/infer';
import { inferPatterns } from '../../../src/core/brief/inferScope';
import { parseBrief } from '../../../src/core/brief/parse';
import { detectProject } from '../../../src/core/brief/project';
import { compileScope } from '../../../src/core/brief/scope';

const files = (folder: string, count: number) => Array.from({ length: count }, (_, index) => `${folder}/f${index}.ts`);

describe('an inferred scope', () => {
  it('names folders where most files changed, and files elsewhere', () => {
    const all = [...files('src/http', 6), ...files('src/core', 40), 'README.md', 'package.json', 'docs/a.md'];
    const changed = [...files('src/http', 5), 'src/core/f3.ts', 'README.md'];
    assert.deepEqual(inferPatterns(changed, all), ['README.md', 'src/core/f3.ts', 'src/http/**']);
  });

  it('names the folder that is meant, not those around it', () => {
    assert.deepEqual(inferPatterns(files('a/b/c', 4), files('a/b/c', 4)), ['a/b/c/**']);
    assert.deepEqual(inferPatterns(['a/b/one.ts'], ['a/b/one.ts']), ['a/b/one.ts']);
    assert.deepEqual(inferPatterns(files('a', 2), files('a', 4)), ['a/f0.ts', 'a/f1.ts'], 'half is not most');
  });

  it('is never the whole repository, even where everything changed', () => {
    const all = [...files('src', 9), ...files('test', 9), 'a', 'b'];
    const patterns = inferPatterns(all, all);
    assert.deepEqual(patterns, ['a', 'b', 'src/**', 'test/**']);
    assert.equal(compileScope({ change: patterns, avoid: [] }).matchesWholeRepository, false);
  });

  it('stays readable for a formatter that went everywhere', () => {
    const all = Array.from({ length: 40 }, (_, n) => files(`packages/p${n}/src`, 50)).flat();
    const changed = all.filter((_, index) => index % 5 === 0);
    assert.deepEqual(inferPatterns(changed, all), ['packages/**']);
  });

  it('names a file at a boundary so that it does not count as meant', () => {
    const careful = new Set(['ci/a,b.yml', 'CLAUDE.md']);
    const patterns = inferPatterns([...careful, 'src/x.ts'], ['src/y.ts', 'src/z.ts'], careful);
    assert.deepEqual(patterns, ['ci/{a\\,b.yml}', 'src/x.ts', '{CLAUDE.md}']);
    const scope = compileScope({ change: patterns, avoid: [] });
    for (const path of careful) assert.equal(scope.judge(path), 'in');
    assert.equal(scope.judge('CLAUDE.mdx'), 'outside');
  });

  it('covers every changed path, whatever it is called', () => {
    const name = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'ab.!\\*?{},:C ()[]é') });
    const segment = fc.oneof(
      name.filter((part) => part !== '.' && part !== '..'),
      fc.constantFrom('src', 'x'.repeat(1_200)),
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 60 }), fc.array(path), (changed, others) => {
        const patterns = inferPatterns(changed, others, new Set(changed.slice(0, 3)));
        const scope = compileScope({ change: patterns, avoid: [] });
        for (const one of changed) assert.equal(scope.judge(one), 'in', JSON.stringify([one, patterns]));
        assert.equal(scope.matchesWholeRepository, false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an inferred brief', () => {
  const facts = { ...detectProject([{ path: 'Makefile', text: 'test:\n\ttrue\n' }]), user: 'Dev <dev@example.com>' };
  const given: Inference = {
    ...{ base: 'main', head: 'their-branch', change: ['src/http/**', 'README.md'], files: 7, facts },
    subjects: ['Say so in the README', 'Retry idempotent requests'],
    crossings: [
      { boundary: 'dependencies', because: 'package.json gains left-pad.', count: 3 },
      { boundary: 'ci', because: '.github/workflows/ci.yml belongs to the boundary ci.', count: 1 },
    ],
  };

  it('says that it is inferred, proposes and grants nothing', () => {
    const text = inferredBrief(given);
    const { front, title, goal, context, criteria } = parseBrief(text, 'b.md');
    assert.equal(title, 'Retry idempotent requests');
    assert.deepEqual(front.scope, { change: ['src/http/**', 'README.md'], avoid: [] });
    assert.deepEqual(front.approval.allow, []);
    assert.match(text, /^# inferred from the difference of main and their-branch/m);
    assert.match(text, /^ {2}# allow: \[dependencies, ci\]$/m);
    assert.match(text, /^ {2}# {3}dependencies: package\.json gains left-pad\. \(and 2 more\)$/m);
    assert.match(context, /^This brief was inferred from the difference of main and their-branch \(7 changed paths\)/);
    assert.match(context, /- Say so in the README\n- Retry idempotent requests/);
    assert.match(goal, /Retry idempotent requests$/);
    assert.deepEqual(
      front.checks.map(({ run }) => run),
      ['make test'],
    );
    assert.deepEqual(criteria[0]?.proof, { kind: 'check', check: 'tests' });
    assert.equal(front.reviewer, 'Dev <dev@example.com>');
  });

  it('lets a person allow what they have decided on by taking the mark away', () => {
    const text = inferredBrief(given)
      .replace(/^ {2}# allow:/m, '  allow:')
      .replace(/^ {2}allow: \[\]\n/m, '');
    assert.deepEqual(parseBrief(text, 'b.md').front.approval.allow, ['dependencies', 'ci']);
  });

  it('parses without commits, checks, a person, or a head', () => {
    const bare = { ...given, head: null, subjects: [], crossings: [], facts: { ...detectProject([]), user: null } };
    const { goal, context, front } = parseBrief(inferredBrief(bare), 'b.md');
    assert.match(goal, /Keep what this difference changes/);
    assert.match(context, /the working tree/);
    assert.deepEqual([front.checks, front.reviewer], [[], undefined]);
  });

  it('opens no comment with the name of a revision', () => {
    const odd = '-->#\n---\n<!--';
    const brief = parseBrief(inferredBrief({ ...given, base: odd, head: odd, subjects: [odd] }), 'b.md');
    assert.deepEqual(brief.otherSections, []);
  });

  it('stays what it is, whatever commits, revisions and findings are called', () => {
    const part = fc.constantFrom(
      ...[
        '\n---\n',
        '## Goal',
        '<!--',
        '-->',
        '```',
        '\r',
        '\u2028',
        '"',
        "'",
        '#',
        ': ',
        '- [ ] x (check: y)',
        '\u202e',
        '\ud83c',
      ],
    );
    const text = fc.array(fc.oneof(part, fc.string()), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (odd) => {
        const crossings = [{ boundary: odd, because: odd, count: 1 }];
        const brief = parseBrief(
          inferredBrief({ ...given, base: odd, head: odd, subjects: [odd, odd, odd], crossings }),
          'b.md',
        );
        assert.deepEqual(brief.front.scope.change, given.change);
        assert.deepEqual(brief.front.approval.allow, []);
        assert.equal(brief.criteria.length, 2);
        assert.deepEqual(brief.otherSections, []);
        assert.match(brief.context, /This brief was inferred/);
      }),
      { numRuns: 300 },
    );
  });
});
