import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReviewAnswer } from '../../../../src/core/review/reviewer/answer';
import { checkAnswer, pathsToRead } from '../../../../src/core/review/reviewer/check';
import { answerOf, RESULT, type SaidFinding, saidFinding } from './material';

const check = (answer: Partial<ReviewAnswer>) => checkAnswer(answerOf(answer), RESULT);

/** `path:line` of a finding as it was checked, or why it was dropped. */
function place(more: Partial<SaidFinding>): string {
  const { findings, dropped } = check({ findings: [saidFinding(more)] });
  const [found] = findings;
  return found === undefined ? (dropped[0]?.why ?? '') : `${found.path}:${found.line}`;
}

describe('holding an answer against the result', () => {
  it('finds what is quoted, in the file and in the diff, whatever the blanks', () => {
    assert.equal(place({}), 'src/retry.ts:3');
    assert.equal(place({ quote: '  wait(100   *\tcount);  ' }), 'src/retry.ts:3');
    assert.equal(place({ quote: 'if (count > 3) return false;\nwait(100 * count);', line: 2 }), 'src/retry.ts:2');
    assert.equal(place({ quote: '+  wait(100 * count);' }), 'src/retry.ts:3');
    assert.equal(place({ quote: '3 + wait(100 * count);' }), 'src/retry.ts:3');
    assert.equal(place({ quote: 'if (count > 5) return false;' }), 'src/retry.ts:2', 'where it was');
    assert.equal(
      place({ file: 'src/old.ts', quote: 'export const old', line: 1 }),
      'src/old.ts:null',
      'a file that went',
    );
    assert.equal(
      place({ file: 'test/retry.test.ts', quote: 'retry(4)', line: 2 }),
      'test/retry.test.ts:2',
      'not changed',
    );
  });

  it('corrects the line by the quote, and takes the nearest of several', () => {
    assert.equal(place({ line: 1 }), 'src/retry.ts:3');
    assert.equal(place({ line: null }), 'src/retry.ts:3');
    assert.equal(place({ quote: 'return', line: 5 }), 'src/retry.ts:5');
    assert.equal(place({ quote: 'return', line: 1 }), 'src/retry.ts:2');
  });

  it('knows a path below the folder, and with the prefix of git, but not at the cost of one that there is', () => {
    for (const file of ['/state/checkouts/repo/task-1/src/retry.ts', './src/retry.ts', 'b/src/retry.ts'])
      assert.equal(place({ file }), 'src/retry.ts:3', file);
    assert.deepEqual(pathsToRead(answerOf({ findings: [saidFinding({ file: 'a/b.ts' })] }), RESULT), [
      'a/b.ts',
      'test/retry.test.ts',
    ]);
  });

  it('drops what cannot be shown, and says why', () => {
    assert.equal(place({ file: 'src/invented.ts' }), 'there is no file src/invented.ts');
    assert.equal(place({ file: '../../etc/passwd' }), 'there is no file ../../etc/passwd');
    assert.equal(place({ file: 'src/\u202eretry.ts' }), 'there is no file src/\\u{202e}retry.ts');
    assert.equal(place({ line: 4_000 }), 'src/retry.ts has no line 4000');
    assert.equal(place({ quote: 'wait(200 * count);' }), 'what it quotes is not in src/retry.ts');
    assert.equal(place({ quote: '}' }), 'what it quotes is not in src/retry.ts', 'it could stand anywhere');
    assert.equal(place({ file: 'logo.png', quote: 'anything' }), 'what it quotes is not in logo.png');
  });

  it('says nothing twice, and orders by severity', () => {
    const { findings, dropped } = check({
      findings: [saidFinding({ severity: 'nit', message: 'a' }), saidFinding(), saidFinding({ suggestion: null })],
    });
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['major', 'nit'],
    );
    assert.deepEqual(dropped, [{ what: 'finding', why: 'it was said already' }]);
  });

  it('gives the same id to the same words about the same text, wherever it moves', () => {
    const [one, ...others] = [{}, { line: 2 }, { severity: 'nit' }, { quote: ' wait(100 *  count);' }].map(
      (more) => check({ findings: [saidFinding(more as Partial<SaidFinding>)] }).findings[0]?.id,
    );
    assert.match(one ?? '', /^r[0-9a-f]{15}$/);
    for (const other of others) assert.equal(other, one);
    assert.notEqual(check({ findings: [saidFinding({ message: 'another' })] }).findings[0]?.id, one);
  });

  it('keeps a proposal with the places that there are, and none without', () => {
    const { criteria, dropped } = check({
      criteria: [
        {
          criterion: 1,
          proof: 'proven',
          because: 'x',
          places: [
            { file: 'test/retry.test.ts', line: 3 },
            { file: 'test/retry.test.ts', line: 4 },
            { file: 'nowhere.ts', line: 1 },
            { file: 'logo.png', line: 9 },
          ],
        },
        { criterion: 2, proof: 'proven', because: 'x', places: [{ file: 'nowhere.ts' }] },
        { criterion: 3, proof: 'unproven', because: 'x', places: [] },
      ],
    });
    assert.deepEqual(
      criteria.map(({ criterion, places }) => [criterion, places.map(({ line }) => line)]),
      [[1, [3, 9]]],
    );
    assert.deepEqual(
      dropped.map(({ why }) => why),
      ['no place that exists is named as the proof of criterion 2', 'the brief has no criterion 3'],
    );
  });

  it('takes the worse of two opinions on a criterion', () => {
    const opinion = (proof: 'proven' | 'unproven') => ({
      ...{ criterion: 1, proof, because: 'x', places: [{ file: 'src/retry.ts', line: 1 }] },
    });
    for (const criteria of [
      [opinion('proven'), opinion('unproven')],
      [opinion('unproven'), opinion('proven')],
    ]) {
      assert.deepEqual(
        check({ criteria }).criteria.map(({ proof }) => proof),
        ['unproven'],
      );
    }
  });

  it('takes as unexplained only what was changed', () => {
    const at = (file: string, line?: number) => ({ file, line, why: 'x' });
    const { unexplained, dropped } = check({
      unexplained: [
        at('src/retry.ts', 2),
        at('src/retry.ts', 6),
        at('test/retry.test.ts', 1),
        at('src/old.ts'),
        at('x'),
      ],
    });
    assert.deepEqual(
      unexplained.map(({ path, line }) => `${path}:${line}`),
      ['src/retry.ts:2', 'src/old.ts:null'],
    );
    assert.deepEqual(
      dropped.map(({ why }) => why),
      ['nothing was changed at src/retry.ts:6', 'test/retry.test.ts was not changed', 'x was not changed'],
    );
  });

  it('never throws, and loses nothing without counting it', () => {
    const name = fc.oneof(
      fc.constantFrom('src/retry.ts', 'src/old.ts', 'logo.png', 'constructor', '__proto__'),
      fc.string(),
    );
    const line = fc.option(fc.integer({ min: 1, max: 10 }));
    const finding = fc.record({
      file: name,
      line,
      severity: fc.constantFrom('major' as const, 'minor' as const, 'nit' as const),
      quote: fc.oneof(fc.constantFrom('return', 'wait(', ' '), fc.string({ unit: 'binary' })),
      message: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 20 }), (findings) => {
        const checked = check({ findings, criteria: [], unexplained: [] });
        assert.equal(checked.findings.length + checked.dropped.length, findings.length);
        for (const { path, line: at } of checked.findings) {
          const text = RESULT.texts.get(path);
          assert.ok(at === null || text === undefined || at <= text.split('\n').length);
        }
      }),
    );
  });
});
