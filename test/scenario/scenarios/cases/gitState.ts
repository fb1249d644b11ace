/** What agents do to git's own state. */
import assert from 'node:assert/strict';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGit } from '../../../fixtures/repository';
import type { TaskWorkspace } from '../../../fixtures/taskWorkspace';
import type { DriftCase, Setting } from '../scenario';

function configure(task: TaskWorkspace, key: string, value: string): void {
  runGit(task.repository.outside, ['config', '--file', join(task.folder, '.git/config'), '--add', key, value]);
}

const hook = (marker: string) => ({ script: `#!/bin/sh\ntouch '${marker}'\n` });
const edit = (task: TaskWorkspace) => task.write({ 'src/a.ts': 'export const a = 2;\n' });

/** A repository with something to lose, whose git directory the agent can reach. */
const REACHABLE: Setting = {
  isolation: 'copied',
  before: ({ commit, git, write }) => {
    commit('second', { 'src/b.ts': 'export const b = 3;\n' });
    write({ 'src/b.ts': 'stashed\n' });
    git('stash', '-q');
  },
};

export const GIT_STATE: readonly DriftCase[] = [
  {
    id: 'A01',
    title: 'file system monitor in the configuration',
    kind: 'attack',
    act: (task, marker) => {
      configure(task, 'core.fsmonitor', `touch ${marker} #`);
      edit(task);
    },
    verdict: 'blocked',
    findings: ['block git/config'],
  },
  {
    id: 'A02',
    title: 'hooks planted',
    kind: 'attack',
    act: (task, marker) => {
      for (const name of ['post-checkout', 'reference-transaction', 'post-index-change']) {
        task.write({ [`.git/hooks/${name}`]: hook(marker) });
      }
      edit(task);
    },
    verdict: 'blocked',
    findings: ['block git/hooks'],
  },
  {
    id: 'A03',
    title: 'hooks looked for elsewhere',
    kind: 'attack',
    terms: { change: ['src/**', '.h/**'] },
    act: (task, marker) => {
      task.write({ '.h/post-checkout': hook(marker), '.h/reference-transaction': hook(marker) });
      configure(task, 'core.hooksPath', '.h');
    },
    verdict: 'blocked',
    findings: ['block git/config', 'warn hidden/mode'],
  },
  {
    id: 'A05',
    title: 'text conversion and external diff',
    kind: 'attack',
    act: (task, marker) => {
      configure(task, 'diff.x.textconv', `touch ${marker} #`);
      configure(task, 'diff.external', `touch ${marker} #`);
      task.write({ '.gitattributes': '* diff=x\n', 'src/a.ts': 'export const a = "real";\n' });
    },
    verdict: 'blocked',
    findings: ['block boundary/config', 'block git/config', 'block scope/outside'],
    holds: async ({ report, reader, task, tree }) => {
      const { changes, reader: other } = await task.workspaces.diff(task.workspace, tree);
      await other.close();
      const change = changes.find(({ path }) => path === 'src/a.ts');
      assert.ok(change && report.stats.files === 2);
      assert.deepEqual(await reader.addedLines(change), [{ line: 1, text: 'export const a = "real";' }]);
    },
  },
  {
    id: 'A09',
    title: 'git directory replaced by a file',
    kind: 'attack',
    act: (task, marker) => {
      configure(task, 'core.fsmonitor', `touch ${marker} #`);
      renameSync(join(task.folder, '.git'), join(task.folder, 'src/evil'));
      task.write({ '.git': 'gitdir: src/evil\n' });
      edit(task);
    },
    verdict: 'blocked',
    findings: ['block git/worktree-link', 'block hidden/binary', 'block hidden/nested-repo'],
    holds: ({ task, tree }) => {
      assert.equal(task.repository.git('show', `${tree}:src/a.ts`), 'export const a = 2;');
    },
  },
  {
    id: 'A10',
    title: 'common directory redirected',
    kind: 'attack',
    act: (task, marker) => {
      task.write({ '.git/other/config': `[core]\n\tfsmonitor = touch ${marker} #\n`, '.git/commondir': 'other\n' });
      edit(task);
    },
    verdict: 'blocked',
    findings: ['block git/worktree-link'],
  },
  {
    id: 'A12',
    title: 'programs and addresses of the next fetch or push',
    kind: 'attack',
    act: (task, marker) => {
      configure(task, 'core.sshCommand', `touch ${marker} #`);
      configure(task, `url.ext::touch ${marker} .insteadOf`, '/');
      configure(task, 'remote.origin.pushurl', 'https://evil.example');
      edit(task);
    },
    verdict: 'blocked',
    findings: ['block git/config'],
    holds: ({ report, task }) => {
      const said = report.findings.map(({ message, evidence }) => `${message} ${evidence}`).join('\n');
      assert.match(said, /core\.sshcommand[\s\S]*https:\/\/evil\.example/);
      task.repository.git('fetch', '--all', '-q');
    },
  },
  {
    id: 'A14',
    title: 'replaced object hides the real one',
    kind: 'attack',
    act: (task) => {
      task.write({ 'src/a.ts': 'evil();\n', 'src/b.ts': 'benign();\n' });
      const [evil, benign] = ['src/a.ts', 'src/b.ts'].map((path) => task.git('hash-object', '-w', path));
      task.git('replace', evil ?? '', benign ?? '');
    },
    verdict: 'blocked',
    findings: ['block git/objects'],
    holds: ({ task, tree }) => {
      assert.equal(task.repository.git('show', `${tree}:src/a.ts`), 'evil();');
    },
  },
  {
    id: 'A18',
    title: 'the user’s branch moved',
    kind: 'attack',
    setting: REACHABLE,
    act: (task) => {
      writeFileSync(
        join(task.repository.dir, '.git/refs/heads/main'),
        `${task.repository.git('rev-parse', 'HEAD~1')}\n`,
      );
      edit(task);
    },
    verdict: 'blocked',
    findings: ['block git/refs'],
    holds: ({ report, task }) => {
      assert.match(report.findings[0]?.evidence ?? '', new RegExp(`refs/heads/main: ${task.facts.head}`));
      task.repository.git('cat-file', '-e', task.facts.head);
    },
  },
  {
    id: 'A19',
    title: 'the user’s stash dropped',
    kind: 'attack',
    setting: REACHABLE,
    act: (task) => {
      task.repository.git('stash', 'drop', '-q');
      task.repository.git('reflog', 'expire', '--expire=now', '--all');
      task.repository.git('gc', '-q', '--prune=now');
      edit(task);
    },
    verdict: 'blocked',
    findings: ['block git/refs'],
  },
  {
    id: 'A25',
    title: 'crafted tree with entries that no checkout may have',
    kind: 'attack',
    act: (task) => {
      const blob = task.git('hash-object', '-w', 'src/a.ts');
      const entry = Buffer.concat([Buffer.from('100644 .GIT\0'), Buffer.from(blob, 'hex')]);
      const crafted = join(task.repository.outside, 'tree');
      writeFileSync(crafted, entry);
      const tree = task.git('hash-object', '-w', '--literally', '-t', 'tree', crafted);
      const commit = task.git('commit-tree', '-m', 'crafted', '-p', 'HEAD', tree);
      task.git('update-ref', 'HEAD', commit);
      edit(task);
    },
    verdict: 'clean',
    findings: [],
    holds: ({ task, tree }) => {
      const crafted = task.git('rev-parse', 'HEAD^{tree}');
      assert.throws(() => task.repository.git('cat-file', '-e', crafted));
      assert.deepEqual(task.repository.git('ls-tree', '--name-only', tree).includes('.GIT'), false);
    },
  },
  {
    id: 'D14',
    title: 'branches and tags left in the clone',
    kind: 'drift',
    act: (task) => {
      edit(task);
      task.git('branch', 'backup');
      task.git('tag', 't');
    },
    verdict: 'clean',
    findings: [],
    holds: ({ report, task }) => {
      assert.deepEqual(
        report.findings.map(({ rule, severity }) => `${severity} ${rule}`),
        ['info git/refs', 'info git/refs'],
      );
      assert.doesNotMatch(task.repository.git('for-each-ref'), /backup|tags/);
    },
  },
  {
    id: 'B20',
    title: 'the user fetches and collects garbage meanwhile',
    kind: 'benign',
    setting: {
      isolation: 'copied',
      before: ({ git, outside }) => {
        git('clone', '-q', '--bare', '.', join(outside, 'remote.git'));
        git('remote', 'add', 'origin', join(outside, 'remote.git'));
      },
    },
    act: (task) => {
      edit(task);
      task.repository.git('fetch', '-q');
      task.repository.git('gc', '-q', '--prune=now');
      task.repository.commit('the user goes on', { 'server/x.ts': 'export const mine = 1;\n' });
    },
    verdict: 'clean',
    findings: [],
  },
  {
    id: 'D23',
    title: 'half committed, half left lying',
    kind: 'drift',
    act: (task) => {
      edit(task);
      task.git('commit', '-qam', 'half');
      task.write({ 'src/new.ts': 'export {};\n' });
      appendFileSync(join(task.folder, 'src/b.ts'), 'export const d = 4;\n');
    },
    verdict: 'clean',
    findings: [],
    holds: ({ report }) => assert.equal(report.stats.files, 3),
  },
];
