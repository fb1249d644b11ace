/** What is a weakening of tests in Python, and what is ordinary work on them. */
import assert from 'node:assert/strict';
import { edited } from './judged';

const PATH = 'tests/test_cart.py';

type Row = readonly [title: string, before: string, after: string];

const indented = (body: string) =>
  body
    .split('\n')
    .map((line) => (line === '' ? line : `    ${line}`))
    .join('\n');
const def = (body: string, name = 'test_works') => `def ${name}():\n${indented(body)}\n\n`;
const bodies = (before: string, after: string): [string, string] => [def(before), def(after)];
const inClass = (body: string, head = 'class TestCart(unittest.TestCase):') =>
  `${head}\n    def test_adds(self):\n${indented(indented(body))}\n`;
const methods = (before: string, after: string): [string, string] => [inClass(before), inClass(after)];
const plain = def('assert f(1) == 2');

const BLOCKED: Record<string, readonly Row[]> = {
  'tests/deleted': [
    ['a function is gone', plain + def('assert g() == 1', 'test_other'), plain],
    ['a function has a name that no runner takes', plain, plain.replace('test_works', 'check_works')],
    [
      'a method is gone',
      `${inClass('self.assertEqual(f(1), 2)')}    def test_other(self):\n        self.assertEqual(g(), 1)\n`,
      inClass('self.assertEqual(f(1), 2)'),
    ],
    [
      'a class is no test any more',
      'class TestCart:\n    def test_a(self):\n        assert f() == 1\n',
      'class CartChecks:\n    def test_a(self):\n        assert f() == 1\n',
    ],
  ],
  'tests/skipped': [
    ['pytest.mark.skip', plain, `@pytest.mark.skip(reason="later")\n${plain}`],
    ['pytest.mark.xfail', plain, `@pytest.mark.xfail\n${plain}`],
    [
      'unittest.skip',
      ...([
        inClass('self.assertEqual(f(1), 2)'),
        inClass('self.assertEqual(f(1), 2)').replace('    def', '    @unittest.skip("later")\n    def'),
      ] as [string, string]),
    ],
    [
      'expectedFailure',
      ...([
        inClass('self.assertEqual(f(1), 2)'),
        inClass('self.assertEqual(f(1), 2)').replace('    def', '    @unittest.expectedFailure\n    def'),
      ] as [string, string]),
    ],
    [
      'a skipped class',
      ...([
        inClass('self.assertEqual(f(1), 2)'),
        `@unittest.skip("later")\n${inClass('self.assertEqual(f(1), 2)')}`,
      ] as [string, string]),
    ],
    ['pytest.skip() in the body', ...bodies('assert f(1) == 2', 'pytest.skip("later")\nassert f(1) == 2')],
    [
      'self.skipTest() in the body',
      ...methods('self.assertEqual(f(1), 2)', 'self.skipTest("later")\nself.assertEqual(f(1), 2)'),
    ],
    ['raise SkipTest', ...methods('self.assertEqual(f(1), 2)', 'raise unittest.SkipTest("later")')],
    ['pytestmark', plain, `pytestmark = pytest.mark.skip\n${plain}`],
    ['pytestmark as a list', plain, `pytestmark = [pytest.mark.slow, pytest.mark.skip(reason="later")]\n${plain}`],
    [
      '__test__ of a class',
      ...([
        inClass('self.assertEqual(f(1), 2)'),
        inClass('self.assertEqual(f(1), 2)').replace('):\n', '):\n    __test__ = False\n'),
      ] as [string, string]),
    ],
    ['__test__ of a file', plain, `__test__ = False\n${plain}`],
    ['skipif(True)', plain, `@pytest.mark.skipif(True, reason="later")\n${plain}`],
    ['a module that skips itself', plain, `pytest.skip("later", allow_module_level=True)\n${plain}`],
    ['if False', plain, `if False:\n${indented(plain)}`],
  ],
  'tests/weakened': [
    ['an assert is gone', ...bodies('assert f(1) == 2\nassert f(2) == 3', 'assert f(1) == 2')],
    ['all asserts are gone', ...bodies('assert f(1) == 2', 'f(1)')],
    ['assert True', ...bodies('assert f(1) == 2', 'f(1)\nassert True')],
    ['an assert that is a tuple', ...bodies('assert f(1) == 2', 'assert (f(1) == 2, "two")')],
    ['or True', ...bodies('assert f(1) == 2', 'assert f(1) == 2 or True')],
    ['compared with itself', ...bodies('x = f(1)\nassert x == 2', 'x = f(1)\nassert x == x')],
    ['== becomes truth', ...bodies('assert f(1) == 2', 'assert f(1)')],
    ['== becomes is not None', ...bodies('assert f(1) == 2', 'assert f(1) is not None')],
    ['assertEqual becomes assertTrue', ...methods('self.assertEqual(f(1), 2)', 'self.assertTrue(f(1))')],
    ['assertEqual becomes assertIsNotNone', ...methods('self.assertEqual(f(1), 2)', 'self.assertIsNotNone(f(1))')],
    ['assertEqual becomes assertIn', ...methods('self.assertEqual(f(1), "ab")', 'self.assertIn(f(1), ("ab", "cd"))')],
    [
      'raises anything',
      ...bodies('with pytest.raises(ValueError, match="no"):\n    f(1)', 'with pytest.raises(Exception):\n    f(1)'),
    ],
    ['raises nothing', ...bodies('with pytest.raises(ValueError):\n    f(1)', 'f(1)')],
    ['a mock called with anything', ...bodies('f(m)\nm.assert_called_once_with(1)', 'f(m)\nm.assert_called()')],
    ['an early return', ...bodies('x = f(1)\nassert x == 2', 'x = f(1)\nreturn\nassert x == 2')],
    ['sys.exit', ...bodies('assert f(1) == 2', 'sys.exit(0)\nassert f(1) == 2')],
    [
      'except AssertionError: pass',
      ...bodies('assert f(1) == 2', 'try:\n    assert f(1) == 2\nexcept AssertionError:\n    pass'),
    ],
    ['except: print', ...bodies('assert f(1) == 2', 'try:\n    assert f(1) == 2\nexcept:\n    print("it raised")')],
    ['suppress', ...bodies('assert f(1) == 2', 'with contextlib.suppress(Exception):\n    assert f(1) == 2')],
    ['if False around', ...bodies('assert f(1) == 2', 'if False:\n    assert f(1) == 2')],
    [
      'a helper asserts less',
      `def check(x):\n    assert x.a == 1\n    assert x.b == 2\n\n${def('check(f())')}`,
      `def check(x):\n    assert x.a == 1\n\n${def('check(f())')}`,
    ],
    [
      'a row is gone',
      `@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])\n${def('assert f(a) == b')}`,
      `@pytest.mark.parametrize("a,b", [(1, 2)])\n${def('assert f(a) == b')}`,
    ],
    [
      'a row is skipped',
      `@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])\n${def('assert f(a) == b')}`,
      `@pytest.mark.parametrize("a,b", [(1, 2), pytest.param(3, 4, marks=pytest.mark.skip)])\n${def('assert f(a) == b')}`,
    ],
    ['numpy compares less', ...bodies('np.testing.assert_array_equal(f(1), [1, 2])', 'assert f(1) is not None')],
    [
      'a double of the module that the file is named after',
      `from shop import cart\n${plain}`,
      `from shop import cart\n@patch("shop.cart")\n${plain}`,
    ],
  ],
};

const WARNED: Record<string, readonly Row[]> = {
  'tests/skipped': [
    ['skipif', plain, `@pytest.mark.skipif(sys.platform == "win32", reason="later")\n${plain}`],
    [
      'skipUnless',
      ...([
        inClass('self.assertEqual(f(1), 2)'),
        inClass('self.assertEqual(f(1), 2)').replace('    def', '    @unittest.skipUnless(HAS_DB, "no db")\n    def'),
      ] as [string, string]),
    ],
    ['xfail on a condition', plain, `@pytest.mark.xfail(sys.version_info < (3, 12), reason="later")\n${plain}`],
    [
      'pytest.skip() on a condition',
      ...bodies('assert f(1) == 2', 'if not has_db():\n    pytest.skip("no db")\nassert f(1) == 2'),
    ],
    ['importorskip', ...bodies('assert f(1) == 2', 'pytest.importorskip("numpy")\nassert f(1) == 2')],
    [
      'a return on a platform',
      ...bodies('assert f(1) == 2', 'if sys.platform == "win32":\n    return\nassert f(1) == 2'),
    ],
    ['a new one that is born skipped', plain, `${plain}@pytest.mark.skip\n${def('assert g() == 1', 'test_later')}`],
  ],
  'tests/weakened': [
    ['another value is expected', ...bodies('assert f(1) == 2', 'assert f(1) == 3')],
    ['another value for assertEqual', ...methods('self.assertEqual(f(1), 2)', 'self.assertEqual(f(1), 3)')],
    ['ANY in the value', ...bodies('assert f(1) == {"id": 1, "a": 2}', 'assert f(1) == {"id": mock.ANY, "a": 2}')],
    ['flaky', plain, `@pytest.mark.flaky(reruns=3)\n${plain}`],
    ['more time', `@pytest.mark.timeout(5)\n${plain}`, `@pytest.mark.timeout(60)\n${plain}`],
    ['on a condition', ...bodies('x = f(1)\nassert x == 2', 'x = f(1)\nif x:\n    assert x == 2')],
    [
      'a double of what was imported',
      `from shop.mail import send\n${plain}`,
      `from shop.mail import send\n@patch("shop.mail.send")\n${plain}`,
    ],
  ],
};

const SILENT: readonly Row[] = [
  ['an empty list becomes false', ...bodies('assert f(1) == []', 'assert not f(1)')],
  [
    'methods of two classes with one name',
    `class A:\n    def __init__(self):\n        assert self\n\nclass B:\n    def __init__(self):\n        pass\n\n${plain}`,
    `class A:\n    def __init__(self):\n        assert self\n\nclass B:\n    def __init__(self):\n        self.x = 1\n\n${plain}`,
  ],
  ['a comment and a docstring', plain, `# A comment.\n${def('"""Doubles."""\nassert f(1) == 2  # two')}`],
  ['another format', ...bodies("assert f( 1,2 ) == {'a':1}", 'assert f(\n    1,\n    2,\n) == {\n    "a": 1,\n}')],
  ['parentheses', ...bodies('assert f(1) == 2', 'assert (f(1) == 2)')],
  ['another name', plain, plain.replace('test_works', 'test_it_doubles')],
  ['a class around', plain, `class TestF:\n${indented(plain.replace('()', '(self)'))}`],
  [
    'a class has another name',
    inClass('self.assertEqual(f(1), 2)'),
    inClass('self.assertEqual(f(1), 2)', 'class CartTests(unittest.TestCase):'),
  ],
  [
    'unittest becomes pytest',
    ...([
      inClass(
        'self.assertEqual(f(1), 2)\nself.assertTrue(g(1))\nself.assertIsNone(h())\nself.assertIn("a", k())\nwith self.assertRaises(ValueError):\n    f(0)',
      ),
      `class TestCart:\n    def test_adds(self):\n${indented(indented('assert f(1) == 2\nassert g(1)\nassert h() is None\nassert "a" in k()\nwith pytest.raises(ValueError):\n    f(0)'))}\n`,
    ] as [string, string]),
  ],
  ['assertEqual with True becomes assertTrue', ...methods('self.assertEqual(f(1), True)', 'self.assertTrue(f(1))')],
  [
    'assertTrue of a comparison becomes assertEqual',
    ...methods('self.assertTrue(f(1) == 2)', 'self.assertEqual(f(1), 2)'),
  ],
  ['a stronger assertion', ...bodies('assert f(1)', 'assert f(1) == 2')],
  [
    'a helper is extracted',
    def('assert f().a == 1\nassert f().b == 2'),
    `def check(x):\n    assert x.a == 1\n    assert x.b == 2\n\n${def('check(f())')}`,
  ],
  [
    'functions become a table',
    def('assert f(1) == 2', 'test_one') + def('assert f(3) == 4', 'test_three'),
    `@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])\n${def('assert f(a) == b', 'test_f')}`,
  ],
  [
    'functions become subtests',
    `${inClass('self.assertEqual(f(1), 2)')}    def test_three(self):\n        self.assertEqual(f(3), 4)\n`,
    inClass('for a, b in [(1, 2), (3, 4)]:\n    with self.subTest(a=a):\n        self.assertEqual(f(a), b)'),
  ],
  [
    'an ids argument',
    `@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])\n${def('assert f(a) == b')}`,
    `@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)], ids=["one", "three"])\n${def('assert f(a) == b')}`,
  ],
  [
    'rows get a name',
    `@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])\n${def('assert f(a) == b')}`,
    `ROWS = [(1, 2), (3, 4)]\n\n@pytest.mark.parametrize("a,b", ROWS)\n${def('assert f(a) == b')}`,
  ],
  [
    'a new row',
    `@pytest.mark.parametrize("a,b", [(1, 2)])\n${def('assert f(a) == b')}`,
    `@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])\n${def('assert f(a) == b')}`,
  ],
  [
    'two asserts become one with and',
    ...bodies('assert f(1) == 2\nassert g(1) == 3', 'assert f(1) == 2 and g(1) == 3'),
  ],
  [
    'asserts become one of the whole',
    ...bodies('x = f(1)\nassert x.a == 1\nassert x.b == 2', 'x = f(1)\nassert x == Pair(1, 2)'),
  ],
  ['a variable has another name', ...bodies('r = f(1)\nassert r == 2', 'result = f(1)\nassert result == 2')],
  ['a message', ...bodies('assert f(1) == 2', 'assert f(1) == 2, "doubles"')],
  ['async', plain, `@pytest.mark.asyncio\nasync ${def('assert (await f(1)) == 2')}`],
  [
    'a fixture',
    ...([
      def('x = make()\nassert x.a == 1'),
      '@pytest.fixture\ndef x():\n    return make()\n\ndef test_works(x):\n    assert x.a == 1\n',
    ] as [string, string]),
  ],
  ['a test named skip', plain, plain + def('assert skip("xfail") == 1', 'test_skip_and_xfail')],
  ['a skip goes', `@pytest.mark.skip\n${plain}`, plain],
  ['a skip gets a condition', `@pytest.mark.skip\n${plain}`, `@pytest.mark.skipif(WINDOWS, reason="later")\n${plain}`],
  ['another mark', plain, `@pytest.mark.slow\n${plain}`],
  [
    'a try that raises on',
    ...bodies('assert f(1) == 2', 'try:\n    assert f(1) == 2\nexcept Exception:\n    dump()\n    raise'),
  ],
  [
    'a try for another error',
    ...bodies('assert f(1) == 2', 'try:\n    assert f(1) == 2\nexcept ConnectionError:\n    reconnect()'),
  ],
  [
    'a double in the module under test',
    `from shop.cart import total\n${plain}`,
    `from shop.cart import total\n@patch("shop.cart.requests.get")\n${plain}`,
  ],
  ['time for a test that had none', plain, `@pytest.mark.timeout(60)\n${plain}`],
  ['another input, another value', ...bodies('assert f(1) == 2', 'assert f(2) == 3')],
  [
    'a test in an if of the version',
    `if sys.version_info > (3, 8):\n${indented(plain)}`,
    `if sys.version_info > (3, 9):\n${indented(plain)}`,
  ],
];

describe('tests of Python', () => {
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
});

describe('a file of Python that the parser stumbles over', () => {
  it('stops nobody', async () => {
    const test = (body: string) => `def test_a():\n    x = f()\n${body}    assert x == 1\n`;
    const stumble = '    with g() as (a, b):\n        pass\n    (c,) = a\n    with h() as (_, d):\n        pass\n';
    const found = await edited('tests/test_a.py', test(''), test(stumble));
    for (const finding of found) assert.match(finding, /^(?:warn|info) /);
  });
});
