import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linesOfNew } from '../../../src/core/review/reviewer/changedFile';
import { identifyRepository } from '../../../src/node/git/repository';
import { createTaskObjects } from '../../../src/node/git/taskObjects';
import { makeRepository, type TestRepository } from '../../fixtures/repository';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

const NUMBERED = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`);
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('the hunks of a change', () => {
  let repository: TestRepository;
  before(() => {
    repository = makeRepository({
      files: {
        'edited.txt': text(NUMBERED),
        'moved.txt': text(NUMBERED),
        'gone.txt': 'one\ntwo\n',
        'becomes-a-link': 'was text\n',
        'picture.bin': Buffer.from([0, 1, 2, 3]).toString('latin1'),
        'open-end.txt': 'a\nb',
      },
    });
    repository.git('mv', 'moved.txt', 'läßt\n.txt');
    for (const path of ['gone.txt', 'becomes-a-link']) rmSync(join(repository.dir, path));
    const edited = NUMBERED.map((line, at) => (at === 4 ? '--- a/other.txt' : line)).toSpliced(29, 1, '+++ x', '@@ y');
    repository.commit('second', {
      'edited.txt': text(edited),
      'läßt\n.txt': text(NUMBERED.with(20, 'another')),
      'becomes-a-link': { link: 'edited.txt' },
      'picture.bin': Buffer.from([0, 9, 9]).toString('latin1'),
      'open-end.txt': 'a\nc',
      'long.txt': `${'x'.repeat(100_000)}\nshort\n`,
      '.gitattributes': 'edited.txt -diff\n',
    });
  });
  after(() => repository.remove());

  it('are found for every file by its objects, whatever their names and lines are', async () => {
    const facts = await identifyRepository(repository.dir);
    const objects = createTaskObjects();
    try {
      const files = await objects.hunks(facts, `${facts.head}^`, facts.head);
      const of = (path: string) => files.find(({ change }) => change.path === path)?.hunks ?? [];
      assert.equal(files.length, 8);
      const [first, second, ...more] = of('edited.txt');
      assert.deepEqual([more.length, first?.oldStart, first?.newStart, second?.newStart], [0, 2, 2, 27]);
      assert.deepEqual(first?.lines, [
        ...[' line 2', ' line 3', ' line 4', '-line 5', '+--- a/other.txt', ' line 6', ' line 7', ' line 8'],
      ]);
      assert.deepEqual(second?.lines.slice(3, 6), ['-line 30', '++++ x', '+@@ y']);
      assert.deepEqual([...linesOfNew(second!)], [27, 28, 29, 30, 31, 32, 33, 34]);
      assert.deepEqual(of('läßt\n.txt')[0]?.lines.slice(3, 5), ['-line 21', '+another']);
      assert.deepEqual(of('gone.txt')[0]?.lines, ['-one', '-two']);
      assert.deepEqual(
        of('becomes-a-link').map(({ lines }) => lines),
        [['-was text'], ['+edited.txt']],
      );
      assert.deepEqual(of('open-end.txt')[0]?.lines, [' a', '-b', '+c']);
      assert.deepEqual(of('picture.bin'), []);
      const [long, short] = of('long.txt')[0]?.lines ?? [];
      assert.ok(long?.startsWith('+xxx') && long.length <= 8 * 1024);
      assert.equal(short, '+short');
    } finally {
      await objects.close();
    }
  });
});

describe('a folder that is only to be read', () => {
  let task: TaskWorkspace;
  before(async () => {
    task = await makeTaskWorkspace({ files: { 'src/a.txt': 'one\n', '.gitignore': '*.log\n' } });
    task.write({ 'src/b.txt': 'two\n' });
  });
  after(() => task.remove());

  async function room() {
    const { snapshot } = await task.snapshot();
    const place = { task: 't1', slug: 'task', repository: task.facts, workspace: task.workspace, snapshot };
    return task.workspaces.reading(place, NEVER);
  }

  it('holds the snapshot, says that it is as it was, and goes', async () => {
    const { folder, isUntouched, close, readable } = await room();
    assert.equal(readFileSync(join(folder, 'src/b.txt'), 'utf8'), 'two\n');
    assert.deepEqual(readable, [join(task.facts.commonDir, 'objects')]);
    assert.equal(await isUntouched(), true);
    await close();
    assert.equal(existsSync(dirname(folder)), false);
  });

  const TOUCHES: Readonly<Record<string, (folder: string) => void>> = {
    'a changed file': (folder) => writeFileSync(join(folder, 'src/a.txt'), 'other\n'),
    'a new file': (folder) => writeFileSync(join(folder, 'src/new.txt'), ''),
    'a file that went': (folder) => rmSync(join(folder, 'src/a.txt')),
    'another mode': (folder) => chmodSync(join(folder, 'src/a.txt'), 0o755),
    'all of it that went': (folder) => rmSync(folder, { recursive: true }),
  };
  for (const [what, touch] of Object.entries(TOUCHES)) {
    it(`says that it is not as it was: ${what}`, async () => {
      const { folder, isUntouched, close } = await room();
      touch(folder);
      assert.equal(await isUntouched(), false);
      await close();
    });
  }
});
