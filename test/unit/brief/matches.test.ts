import assert from 'node:assert/strict';
import { matchesOf } from '../../../src/core/brief/matches';
import { remembered } from '../../../src/core/brief/remembered';
import { scopeOf } from '../../../src/core/brief/scopeOf';

const PATHS = ['README.md', 'src/a.ts', 'src/auth/b.ts', 'test/a.test.ts', ...numbered(30)];

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `lib/${String(n).padStart(2, '0')}.c`);
}

const never = async () => undefined;

describe('what patterns match', () => {
  it('counts each by itself, names the first, and says why one is none', async () => {
    const found = await matchesOf(
      { change: ['src/**', 'lib', '../x', 'none/**'], avoid: ['src/auth/**'] },
      PATHS,
      never,
    );
    assert.deepEqual(
      found.map(({ kind, pattern, files, problem }) => [kind, pattern, files, problem === null]),
      [
        ['change', 'src/**', 2, true],
        ['change', 'lib', 30, true],
        ['change', '../x', 0, false],
        ['change', 'none/**', 0, true],
        ['avoid', 'src/auth/**', 1, true],
      ],
    );
    assert.deepEqual(found[0]?.examples, ['src/a.ts', 'src/auth/b.ts']);
    assert.deepEqual(found[1]?.examples, numbered(20));
    assert.match(found[2]?.problem ?? '', /leave the repository/);
  });

  it('lets others have their turn between passes', async () => {
    let pauses = 0;
    const change = Array.from({ length: 200 }, (_, n) => `lib/${String(n).padStart(2, '0')}.c`);
    const found = await matchesOf({ change, avoid: [] }, PATHS, async () => {
      pauses += 1;
    });
    assert.equal(pauses, 3);
    assert.equal(
      found.reduce((sum, { files }) => sum + files, 0),
      30,
    );
  });
});

describe('the scope of an unfinished brief', () => {
  const front = (...lines: string[]) => scopeOf(['---', ...lines, '---', '## Goal'].join('\n'));

  it('is read whatever is wrong around it', () => {
    const scope = { change: ['src/**'], avoid: ['b'] };
    const lines = ['scope:', '  change: [src/**]', '  avoid:', '    - b'];
    assert.deepEqual(front(...lines), scope);
    assert.deepEqual(front('countersign: 7', 'nonsense: true', ...lines, 'checks: yes'), scope);
    assert.deepEqual(front('title: "never closed', 'scope: { change: [a] }').avoid, []);
    assert.deepEqual(scopeOf(['---', ...lines].join('\r\n')), scope, 'not closed yet');
  });

  it('is empty where there is none', () => {
    const none = { change: [], avoid: [] };
    for (const text of [
      '',
      '# Title',
      '---\nscope: 3\n---',
      '---\nscope: { change: x }\n---',
      `---\n${'['.repeat(9_999)}`,
    ]) {
      assert.deepEqual(scopeOf(text), none, text.slice(0, 40));
    }
    assert.deepEqual(front('scope: { change: [1, true, null, [a], "*.md"] }').change, ['*.md']);
    assert.deepEqual(front('scope: &a { change: [*a] }').change, []);
  });
});

describe('remembered', () => {
  it('asks once for each question about one list', () => {
    const list = ['a'];
    let asked = 0;
    const ask = (question: string, about: readonly string[] = list) =>
      remembered(about, question, () => {
        asked += 1;
        return `${question} ${about.length}`;
      });
    assert.deepEqual([ask('one'), ask('one'), ask('two'), ask('one', ['b'])], ['one 1', 'one 1', 'two 1', 'one 1']);
    assert.equal(asked, 3);
    for (let n = 0; n < 100; n++) ask(`${n}`);
    ask('one');
    assert.equal(asked, 104, 'what nobody asked for long is let go');
  });
});
