import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pathsOf } from '../../../src/core/drift/changes';
import type { Change } from '../../../src/core/drift/diff';
import { pathsToRevert } from '../../../src/core/review/revert';

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
const refused = (message: RegExp) => ({ code: 'REVERT_REFUSED', message });

describe('the paths of a revert', () => {
  const changes = [change('M', 'a'), change('R', 'new', 'old'), change('A', 'added'), change('D', 'gone')];

  it('are those that were named, with both sides of a rename', () => {
    assert.deepEqual(pathsToRevert(changes, ['gone', 'a', 'a']), ['a', 'gone']);
    assert.deepEqual(pathsToRevert(changes, ['old']), ['new', 'old']);
    assert.deepEqual(pathsToRevert(changes, ['new']), ['new', 'old']);
  });

  it('are refused when one did not change, by name', () => {
    assert.throws(() => pathsToRevert(changes, ['a', 'x\ny', 'z']), refused(/did not change x\\ny, z/));
    const many = Array.from({ length: 12 }, (_, n) => `n${n}`);
    assert.throws(() => pathsToRevert(changes, many), refused(/and 2 more/));
  });

  it('are refused while something else stands there', () => {
    const folder = [change('D', 'lib/in'), change('A', 'lib')];
    assert.throws(() => pathsToRevert(folder, ['lib/in']), refused(/lib\/in cannot come back while lib is there/));
    assert.deepEqual(pathsToRevert(folder, ['lib/in', 'lib']), ['lib/in', 'lib']);
    const file = [change('D', 'lib'), change('A', 'lib/in'), change('A', 'library')];
    assert.throws(() => pathsToRevert(file, ['lib']), refused(/lib cannot come back while lib\/in is there/));
    assert.deepEqual(pathsToRevert(file, ['lib/in']), ['lib/in'], 'what only goes is in nobody’s way');
    const renamed = [change('R', 'lib/in', 'lib')];
    assert.deepEqual(pathsToRevert(renamed, ['lib']), ['lib/in', 'lib']);
  });

  it('are refused when no line of the journal holds them', () => {
    const long = Array.from({ length: 100 }, (_, n) => change('A', `${n}/${'x'.repeat(4_000)}`));
    assert.throws(
      () =>
        pathsToRevert(
          long,
          long.map(({ path }) => path),
        ),
      refused(/too many/),
    );
  });

  it('hold every named path, and nothing that did not change', () => {
    const paths = fc.uniqueArray(fc.constantFrom('a', 'b', 'c/d', 'c/e', 'f g', 'h'), { minLength: 1 });
    fc.assert(
      fc.property(paths, fc.infiniteStream(fc.constantFrom('A', 'M', 'D', 'T')), paths, (all, statuses, named) => {
        const list = all.map((path) => change(statuses.next().value as Change['status'], path));
        let found: readonly string[];
        try {
          found = pathsToRevert(list, named);
        } catch {
          assert.ok(named.some((path) => !all.includes(path)));
          return;
        }
        assert.deepEqual([...found].sort(), [...new Set(named)].sort());
        assert.ok(found.every((path) => list.flatMap(pathsOf).includes(path)));
      }),
    );
  });
});
