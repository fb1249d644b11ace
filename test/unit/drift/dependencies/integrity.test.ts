/** Whether hashes agree, and purl of names. */
import assert from 'node:assert/strict';
import { integrityOf, isOtherForm, isSameIntegrity } from '../../../../src/core/drift/dependencies/integrity';
import { purlOf } from '../../../../src/core/drift/dependencies/purl';

describe('hashes', () => {
  const cases: readonly [string, string | null, string | null, boolean][] = [
    ['nothing was demanded', null, 'sha256:1', true],
    ['the same', 'sha256:1', 'sha256:1', true],
    ['another', 'sha256:1', 'sha256:2', false],
    ['none any more', 'sha256:1', null, false],
    ['one less', 'sha256:1 sha256:2', 'sha256:2', true],
    ['one more', 'sha256:1', 'sha256:1 sha256:2', false],
    ['only the weaker algorithm', 'sha512-a== sha1-b=', 'sha1-b=', false],
    ['another file', 'a.whl#sha256:1', 'a.whl#sha256:1 b.whl#sha256:2', true],
    ['one file less', 'a.whl#sha256:1 b.whl#sha256:2', 'b.whl#sha256:2', true],
    ['another hash of one file', 'a.whl#sha256:1 b.whl#sha256:2', 'a.whl#sha256:1 b.whl#sha256:3', false],
    ['other files only', 'a.whl#sha256:1', 'b.whl#sha256:1', false],
    ['another hash of one file among more', 'a.whl#md5:1 a.whl#sha256:2', 'a.whl#md5:1 a.whl#sha256:3', false],
  ];
  for (const [what, was, now, expected] of cases) {
    it(what, () => assert.equal(isSameIntegrity(was, now), expected));
  }

  it('are written in one order', () => {
    const files = [
      { name: 'b c', hash: '2' },
      { name: 'a', hash: '1' },
      { name: 'a', hash: '1' },
    ];
    assert.equal(integrityOf(files), 'a#1 b_c#2');
    assert.equal(integrityOf([]), null);
  });
});

describe('hashes of another kind', () => {
  for (const [was, now, isOther] of [
    ['sha1-aa', 'sha512-bb', true],
    ['sha512-aa', 'sha1-bb', false],
    ['sha512-aa', 'sha512-bb', false],
    ['sha512-aa', '10c0/bb', true],
    ['8/aa', '10c0/bb', false],
    ['h1:aa', 'zh:bb', false],
    ['aa/bb==', 'cc/dd==', false],
    ['10c0/aa', '10c0/bb', false],
    [null, 'sha512-bb', false],
    ['sha512-aa', null, false],
    ['sha256:aa', 'sha256:bb md5:cc', false],
  ] as const) {
    it(`${was} → ${now}: ${isOther}`, () => assert.equal(isOtherForm(was, now), isOther));
  }
});

describe('package URLs', () => {
  const cases: readonly [string, string, string][] = [
    ['npm', '@acme/x', 'pkg:npm/%40acme/x'],
    ['npm', 'jsr:@acme/x', 'pkg:jsr/%40acme/x'],
    ['composer', 'acme/x', 'pkg:composer/acme/x'],
    ['composer', 'ext-json', 'pkg:composer/ext-json'],
    ['pypi', 'x-y', 'pkg:pypi/x-y'],
    ['gem', 'x_y', 'pkg:gem/x_y'],
  ];
  for (const [type, name, expected] of cases) it(expected, () => assert.equal(purlOf(type, name), expected));
});
