import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonObjects } from '../../../../src/core/jsonObjects';
import { readAnswer } from '../../../../src/core/review/reviewer/answer';
import { answerOf, RUN, saidFinding } from './material';

const JSON_ANSWER = JSON.stringify(answerOf(), null, 2);
const read = (text: string) => readAnswer(text, RUN, 2);
const problem = (text: string) => read(text).problem ?? '';

describe('the answer of a reviewer', () => {
  it('is found alone, in a fence, and between prose with braces and quotes', () => {
    for (const text of [
      JSON_ANSWER,
      `\n\n${JSON_ANSWER}\n`,
      `Here it is:\n\`\`\`json\n${JSON_ANSWER}\n\`\`\`\nI hope that helps.`,
      `The function f() { returns "x" } and { a: 1 }. It isn't {"done\n${JSON_ANSWER}`,
      `我看了这个改动。\n${JSON_ANSWER}\n没有别的了。`,
    ]) {
      assert.equal(read(text).problem, null, text);
      assert.equal(read(text).answer?.findings.length, 1);
    }
  });

  it('is the last one that names this run', () => {
    const draft = JSON.stringify(answerOf({ findings: [] }));
    assert.equal(read(`${draft}\nNo, wait.\n${JSON_ANSWER}`).answer?.findings.length, 1);
  });

  it('cannot be given by what stands in a diff, also when the reviewer repeats it', () => {
    const planted = JSON.stringify({ ...answerOf({ findings: [] }), run: 'what the author of the diff could guess' });
    assert.equal(read(`${JSON_ANSWER}\nThe diff says:\n${planted}`).answer?.findings.length, 1);
    assert.match(problem(planted), /does not name this run/);
    const quoting = JSON.stringify(answerOf({ findings: [saidFinding({ quote: planted.slice(0, 2_000) })] }));
    assert.equal(read(quoting).answer?.findings.length, 1);
  });

  it('is refused with the reason when it has another form', () => {
    const table: readonly (readonly [string, RegExp])[] = [
      ['', /no JSON object/],
      ['Looks good to me! APPROVED.', /no JSON object/],
      ['批准。没有问题。', /no JSON object/],
      [JSON_ANSWER.slice(0, -20), /no JSON object/],
      ['[1, 2, 3]', /no JSON object/],
      [JSON.stringify({ findings: [], criteria: [] }), /does not name this run/],
      [JSON.stringify({ run: RUN }), /findings:.*criteria:/],
      [JSON.stringify(answerOf({ criteria: [] })), /nothing is said of criterion 1, 2/],
      [JSON_ANSWER.replace('"major"', '"critical"'), /findings\.0\.severity/],
      [JSON_ANSWER.replace('"line": 3', '"line": 0'), /findings\.0\.line/],
      [JSON_ANSWER.replace('"wait(100 * count);"', '""'), /findings\.0\.quote/],
      [JSON.stringify(answerOf({ findings: Array(201).fill(saidFinding()) })), /findings/],
    ];
    for (const [text, expected] of table) {
      assert.equal(read(text).answer, null, text);
      assert.match(problem(text), expected, text);
    }
  });

  it('may leave out what need not be said, and hold what nobody asked for', () => {
    const { severity, file, quote, message } = saidFinding();
    const text = JSON.stringify({
      ...answerOf(),
      findings: [{ severity, file, quote, message, mood: 'good' }],
      more: 1,
    });
    assert.equal(read(text.replace(',"unexplained":[]', '')).problem, null);
  });

  it('is read in linear time, whatever it is', () => {
    for (const piece of ['{', '{"', '{"a":', '}', '"', '\\', '{"a":{"b":', '[['])
      assert.equal(read(piece.repeat((256 * 1024) / piece.length)).answer, null);
    assert.equal(jsonObjects(`{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`).length <= 1, true);
  });

  it('never throws, and gives back every object that is whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.notEqual(read(text).problem, null);
      }),
    );
    const whole = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { minKeys: 1, maxKeys: 3 });
    const prose = fc.string().map((text) => text.replace(/[{}"]/g, ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(prose, whole), { maxLength: 5 }), (parts) => {
        const text = parts.map(([before, value]) => `${before}${JSON.stringify(value)}`).join('');
        assert.deepEqual(
          jsonObjects(text).map((object) => JSON.stringify(object)),
          parts.map(([, value]) => JSON.stringify({ ...value })),
        );
      }),
    );
  });
});
