import assert from 'node:assert/strict';
import { taskOfLink } from '../../../src/vscode/taskLink';
import { fileLinks } from '../../../src/vscode/transcript/fileLinks';

/** What is linked, as `text -> path`. */
function linked(text: string, ...paths: string[]): string[] {
  const lines = text.split('\n');
  return fileLinks(text, paths).map(({ line, start, end, path }) => `${lines[line]?.slice(start, end)} -> ${path}`);
}

describe('links of a transcript', () => {
  it('stand where a changed file is named, in running text, in diffs and with line numbers', () => {
    const text = [
      'agent: I changed `src/a.ts`, and (src/b.ts:12:3).',
      'tool (completed): Edit ./src/a.ts',
      '  src/with space.ts',
      '| +++ b/src/b.ts',
      'Done with src/a.ts.',
    ].join('\n');
    assert.deepEqual(linked(text, 'src/a.ts', 'src/b.ts', 'src/with space.ts'), [
      'src/a.ts -> src/a.ts',
      'src/b.ts -> src/b.ts',
      'src/a.ts -> src/a.ts',
      'src/with space.ts -> src/with space.ts',
      'src/b.ts -> src/b.ts',
      'src/a.ts -> src/a.ts',
    ]);
  });

  it('lead nowhere else, whatever the agent writes', () => {
    const text = 'see https://evil.example/src/a.ts /etc/passwd ../src/a.ts src/a.tsx file:///src/a.ts command:x src/a';
    assert.deepEqual(linked(text, 'src/a.ts'), []);
    assert.deepEqual(linked('src/a.ts'), []);
  });

  it('are so many and no more', () => {
    assert.equal(
      fileLinks(
        'a '
          .repeat(20_000)
          .match(/.{1,1000}/g)
          ?.join('\n') ?? '',
        ['a'],
      ).length,
      5_000,
    );
    assert.deepEqual(fileLinks(`a ${'x'.repeat(3_000)}`, ['a']), []);
  });
});

describe('links from outside', () => {
  it('name a task by its whole id', () => {
    assert.equal(taskOfLink('/task/1m81m33yh19z'), '1m81m33yh19z');
    assert.equal(taskOfLink('/task/1m81m33yh19z/'), '1m81m33yh19z');
  });

  it('and nothing else', () => {
    for (const path of [
      '',
      '/',
      '/task/',
      '/task/1m81',
      '/task/1m81m33yh19z/signoff',
      '/task/../../x',
      '/run/1m81m33yh19z',
    ])
      assert.equal(taskOfLink(path), null, path);
  });
});
