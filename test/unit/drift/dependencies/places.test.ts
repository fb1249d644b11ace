/** Where a package comes from, told apart from which version of it. */
import assert from 'node:assert/strict';
import { placeOf } from '../../../../src/core/drift/dependencies/origin';
import { driftOf, said } from '../memoryTree';

const manifest = (spec: string) => ({ 'src/package.json': JSON.stringify({ dependencies: { alpha: spec } }) });
const moved = async (was: string, now: string) => said(await driftOf({ base: manifest(was), head: manifest(now) }));

describe('the place of a dependency', () => {
  for (const [text, place] of [
    ['git+https://example.com/a/b.git#v1', 'git+https://example.com/a/b'],
    ['git+ssh://git@example.com/a/b.git?rev=1#2', 'git+ssh://git@example.com/a/b'],
    ['git+https://example.com/a/b@v1.2', 'git+https://example.com/a/b'],
    ['git@example.com:a/b.git', 'git@example.com:a/b'],
    ['github:owner/name#main', 'github:owner/name'],
    ['owner/name', 'owner/name'],
    ['{ git = "https://example.com/a/b", tag = "1" }', 'https://example.com/a/b'],
    ['^1.0.0', null],
    ['../path', null],
    ['', null],
  ] as const) {
    it(text || '(nothing)', () => assert.equal(placeOf(text), place));
  }

  it('is the same for another tag of the same repository', async () => {
    const was = 'git+https://example.com/a/b.git#v1';
    assert.deepEqual(await moved(was, 'git+https://example.com/a/b.git#v2'), ['block deps/changed src/package.json']);
  });

  for (const [was, now] of [
    ['^1.0.0', 'git+https://example.com/a/b.git#v1'],
    ['git+https://example.com/a/b.git#v1', 'git+https://example.com/evil/b.git#v1'],
    ['owner/name#v1', 'other/name#v1'],
    ['https://example.com/a-1.0.0.tgz', 'https://example.com/a-1.0.1.tgz'],
    ['file:../a', 'file:../b'],
  ] as const) {
    it(`is another one: ${was} → ${now}`, async () => {
      const both = ['block deps/changed src/package.json', 'block deps/source src/package.json'];
      assert.deepEqual((await moved(was, now)).sort(), both);
    });
  }
});
