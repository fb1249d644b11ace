/** Readers of Python, Ruby, PHP and Deno under arbitrary input: they read, or say that something is unreadable. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatOf } from '../../../../src/core/drift/dependencies/formats';

const VALID: readonly (readonly [path: string, text: string])[] = [
  [
    'requirements.txt',
    'alpha[x]>=1; python_version < "3" \\\n  --hash=sha256:1\n-e git+https://git.example/b#egg=b\n-r c.txt # d\n',
  ],
  ['constraints.txt', 'alpha<2\n'],
  [
    'pyproject.toml',
    '[project]\ndependencies = ["a>=1"]\n[tool.poetry.dependencies]\nb = { git = "x" }\n[[tool.uv.index]]\nurl = "u"\n',
  ],
  ['uv.toml', '[[index]]\nurl = "u"\n'],
  ['Pipfile', '[packages]\na = { version = "*", extras = ["b"] }\n'],
  ['Pipfile.lock', '{"default": {"a": {"version": "==1", "hashes": ["sha256:1"]}}}'],
  [
    'setup.cfg',
    '[options]\ninstall_requires =\n  a>=1\n  b; python_version<"3"\n[options.extras_require]\nx = file: y\n',
  ],
  [
    'setup.py',
    'import setuptools\nsetuptools.setup(install_requires=["a" ">=1", b], extras_require={"x": ("y",)}, **z)\n',
  ],
  [
    'poetry.lock',
    '[[package]]\nname = "a"\nversion = "1"\nfiles = [{file = "a.whl", hash = "sha256:1"}]\n[package.dependencies]\nb = "*"\n',
  ],
  [
    'uv.lock',
    'version = 1\n[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "u" }\nwheels = [{ url = "u", hash = "h" }]\n',
  ],
  ['pdm.lock', '[[package]]\nname = "a"\nversion = "1"\ndependencies = ["b>1"]\nfiles = [{url = "u", hash = "h"}]\n'],
  [
    'pylock.toml',
    'lock-version = "1.0"\n[[packages]]\nname = "a"\n[packages.sdist]\nurl = "u"\nhashes = {sha256 = "1"}\n',
  ],
  ['pip.conf', '[global]\nindex-url = u\n  v\n'],
  ['environment.yml', 'channels: [x]\ndependencies:\n  - a=1\n  - pip:\n    - b==1\n'],
  ['conda-lock.yml', 'version: 1\npackage:\n- name: a\n  version: 1\n  url: u\n  hash: {md5: 1}\n'],
  [
    'Gemfile',
    'source "u"\ngroup :a, :b do |x|\n  gem "c", %w[1 2], git: "d" if y\nend\nz = <<~E\n  t\nE\nw = /r/ / 2\n',
  ],
  ['a.gemspec', 'Gem::Specification.new do |s|\n  s.add_dependency(%q<a>, ["1", "2"]) unless x\nend\n'],
  [
    'Gemfile.lock',
    'GIT\n  remote: u\n  revision: r\n  specs:\n    a (1-x)\n      b (>= 1)\n\nCHECKSUMS\n  a (1-x) sha256=1\n\nPLATFORMS\n  ruby\n',
  ],
  [
    'composer.json',
    '{"require": {"a/b": "^1"}, "scripts": {"post-install-cmd": ["@c"], "c": "d"}, "repositories": [{"url": "u"}]}',
  ],
  [
    'composer.lock',
    '{"packages": [{"name": "a/b", "version": "1", "dist": {"url": "u", "reference": "r"}, "require": {"c/d": "*"}}]}',
  ],
  ['deno.json', '{"imports": {"a": "npm:a@1", "b": "https://x/b@1/c"}, "scopes": {"d": {"e": "jsr:@e/f"}}, // g\n}'],
  [
    'deno.lock',
    '{"version": "5", "npm": {"a@1_b@2": {"integrity": "i", "dependencies": ["b"]}}, "remote": {"https://x/b@1/c": "h"}}',
  ],
  ['bunfig.toml', '[install]\nregistry = "u"\n[install.scopes]\na = { url = "u" }\n'],
  ['bower.json', '{"dependencies": {"a": "b#1"}}'],
  ['.bowerrc', '{"registry": "u"}'],
];

const read = async (path: string, text: string) => {
  const format = formatOf(path);
  assert.ok(format && 'read' in format, path);
  try {
    await format.read(text, path);
    return 'read';
  } catch (error) {
    if (!(error instanceof Error && ['Unreadable', 'RangeError'].includes(error.name))) throw error;
    return 'refused';
  }
};

describe('readers of Python, Ruby, PHP and Deno', () => {
  for (const [path, valid] of VALID) {
    const mutated = fc
      .tuple(fc.nat(valid.length), fc.nat(30), fc.string({ unit: 'binary', maxLength: 12 }))
      .map(([at, length, insert]) => valid.slice(0, at) + insert + valid.slice(at + length));
    const signs = fc.string({ unit: fc.constantFrom(...`{}[]()<>"'\`%|#/\\=:;,.@-~ \n\tabdo1`), maxLength: 80 });

    it(`${path}: read what is valid`, async () => assert.equal(await read(path, valid), 'read'));
    it(`${path}: read any text, or refuse it`, async () => {
      const text = fc.oneof(mutated, mutated, signs, fc.string({ unit: 'binary' }), fc.json());
      await fc.assert(
        fc.asyncProperty(text, async (any) => void (await read(path, any))),
        { numRuns: 120 },
      );
    });
  }

  /** Deep enough for a reader that recurses to run out of stack, and long enough to be felt where a sign costs more each time. */
  const MANY = 10_000;
  /** As many of what is whole by itself: a line, a word, a table. */
  const SOME = 2_500;
  const bombs: readonly (readonly [string, string])[] = [
    ['brackets', '['.repeat(MANY)],
    ['brackets that close', '['.repeat(MANY) + ']'.repeat(MANY)],
    ['a call of brackets', `gem "a", ${'['.repeat(MANY)}${']'.repeat(MANY)}\n`],
    ['quotes', `"'`.repeat(MANY)],
    ['spaces', `a${' '.repeat(MANY)}b`],
    ['line continuations', 'a \\\n'.repeat(SOME)],
    ['one long line', `https://${'.git@'.repeat(MANY)}/x y\n`],
    ['one long name', `${'a-'.repeat(MANY)}!\n`],
    ['words', `-e ${'x '.repeat(SOME)}\n`],
    ['options', `${'-i u '.repeat(SOME)}\n`],
    ['slashes', `x ${'/ '.repeat(MANY)}`],
    ['heredocs', `${'x <<A, '.repeat(MANY)}\nA\n`],
    ['percent signs', '%('.repeat(MANY)],
    ['blocks', 'group :a do\n'.repeat(SOME)],
    ['dotted keys', `[${Array.from({ length: MANY }, () => 'a').join('.')}]\n`],
    ['tables of a name', '[[package]]\nname = "a"\nversion = "1"\n'.repeat(SOME / 5)],
    ['colons', `[x]\n${'a:'.repeat(MANY)}\n`],
    ['comments', 'alpha==1 # via\n'.repeat(SOME)],
  ];
  for (const [what, text] of bombs) {
    it(`survive ${what}`, async () => {
      for (const [path] of VALID) assert.match(await read(path, text), /^(?:read|refused)$/);
    });
  }
});
