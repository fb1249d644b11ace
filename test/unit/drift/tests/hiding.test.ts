/** Tests that stand as they stood, and are kept from running from outside. */
import assert from 'node:assert/strict';
import type { Tree } from '../memoryTree';
import { edited, findingsOf, judged } from './judged';

const CONFTEST = 'import pytest\n';
const PYTHON = 'def test_a():\n    assert f() == 1\n';
const GO = (main: string) =>
  `package a\n\nfunc TestMain(m *testing.M) {\n${main}}\n\nfunc TestA(t *testing.T) {\n\tassert.Equal(t, 1, f())\n}\n`;
const CPP = (setUp: string) =>
  `class Cart : public ::testing::Test {\n protected:\n  void SetUp() override {\n    ${setUp}\n  }\n};\n\nTEST_F(Cart, Adds) {\n  EXPECT_EQ(f(1), 2);\n}\n`;

describe('what keeps tests from running', () => {
  for (const [title, path, before, after, expected] of [
    ['a path', 'tests/conftest.py', CONFTEST, `${CONFTEST}collect_ignore = ["test_a.py"]\n`, ['block tests/skipped']],
    [
      'one more path of several lines',
      'conftest.py',
      `${CONFTEST}collect_ignore = [\n    "setup.py",\n]\n`,
      `${CONFTEST}collect_ignore = [\n    "setup.py",\n    "test_a.py",\n]\n`,
      ['block tests/skipped'],
    ],
    ['a pattern', 'conftest.py', CONFTEST, `${CONFTEST}collect_ignore_glob = ["*_a.py"]\n`, ['block tests/skipped']],
    [
      'a path on a condition',
      'conftest.py',
      CONFTEST,
      `${CONFTEST}collect_ignore = []\nif sys.version_info < (3, 12):\n    collect_ignore.append("test_a.py")\n`,
      ['warn tests/skipped'],
    ],
    [
      'a hook that skips',
      'conftest.py',
      CONFTEST,
      `${CONFTEST}\ndef pytest_collection_modifyitems(items):\n    for item in items:\n        item.add_marker(pytest.mark.skip)\n`,
      ['warn tests/skipped'],
    ],
    [
      'a hook that only sorts',
      'conftest.py',
      CONFTEST,
      `${CONFTEST}\ndef pytest_collection_modifyitems(items):\n    items.sort(key=lambda item: item.name)\n`,
      [],
    ],
    [
      'fewer paths',
      'conftest.py',
      `${CONFTEST}collect_ignore = ["setup.py", "test_a.py"]\n`,
      `${CONFTEST}collect_ignore = ["setup.py"]\n`,
      [],
    ],
    [
      'a main function that runs nothing',
      'a_test.go',
      GO('\tos.Exit(m.Run())\n'),
      GO('\tos.Exit(0)\n'),
      ['block tests/skipped'],
    ],
    ['a main function that hands on', 'a_test.go', GO('\tos.Exit(m.Run())\n'), GO('\tgoleak.VerifyTestMain(m)\n'), []],
    [
      'a fixture that skips',
      'cart_test.cpp',
      CPP('cart.clear();'),
      CPP('GTEST_SKIP() << "later";'),
      ['block tests/skipped'],
    ],
    [
      'a fixture that skips on a condition',
      'cart_test.cpp',
      CPP('cart.clear();'),
      CPP('if (!hasDb()) GTEST_SKIP();'),
      ['warn tests/skipped'],
    ],
    [
      'another condition in Python',
      'test_a.py',
      `@pytest.mark.skipif(sys.platform == "win32", reason="later")\n${PYTHON}`,
      `@pytest.mark.skipif(sys.platform != "aix", reason="later")\n${PYTHON}`,
      ['warn tests/skipped'],
    ],
    [
      'another condition in Vitest',
      'a.test.ts',
      "it.skipIf(isWindows)('adds', () => { expect(f()).toBe(1); });\n",
      "it.skipIf(isWindows || isLinux())('adds', () => { expect(f()).toBe(1); });\n",
      ['warn tests/skipped'],
    ],
    [
      'the same condition and another name',
      'a.test.ts',
      "it.skipIf(isWindows)('adds', () => { expect(f()).toBe(1); });\n",
      "it.skipIf( isWindows )('adds one', () => { expect(f()).toBe(1); });\n",
      [],
    ],
  ] as const) {
    it(`${expected.join(', ') || 'silent'}: ${title}`, async () => {
      assert.deepEqual(await edited(path, before, after), expected);
    });
  }

  it('names what is not collected, in a new file, too', async () => {
    const head: Tree = { 'tests/conftest.py': 'collect_ignore = ["test_a.py", "test_b.py"]\n' };
    const [found, ...more] = await findingsOf({ head });
    assert.deepEqual([found?.severity, found?.line, found?.evidence, more], ['block', 1, 'test_a.py; test_b.py', []]);
    assert.deepEqual(await judged({ head, allow: ['tests'] }), ['info tests/skipped']);
  });
});
