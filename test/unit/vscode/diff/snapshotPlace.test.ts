import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type PlaceParts,
  partsOf,
  placeOf,
  type Side,
  SNAPSHOT_SCHEME,
} from '../../../../src/vscode/diff/snapshotPlace';

const HOSTILE = [
  'src/plain file.ts',
  'a\nb.ts',
  '100%.ts',
  '%0A.ts',
  '%u0041.ts',
  'a#b?c&d=e.ts',
  '\u001b[31mred.ts',
  ' leading',
  'trailing /x',
  '../up',
  'a/./b/..',
  '...',
  'back\\slash',
  'пример/例/ä.md',
  '\u202etxt.exe',
  'a//b',
  '/rooted',
  'folder/',
  '\ud800.ts',
  '\ufffd',
  'فایل\u200cها.txt',
  '-rf',
  'C:\\x',
  'x\u00a0y',
];

/** What VS Code makes of a URI when it keeps it: text, and back (RFC 3986, everything else encoded). */
function kept({ scheme, path, query }: PlaceParts): PlaceParts {
  const encode = (text: string) => text.split('/').map(encodeURIComponent).join('/');
  const url = new URL(`${scheme}:${encode(path)}?${encode(query)}`);
  return {
    scheme: url.protocol.slice(0, -1),
    path: decodeURIComponent(url.pathname),
    query: decodeURIComponent(url.search.slice(1)),
  };
}

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
const path = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(...'a%./\\ \n#?u0Dd\u202e\ud83d\ude00\u00e4'), minLength: 1, maxLength: 30 }),
  text,
);
const at = fc.oneof(fc.constant('base' as const), fc.constant('none' as const), fc.integer({ min: 1, max: 10_000 }));

describe('the name of a snapshot’s file', () => {
  it('finds the same file again, whatever the file is called, also after a reload', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-z]{1,20}$/), at, path, (task, side, file) => {
        const parts = partsOf({ task, at: side, path: file });
        assert.deepEqual(placeOf(parts), { task, at: side, path: file });
        assert.deepEqual(placeOf(kept(parts)), { task, at: side, path: file });
      }),
      { numRuns: 2_000, examples: HOSTILE.map((file): [string, Side, string] => ['1m81m33yh19z', 2, file]) },
    );
  });

  it('holds nothing that an editor obeys, hides or tidies away', () => {
    fc.assert(
      fc.property(path, (file) => {
        const { path: shown } = partsOf({ task: 't', at: 'base', path: file });
        assert.doesNotMatch(shown, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\\#?]/);
        assert.doesNotMatch(shown, /^\/\/|\/\/|\/$|\/\.{1,2}(\/|$)/);
        assert.doesNotThrow(() => encodeURIComponent(shown));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the path itself where that is harmless, so that both sides of a difference look alike', () => {
    const [base, turn] = [
      partsOf({ task: 't', at: 'base', path: 'src/ä b.ts' }),
      partsOf({ task: 't', at: 3, path: 'src/ä b.ts' }),
    ];
    assert.equal(base.path, '/src/ä b.ts');
    assert.equal(turn.path, base.path);
    assert.notEqual(turn.query, base.query);
  });

  it('of somebody else is none', () => {
    const good = partsOf({ task: 't', at: 1, path: 'a' });
    const wrong: PlaceParts[] = [
      { ...good, scheme: 'file' },
      { ...good, path: '/' },
      { ...good, path: '/%' },
      { ...good, path: '/%zz' },
      { ...good, path: '/%FF' },
      ...[
        '',
        'task=t',
        'at=1',
        'task=&at=1',
        'task=t&at=0',
        'task=t&at=-1',
        'task=t&at=10001',
        'task=t&at=1.5',
        'task=t&at=head',
      ].map((query) => ({ ...good, query })),
    ];
    for (const parts of wrong) assert.equal(placeOf(parts), null, JSON.stringify(parts));
    assert.equal(SNAPSHOT_SCHEME, good.scheme);
  });
});
