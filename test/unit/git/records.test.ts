import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseChanges } from '../../../src/node/git/diff';
import { folderName } from '../../../src/node/git/folderName';
import { PatchScan } from '../../../src/node/git/patch';
import { formatConfig } from '../../../src/node/git/userConfig';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const NONE = '0'.repeat(40);

describe('records of diff-tree', () => {
  it('are raw entries first and counts after, with both names of a rename', () => {
    const records = [
      `:100644 100755 ${A} ${B} M`,
      'x',
      `:100644 100644 ${A} ${A} R100`,
      'old\tname',
      ':new',
      `:000000 120000 ${NONE} ${B} A`,
      'link',
      '3\t1\tx',
      '0\t0\t',
      'old\tname',
      ':new',
      '-\t-\tlink',
    ];
    const changes = parseChanges(records);
    assert.deepEqual(
      changes.map((change) => [change.status, change.path, change.oldPath, change.insertions, change.deletions]),
      [
        ['M', 'x', null, 3, 1],
        ['R', ':new', 'old\tname', 0, 0],
        ['A', 'link', null, null, null],
      ],
    );
    assert.deepEqual([changes[2]!.oldMode, changes[2]!.oldOid, changes[2]!.newMode], [null, null, '120000']);
  });

  it('of another form are refused', () => {
    for (const records of [[':1 2 3'], [`:100644 100644 ${A} ${B} X`, 'x'], [`:100644 100644 ${A} ${B} M`], ['junk']]) {
      assert.throws(() => parseChanges(records), { code: 'GIT_FAILED' });
    }
  });
});

describe('the scan of a patch', () => {
  const patch = [
    'diff --git a/x b/x',
    `index ${A}..${B} 100644`,
    '--- a/x',
    '+++ b/x',
    '@@ -2 +2,3 @@ context',
    '-gone',
    '+one',
    '+@@ -1 +1 @@',
    `+index ${B}..${A}`,
    '@@ -9,0 +12 @@',
    '+last',
    '\\ No newline at end of file',
    'diff --git a/y b/y',
    'new file mode 100644',
    `index ${NONE}..${A}`,
    '@@ -0,0 +1 @@',
    '+new',
  ].join('\n');
  const expected = [
    { line: 2, text: 'one' },
    { line: 3, text: '@@ -1 +1 @@' },
    { line: 4, text: `index ${B}..${A}` },
    { line: 12, text: 'last' },
  ];

  it('finds the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: patch.length })), (cuts) => {
        const scan = new PatchScan();
        const ends = [...cuts.sort((a, b) => a - b), patch.length];
        let from = 0;
        for (const end of ends) {
          scan.take(Buffer.from(patch.slice(from, end)));
          from = end;
        }
        scan.end();
        assert.deepEqual(scan.linesOf(A, B), expected);
        assert.deepEqual(scan.linesOf(null, A), [{ line: 1, text: 'new' }]);
        assert.deepEqual(scan.linesOf(B, B), []);
      }),
    );
  });

  it('keeps only the beginning of a line without end, and goes on after it', () => {
    const scan = new PatchScan();
    scan.take(Buffer.from(`index ${NONE}..${B}\n@@ -0,0 +1,2 @@\n+`));
    for (let i = 0; i < 40; i++) scan.take(Buffer.alloc(10_000, 'x'));
    scan.take(Buffer.from('\n+next\n'));
    scan.end();
    const [long, next] = scan.linesOf(null, B);
    assert.ok(long!.text.length >= 60_000 && long!.text.length <= 80_000);
    assert.deepEqual(next, { line: 2, text: 'next' });
  });
});

describe('text that we write for git', () => {
  it('quotes subsections and values', () => {
    const text = formatConfig([
      ['core.autocrlf', 'true'],
      ['filter.a "b"\\c.d.clean', 'run "x" \\ # no comment\nnext'],
    ]);
    assert.equal(
      text,
      '[core]\n\tautocrlf = "true"\n[filter "a \\"b\\"\\\\c.d"]\n\tclean = "run \\"x\\" \\\\ # no comment\\nnext"\n',
    );
  });

  it('makes any name fit to be one folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        assert.match(folderName(name), /^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u);
      }),
    );
    assert.equal(folderName('a pläce/..'), 'a-pläce');
    assert.equal(folderName('../..'), 'repository');
  });
});
