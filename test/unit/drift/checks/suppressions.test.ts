/** Inline suppressions: what the change added, by syntax. */
import assert from 'node:assert/strict';
import { type CheckCase, change, kinds, told } from './harness';

const block = 'block checks/config';
const warn = 'warn checks/config';

describe('an inline suppression', () => {
  const rows: readonly (readonly [
    what: string,
    path: string,
    before: string,
    after: string,
    expected: string | null,
  ])[] = [
    ['eslint for the file', 'src/a.ts', 'a();\n', '/* eslint-disable */\na();\n', block],
    ['one rule of eslint for the file', 'src/a.ts', 'a();\n', '/* eslint-disable no-console */\na();\n', block],
    ['eslint for a stretch', 'src/a.ts', 'a();\n', '/* eslint-disable x */\na();\n/* eslint-enable x */\n', warn],
    ['eslint for a line', 'src/a.ts', 'a();\n', '// eslint-disable-next-line no-console\na();\n', warn],
    ['a rule set off in a comment', 'src/a.js', 'a();\n', '/* eslint eqeqeq: "off" */\na();\n', block],
    ['TypeScript for the file', 'src/a.ts', 'a();\n', '// @ts-nocheck\na();\n', block],
    ['TypeScript for a line', 'src/a.ts', 'a();\n', '// @ts-ignore\na();\n', warn],
    ['an expected error', 'src/a.tsx', 'a();\n', '// @ts-expect-error for now\na();\n', warn],
    ['coverage', 'src/a.js', 'a();\n', '/* istanbul ignore next */\na();\n', warn],
    ['coverage of the file', 'src/a.js', 'a();\n', '/* c8 ignore file */\na();\n', block],
    ['Biome', 'src/a.ts', 'a();\n', '// biome-ignore lint/x: why\na();\n', warn],
    ['the words in a string', 'src/a.ts', 'a();\n', 'a("eslint-disable // @ts-ignore");\n', null],
    ['the words in a template', 'src/a.ts', 'a();\n', 'a(`\n/* eslint-disable */\n`);\n', null],
    ['prose that names it', 'src/a.ts', 'a();\n', '// Linters that are disabled are listed here.\na();\n', null],
    ['mypy for a line', 'a.py', 'a()\n', 'a()  # type: ignore[attr]\n', warn],
    ['mypy for the file', 'a.py', 'a()\n', '# type: ignore\na()\n', block],
    ['mypy’s own words', 'a.py', 'a()\n', '# mypy: ignore-errors\na()\n', block],
    ['Ruff for the file', 'a.py', 'a()\n', '# ruff: noqa\na()\n', block],
    ['Flake8 for the file', 'a.py', 'a()\n', '# flake8: noqa\na()\n', block],
    ['noqa for a line', 'a.py', 'a()\n', 'a()  # noqa: E501\n', warn],
    ['noqa in a string', 'a.py', 'a()\n', 'a("# noqa")\n', null],
    ['Pyright for a line', 'a.py', 'a()\n', 'a()  # pyright: ignore[reportX]\n', warn],
    ['Pyright for the file', 'a.py', 'a()\n', '# pyright: basic, reportX=false\na()\n', block],
    ['Pylint', 'a.py', 'a()\n', 'a()  # pylint: disable=x\n', warn],
    ['no cover', 'a.py', 'a()\n', 'a()  # pragma: no cover\n', warn],
    ['lints of Rust for the file', 'src/lib.rs', 'fn a() {}\n', '#![allow(dead_code)]\nfn a() {}\n', block],
    ['a lint of Rust', 'src/lib.rs', 'fn a() {}\n', '#[allow(dead_code)]\nfn a() {}\n', warn],
    ['a doc comment that shows it', 'src/lib.rs', 'fn a() {}\n', '/// Use `#[allow(x)]`.\nfn a() {}\n', null],
    ['Go for a line', 'a.go', 'package a\n\nfunc b() {}\n', 'package a\n\nfunc b() {} //nolint:errcheck\n', warn],
    ['Go for the file', 'a.go', 'package a\n', 'package a //nolint\n', block],
    ['Java', 'A.java', 'class A {}\n', '@SuppressWarnings("unchecked")\nclass A {}\n', warn],
    ['Sonar', 'A.java', 'class A {}\n', 'class A {} // NOSONAR\n', warn],
    ['Kotlin for the file', 'A.kt', 'fun a() {}\n', '@file:Suppress("X")\nfun a() {}\n', block],
    ['Kotlin', 'A.kt', 'fun a() {}\n', '@Suppress("X")\nfun a() {}\n', warn],
    ['C#', 'A.cs', 'class A {}\n', '#pragma warning disable CS1591\nclass A {}\n', warn],
    ['C#, in a string', 'A.cs', 'class A {}\n', 'class A { string b = "// NOSONAR"; }\n', null],
    ['PHP for the file', 'a.php', '<?php\na();\n', '<?php // phpcs:disable\na();\n', block],
    ['RuboCop for the rest', 'a.rb', 'a\n', '# rubocop:disable Style/X\na\n', block],
    ['RuboCop for a stretch', 'a.rb', 'a\n', '# rubocop:disable X\na\n# rubocop:enable X\n', warn],
    ['RuboCop for a line', 'a.rb', 'a\n', 'a # rubocop:disable X\n', warn],
    ['SwiftLint for the file', 'a.swift', 'a()\n', '// swiftlint:disable all\na()\n', block],
    ['SwiftLint for a line', 'a.swift', 'a()\n', '// swiftlint:disable:next x\na()\n', warn],
    ['clang-tidy', 'a.cpp', 'int a;\n', 'int a; // NOLINT\n', warn],
    ['in a file of tests, with its rule', 'test/a.test.ts', 'a();\n', '/* eslint-disable no-console */\na();\n', warn],
    ['in a file of tests, for everything', 'test/a.test.ts', 'a();\n', '/* eslint-disable */\na();\n', block],
    [
      'in a generated file',
      'src/a.ts',
      'a();\n',
      '/* eslint-disable */\n// This file is auto-generated.\nb();\n',
      null,
    ],
    ['in a vendored file', 'vendor/a.js', 'a();\n', '/* eslint-disable */\na();\n', null],
    ['an old one', 'src/a.ts', '// @ts-ignore\na();\n', '// @ts-ignore\na();\nb();\n', null],
    ['an old one, indented anew', 'src/a.ts', '// @ts-ignore\na();\n', 'if (x) {\n  // @ts-ignore\n  a();\n}\n', null],
    ['an old one whose line was edited', 'a.py', 'a(1)  # noqa\n', 'a(2)  # noqa\n', null],
    [
      'an old one for a line that now covers the file',
      'a.py',
      'b()\na()  # type: ignore\n',
      '# type: ignore\nb()\na()\n',
      block,
    ],
    ['one removed', 'src/a.ts', '// @ts-ignore\na();\n', 'a();\n', null],
    ['a text that is no source', 'a.md', 'a\n', '<!-- eslint-disable -->\n', null],
  ];
  for (const [what, path, before, after, expected] of rows) {
    it(what, async () => {
      assert.deepEqual(await kinds(change(path, before, after)), expected === null ? [] : [`${expected} ${path}`]);
    });
  }

  for (const [what, path, text, expected] of [
    ['a rule of Kotlin', 'A.kt', '@file:Suppress("ktlint:filename")\nfun a() {}\n', warn],
    ['a rule of eslint', 'src/a.ts', '/* eslint-disable no-console */\na();\n', warn],
    ['all rules of eslint', 'src/a.ts', '/* eslint-disable */\na();\n', block],
    ['all lints of clippy', 'src/a.rs', '#![allow(clippy::all)]\nfn a() {}\n', block],
    ['types', 'src/a.ts', '// @ts-nocheck\na();\n', block],
    ['coverage', 'src/a.js', '/* c8 ignore file */\na();\n', block],
  ] as const) {
    it(`in a file that is new: ${what}`, async () =>
      assert.deepEqual(await kinds({ base: {}, head: { [path]: text } }), [`${expected} ${path}`]));
  }

  it('is told once for each kind in a file, with its number and first line', async () => {
    const given: CheckCase = {
      base: { 'a.py': 'a()\nb()\n' },
      head: { 'a.py': 'a()  # noqa: E1\nb()  # noqa: E2\nc()  # type: ignore\n' },
    };
    assert.deepEqual(await told(given), [
      'warn checks/config a.py: noqa ×2: a()  # noqa: E1',
      'warn checks/config a.py: type: ignore: c()  # type: ignore',
    ]);
  });

  it('that moved to another file is not new', async () => {
    const given: CheckCase = {
      base: { 'src/a.ts': '// @ts-ignore the types lag\na();\n', 'src/b.ts': 'b();\n' },
      head: { 'src/a.ts': 'c();\n', 'src/b.ts': 'b();\n// @ts-ignore the types lag\na();\n' },
    };
    assert.deepEqual(await kinds(given), []);
  });

  it('in a new file counts', async () => {
    assert.deepEqual(await kinds({ base: { a: '' }, head: { a: '', 'src/n.ts': '// @ts-nocheck\nn();\n' } }), [
      'block checks/config src/n.ts',
    ]);
  });
});
