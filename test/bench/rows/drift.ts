/** Rows about drift alone: every rule on two trees, against the one `git diff-tree` that it needs. */
import { execFileSync } from 'node:child_process';
import { NO_OBSERVATIONS } from '../../../src/core/drift/diff';
import { computeDrift } from '../../../src/core/drift/drift';
import { COMPARE, diffTrees } from '../../../src/node/git/diff';
import { viewObjects } from '../../../src/node/git/gitDirectory';
import { openReader } from '../../../src/node/git/reader';
import { BRIEF, type Ground, git } from '../ground';
import { type Row, ratio, ratioRow, time } from '../measure';

const SIZES = [1, 100, 10_000] as const;
/** Every so many of the files is a test. */
const TEST_EVERY = 10;

/** Drift of 1, 100 and 10,000 changed files in a repository of twelve thousand. */
export async function driftAlone(ground: Ground, rounds: number): Promise<Row[]> {
  const folder = ground.fresh('sizes');
  layBranches(folder, 12_000);
  const view = await viewObjects(folder);
  const rows: Row[] = [];
  for (const size of SIZES) {
    const base = git(folder, 'rev-parse', 'main^{tree}').trim();
    const head = git(folder, 'rev-parse', `changed-${size}^{tree}`).trim();
    const ours = () => time(() => judge(view.gitDir, base, head));
    const raw = ['diff-tree', ...COMPARE, '--raw', '--numstat', '-z', base, head];
    const theirs = () => time(() => git(folder, ...raw));
    const measured = await ratio(size > 1_000 ? Math.min(rounds, 3) : rounds, ours, theirs);
    rows.push(ratioRow(`drift alone, ${size} files / git diff-tree --raw --numstat`, '', measured));
  }
  await view.close();
  return rows;
}

async function judge(gitDir: string, base: string, head: string): Promise<void> {
  const reader = openReader(gitDir, base, head);
  reader.begin();
  const changes = await diffTrees(gitDir, base, head);
  await computeDrift({
    brief: BRIEF,
    base,
    head,
    tree: head,
    changes,
    reader,
    observations: NO_OBSERVATIONS,
    policy: null,
  });
  await reader.close();
}

const pathOf = (index: number) =>
  index % TEST_EVERY === 0 ? `src/f${index % 97}/case${index}.test.js` : `src/f${index % 97}/file${index}.js`;

function contentOf(index: number, edited: boolean): string {
  const value = edited ? index + 1 : index;
  if (index % TEST_EVERY !== 0) {
    const lines = Array.from({ length: 30 }, (_, line) => `export const value${line} = ${line === 7 ? value : line};`);
    return `${lines.join('\n')}\n`;
  }
  const cases = Array.from(
    { length: 5 },
    (_, at) =>
      `it('adds ${at}', () => {\n  const sum = add(${value}, ${at});\n  assert.equal(sum, ${value + at});\n});`,
  );
  return `import assert from 'node:assert/strict';\nimport { add } from './file.js';\n${cases.join('\n')}\n`;
}

/** A bare repository of `files` files, and a branch for each size on which so many are edited. */
function layBranches(folder: string, files: number): void {
  execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', folder]);
  const stream: string[] = [];
  const commit = (branch: string, from: string | null, count: number, edited: boolean) => {
    stream.push(`commit refs/heads/${branch}`, 'committer Bench <bench@example.com> 1700000000 +0000', 'data 1', 'x');
    if (from !== null) stream.push(`from refs/heads/${from}`);
    for (let index = 0; index < count; index += 1) {
      const text = contentOf(index, edited);
      stream.push(`M 100644 inline ${pathOf(index)}`, `data ${text.length}`, text);
    }
  };
  commit('main', null, files, false);
  for (const size of SIZES) commit(`changed-${size}`, 'main', size, true);
  execFileSync('git', ['-C', folder, 'fast-import', '--quiet'], {
    input: `${stream.join('\n')}\n`,
    maxBuffer: 1 << 30,
  });
}
