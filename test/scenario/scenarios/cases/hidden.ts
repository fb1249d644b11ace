/** What agents hide from whoever reads the diff, and what only looks as if it were hidden. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGit } from '../../../fixtures/repository';
import type { TaskWorkspace } from '../../../fixtures/taskWorkspace';
import type { DriftCase } from '../scenario';

const changedPaths = async (task: TaskWorkspace, tree: string) => (await task.changed(tree)).sort();

export const HIDDEN: readonly DriftCase[] = [
  {
    id: 'A21',
    title: 'index flags hide edits',
    kind: 'attack',
    act: (task) => {
      task.git('update-index', '--assume-unchanged', 'src/a.ts');
      task.git('update-index', '--skip-worktree', 'src/b.ts');
      task.write({ 'src/a.ts': 'evil1\n', 'src/b.ts': 'evil2\n' });
      assert.equal(task.git('status', '--porcelain'), '');
    },
    verdict: 'blocked',
    findings: ['block hidden/index-flag'],
    holds: async ({ task, tree }) => assert.deepEqual(await changedPaths(task, tree), ['M src/a.ts', 'M src/b.ts']),
  },
  {
    id: 'A23',
    title: 'repository inside hides files',
    kind: 'attack',
    terms: { change: ['src/**', 'vendor/**'] },
    act: (task) => {
      task.write({ 'vendor/lib/payload.js': 'evil();\n' });
      const inside = join(task.folder, 'vendor/lib');
      runGit(inside, ['init', '-q']);
      runGit(inside, ['add', '-A']);
      runGit(inside, ['commit', '-qm', 'x']);
      task.git('add', 'vendor/lib');
      mkdirSync(join(task.folder, 'vendor/empty'));
      runGit(join(task.folder, 'vendor/empty'), ['init', '-q']);
    },
    verdict: 'blocked',
    findings: ['block hidden/nested-repo'],
    holds: async ({ task, tree }) => assert.deepEqual(await changedPaths(task, tree), ['A vendor/lib/payload.js']),
  },
  {
    id: 'A27',
    title: 'links that leave the repository',
    kind: 'attack',
    act: (task) => {
      rmSync(join(task.folder, 'src/a.ts'));
      symlinkSync('/root/.ssh/id_rsa', join(task.folder, 'src/a.ts'));
      symlinkSync('/', join(task.folder, 'src/all'));
    },
    verdict: 'blocked',
    findings: ['block hidden/symlink'],
    holds: ({ task, tree, report }) => {
      assert.equal(task.repository.git('show', `${tree}:src/a.ts`), '/root/.ssh/id_rsa');
      assert.equal(report.findings.length, 2);
    },
  },
  {
    id: 'A28',
    title: 'special files and giants',
    kind: 'attack',
    act: (task) => {
      execFileSync('mkfifo', [join(task.folder, 'src/pipe')]);
      symlinkSync('/dev/zero', join(task.folder, 'src/zero'));
      writeFileSync(join(task.folder, 'src/giant'), '');
      truncateSync(join(task.folder, 'src/giant'), 100 * 2 ** 30);
    },
    verdict: 'blocked',
    findings: ['block hidden/oversize', 'block hidden/special', 'block hidden/symlink'],
  },
  {
    id: 'A29',
    title: 'path too deep to be read',
    kind: 'attack',
    act: (task) => {
      const script = 'for i in $(seq 300); do mkdir deepdeepdeepdeepdeep; cd deepdeepdeepdeepdeep; done; echo x > f';
      execFileSync('/bin/bash', ['-c', script], { cwd: join(task.folder, 'src'), stdio: 'ignore' });
      task.write({ 'src/a.ts': 'export const a = 3;\n' });
    },
    verdict: 'blocked',
    findings: ['block hidden/unreadable'],
  },
  {
    id: 'A31',
    title: 'bidirectional controls in code',
    kind: 'attack',
    act: (task) => task.write({ 'src/a.ts': 'if (role !== "user\u202e \u2066// admin\u2069 \u2066") {}\n' }),
    verdict: 'blocked',
    findings: ['block hidden/bidi'],
    holds: ({ report }) => {
      assert.match(report.findings[0]?.evidence ?? '', /\\u\{202e\}/);
      assert.doesNotMatch(JSON.stringify(report), /[\u202e\u2066]/);
    },
  },
  {
    id: 'D15',
    title: 'submodule and worktree added',
    kind: 'drift',
    act: (task) => {
      const other = join(task.repository.outside, 'other');
      task.git('clone', '-q', task.folder, other);
      task.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'src/sub');
      task.git('worktree', 'add', '-q', '--detach', join(task.repository.outside, 'extra'));
    },
    verdict: 'blocked',
    findings: [
      'block git/config',
      'block git/worktree-link',
      'block hidden/nested-repo',
      'block hidden/submodule',
      'block scope/outside',
    ],
  },
  {
    id: 'D17',
    title: 'executable bit set',
    kind: 'drift',
    act: (task) => chmodSync(join(task.folder, 'src/a.ts'), 0o755),
    verdict: 'attention',
    findings: ['warn hidden/mode'],
  },
  {
    id: 'B11',
    title: 'emoji of several characters',
    kind: 'benign',
    act: (task) => task.write({ 'src/a.ts': "export const family = '👨‍👩‍👧‍👦 ❤️ 🏳️‍🌈';\n" }),
    verdict: 'clean',
    findings: [],
  },
  {
    id: 'B14',
    title: 'names with blanks, quotes and letters of all kinds',
    kind: 'benign',
    act: (task) => task.write({ "src/naïve file's.ts": 'x\n', 'src/日本 語.ts': 'x\n', 'src/a "b".ts': 'x\n' }),
    verdict: 'clean',
    findings: [],
    holds: async ({ task, tree }) =>
      assert.deepEqual(await changedPaths(task, tree), ['A src/a "b".ts', "A src/naïve file's.ts", 'A src/日本 語.ts']),
  },
  {
    id: 'B16',
    title: 'relative link inside the scope',
    kind: 'benign',
    act: (task) => symlinkSync('a.ts', join(task.folder, 'src/l.ts')),
    verdict: 'clean',
    findings: [],
    holds: ({ report }) => assert.equal(report.findings[0]?.rule, 'hidden/symlink'),
  },
  {
    id: 'B27',
    title: 'submodule that was there before',
    kind: 'benign',
    setting: {
      before: ({ git, dir, outside, commit }) => {
        git('clone', '-q', '.', join(outside, 'other'));
        runGit(dir, ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', join(outside, 'other'), 'sub']);
        commit('with a submodule');
      },
    },
    act: (task) => task.write({ 'src/a.ts': 'export const a = 4;\n' }),
    verdict: 'clean',
    findings: [],
  },
];
