/** What is a weakening of tests in Rust, and what is ordinary work on them. */
import assert from 'node:assert/strict';
import { edited, judged } from './judged';

const PATH = 'src/cart.rs';

type Row = readonly [title: string, before: string, after: string];

const file = (items: string) =>
  `pub fn f(x: i32) -> i32 {\n    x + 1\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n${items}}\n`;
const test = (body: string, { name = 'adds', marks = '#[test]' } = {}) =>
  `    ${marks}\n    fn ${name}() {\n        ${body.replaceAll('\n', '\n        ')}\n    }\n\n`;
const bodies = (before: string, after: string): [string, string] => [file(test(before)), file(test(after))];
const marked = (marks: string, body = 'assert_eq!(f(1), 2);') => file(test(body, { marks }));
const plain = file(test('assert_eq!(f(1), 2);'));
const other = test('assert_eq!(g(), 1);', { name: 'other' });
const two = file(test('assert_eq!(f(1), 2);') + other);

const BLOCKED: Record<string, readonly Row[]> = {
  'tests/deleted': [
    ['a function is gone', two, plain],
    ['a function is no test any more', plain, plain.replace('    #[test]\n', '')],
    ['the module is gone', plain, 'pub fn f(x: i32) -> i32 {\n    x + 1\n}\n'],
  ],
  'tests/skipped': [
    ['#[ignore]', plain, marked('#[test]\n    #[ignore]')],
    ['#[ignore] before #[test]', plain, marked('#[ignore = "later"]\n    #[test]')],
    ['a module that is never built', plain, plain.replace('#[cfg(test)]', '#[cfg(any())]')],
  ],
  'tests/weakened': [
    ['an assertion is gone', ...bodies('assert_eq!(f(1), 2);\nassert_eq!(f(2), 3);', 'assert_eq!(f(1), 2);')],
    ['all assertions are gone', ...bodies('assert_eq!(f(1), 2);', 'f(1);')],
    ['assert!(true)', ...bodies('assert_eq!(f(1), 2);', 'f(1);\nassert!(true);')],
    ['compared with itself', ...bodies('let x = f(1);\nassert_eq!(x, 2);', 'let x = f(1);\nassert_eq!(x, x);')],
    ['assert_eq becomes assert_ne', ...bodies('assert_eq!(f(1), 2);', 'assert_ne!(f(1), 0);')],
    ['assert_eq becomes is_ok', ...bodies('assert_eq!(f(1), Ok(2));', 'assert!(f(1).is_ok());')],
    [
      '#[should_panic] goes with the call',
      marked('#[test]\n    #[should_panic]', 'f(0);'),
      marked('#[test]', 'let x = 0;'),
    ],
    ['an early return', ...bodies('let x = f(1);\nassert_eq!(x, 2);', 'let x = f(1);\nreturn;\nassert_eq!(x, 2);')],
    ['a row of test_case is gone', marked('#[test_case(1, 2)]\n    #[test_case(3, 4)]'), marked('#[test_case(1, 2)]')],
    [
      'a case of rstest is gone',
      marked('#[rstest]\n    #[case(1, 2)]\n    #[case(3, 4)]'),
      marked('#[rstest]\n    #[case(1, 2)]'),
    ],
    ['if false', ...bodies('assert_eq!(f(1), 2);', 'if false {\n    assert_eq!(f(1), 2);\n}')],
  ],
  'tests/snapshot': [
    [
      'an inline snapshot is rewritten',
      ...bodies('assert_snapshot!(f(1), @"two");', 'assert_snapshot!(f(1), @"three");'),
    ],
    ['an expected text is rewritten', ...bodies('check(f(1), expect!["two"]);', 'check(f(1), expect!["three"]);')],
  ],
};

const WARNED: Record<string, readonly Row[]> = {
  'tests/skipped': [
    ['cfg_attr', plain, marked('#[test]\n    #[cfg_attr(windows, ignore)]')],
    ['a function on a condition', plain, marked('#[test]\n    #[cfg(feature = "slow")]')],
    [
      'a new one that is born ignored',
      plain,
      file(
        test('assert_eq!(f(1), 2);') + test('assert_eq!(g(), 1);', { name: 'later', marks: '#[test]\n    #[ignore]' }),
      ),
    ],
  ],
  'tests/weakened': [
    ['#[should_panic] goes', marked('#[test]\n    #[should_panic]', 'f(0);'), marked('#[test]', 'f(0);')],
    ['another value is expected beside the code', ...bodies('assert_eq!(f(1), 2);', 'assert_eq!(f(1), 3);')],
    [
      'a helper asserts less',
      file(
        `${test('check(f(1));')}    fn check(x: X) {\n        assert_eq!(x.a, 1);\n        assert_eq!(x.b, 2);\n    }\n`,
      ),
      file(`${test('check(f(1));')}    fn check(x: X) {\n        assert_eq!(x.a, 1);\n    }\n`),
    ],
    [
      'on a condition',
      ...bodies('let x = f(1);\nassert_eq!(x, 2);', 'let x = f(1);\nif x > 0 {\n    assert_eq!(x, 2);\n}'),
    ],
  ],
};

const SILENT: readonly Row[] = [
  ['comments', plain, plain.replace('        assert', '        // #[ignore] return;\n        /* return; */ assert')],
  [
    'another format',
    plain,
    plain.replace('assert_eq!(f(1), 2)', 'assert_eq!(\n            f( 1 ),\n            2,\n        )'),
  ],
  ['a message', ...bodies('assert_eq!(f(1), 2);', 'assert_eq!(f(1), 2, "adds {}", 1);')],
  ['another order', two, file(other + test('assert_eq!(f(1), 2);'))],
  ['another name', plain, plain.replace('adds', 'adds_two_numbers')],
  ['the module has another name', plain, plain.replace('mod tests', 'mod test')],
  ['cfg(all(test, …))', plain, plain.replace('#[cfg(test)]', '#[cfg(all(test))]')],
  ['tokio', plain, plain.replace('#[test]\n    fn', '#[tokio::test]\n    async fn')],
  [
    'a result',
    plain,
    plain.replace('fn adds() {', 'fn adds() -> Result<(), E> {').replace('2);\n', '2);\n        Ok(())\n'),
  ],
  [
    'a helper is extracted',
    file(test('assert_eq!(f(1).a, 1);\nassert_eq!(f(1).b, 2);')),
    file(
      `${test('check(f(1));')}    fn check(x: X) {\n        assert_eq!(x.a, 1);\n        assert_eq!(x.b, 2);\n    }\n`,
    ),
  ],
  [
    'a helper macro',
    file(test('assert_eq!(f(1).a, 1);\nassert_eq!(f(1).b, 2);')),
    file(
      `    macro_rules! check {\n        ($x:expr) => {\n            assert_eq!($x.a, 1);\n            assert_eq!($x.b, 2);\n        };\n    }\n\n${test('check!(f(1));')}`,
    ),
  ],
  ['assert of a comparison', ...bodies('assert!(f(1) == 2);', 'assert_eq!(f(1), 2);')],
  [
    'a variable has another name',
    ...bodies('let r = f(1);\nassert_eq!(r, 2);', 'let result = f(1);\nassert_eq!(result, 2);'),
  ],
  [
    'functions become rows',
    file(test('assert_eq!(f(1), 2);', { name: 'one' }) + test('assert_eq!(f(3), 4);', { name: 'three' })),
    file(
      '    #[test_case(1, 2)]\n    #[test_case(3, 4)]\n    fn rows(a: i32, b: i32) {\n        assert_eq!(f(a), b);\n    }\n',
    ),
  ],
  ['the program asserts less', plain.replace('x + 1', 'assert!(x > 0);\n    x + 1'), plain],
  [
    'a function of the program that asserts is not called',
    file(test('let x = X::new(1);\nassert_eq!(f(x), 2);')).replace(
      'pub fn f',
      'pub fn new(x: i32) -> X {\n    assert!(x > 0);\n}\n\npub fn f',
    ),
    file(test('let x = X::of(1);\nassert_eq!(f(x), 2);')).replace(
      'pub fn f',
      'pub fn new(x: i32) -> X {\n    assert!(x > 0);\n}\n\npub fn f',
    ),
  ],
  ['an ignore goes', marked('#[test]\n    #[ignore]'), plain],
  [
    'a condition of the platform on the module',
    plain,
    plain.replace('#[cfg(test)]', '#[cfg(test)]\n#[allow(clippy::unwrap_used)]'),
  ],
  [
    'a return of a closure',
    ...bodies('let x = f(1);\nassert_eq!(x, 2);', 'let x = g(|| { return 1; });\nassert_eq!(x, 2);'),
  ],
  ['a function that is called ignore', ...bodies('assert_eq!(f(1), 2);', 'ignore();\nassert_eq!(f(1), 2);')],
];

describe('tests of Rust', () => {
  for (const [title, before, after] of [
    ['another value is expected', ...bodies('assert_eq!(f(1), 2);', 'assert_eq!(f(1), 3);')],
    ['another value on the left', ...bodies('assert_eq!(2, f(1));', 'assert_eq!(3, f(1));')],
  ] as const) {
    it(`warn tests/weakened: ${title}, in a file of tests`, async () => {
      assert.deepEqual(await edited('tests/cart.rs', before, after), ['warn tests/weakened']);
    });

    // The code that it tests stands in the same file, and may have changed with it.
    it(`is silent: ${title}, beside code that changed`, async () => {
      assert.deepEqual(await edited(PATH, before, after.replace('x + 1', '1 + x')), []);
    });
  }

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

  it('says nothing of tests that went to a file of their own', async () => {
    const bare = 'pub fn f(x: i32) -> i32 {\n    x + 1\n}\n\n#[cfg(test)]\nmod tests;\n';
    const own = `use super::*;\n\n${test('assert_eq!(f(1), 2);')}`;
    assert.deepEqual(await judged({ base: { [PATH]: plain }, head: { [PATH]: bare, 'src/cart/tests.rs': own } }), []);
  });
});
