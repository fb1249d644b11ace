/** Cases that are gone where something stands that may do what they did, and where nothing does. */
import assert from 'node:assert/strict';
import type { Tree } from '../memoryTree';
import { findingsOf, judged } from './judged';

type Row = readonly [title: string, base: Tree, head: Tree, expected: readonly string[]];

const LOGIN = `it('signs in', () => {
  const app = start({ port: 4100 });
  app.visit('/login').type('#name', 'bob').click('Sign in');
  expect(app.title()).toBe('Welcome');
  app.stop();
});
`;
const AGAIN = LOGIN.replace('signs in', 'signs in with a name').replace("'Welcome'", "'welcome'");
const OTHER = "it('adds', () => { expect(add(1, 2)).toBe(3); });\n";
const TRIVIAL = "it('starts', () => { const app = start({ port: 4100 }); expect(app).toBeDefined(); });\n";

const OPTION = (name: string, option: string) => `it('${name}', () => {
  expect(() => {
    render(template, { pattern: false, ${option}: new Set(['bob']) })();
  }).toThrow(/do not go together with names/);
});
`;

const python = (name: string, body: string, marks = '') =>
  `${marks}def ${name}:\n    ${body.replaceAll('\n', '\n    ')}\n\n`;
const INVOKE =
  'result = runner.invoke(cli, ["--count", "2"])\nassert result.exit_code == 0\nassert result.output == "two"';
const TABLE =
  '@pytest.mark.parametrize("args, shown", [(["--count", "2"], "2 times"), (["--loud"], "LOUD"), ([], "once")])\n';
const IN_TABLE = 'result = runner.invoke(cli, args)\nassert result.exit_code == 0\nassert result.output == shown';

const rows = (names: readonly string[]) =>
  `@pytest.mark.parametrize("name", [${names.map((name) => `"${name}"`).join(', ')}])\n`;
const pairs = (names: readonly string[]) =>
  `@pytest.mark.parametrize("place, name", [${names.map((name) => `(shop, "${name}")`).join(', ')}])\n`;
const WARNS = 'with pytest.warns(DeprecationWarning, match=name):\n    getattr(shop, name)';

const LISTS: readonly Row[] = [
  [
    'nearly the same stands in the file',
    { 'a.test.ts': AGAIN + LOGIN },
    { 'a.test.ts': AGAIN },
    ['warn tests/deleted'],
  ],
  [
    'nearly the same came to another file',
    { 'a.test.ts': LOGIN + OTHER, 'b.test.ts': OTHER },
    { 'a.test.ts': OTHER, 'b.test.ts': OTHER + AGAIN },
    ['warn tests/deleted'],
  ],
  [
    'nearly the same came to a new file',
    { 'a.test.ts': LOGIN + OTHER },
    { 'a.test.ts': OTHER, 'c.test.ts': AGAIN },
    ['warn tests/deleted'],
  ],
  [
    'what stands has other values',
    { 'a.test.ts': AGAIN.replace('4100', '4200') + LOGIN },
    { 'a.test.ts': AGAIN.replace('4100', '4200') },
    ['block tests/deleted'],
  ],
  [
    'it came with another option and name',
    { 'a.test.ts': `${OPTION('blocked', 'blockList')}${OTHER}` },
    { 'a.test.ts': `${OPTION('refused', 'denyList')}${OTHER}` },
    ['warn tests/deleted'],
  ],
  [
    'it came with another option, name and value',
    { 'a.test.ts': `${OPTION('blocked', 'blockList')}${OTHER}` },
    { 'a.test.ts': `${OPTION('refused', 'denyList').replace("'bob'", "'amy'")}${OTHER}` },
    ['block tests/deleted'],
  ],
  [
    'what stands is skipped',
    { 'a.test.ts': AGAIN.replace('it(', 'it.skip(') + LOGIN },
    { 'a.test.ts': AGAIN.replace('it(', 'it.skip(') },
    ['block tests/deleted'],
  ],
  ['something unrelated came', { 'a.test.ts': LOGIN }, { 'a.test.ts': OTHER }, ['block tests/deleted']],
  ['something trivial came', { 'a.test.ts': LOGIN + OTHER }, { 'a.test.ts': OTHER + TRIVIAL }, ['block tests/deleted']],
  [
    'what came speaks of it and asserts nothing',
    { 'a.test.ts': LOGIN + OTHER },
    { 'a.test.ts': `${OTHER}it('shows', () => { log('/login', '#name', 'bob', 'Sign in', 'Welcome', 4100); });\n` },
    ['block tests/deleted'],
  ],
  [
    'it was skipped',
    { 'a.test.ts': LOGIN.replace('it(', 'it.skip(') + OTHER },
    { 'a.test.ts': OTHER },
    ['warn tests/deleted'],
  ],
  [
    'one of two was skipped',
    { 'a.test.ts': LOGIN.replace('it(', 'it.skip(') + OTHER },
    { 'a.test.ts': '' },
    ['block tests/deleted', 'warn tests/deleted'],
  ],
  [
    'a file came that speaks of the same',
    {
      'tests/test_log.py': python(
        'test_log()',
        'lines = run("greet", "--name=Ada")\nassert lines == ["Looking for Ada", "Good evening, Ada"]',
      ),
    },
    {
      'tests/test_streams.py': python(
        'test_order(stream)',
        'run("greet", "--name=Ada", to=stream)\nassert stream.read().startswith("Looking for Ada")\nassert stream.closed',
      ),
    },
    ['warn tests/deleted'],
  ],
  [
    'its rows are rows of a wider table',
    { 'test_a.py': python('test_old(name)', WARNS, rows(['LazyCart', 'OpenCart', 'safe_total'])) },
    {
      'test_a.py': python(
        'test_attributes(place, name)',
        `${WARNS.replace('getattr', 'value = getattr')}\nassert value is not None`,
        pairs(['LazyCart', 'OpenCart', 'safe_total', 'BaseCart']),
      ),
    },
    [],
  ],
  [
    'its rows are not in the table that came',
    { 'test_a.py': python('test_old(name)', WARNS, rows(['LazyCart', 'OpenCart', 'safe_total'])) },
    {
      'test_a.py': python(
        'test_attributes(place, name)',
        `${WARNS.replace('getattr', 'value = getattr')}\nassert value is not None`,
        pairs(['BaseCart', 'MultiCart']),
      ),
    },
    ['block tests/weakened'],
  ],
  [
    'a case beside it became a table of the same claims',
    {
      'test_a.py': python('test_shown()', INVOKE) + python('test_loud()', INVOKE.replace('"--count", "2"', '"--loud"')),
    },
    { 'test_a.py': python('test_shown(args, shown)', IN_TABLE, TABLE) },
    ['warn tests/deleted'],
  ],
  [
    'a case beside it became a table of other claims',
    {
      'test_a.py':
        python('test_shown()', INVOKE) +
        python('test_log()', 'result = runner.invoke(cli)\nassert read(result.log) == "x1"'),
    },
    { 'test_a.py': python('test_shown(args, shown)', IN_TABLE, TABLE) },
    ['block tests/deleted'],
  ],
];

const SHOP =
  'def total(cart):\n    return sum(cart.prices)\n\n\ndef discount(cart):\n    rate = cart.rate or 0\n    return rate * 2\n';
const TESTS =
  'from shop import discount, total\n\n' +
  python('test_total()', 'assert total(cart(1)) == 1') +
  python('test_discount()', 'assert discount(cart(1)) == 0');
const without = (text: string, from: string) => text.slice(0, text.indexOf(from));

const RUST = (body: string | null) =>
  `pub fn f(x: u8) -> u8 {\n    x + 1\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn kept() {\n        assert_eq!(f(3), 4);\n    }\n${body === null ? '' : `\n    #[test]\n    fn gone() {\n        ${body}\n    }\n`}}\n`;

const CODE: readonly Row[] = [
  [
    'the function that it tested is gone',
    { 'shop.py': SHOP, 'test_shop.py': TESTS },
    {
      'shop.py': without(SHOP, '\n\ndef discount'),
      'test_shop.py': without(TESTS, 'def test_discount').replace('discount, ', ''),
    },
    ['warn tests/deleted'],
  ],
  [
    'the function that it tested is another',
    { 'shop.py': SHOP, 'test_shop.py': TESTS },
    {
      'shop.py': without(SHOP, '\n\ndef discount'),
      'test_shop.py': `${without(TESTS, 'def test_total')}${TESTS.slice(TESTS.indexOf('def test_discount'))}`,
    },
    ['block tests/deleted'],
  ],
  [
    'what it calls went from the code, and what it holds of its own stands nowhere',
    { 'src/a.rs': RUST('let total_price = f(1);\n        assert_eq!(total_price, 2);') },
    { 'src/a.rs': RUST(null) },
    ['block tests/deleted'],
  ],
  [
    'most cases of a file name the function that is gone',
    {
      'shop.py': SHOP,
      'test_discount.py': `${python('test_half()', 'assert discount(cart(2)) == 1')}${python('test_none()', 'assert discount(cart(0)) == 0')}${python('test_shop()', 'assert page("/shop") == "empty"')}`,
    },
    { 'shop.py': without(SHOP, '\n\ndef discount') },
    ['warn tests/deleted'],
  ],
  [
    'it names in a text what is gone',
    { 'shop.py': SHOP, 'test_shop.py': python('test_page()', 'assert page("discount") == 1') },
    { 'shop.py': without(SHOP, '\n\ndef discount') },
    ['block tests/deleted'],
  ],
  [
    'the function only has another name',
    { 'shop.py': SHOP, 'test_shop.py': TESTS },
    { 'shop.py': SHOP.replace('discount', 'rebate'), 'test_shop.py': without(TESTS, 'def test_discount') },
    ['block tests/deleted'],
  ],
  [
    'the function is called less',
    { 'shop.py': `${SHOP}\nshow(discount(CART))\n`, 'test_shop.py': TESTS },
    { 'shop.py': SHOP, 'test_shop.py': without(TESTS, 'def test_discount') },
    ['block tests/deleted'],
  ],
  [
    'its package went as a whole',
    {
      'tools/macros/Cargo.toml': '[package]\nname = "macros"\n',
      'tools/macros/src/lib.rs': 'pub fn expand() {}\n',
      'tools/macros/tests/log.rs': '#[test]\nfn logs() {\n    assert_eq!(logged(1), 2);\n}\n',
      'src/lib.rs': '',
    },
    { 'src/lib.rs': '' },
    ['warn tests/deleted'],
  ],
];

describe('a case that is gone', () => {
  for (const [title, base, head, expected] of LISTS) {
    it(`${expected.join(', ') || 'silent'}: ${title}`, async () =>
      assert.deepEqual(await judged({ base, head }), expected));
  }

  for (const [title, base, head, expected] of CODE) {
    it(`${expected.join(', ')}: ${title}`, async () => {
      const found = (await findingsOf({ base, head })).map(({ severity, rule }) => `${severity} ${rule}`);
      assert.deepEqual(found, expected);
    });
  }
});
