import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBrief } from '../../../src/core/brief/parse';
import { compileScope } from '../../../src/core/brief/scope';
import { pathsOf } from '../../../src/core/drift/changes';
import type { Change } from '../../../src/core/drift/diff';
import { choicesOf } from '../../../src/core/review/afterwards/choices';
import { pathsToSplit } from '../../../src/core/review/afterwards/split';
import { splitBrief } from '../../../src/core/review/afterwards/splitBrief';
import { COMMIT, sampleBrief } from './sample';

const change = (status: Change['status'], path: string, oldPath: string | null = null): Change => ({
  status,
  path,
  oldPath,
  oldMode: status === 'A' ? null : '100644',
  newMode: status === 'D' ? null : '100644',
  oldOid: status === 'A' ? null : '1'.repeat(40),
  newOid: status === 'D' ? null : '2'.repeat(40),
  insertions: 1,
  deletions: 0,
});
const refused = (message: RegExp) => ({ code: 'SPLIT_REFUSED', message });

describe('what is split off', () => {
  const changes = [change('M', 'src/a'), change('R', 'lib/new', 'src/old'), change('A', 'lib/b'), change('D', 'gone')];

  it('is what is named, or what no pattern keeps, with both sides of a rename', () => {
    assert.deepEqual(pathsToSplit(changes, { paths: ['src/old'], keep: [] }), ['lib/new', 'src/old']);
    assert.deepEqual(pathsToSplit(changes, { paths: [], keep: ['src/**'] }), ['lib/b', 'gone']);
    assert.deepEqual(pathsToSplit(changes, { paths: ['src/a'], keep: ['src/**', 'lib/**'] }), ['src/a', 'gone']);
  });

  it('is never nothing, and never all of it', () => {
    assert.throws(() => pathsToSplit(changes, { paths: [], keep: ['**'] }), refused(/nothing would be/));
    assert.throws(() => pathsToSplit(changes, { paths: [], keep: ['other/**'] }), refused(/everything would be/));
    assert.throws(() => pathsToSplit(changes, { paths: ['x\n'], keep: [] }), refused(/did not change x\\n/));
    assert.throws(() => pathsToSplit(changes, { paths: [], keep: ['../x'] }), { code: 'PATTERN_INVALID' });
  });

  it('leaves every change whole', () => {
    const name: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const some = fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'M', 'D', 'R'), name), { selector: ([, path]) => path });
    fc.assert(
      fc.property(some, fc.array(name), (made, keep) => {
        const all = made.map(([status, path]) => change(status, path, status === 'R' ? `old-${path}` : null));
        let off: readonly string[];
        try {
          off = pathsToSplit(all, { paths: [], keep: keep.length === 0 ? ['none'] : keep });
        } catch {
          return;
        }
        const gone = new Set(off);
        for (const one of all) {
          const own = pathsOf(one).filter((path) => gone.has(path));
          assert.ok(own.length === 0 || own.length === pathsOf(one).length);
          assert.equal(own.length > 0, !keep.includes(one.path));
        }
      }),
    );
  });
});

describe('the brief of what was split off', () => {
  const off = { task: 'T1', title: 'Retry', brief: sampleBrief(), commit: COMMIT, turn: 1 };

  it('is a draft with the paths for its scope, the checks, and where the work is', () => {
    const text = splitBrief({ ...off, paths: ['src/config.ts', "it's.txt"] });
    const brief = parseBrief(text, 'brief.md');
    assert.deepEqual(brief.front.scope, {
      ...brief.front.scope,
      change: ['src/config.ts', "it's.txt"],
      avoid: ['src/auth/**'],
    });
    assert.deepEqual(
      brief.front.checks.map(({ name, run }) => [name, run]),
      [['tests', 'npm test']],
    );
    assert.deepEqual([brief.front.approval.allow, brief.front.agent], [[], undefined]);
    assert.equal(brief.front.reviewer, 'Reviewer <reviewer@example.com>');
    assert.match(brief.goal, /split off "Retry"/);
    assert.match(brief.context, /task T1, whose goal was: Retry idempotent requests/);
    assert.match(text, new RegExp(`git restore --source=${COMMIT} -- 'src/config.ts' 'it'\\\\''s.txt'`));
    assert.match(text, /refs\/countersign\/T1\/1/);
  });

  it('does not forbid what it asks for', () => {
    const { front } = parseBrief(splitBrief({ ...off, paths: ['src/auth/login.ts'] }), 'brief.md');
    assert.deepEqual(front.scope.avoid, []);
    assert.equal(compileScope(front.scope).judge('src/auth/login.ts'), 'in');
  });

  it('parses whatever the paths, the title and the goal are', () => {
    const outside = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.constantFrom('---', '## Goal', '<!-- x', '# x: {', 'a*b?{c}', '- [ ] x', '"\\', '\u202e', "'; rm -rf ~"),
    );
    const aPath = outside.filter((path) => !/[\u0000\\]|^\/|(^|\/)\.{0,2}(\/|$)/.test(path));
    fc.assert(
      fc.property(fc.uniqueArray(aPath, { minLength: 1, maxLength: 5 }), outside, outside, (paths, title, goal) => {
        const text = splitBrief({ ...off, title, brief: sampleBrief({ goal }), paths });
        const { front, goal: read, criteria } = parseBrief(text, 'brief.md');
        assert.equal(front.scope.change.length, paths.length);
        assert.match(read, /^Do by itself what was split off/);
        assert.equal(criteria.length, 2);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is left when the corrections are spent', () => {
  const subject = { id: 'T1', state: 'ready', corrections: { used: 1, allowed: 1 }, takenOver: null };

  it('is exactly this, with the reason why something is not possible now', () => {
    assert.deepEqual(
      choicesOf(subject, 2).map(({ choice, why }) => [choice, why]),
      [
        ['sign-off', '2 decisions are open'],
        ['take-over', null],
        ['split', null],
        ['reject', null],
      ],
    );
    const taken = choicesOf({ ...subject, takenOver: { by: 'Ann' } }, 0);
    assert.deepEqual(
      taken.map(({ why }) => why),
      ['Ann has taken it over', 'Ann has taken it over', 'Ann has taken it over', null],
    );
    assert.deepEqual(choicesOf({ ...subject, corrections: { used: 0, allowed: 1 } }, 0), []);
    assert.deepEqual(choicesOf({ ...subject, state: 'signed' }, 0), []);
  });
});
