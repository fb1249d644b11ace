/** Source text to trees: what every day's programs write has no errors, and every place in the tree is one in the text. */
import assert from 'node:assert/strict';
import type { Language } from '../../../src/core/drift/syntax/language';
import { parseSource } from '../../../src/core/drift/syntax/parse';

describe('syntax trees', () => {
  for (const [language, text] of [
    ['python', 'with f() as (a, b):\n    assert a == b\n'],
    ['python', 'def f():\n    yield\n'],
    ['python', 'def f():\n    yield  # once\n    assert x\n'],
    ['java', 'class A { void a() { f(Foo.class, x -> { g(Bar[].class); }); } }'],
    ['typescript', 'const a: Record<string, number> = {};'],
    ['tsx', 'const a = <b c={1}>d</b>;'],
    ['go', 'package a\n\nfunc f() { g(func(c *C) { c.x() }) }\n'],
    ['rust', 'fn f() { assert_eq!(g(1), 2); }'],
    ['php', '<?php class A { function b() { $this->assertSame(1, f()); } }'],
  ] as readonly [Language, string][]) {
    it(`${language}: ${text.split('\n')[0]}`, async () => {
      const syntax = await parseSource(language, text);
      assert.ok(syntax);
      assert.equal(syntax.text, text);
      assert.equal(syntax.tree.length, text.length);
      syntax.tree.iterate({ enter: ({ type, from }) => assert.ok(!type.isError, `at ${text.slice(from, from + 20)}`) });
    });
  }
});
