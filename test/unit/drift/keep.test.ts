/** Non-goals that are checked: the surface of files, their being there, the text of code. */
import assert from 'node:assert/strict';
import type { FrontMatter } from '../../../src/core/brief/brief';
import { driftOf, said, type Tree } from './memoryTree';

type Keep = Partial<NonNullable<FrontMatter['keep']>>;

const judge = (keep: Keep, base: Tree, head: Tree, renames?: Record<string, string>) =>
  driftOf({ change: ['**'], base, head, keep, ...(renames === undefined ? {} : { renames }) });

const surface = async (path: string, before: string, after: string) => {
  const report = await judge({ exports: [path] }, { [path]: before }, { [path]: after });
  return report.findings
    .filter(({ rule }) => rule === 'keep/export')
    .map(({ severity, evidence }) => `${severity} ${evidence}`);
};

interface SurfaceCase {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** What the evidence must hold; null: silence. */
  readonly tells: string | null;
}

const CASES: Readonly<Record<string, readonly SurfaceCase[]>> = {
  'src/index.ts': [
    {
      what: 'a body',
      before: 'export function f(a: number): number { return a; }',
      after: 'export function f(a: number): number { return a + 1; }',
      tells: null,
    },
    {
      what: 'a comment and the layout',
      before: 'export function f(a: number, b: string): void {}',
      after: '/** Says. */\nexport function f(\n  a: number, // one\n  b: string,\n): void {}',
      tells: null,
    },
    {
      what: 'a parameter',
      before: 'export function f(a: number): void {}',
      after: 'export function f(a: number, b?: string): void {}',
      tells: 'f: ',
    },
    {
      what: 'a type',
      before: 'export const f = (a: number): void => {};',
      after: 'export const f = (a: string): void => {};',
      tells: 'f: ',
    },
    {
      what: 'a name that went',
      before: 'export const a = 1;\nexport const b = 2;',
      after: 'export const a = 1;',
      tells: 'b is gone',
    },
    {
      what: 'a name that came',
      before: 'export const a = 1;',
      after: 'export const a = 1;\nexport const b = 2;',
      tells: 'b is new',
    },
    { what: 'a value', before: 'export const a = 1;', after: 'export const a = 2;', tells: null },
    {
      what: 'the way it is exported',
      before: 'export function f(): void {}',
      after: 'function f(): void {}\nexport { f };',
      tells: null,
    },
    {
      what: 'an alias',
      before: 'const a = 1;\nexport { a };',
      after: 'const a = 1;\nexport { a as b };',
      tells: 'a is gone',
    },
    {
      what: 'a private member',
      before: 'export class C { private a = 1; #b = 2; m(): void {} }',
      after: 'export class C { private z = 1; m(): void { this.z++; } }',
      tells: null,
    },
    {
      what: 'a method',
      before: 'export class C { m(): void {} }',
      after: 'export class C { m(a: string): void {} }',
      tells: 'C: ',
    },
    {
      what: 'an interface',
      before: 'export interface I { a: string }',
      after: 'export interface I { a: string; b: number }',
      tells: 'I: ',
    },
    {
      what: 'semicolons of an interface',
      before: 'export interface I { a: string; b: number }',
      after: 'export interface I {\n  a: string;\n  b: number;\n}',
      tells: null,
    },
    { what: 'an enum', before: 'export enum E { A }', after: 'export enum E { A, B }', tells: 'E: ' },
    {
      what: 'a default',
      before: 'export default function f(a: number) {}',
      after: 'export default function f() {}',
      tells: 'default: ',
    },
    {
      what: 'the order',
      before: 'export const a = 1;\nexport const b = 1;',
      after: 'export const b = 1;\nexport const a = 1;',
      tells: null,
    },
    {
      what: 'a default of a parameter',
      before: 'export function f(a = " x") {}',
      after: 'export function f(a = "x") {}',
      tells: 'f: ',
    },
    {
      what: 'what is not exported',
      before: 'export const a = 1;\nfunction g(a: string) {}',
      after: 'export const a = 1;\nfunction g() {}',
      tells: null,
    },
  ],
  'lib/index.js': [
    {
      what: 'an export of CommonJS that went',
      before: 'module.exports = { a, b };',
      after: 'module.exports = { a };',
      tells: 'b is gone',
    },
    {
      what: 'a function of CommonJS',
      before: 'exports.f = function (a) { return a; };',
      after: 'exports.f = function (a, b) { return b; };',
      tells: 'f: ',
    },
    {
      what: 'a body of CommonJS',
      before: 'exports.f = function (a) { return a; };',
      after: 'exports.f = function (a) { return 1; };',
      tells: null,
    },
  ],
  'pkg/mod.py': [
    {
      what: 'a body and a docstring',
      before: 'def f(a, b=1):\n    return a\n',
      after: 'def f(a, b=1):\n    """Says."""\n    return b\n',
      tells: null,
    },
    { what: 'a parameter', before: 'def f(a):\n    pass\n', after: 'def f(a, b):\n    pass\n', tells: 'f: ' },
    { what: 'a private name', before: 'def _f(a):\n    pass\nx = 1\n', after: 'x = 1\n', tells: null },
    {
      what: 'a method',
      before: 'class C:\n    def m(self): pass\n',
      after: 'class C:\n    def n(self): pass\n',
      tells: 'C.m is gone',
    },
    {
      what: 'a private method',
      before: 'class C:\n    def _m(self): pass\n',
      after: 'class C:\n    pass\n',
      tells: null,
    },
    {
      what: 'the list of names',
      before: '__all__ = ["a", "b"]\na = 1\nb = 2\n',
      after: '__all__ = ["a"]\na = 1\nb = 2\n',
      tells: 'b is gone',
    },
    {
      what: 'a name outside of the list',
      before: '__all__ = ["a"]\na = 1\nb = 2\n',
      after: '__all__ = ["a"]\na = 1\n',
      tells: null,
    },
    {
      what: 'what a package passes on',
      before: 'from .a import f, g\n',
      after: 'from .a import f\n',
      tells: 'g is gone',
    },
    {
      what: 'a decorator',
      before: 'class C:\n    def m(self): pass\n',
      after: 'class C:\n    @staticmethod\n    def m(self): pass\n',
      tells: 'C.m: ',
    },
  ],
  'pkg/a.go': [
    {
      what: 'a body',
      before: 'package a\n\nfunc F(a int) int { return a }\n',
      after: 'package a\n\nfunc F(a int) int { return 1 }\n',
      tells: null,
    },
    {
      what: 'a result',
      before: 'package a\n\nfunc F() int { return 1 }\n',
      after: 'package a\n\nfunc F() (int, error) { return 1, nil }\n',
      tells: 'F: ',
    },
    { what: 'a small name', before: 'package a\n\nfunc f() {}\n', after: 'package a\n', tells: null },
    {
      what: 'a method',
      before: 'package a\n\nfunc (c *Client) Do() {}\n',
      after: 'package a\n\nfunc (c *Client) Run() {}\n',
      tells: 'Client.Do is gone',
    },
    {
      what: 'a small field',
      before: 'package a\n\ntype T struct {\n\tA int\n\tb int\n}\n',
      after: 'package a\n\ntype T struct {\n\tA int\n}\n',
      tells: null,
    },
    {
      what: 'a field',
      before: 'package a\n\ntype T struct {\n\tA int\n}\n',
      after: 'package a\n\ntype T struct {\n\tA string\n}\n',
      tells: 'T: ',
    },
  ],
  'src/lib.rs': [
    {
      what: 'a body',
      before: 'pub fn f(a: u8) -> u8 { a }\n',
      after: 'pub fn f(a: u8) -> u8 { a + 1 }\n',
      tells: null,
    },
    { what: 'a bound', before: 'pub fn f<T: A>(a: T) {}\n', after: 'pub fn f<T: B>(a: T) {}\n', tells: 'f: ' },
    { what: 'within the crate', before: 'pub(crate) fn f() {}\n', after: '', tells: null },
    {
      what: 'a method',
      before: 'impl S { pub fn m(&self) {} }\n',
      after: 'impl S { fn m(&self) {} }\n',
      tells: 'S::m is gone',
    },
    {
      what: 'a field of its own',
      before: 'pub struct S { pub a: u8, b: u8 }\n',
      after: 'pub struct S { pub a: u8, c: u16 }\n',
      tells: null,
    },
    { what: 'a variant', before: 'pub enum E { A }\n', after: 'pub enum E { A, B }\n', tells: 'E: ' },
    {
      what: 'a trait that is implemented',
      before: 'impl D for S { fn d(&self) {} }\n',
      after: '',
      tells: 'impl D for S is gone',
    },
  ],
};

describe('keep/export', () => {
  for (const [path, cases] of Object.entries(CASES)) {
    for (const { what, before, after, tells } of cases) {
      it(`${path}: ${tells === null ? 'is silent about' : 'tells'} ${what}`, async () => {
        const findings = await surface(path, before, after);
        if (tells === null) return assert.deepEqual(findings, []);
        assert.equal(findings.length, 1);
        assert.ok(findings[0]?.startsWith('block ') && findings[0].includes(tells), findings[0]);
      });
    }
  }

  it('follows what a file passes on', async () => {
    const index = "export * from './a.js';\n";
    const report = await judge(
      { exports: ['src/index.ts'] },
      { 'src/index.ts': index, 'src/a.ts': 'export const a = 1;\nexport const b = 1;\n' },
      { 'src/index.ts': index, 'src/a.ts': 'export const a = 1;\n' },
    );
    assert.deepEqual(said(report), ['block keep/export src/index.ts']);
    assert.equal(report.findings[0]?.evidence, 'b is gone');
  });

  it('tells that the file is gone', async () => {
    const report = await judge({ exports: ['src/index.ts'] }, { 'src/index.ts': 'export const a = 1;\n' }, {});
    assert.ok(said(report).includes('block keep/export src/index.ts'), said(report).join());
  });

  it('says what it cannot read', async () => {
    const report = await judge(
      { exports: ['src/a.rb'] },
      { 'src/a.rb': 'def a; end\n' },
      { 'src/a.rb': 'def b; end\n' },
    );
    assert.deepEqual(said(report), ['warn keep/export src/a.rb']);
  });

  it('says nothing of files that nobody touched', async () => {
    const file = { 'src/index.ts': 'export const a = 1;\n' };
    const report = await judge({ exports: ['src/index.ts'] }, file, { ...file, 'src/b.ts': 'b\n' });
    assert.deepEqual(said(report), []);
  });
});

describe('keep/file', () => {
  const base = { 'README.md': 'a\n', 'docs/a.md': 'a long enough text\n'.repeat(9), 'src/a.ts': 'a\n' };

  it('tells what is deleted and what is moved', async () => {
    const head = { 'docs/b.md': base['docs/a.md'], 'src/a.ts': 'a\n' };
    const report = await judge({ files: ['README.md', 'docs/**'] }, base, head, { 'docs/b.md': 'docs/a.md' });
    const kept = report.findings
      .filter(({ rule }) => rule === 'keep/file')
      .map(({ path, evidence }) => [path, evidence]);
    assert.deepEqual(kept, [
      ['README.md', 'deleted'],
      ['docs/a.md', 'moved to docs/b.md'],
    ]);
  });

  it('is silent about what they say', async () => {
    const report = await judge({ files: ['README.md'] }, base, { ...base, 'README.md': 'b\n' });
    assert.deepEqual(said(report), []);
  });
});

describe('keep/symbol', () => {
  const one = async (path: string, name: string, before: string, after: string) =>
    (await judge({ symbols: [`${path}#${name}`] }, { [path]: before }, { [path]: after })).findings
      .filter(({ rule }) => rule === 'keep/symbol')
      .map(({ severity }) => severity);

  for (const [what, path, name, before, after, expected] of [
    ['a body', 'a.ts', 'f', 'export function f() { return 1; }', 'export function f() { return 2; }', ['block']],
    ['the layout', 'a.ts', 'f', 'function f() { return 1; }', 'function f() {\n  // one\n  return 1;\n}', []],
    ['another function', 'a.ts', 'f', 'function f() {}\nfunction g() {}', 'function f() {}\nfunction g(a) {}', []],
    ['a blank in a string', 'a.ts', 'f', 'const f = "a  b";', 'const f = "a b";', ['block']],
    [
      'a method',
      'a.ts',
      'C.m',
      'class C { m() { return 1; } n() {} }',
      'class C { m() { return 2; } n() {} }',
      ['block'],
    ],
    [
      'the other method',
      'a.ts',
      'C.n',
      'class C { m() { return 1; } n() {} }',
      'class C { m() { return 2; } n() {} }',
      [],
    ],
    ['one that is gone', 'a.ts', 'f', 'function f() {}', 'function g() {}', ['block']],
    ['one that was never there', 'a.ts', 'h', 'function f() {}', 'function g() {}', ['warn']],
    [
      'an indentation of Python',
      'a.py',
      'f',
      'def f(a):\n    if a:\n        b()\n        c()\n',
      'def f(a):\n    if a:\n        b()\n    c()\n',
      ['block'],
    ],
    [
      'a comment of Python',
      'a.py',
      'C.f',
      'class C:\n    def f(self):\n        b()\n',
      'class C:\n    # one\n    def f(self):\n\n        b()  # two\n',
      [],
    ],
    ['a decorator of Python', 'a.py', 'f', '@a\ndef f(): pass\n', '@b\ndef f(): pass\n', ['block']],
    [
      'a method of Go',
      'a.go',
      'C.Do',
      'package a\n\nfunc (c *C) Do() { x() }\n',
      'package a\n\nfunc (c *C) Do() { y() }\n',
      ['block'],
    ],
    ['a constant of Go', 'a.go', 'Max', 'package a\n\nconst Max = 3\n', 'package a\n\nconst Max = 30\n', ['block']],
    [
      'a method of Rust',
      'a.rs',
      'S::m',
      'impl S { fn m() { a() } fn n() {} }',
      'impl S { fn m() { b() } fn n() {} }',
      ['block'],
    ],
    [
      'an attribute of Rust',
      'a.rs',
      'S',
      '#[derive(A)]\nstruct S { a: u8 }',
      '#[derive(B)]\nstruct S { a: u8 }',
      ['block'],
    ],
  ] as const) {
    it(`${expected.length === 0 ? 'is silent about' : 'tells'} ${what}`, async () => {
      assert.deepEqual(await one(path, name, before, after), expected);
    });
  }

  it('shows both sides around where they part, in whole words', async () => {
    const total = (from: string) =>
      `function total(items) { const sum = addEverything(items); const less = discountOf(items, ${from}); return applyDiscount(sum, less, rounding); }`;
    const { findings } = await judge(
      { symbols: ['a.ts#total'] },
      { 'a.ts': total('settings') },
      { 'a.ts': total('options') },
    );
    assert.equal(
      findings.find(({ rule }) => rule === 'keep/symbol')?.evidence,
      '…less=discountOf(items,settings);return applyDiscount(sum,less,rounding)} → …less=discountOf(items,options);return applyDiscount(sum,less,rounding)}',
    );
    const long = (inner: string) => `const value = ${inner};${' a = 1; b = 2;'.repeat(20)}`;
    const cut = await judge(
      { symbols: ['a.ts#f'] },
      { 'a.ts': `function f() { ${long('one')} }` },
      { 'a.ts': `function f() { ${long('another')} }` },
    );
    const [was = '', now = ''] = cut.findings.find(({ rule }) => rule === 'keep/symbol')?.evidence.split(' → ') ?? [];
    assert.match(was, /^function f\(\)\{const value=one;.*…$/);
    assert.match(now, /^function f\(\)\{const value=another;.*…$/);
  });
});
