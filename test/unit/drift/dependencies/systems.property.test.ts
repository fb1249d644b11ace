/** Readers of Cargo, Go, Apple's, native, BEAM and Dart files under arbitrary input: they read it, or refuse it. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatOf } from '../../../../src/core/drift/dependencies/formats';
import { staysInside } from '../../../../src/core/drift/dependencies/repositoryPath';
import { driftOf } from '../memoryTree';

/** A valid file of each format, with every construct that has a reader of its own. */
const VALID: Readonly<Record<string, string>> = {
  'Cargo.toml':
    '[package]\nname = "a"\nbuild = "build.rs"\n[dependencies]\nx = "1"\ny = { version = "1", features = ["z"], path = "../y" }\n[target."cfg(unix)".dependencies]\nz = "0.1"\n[patch.crates-io]\nx = { git = "https://git.example.com/x" }\n',
  'Cargo.lock':
    'version = 4\n[[package]]\nname = "x"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "01"\ndependencies = ["y 1.0.0"]\n[[package]]\nname = "y"\nversion = "1.0.0"\n',
  '.cargo/config.toml':
    '[source.crates-io]\nreplace-with = "v"\n[build]\nrustc-wrapper = "x"\n[registries.a]\nindex = "b"\n',
  'go.mod':
    'module example.com/a\ngo 1.22\nrequire (\n\texample.com/x v1.0.0 // indirect\n)\nreplace example.com/x v1.0.0 => ../x\nexclude example.com/y v1.0.0\ntool example.com/z\n',
  'go.sum': 'example.com/x v1.0.0 h1:aa=\nexample.com/x v1.0.0/go.mod h1:bb=\n',
  'Package.swift':
    'let package = Package(name: "a", dependencies: [.package(url: "https://github.com/example/x", from: "1.0.0"), .package(path: "../y")], targets: [.binaryTarget(name: "b", url: "https://example.com/b.zip", checksum: "1")]) /* /* */ */ // "\n',
  'Package.resolved':
    '{"version":2,"pins":[{"identity":"x","kind":"remoteSourceControl","location":"https://github.com/example/x.git","state":{"revision":"1","version":"1.0.0"}}]}',
  Podfile:
    "source 'https://cdn.cocoapods.org/'\ntarget 'App' do\n  pod 'X', '~> 1.0', :git => \"https://#{h}/x\"\n  pod(\n    'Y'\n  )\nend\npost_install do |i|\n  puts i\nend\n",
  'Podfile.lock':
    'PODS:\n  - X (1.0):\n    - Y/Z (~> 1.0)\n  - Y/Z (1.0)\nEXTERNAL SOURCES:\n  X:\n    :git: https://git.example.com/x\nSPEC CHECKSUMS:\n  X: "1"\n',
  'A.podspec':
    "Pod::Spec.new do |s|\n  s.name = 'A'\n  s.dependency 'X', '~> 1.0'\n  s.prepare_command = <<-C\n    x\n  C\nend\n",
  Cartfile: 'github "example/x" ~> 1.0 # why\nbinary "https://example.com/x.json" == 1.0\n',
  'Cartfile.resolved': 'github "example/x" "v1.0"\n',
  'CMakeLists.txt':
    'set(V "1") # x\n#[[ y ]]\nFetchContent_Declare(x GIT_REPOSITORY https://github.com/example/x GIT_TAG v1)\nCPMAddPackage("gh:example/y@1.0#z")\nfile(DOWNLOAD https://example.com/z [==[z]==] EXPECTED_HASH SHA256=1)\n',
  'vcpkg.json':
    '{"dependencies":["x",{"name":"y","version>=":"1","features":["z"]}],"overrides":[{"name":"x","version":"1"}]}',
  'vcpkg-configuration.json':
    '{"default-registry":{"kind":"git","repository":"https://git.example.com/r","baseline":"1"}}',
  'conanfile.txt': '[requires]\nx/1.0@a/b#c # why\n[options]\nx:y=1\n',
  'conanfile.py':
    'class A(ConanFile):\n    requires = ("x/1.0", "private"), "y/1.0"\n    def requirements(self):\n        self.requires(f"x/{y}")\n',
  'conan.lock': '{"version":"0.5","requires":["x/1.0@a/b#c%1.0"]}',
  'mix.exs':
    'defmodule A do\n  @v "~> 1.0"\n  def project, do: [deps: deps()]\n  defp deps do\n    [{:x, @v, only: [:dev]}, {:"y", git: "https://#{h}/y"}, {:z, ~s(1)}]\n  end\nend\n',
  'mix.lock':
    '%{\n  "x": {:hex, :x, "1.0.0", "aa", [:mix], [{:y, "~> 1.0", [hex: :y]}], "hexpm", "bb"},\n  "y": {:git, "https://git.example.com/y", "01", []},\n}\n',
  'rebar.config':
    '{deps, [x, {y, "1.0"}, {\'z\', {git, "https://git.example.com/z", {tag, "1"}}}]}. % why\n{profiles, [{test, [{deps, [m]}]}]}.\n',
  'rebar.lock': '{"1.2.0",\n[{<<"x">>,{pkg,<<"x">>,<<"1.0">>},0}]}.\n[{pkg_hash,[{<<"x">>, <<"AA">>}]}].\n',
  'pubspec.yaml':
    'name: a\ndependencies:\n  x: ^1.0\n  y: {git: {url: https://git.example.com/y, ref: z}}\n  z:\n    hosted: https://pub.example.com\n',
  'pubspec.lock':
    'packages:\n  x:\n    dependency: "direct main"\n    description: {name: x, sha256: aa, url: "https://pub.dev"}\n    source: hosted\n    version: "1.0.0"\n',
};
const PATHS = Object.keys(VALID);

const read = (path: string, text: string) => {
  const format = formatOf(path);
  assert.ok(format && 'read' in format, path);
  return format.read(text, path);
};
const isReadOrRefused = async (path: string, text: string) => {
  try {
    await read(path, text);
  } catch (error) {
    if (!(error instanceof Error && ['Unreadable', 'RangeError'].includes(error.name))) throw error;
  }
};

/** A valid file with a stretch cut out, doubled or replaced. */
const mutated = (text: string) => {
  const sign = fc.constantFrom(
    '"',
    "'",
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '#',
    '#{',
    '\\(',
    '/*',
    '\n',
    ',',
    ':',
    '=',
    '${',
    '[[',
    '~',
  );
  const insert = fc.oneof(sign, fc.string({ unit: 'binary', maxLength: 20 }));
  return fc
    .tuple(fc.nat(text.length), fc.nat(30), insert)
    .map(([at, length, more]) => text.slice(0, at) + more + text.slice(at + length));
};

describe('readers of system ecosystems', () => {
  for (const [path, valid] of Object.entries(VALID)) {
    it(`${path}: read what is valid`, async () => {
      assert.ok(await read(path, valid));
      // What is the same on both sides is no finding, whatever it says.
      const same = await driftOf({ change: ['**/*'], base: { [path]: valid }, head: { [path]: `${valid}\n` } });
      assert.deepEqual(
        same.findings.filter(({ rule }) => rule.startsWith('deps/') && rule !== 'deps/unparsed'),
        [],
      );
    });

    it(`${path}: read any text, or refuse it`, async () => {
      const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), mutated(valid));
      await fc.assert(
        fc.asyncProperty(text, (each) => isReadOrRefused(path, each)),
        { numRuns: 200 },
      );
    });
  }

  /** Deep enough for a reader that recurses to run out of stack, and long enough to be felt where a sign costs more each time. */
  const many = (piece: string, count = 20_000) => piece.repeat(count);
  /** As many of what is whole by itself: a line, an entry, a package. */
  const some = (piece: string, count = 4_000) => piece.repeat(count);
  const bombs: readonly [string, string][] = [
    ['open brackets', many('[')],
    ['brackets in brackets', many('(', 10_000) + many(')', 10_000)],
    ['quotes', many('"', 20_001)],
    ['quotes and lines', some('"\n')],
    ['escapes that do not end', `"${many('\\', 20_001)}`],
    ['interpolations that do not end', many('"#{')],
    ['interpolations of Swift that do not end', many('"\\(')],
    ['comments that do not end', many('/*')],
    ['comments that nest', many('/*', 10_000) + many('*/', 10_000)],
    ['bracket comments of CMake', `FetchContent_Declare(x)${many('#[[ ')}`],
    ['brackets of CMake', `FetchContent_Declare(x ${many('[=')}`],
    [
      'variables of variables',
      `FetchContent_Declare(x)${Array.from({ length: 100 }, (_, at) => `set(V${at} "\${V${at + 1}}\${V${at + 1}}\${V${at + 1}}")`).join('\n')}FetchContent_Declare(y URL \${V0})`,
    ],
    ['calls of pod', some('pod ')],
    ['hooks without end', some('post_install do |x|\n')],
    ['brackets at the beginning of lines', some(')\n')],
    ['lists that go on', some('pod "a",\n')],
    ['tuples', `def deps do [${some('{:a, "1"},')}] end`],
    ['packages again and again', some('.package(url: "a", from: "1"),')],
    ['keys with many dots', `[${many('a.')}a]`],
    ['tables again and again', Array.from({ length: 1_000 }, (_, at) => `[a${at}.b]`).join('\n')],
    ['a version of signs', `[dependencies]\na = "${many('^~= ')}"`],
    ['spaces', `${many(' ')}x`],
    ['lines of spaces', some('   \n')],
    ['words of Go', `require ${many('x ')}`],
    ['lines of sums', some('example.com/x v1.0.0 h1:a=\n')],
    ['spaces in a line of Carthage', `github "a/b" ${many(' #')}`],
    ['sigils', many('~s(')],
    ['references of Conan', `[requires]\n${many('a.')}`],
    ['calls of a recipe', some('self.requires(', 1_000)],
    ['one package under one name', some('[[package]]\nname = "a"\nversion = "1"\ndependencies = ["a"]\n', 1_000)],
  ];
  for (const [what, text] of bombs) {
    it(`survive ${what}`, async () => {
      // Python's grammar recovers slowly, and has tests and limits of its own.
      const paths = PATHS.filter((path) => path !== 'conanfile.py' || text.length < 20_000);
      for (const path of paths) await isReadOrRefused(path, text);
    });
  }

  it('say something of a bomb, and never pass it over', async () => {
    for (const path of PATHS.filter((each) => !/Podfile$|podspec$/.test(each))) {
      const { findings } = await driftOf({
        change: ['**/*'],
        base: {},
        head: { [path]: `FetchContent_Declare(x ${many('(')}` },
      });
      assert.ok(
        findings.some(({ rule }) => rule === 'deps/unparsed'),
        path,
      );
    }
  });
});

describe('a path of a manifest', () => {
  const segment = fc.constantFrom('a', 'b', '.', '..', '');
  it('stays inside as long as no part of it climbs above the root', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), fc.nat(3), (segments, depth) => {
        const from = `${'x/'.repeat(depth)}file`;
        let at = depth;
        let isInside = segments[0] !== '' || segments.length < 2;
        for (const each of segments) {
          at += each === '..' ? -1 : each === '.' || each === '' ? 0 : 1;
          isInside &&= at >= 0;
        }
        assert.equal(staysInside(from, segments.join('/')), isInside);
      }),
    );
  });
});
