/** Tests that stand as they stood, whose assertions are changed from outside. */
import assert from 'node:assert/strict';
import { findingsOf, judged } from './judged';

const SUM = 'export const sum = (a, b) => a + b;\n';
const of = (path: string, text: string, base: string | null = SUM, allow: readonly string[] = []) =>
  judged({ base: base === null ? {} : { [path]: base }, head: { [path]: text }, allow });

describe('a source that changes what tests assert with', () => {
  const BLOCKED: Readonly<Record<string, string>> = {
    'a default import': `import assert from 'node:assert';\nassert.equal = () => {};\n${SUM}`,
    'one of another name': `import check from "assert";\ncheck . deepEqual = () => {};\n${SUM}`,
    'one of the strict module': `import assert from 'node:assert/strict';\nassert.ok = () => true;\n${SUM}`,
    'a namespace': `import * as all from 'node:assert';\nall.strict.equal = () => {};\n${SUM}`,
    'a renamed part': `import { strict as a } from 'assert';\na.throws = (f) => f;\n${SUM}`,
    'a part': `import { AssertionError, strict } from 'assert';\nstrict.throws = (f) => f;\n${SUM}`,
    'what is required': `const $a = require('assert');\n$a.strictEqual = $a.notEqual;\n${SUM}`,
    'what is required in passing': `require('node:assert').match = () => {};\n${SUM}`,
    'all at once': `import assert from 'node:assert';\nObject.assign(assert, { equal() {}, ok: () => {} });\n${SUM}`,
    'a property': `import assert from 'node:assert';\nObject.defineProperty(assert, 'equal', { value() {} });\n${SUM}`,
    'a reflection': `import assert from 'node:assert';\nif (x) Reflect.set(assert.strict, "equal", () => {});\n${SUM}`,
  };
  for (const [title, text] of Object.entries(BLOCKED)) {
    it(`${title}: blocks, in old files and new ones, whether tests may change or not`, async () => {
      assert.deepEqual(await of('src/sum.js', text), ['block tests/weakened']);
      assert.deepEqual(await of('src/new.ts', text, null), ['block tests/weakened']);
      assert.deepEqual(await of('src/sum.mjs', text, SUM, ['tests']), ['block tests/weakened']);
    });
  }

  const HARMLESS: Readonly<Record<string, string>> = {
    'a use': `import assert from 'node:assert';\nassert.equal(1, 1);\nconst same = assert.equal;\n${SUM}`,
    'another object': `import assert from 'node:assert';\nconst mine = {};\nmine.equal = () => assert.ok(1);\n${SUM}`,
    'a member of the same name': `import assert from 'node:assert';\nthis.assert.equal = 1; x.assert.ok = 2; assert(1);\n`,
    'another module': `import assert from './assert.js';\nassert.equal = () => {};\n// like 'node:assert'\n`,
    'an assertion that is new': `const assert = require('assert');\nassert.near = (a, b) => assert.ok(a - b < 1);\n`,
    'the stricter one': `const assert = require('assert');\nassert.equal = assert.strictEqual;\n`,
    'a text': `import assert from 'node:assert';\nconst text = "assert.equal = () => {}"; // assert.equal = 1\n`,
    'a copy': `import assert from 'node:assert';\nexport const all = Object.assign({}, assert, { equal() {} });\n`,
    'a comparison': `import assert from 'node:assert';\nif (assert.equal === other) f();\n`,
  };
  for (const [title, text] of Object.entries(HARMLESS)) {
    it(`${title}: is nothing`, async () => assert.deepEqual(await of('src/sum.js', text), []));
  }

  it('that did so before is not said again', async () => {
    const before = BLOCKED['a default import'] ?? '';
    assert.deepEqual(await of('src/sum.js', `${before}export const more = 1;\n`, before), []);
    assert.deepEqual(await of('src/sum.js', `${before}assert.ok = 1;\n`, before), ['block tests/weakened']);
  });

  it('is only asked about among tests, which try out what asserts', async () => {
    const text = `import assert from 'node:assert';\nassert.fail = () => {};\n`;
    assert.deepEqual(await of('test/tools.js', text, null), ['warn tests/weakened']);
  });

  it('is shown at its line, with what it replaces', async () => {
    const text = `import assert from 'node:assert';\n\nassert.equal = () => {};\nassert.ok = assert.equal;\n`;
    const [finding, ...more] = await findingsOf({ base: {}, head: { 'src/sum.js': text } });
    assert.deepEqual(more, []);
    assert.deepEqual([finding?.line, finding?.evidence], [3, 'assert.equal, assert.ok']);
  });

  it('is looked for in linear time', async () => {
    const text = `import assert from 'node:assert';\n${'Object.assign(assert, {'.repeat(900)}${' '.repeat(100_000)}\n`;
    assert.deepEqual(await of('src/sum.js', text), []);
    const many = `import {${' strict as'.repeat(20_000)} from 'assert';\n`;
    assert.deepEqual(await of('src/sum.js', many), []);
  });
});
