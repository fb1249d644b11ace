/** What is a weakening of tests in Swift, and what is ordinary work on them. */
import assert from 'node:assert/strict';
import { edited, findingsOf } from './judged';

const PATH = 'Tests/ShopTests/CartTests.swift';

type Row = readonly [title: string, before: string, after: string];

const file = (members: string, head = 'final class CartTests: XCTestCase') =>
  `import XCTest\n@testable import Shop\n\n${head} {\n${members}\n}\n`;
const method = (body: string, name = 'testAdds', marks = '') =>
  `${marks === '' ? '' : `    ${marks}\n`}    func ${name}() throws {\n        ${body.replaceAll('\n', '\n        ')}\n    }\n`;
const bodies = (before: string, after: string): [string, string] => [file(method(before)), file(method(after))];
const plain = file(method('XCTAssertEqual(f(1), 2)'));
const other = method('XCTAssertEqual(g(), 1)', 'testOther');
const two = file(method('XCTAssertEqual(f(1), 2)') + other);
const suite = (members: string, head = 'struct CartTests') =>
  `import Testing\n@testable import Shop\n\n${head} {\n${members}\n}\n`;
const test = (body: string, marks = '@Test', name = 'adds') => method(body, name, marks);
const modern = suite(test('#expect(f(1) == 2)'));
const spec = (body: string) =>
  `import Quick\nimport Nimble\n\nfinal class CartSpec: QuickSpec {\n    override class func spec() {\n${body}\n    }\n}\n`;
const QUICK = spec(
  '        describe("a cart") {\n            it("adds") { expect(f(1)).to(equal(2)) }\n            it("sums") { expect(g()) == 1 }\n        }',
);

const BLOCKED: Record<string, readonly Row[]> = {
  'tests/deleted': [
    ['a method is gone', two, plain],
    ['a method has a name that no runner takes', plain, plain.replace('testAdds', 'checkAdds')],
    ['a function is no test any more', suite(test('#expect(f(1) == 2)')), suite(test('#expect(f(1) == 2)', ''))],
    [
      'a case of Quick is gone',
      QUICK,
      spec('        describe("a cart") {\n            it("sums") { expect(g()) == 1 }\n        }'),
    ],
  ],
  'tests/skipped': [
    ['XCTSkip', ...bodies('XCTAssertEqual(f(1), 2)', 'throw XCTSkip("later")')],
    ['XCTSkipIf(true)', ...bodies('XCTAssertEqual(f(1), 2)', 'try XCTSkipIf(true, "later")\nXCTAssertEqual(f(1), 2)')],
    [
      'XCTSkip in setUp',
      plain,
      plain.replace('{\n', '{\n    override func setUpWithError() throws { throw XCTSkip("later") }\n'),
    ],
    ['.disabled', modern, suite(test('#expect(f(1) == 2)', '@Test(.disabled("later"))'))],
    ['a disabled suite', modern, modern.replace('struct', '@Suite(.disabled())\nstruct')],
    ['xit', QUICK, QUICK.replace('it("adds")', 'xit("adds")')],
    ['xdescribe', QUICK, QUICK.replace('describe(', 'xdescribe(')],
    ['#if false', plain, file(`#if false\n${method('XCTAssertEqual(f(1), 2)')}#endif`)],
    ['XCTExpectFailure', ...bodies('XCTAssertEqual(f(1), 2)', 'XCTExpectFailure("later")\nXCTAssertEqual(f(1), 2)')],
  ],
  'tests/focused': [
    ['fit', QUICK, QUICK.replace('it("adds")', 'fit("adds")')],
    ['fdescribe', QUICK, QUICK.replace('describe(', 'fdescribe(')],
  ],
  'tests/weakened': [
    ['an assertion is gone', ...bodies('XCTAssertEqual(f(1), 2)\nXCTAssertEqual(f(2), 3)', 'XCTAssertEqual(f(1), 2)')],
    ['all assertions are gone', ...bodies('XCTAssertEqual(f(1), 2)', '_ = f(1)')],
    ['XCTAssertTrue(true)', ...bodies('XCTAssertEqual(f(1), 2)', '_ = f(1)\nXCTAssertTrue(true)')],
    ['compared with itself', ...bodies('let x = f(1)\nXCTAssertEqual(x, 2)', 'let x = f(1)\nXCTAssertEqual(x, x)')],
    ['equality becomes not nil', ...bodies('XCTAssertEqual(f(1), 2)', 'XCTAssertNotNil(f(1))')],
    ['#expect says less', modern, suite(test('#expect(f(1) != nil)'))],
    ['#expect(true)', modern, suite(test('_ = f(1)\n#expect(true)'))],
    [
      'any error',
      suite(test('#expect(throws: CartError.self) { try f(0) }')),
      suite(test('#expect(throws: (any Error).self) { try f(0) }')),
    ],
    ['no error', ...bodies('XCTAssertThrowsError(try f(0))', '_ = try? f(0)')],
    ['Nimble says less', QUICK, QUICK.replace('.to(equal(2))', '.toNot(beNil())')],
    ['an operator of Nimble is gone', QUICK, QUICK.replace('expect(g()) == 1', '_ = g()')],
    ['an early return', ...bodies('let x = f(1)\nXCTAssertEqual(x, 2)', 'let x = f(1)\nreturn\nXCTAssertEqual(x, 2)')],
    ['withKnownIssue', modern, suite(test('withKnownIssue {\n    #expect(f(1) == 2)\n}'))],
    ['if false', ...bodies('XCTAssertEqual(f(1), 2)', 'if false {\n    XCTAssertEqual(f(1), 2)\n}')],
    [
      'an argument is gone',
      suite(test('#expect(f(a) == 2)', '@Test(arguments: [1, 2, 3])')),
      suite(test('#expect(f(a) == 2)', '@Test(arguments: [1, 2])')),
    ],
    [
      'a helper asserts less',
      file(`${method('check(f())')}    private func check(_ x: X) { XCTAssertEqual(x.a, 1); XCTAssertEqual(x.b, 2) }`),
      file(`${method('check(f())')}    private func check(_ x: X) { XCTAssertEqual(x.a, 1) }`),
    ],
  ],
};

const WARNED: Record<string, readonly Row[]> = {
  'tests/skipped': [
    ['XCTSkipIf', ...bodies('XCTAssertEqual(f(1), 2)', 'try XCTSkipIf(isCI, "later")\nXCTAssertEqual(f(1), 2)')],
    ['.enabled(if:)', modern, suite(test('#expect(f(1) == 2)', '@Test(.enabled(if: hasDb))'))],
    ['#if os', plain, file(`#if os(macOS)\n${method('XCTAssertEqual(f(1), 2)')}#endif`)],
  ],
  'tests/weakened': [
    ['another value is expected', ...bodies('XCTAssertEqual(f(1), 2)', 'XCTAssertEqual(f(1), 3)')],
    ['another value for #expect', modern, suite(test('#expect(f(1) == 3)'))],
    [
      'on a condition',
      ...bodies('let x = f(1)\nXCTAssertEqual(x, 2)', 'let x = f(1)\nif let y = x {\n    XCTAssertEqual(x, 2)\n}'),
    ],
    [
      'more time',
      suite(test('#expect(f(1) == 2)', '@Test(.timeLimit(.minutes(1)))')),
      suite(test('#expect(f(1) == 2)', '@Test(.timeLimit(.minutes(10)))')),
    ],
  ],
};

const SILENT: readonly Row[] = [
  [
    'comments',
    plain,
    plain.replace('        XCT', '        /* XCTSkip /* nested */ return */ // #if false\n        XCT'),
  ],
  [
    'another format',
    plain,
    plain.replace('XCTAssertEqual(f(1), 2)', 'XCTAssertEqual(\n            f( 1 ),\n            2\n        )'),
  ],
  ['another order', two, file(other + method('XCTAssertEqual(f(1), 2)'))],
  ['another name', plain, plain.replace('testAdds', 'testAddsTwoNumbers')],
  ['another class name', plain, plain.replace('CartTests', 'ShoppingCartTests')],
  ['an extension', two, `${plain}\nextension CartTests {\n${other}}\n`],
  [
    'XCTest becomes Swift Testing',
    file(
      `${method('XCTAssertEqual(f(1), 2)\nXCTAssertTrue(g())\nXCTAssertNil(h())\nXCTAssertThrowsError(try f(0))')}${other}`,
    ),
    suite(
      `${test('#expect(f(1) == 2)\n#expect(g())\n#expect(h() == nil)\n#expect(throws: CartError.self) { try f(0) }')}${test('#expect(g() == 1)', '@Test', 'other')}`,
    ),
  ],
  [
    'XCTUnwrap becomes #require',
    file(method('let x = try XCTUnwrap(f(1))\nXCTAssertEqual(x, 2)')),
    suite(test('let x = try #require(f(1))\n#expect(x == 2)')),
  ],
  [
    'XCTest becomes Nimble',
    ...bodies(
      'XCTAssertEqual(f(1), 2)\nXCTAssertNil(h())\nXCTAssertTrue(g())',
      'expect(f(1)).to(equal(2))\nexpect(h()).to(beNil())\nexpect(g()).to(beTrue())',
    ),
  ],
  ['a matcher becomes an operator', QUICK, QUICK.replace('expect(f(1)).to(equal(2))', 'expect(f(1)) == 2')],
  ['a message', ...bodies('XCTAssertEqual(f(1), 2)', 'XCTAssertEqual(f(1), 2, "adds", file: #file, line: #line)')],
  ['XCTAssert of a comparison', ...bodies('XCTAssert(f(1) == 2)', 'XCTAssertEqual(f(1), 2)')],
  ['a display name', modern, suite(test('#expect(f(1) == 2)', '@Test("adds two numbers, .disabled")'))],
  ['async', plain, plain.replace('() throws', '() async throws').replace('f(1)', 'f(1)')],
  [
    'a helper is extracted',
    file(method('XCTAssertEqual(f().a, 1)\nXCTAssertEqual(f().b, 2)')),
    file(
      `${method('check(f())')}    private func check(_ x: X) {\n        XCTAssertEqual(x.a, 1)\n        XCTAssertEqual(x.b, 2)\n    }`,
    ),
  ],
  [
    'a variable has another name',
    ...bodies('let r = f(1)\nXCTAssertEqual(r, 2)', 'let result = f(1)\nXCTAssertEqual(result, 2)'),
  ],
  [
    'functions become arguments',
    suite(test('#expect(f(1) == 2)', '@Test', 'one') + test('#expect(f(3) == 4)', '@Test', 'three')),
    suite('    @Test(arguments: [(1, 2), (3, 4)])\n    func rows(a: Int, b: Int) { #expect(f(a) == b) }'),
  ],
  [
    'a guard',
    ...bodies(
      'XCTAssertEqual(f(1), 2)',
      'guard let x = f(1) else {\n    XCTFail("none")\n    return\n}\nXCTAssertEqual(f(1), 2)',
    ),
  ],
  [
    'a closure that returns',
    ...bodies(
      'let x = list.map { $0 + 1 }\nXCTAssertEqual(x, [2])',
      'let x = list.map { value in\n    return value + 1\n}\nXCTAssertEqual(x, [2])',
    ),
  ],
  [
    'a wait',
    ...bodies(
      'f(1)\nwait(for: [done], timeout: 1)\nXCTAssertEqual(g(), 2)',
      'f(1)\nwait(for: [done], timeout: 5)\nXCTAssertEqual(g(), 2)',
    ),
  ],
  [
    'XCTAssertFalse becomes == false',
    ...bodies('XCTAssertFalse(names.contains("a"))', '#expect(names.contains("a") == false)'),
  ],
  [
    'one name of a module is imported',
    plain,
    plain.replace('import XCTest\n', 'import XCTest\nimport enum Shop.CartError\nimport class Shop.Cart\n'),
  ],
  ['a skip goes', suite(test('#expect(f(1) == 2)', '@Test(.disabled("later"))')), modern],
  [
    'raw strings and patterns',
    ...bodies('XCTAssertEqual(f(#"a "b" }"#), /x"y/)', 'XCTAssertEqual(f(#"a "b" }"#), /x"y/) // "'),
  ],
  [
    'a test that is named after skips',
    plain,
    file(
      method('XCTAssertEqual(f(1), 2)') +
        method('XCTAssertTrue(parse("XCTSkip()").isDisabled)', 'testXCTSkipAndDisabled'),
    ),
  ],
];

describe('tests of Swift', () => {
  for (const [severity, table] of [
    ['block', BLOCKED],
    ['warn', WARNED],
  ] as const) {
    for (const [rule, rows] of Object.entries(table)) {
      for (const [title, before, after] of rows) {
        it(`${severity} ${rule}: ${title}`, async () => {
          assert.deepEqual(await edited(PATH, before, after), [`${severity} ${rule}`]);
        });
      }
    }
  }

  for (const [title, before, after] of SILENT) {
    it(`silent: ${title}`, async () => assert.deepEqual(await edited(PATH, before, after), []));
  }

  it('names the groups around a case, and says that no parser read it', async () => {
    const after = spec('        describe("a cart") {\n            it("sums") { expect(g()) == 1 }\n        }');
    const [found] = await findingsOf({ base: { [PATH]: QUICK }, head: { [PATH]: after } });
    assert.equal(found?.evidence, 'CartSpec › a cart › adds');
    assert.match(found?.message ?? '', /by lines/);
  });
});
