/** Where a reader of real histories did not agree that somebody had to be stopped: written anew, one test for each. */
import assert from 'node:assert/strict';
import { edited } from './judged';

const go = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n\tx := f()\n${body}}\n`;
const java = (body: string) => `class ATest {\n  @Test\n  void adds() {\n${body}  }\n}\n`;
const rust = (marks: string) =>
  `#[cfg(test)]\nmod tests {\n    #[test]\n${marks}    fn a() {\n        assert_eq!(f(1), 2);\n    }\n}\n`;
const beside = (body: string) =>
  `pub fn block(x: u8) -> Block {\n    ${body}\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {\n        assert_eq!(f(1), 2);\n    }\n}\n`;

describe('what a reader would not be stopped for', () => {
  for (const [title, path, before, after, expected] of [
    [
      'an empty value by another name',
      'a_test.go',
      go('\tassert.NotEqual(t, "", x.Name)\n'),
      go('\tassert.NotEmpty(t, x.Name)\n'),
      [],
    ],
    [
      'one of two assertions that say the same',
      'src/test/java/ATest.java',
      java('    assertThat(f()).isEqualTo(1);\n    assertThat(f()).isEqualTo(1);\n'),
      java('    assertThat(f()).isEqualTo(1);\n'),
      [],
    ],
    ['a test that need not panic any more', 'src/a.rs', rust('    #[should_panic]\n'), rust(''), []],
    [
      'another of several assertions, and fewer of them',
      'a_test.go',
      go('\tassert.Equal(t, 1, x.One)\n\tassert.Equal(t, 2, x.Two)\n\tassert.Equal(t, 3, x.Three)\n'),
      go('\tassert.Equal(t, data, decoded(x))\n'),
      ['warn tests/weakened'],
    ],
    [
      'a function beside code that fails no more',
      'src/a.rs',
      beside('assert!(x > 1);\n    quote(x)'),
      beside('quote(x)'),
      [],
    ],
    [
      'a case that became a row of a new one',
      'test_a.py',
      'def test_flag():\n    result = run("--sentinel-value")\n    assert result.code == 0\n    assert result.output == "None"\n',
      'def test_every_value():\n    for flag, expected in [("--sentinel-value", "None"), ("--other-value", "x")]:\n        assert invoke([flag], catch=False) == expected\n',
      ['warn tests/deleted'],
    ],
  ] as const) {
    it(title, async () => assert.deepEqual(await edited(path, before, after, true), expected));
  }
});
