import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patternOfPath } from '../../../src/core/brief/pattern';
import { compileMatcher, compilePattern, compileScope, scopesOverlap } from '../../../src/core/brief/scope';
import { CountersignError } from '../../../src/core/errors';

const matches = (pattern: string, path: string): boolean => compileMatcher([pattern])(path);

function table(pattern: string, yes: readonly string[], no: readonly string[]): void {
  for (const path of yes) assert.ok(matches(pattern, path), `${pattern} should match ${path}`);
  for (const path of no) assert.ok(!matches(pattern, path), `${pattern} should not match ${path}`);
}

describe('patterns', () => {
  it('are made of any path, to mean exactly it', () => {
    const name = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'ab.!\\\\*?{},:C ()[]é') });
    const path = fc.array(
      name.filter((part) => part !== '.' && part !== '..'),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(path, path, (one, other) => {
        const [own, foreign] = [one.join('/'), other.join('/')];
        assert.ok(matches(patternOfPath(own), own), patternOfPath(own));
        assert.equal(matches(patternOfPath(own), foreign), foreign === own || foreign.startsWith(`${own}/`));
      }),
    );
  });

  it('without wildcards mean a path and everything below it', () => {
    table('src', ['src', 'src/a', 'src/a/b.ts', 'src/.env'], ['srcs', 'src2/a', 'a/src', 'Src']);
    table('src/', ['src', 'src/a'], ['srcs']);
    table('./src', ['src/a'], ['a']);
    table('.', ['a', '.env', 'a/b'], []);
    table('.env', ['.env'], ['a/.env']);
  });

  it('`*` and `?` stay within a segment, and match dot files', () => {
    table('src/*', ['src/a', 'src/.env', 'src/a b'], ['src', 'src/a/b']);
    table('src/*.ts', ['src/a.ts', 'src/.ts'], ['src/a.tsx', 'src/b/a.ts']);
    table('*/a?c', ['x/abc', 'x/a😀c', '.x/a.c'], ['x/ac', 'x/a/c', 'x/abbc', 'abc']);
  });

  it('`**` is any number of whole segments', () => {
    table('**/x.ts', ['x.ts', 'a/x.ts', 'a/b/x.ts'], ['ax.ts', 'a/x.tsx']);
    table('a/**', ['a', 'a/b', 'a/b/c', 'a/.b'], ['ab', 'b/a']);
    table('a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'a/b/x']);
    table('**/**/b', ['b', 'a/b', 'a/a/b'], ['ab']);
    table('**/a/**', ['a', 'x/a', 'x/a/y'], ['xa/y']);
  });

  it('braces offer texts within a segment', () => {
    table('src/{http,net}/*.{ts,tsx}', ['src/http/a.ts', 'src/net/a.tsx'], ['src/httpnet/a.ts', 'src/http/a.js']);
    table('a{,.test}.ts', ['a.ts', 'a.test.ts'], ['a.spec.ts']);
    table('{*.md,?}', ['a.md', 'x'], ['xy']);
    table('{a,b}', ['a', 'b'], ['a/x']);
  });

  it('every other character is literal', () => {
    table('app/(shop)/[id]/**', ['app/(shop)/[id]/page.tsx'], ['app/shop/i/page.tsx', 'app/(shop)/i/page.tsx']);
    table('a+b/@(x|y)/!z', ['a+b/@(x|y)/!z'], ['aab/x/z']);
    table('a,b', ['a,b'], ['a']);
    table('$^.*', ['$^.x'], ['x']);
    table('\\*/\\?/\\{a,b\\}', ['*/?/{a,b}', '*/?/{a,b}/below'], ['x/y/a']);
    table('\\[id\\]', ['[id]'], ['i']);
  });

  it('names what is wrong', () => {
    const wrong: [string, RegExp][] = [
      ['', /is empty/],
      ['  ', /is empty/],
      ['../x', /contains `\.\.`/],
      ['a/../b', /contains `\.\.`/],
      ['a/..', /contains `\.\.`/],
      ['/etc', /is absolute/],
      ['C:\\x', /is absolute/],
      ['C:/x', /is absolute/],
      ['!src', /begins with `!`/],
      ['a{b', /not closed/],
      ['a{b/c}', /not closed/],
      ['a}b', /without `{`/],
      ['{a{b}}', /inside braces/],
      ['a{}', /offers nothing/],
      ['a\\', /nothing to make literal/],
      ['src\\http', /separated by `\/`/],
      ['src/a**', /stands for whole segments/],
      ['src/***', /stands for whole segments/],
      ['{**,a}', /stands for whole segments/],
      ['src/*/', /write `src\/\*\/\*\*`/],
      ['*'.repeat(17).split('').join('a'), /17 wildcards/],
      ['a'.repeat(1025), /longer than 1024/],
    ];
    for (const [pattern, message] of wrong) {
      assert.throws(
        () => compilePattern(pattern),
        (error) => error instanceof CountersignError && error.code === 'PATTERN_INVALID' && message.test(error.message),
        pattern,
      );
    }
    compilePattern('*'.repeat(16).split('').join('a'));
    compilePattern('é'.repeat(1024));
    compilePattern('..a/b..');
  });
});

/** The language by its definition, with all the backtracking in the world. For short inputs only. */
function referenceMatch(pattern: string, path: string): boolean {
  const isPlain = !/[*?{]/.test(pattern);
  const inName = (p: string, s: string): boolean => {
    if (p === '') return s === '';
    if (p[0] === '*') return inName(p.slice(1), s) || (s !== '' && inName(p, s.slice(1)));
    if (p[0] === '{') {
      const end = p.indexOf('}');
      return p
        .slice(1, end)
        .split(',')
        .some((option) => inName(option + p.slice(end + 1), s));
    }
    return s !== '' && (p[0] === '?' || p[0] === s[0]) && inName(p.slice(1), s.slice(1));
  };
  const inPath = (p: readonly string[], s: readonly string[]): boolean => {
    if (p.length === 0) return s.length === 0;
    if (p[0] === '**') return inPath(p.slice(1), s) || (s.length > 0 && inPath(p, s.slice(1)));
    return s.length > 0 && inName(p[0]!, s[0]!) && inPath(p.slice(1), s.slice(1));
  };
  return inPath([...pattern.split('/'), ...(isPlain ? ['**'] : [])], path.split('/'));
}

const nameOf = (...parts: string[]) =>
  fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 4 }).map((chosen) => chosen.join(''));
const patternText = fc
  .array(fc.oneof(fc.constant('**'), nameOf('a', 'b', '[', '.', '?', '*', '{a,b}', '{,a.}', '{?,bb}')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((segments) => segments.join('/'))
  .filter((pattern) => !/(?:^|\/)\.{1,2}(?:\/|$)/.test(pattern) && !/[^/]\*\*|\*\*[^/]/.test(pattern))
  // More wildcards than the language allows is an error of its own.
  .filter((pattern) => pattern.replace(/[^?*{]/g, '').length <= 16);
const pathText = fc
  .array(nameOf('a', 'b', '[', '.'), { minLength: 1, maxLength: 5 })
  .map((segments) => segments.join('/'));

describe('the matcher', () => {
  it('agrees with the definition of the language', () => {
    fc.assert(
      fc.property(patternText, pathText, (pattern, path) => {
        assert.equal(matches(pattern, path), referenceMatch(pattern, path), `${pattern} on ${path}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('judges many patterns as it judges each alone', () => {
    fc.assert(
      fc.property(
        fc.array(patternText, { maxLength: 4 }),
        fc.array(patternText, { maxLength: 3 }),
        pathText,
        (change, avoid, path) => {
          const expected = avoid.some((pattern) => referenceMatch(pattern, path))
            ? 'avoided'
            : change.some((pattern) => referenceMatch(pattern, path))
              ? 'in'
              : 'outside';
          assert.equal(compileScope({ change, avoid }).judge(path), expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('ends on patterns that make backtracking explode', () => {
    const long = `${'a'.repeat(100_000)}c`;
    assert.ok(!matches(`${'*a'.repeat(16)}b`, long));
    assert.ok(!matches(`${'{a,aa,aaa}'.repeat(16)}*b`.replace('*', ''), long));
    assert.ok(!matches(`${'**/a/'.repeat(8)}**/*x`, `${'a/'.repeat(50_000)}y`));
    assert.ok(matches(`${'**/a/'.repeat(8)}**/*x`, `${'a/'.repeat(50_000)}yx`));
  });

  it('takes thousands of patterns', () => {
    const change = Array.from({ length: 1000 }, (_, i) => `src/**/dir${i}/**/*.{ts,tsx}`);
    const scope = compileScope({ change, avoid: change.map((pattern) => pattern.replace('{ts,tsx}', 'js')) });
    for (let i = 0; i < 1500; i++) {
      assert.equal(scope.judge(`src/a/dir${i}/b/file.ts`), i < 1000 ? 'in' : 'outside');
      assert.equal(scope.judge(`src/a/dir${i}/b/file.js`), i < 1000 ? 'avoided' : 'outside');
    }
  });

  it('stays right when its cache is full', () => {
    // The position of the last `a` among sixteen characters makes 2^16 sets of states.
    const scope = compileScope({ change: [`*a${'?'.repeat(15)}`], avoid: [] });
    let seed = 1;
    for (let round = 0; round < 400; round++) {
      let path = '';
      for (let i = 0; i < 80; i++) {
        seed = (seed * 48271) % 2147483647;
        path += seed % 2 === 0 ? 'a' : 'b';
      }
      assert.equal(scope.judge(path) === 'in', path.at(-16) === 'a');
    }
  });
});

describe('compileScope', () => {
  it('lets `avoid` win, and says which pattern decided', () => {
    const scope = compileScope({ change: ['src/**', 'src/http'], avoid: ['src/auth/**'] });
    assert.deepEqual(
      ['src/a', 'src/auth/a', 'lib/a'].map((path) => [scope.judge(path), scope.decidedBy(path)]),
      [
        ['in', 'src/**'],
        ['avoided', 'src/auth/**'],
        ['outside', null],
      ],
    );
  });

  it('knows when the change patterns match the whole repository', () => {
    const whole = (...change: string[]): boolean => compileScope({ change, avoid: ['x'] }).matchesWholeRepository;
    for (const change of [['**'], ['**/*'], ['.'], ['./'], ['*', '*/**'], ['?', '??*', 'src', '*/**'], ['**/?*']]) {
      assert.ok(whole(...change), change.join(' '));
    }
    for (const change of [['src'], ['**/*.*'], ['*'], ['*/**/*'], ['**/??*'], ['src/**', 'test/**']]) {
      assert.ok(!whole(...change), change.join(' '));
    }
  });

  it('throws for the first wrong pattern', () => {
    assert.throws(() => compileScope({ change: ['a'], avoid: ['../b'] }), /contains `\.\.`/);
  });
});

describe('scopesOverlap', () => {
  const overlap = (one: string[], other: string[], avoid: string[] = []): boolean =>
    scopesOverlap({ change: one, avoid }, { change: other, avoid: [] });

  it('is exact about patterns', () => {
    assert.ok(overlap(['src/**/*.ts'], ['src/http']));
    assert.ok(overlap(['*.ts'], ['a*']));
    assert.ok(!overlap(['*.ts'], ['*.js']));
    assert.ok(!overlap(['src/a'], ['src/b', 'src/ab']));
    assert.ok(!overlap(['src/**/*.ts'], ['src/http'], ['src/http']));
    assert.ok(!overlap(['src'], []));
  });

  it('finds every overlap that a path shows', () => {
    fc.assert(
      fc.property(patternText, patternText, pathText, (one, other, path) => {
        fc.pre(referenceMatch(one, path) && referenceMatch(other, path));
        assert.ok(overlap([one], [other]));
      }),
    );
  });

  it('gives up in favour of a warning', () => {
    // No path is in both, but to know it takes more sets of states than are walked.
    const hard = Array.from({ length: 12 }, (_, i) => `*${'a'.repeat(i)}b${'?'.repeat(15)}`);
    assert.ok(overlap(hard, ['*.zz/x']));
  });
});
