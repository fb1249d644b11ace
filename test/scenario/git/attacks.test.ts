/** Ways to have a program run by whoever looks at the work next. The marker file must never appear. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openComparison } from '../../../src/node/driftOfRevisions';
import { createCheckouts } from '../../../src/node/git/checkout';
import { runGit, writeFiles } from '../../fixtures/repository';
import { makeTaskWorkspace, NEVER, type TaskWorkspace } from '../../fixtures/taskWorkspace';

interface Attack {
  readonly name: string;
  /** Rules and subjects (or their beginnings) that must be observed. */
  readonly observed: readonly string[];
  readonly act: (task: TaskWorkspace, evil: string) => void;
}

/** Keys whose value is run by some git command, with what a `.gitattributes` must say for it. */
const PROGRAM_KEYS = [
  'core.fsmonitor',
  'core.sshcommand',
  'core.pager',
  'core.editor',
  'core.alternaterefscommand',
  'core.gitproxy',
  'sequence.editor',
  'diff.external',
  'diff.x.textconv',
  'diff.x.command',
  'filter.x.clean',
  'filter.x.smudge',
  'filter.x.process',
  'merge.x.driver',
  'gpg.program',
  'gpg.ssh.program',
  'credential.helper',
  'uploadpack.packobjectshook',
  'remote.origin.uploadpack',
  'alias.fetch',
];

const HOOKS = [
  'post-checkout',
  'post-index-change',
  'reference-transaction',
  'pre-commit',
  'post-commit',
  'pre-auto-gc',
  'post-merge',
  'update',
  'post-receive',
  'post-rewrite',
];

function setConfig(task: TaskWorkspace, key: string, value: string): void {
  runGit(task.repository.outside, ['config', '--file', join(task.folder, '.git/config'), '--add', key, value]);
}

function plantHooks(task: TaskWorkspace, folder: string, evil: string): void {
  for (const hook of HOOKS) task.write({ [`${folder}/${hook}`]: { script: `#!/bin/sh\n${evil}\n` } });
}

const ATTACKS: readonly Attack[] = [
  {
    name: 'every configuration key that names a program',
    observed: PROGRAM_KEYS.map((key) => `git/config ${key}`),
    act: (task, evil) => {
      for (const key of PROGRAM_KEYS) setConfig(task, key, evil);
      setConfig(task, 'commit.gpgSign', 'true');
      setConfig(task, 'log.showSignature', 'true');
      setConfig(task, 'filter.x.required', 'true');
      task.write({ '.gitattributes': '* filter=x diff=x merge=x\n' });
    },
  },
  {
    name: 'hooks, and attributes outside the tree',
    observed: ['git/hooks hooks/post-checkout', 'git/attributes info/attributes', 'git/config filter.x.clean'],
    act: (task, evil) => {
      plantHooks(task, '.git/hooks', evil);
      setConfig(task, 'filter.x.clean', evil);
      task.write({ '.git/info/attributes': '* filter=x\n' });
    },
  },
  {
    name: 'hooks somewhere else',
    observed: ['git/config core.hookspath', 'git/hooks hooks/(folder)'],
    act: (task, evil) => {
      plantHooks(task, '.h', evil);
      setConfig(task, 'core.hooksPath', join(task.folder, '.h'));
      symlinkSync('../.h', join(task.folder, '.git/hooks'));
    },
  },
  {
    name: 'included configuration',
    observed: [
      'git/config include.path',
      'git/config includeif.',
      'git/config url.ext::',
      'git/worktree-link config.worktree',
      'git/worktree-link extensions.worktreeconfig',
    ],
    act: (task, evil) => {
      task.write({ 'evil.cfg': `[core]\n\tfsmonitor = ${evil}\n` });
      setConfig(task, 'include.path', join(task.folder, 'evil.cfg'));
      setConfig(task, 'includeIf.gitdir:/.path', join(task.folder, 'evil.cfg'));
      setConfig(task, `url.ext::${evil} .insteadOf`, 'file://');
      setConfig(task, 'extensions.worktreeConfig', 'true');
      task.write({ '.git/config.worktree': `[core]\n\tfsmonitor = ${evil}\n` });
    },
  },
  {
    name: 'a promisor remote with missing objects',
    observed: ['git/config extensions.partialclone', 'git/config remote.origin.url', 'git/refs refs/heads/broken'],
    act: (task, evil) => {
      setConfig(task, 'extensions.partialClone', 'origin');
      setConfig(task, 'remote.origin.promisor', 'true');
      setConfig(task, 'remote.origin.url', `ext::${evil}`);
      setConfig(task, 'protocol.ext.allow', 'always');
      task.write({ '.git/refs/heads/broken': `${'2'.repeat(40)}\n` });
    },
  },
  {
    name: '.git replaced by a file',
    observed: ['git/worktree-link .git'],
    act: (task, evil) => {
      renameSync(join(task.folder, '.git'), join(task.folder, 'moved'));
      task.write({ '.git': 'gitdir: moved\n', 'moved/config': `[core]\n\tfsmonitor = ${evil}\n` });
    },
  },
  {
    name: '.git made anew',
    observed: ['git/worktree-link .git', 'git/config core.fsmonitor'],
    act: (task, evil) => {
      rmSync(join(task.folder, '.git'), { recursive: true });
      runGit(task.folder, ['init', '-q', '--template=']);
      setConfig(task, 'core.fsmonitor', evil);
    },
  },
  {
    name: 'the common directory redirected, objects replaced and borrowed',
    observed: [
      'git/worktree-link commondir',
      'git/objects refs/replace/',
      'git/objects objects/info/alternates',
      'git/objects info/grafts',
    ],
    act: (task, evil) => {
      task.write({ evil: 'evil\n', good: 'good\n', 'other/config': `[core]\n\tfsmonitor = ${evil}\n` });
      task.git('replace', task.git('hash-object', '-w', 'evil'), task.git('hash-object', '-w', 'good'));
      const base = task.facts.head;
      task.write({
        '.git/objects/info/alternates': `${join(task.folder, 'objects')}\n`,
        '.git/info/grafts': `${base}\n`,
        '.git/commondir': join(task.folder, 'other'),
      });
    },
  },
  {
    name: 'a repository inside, registered as a submodule',
    observed: [],
    act: (task, evil) => {
      const sub = join(task.folder, 'sub');
      task.write({ 'sub/a.txt': 'a' });
      runGit(sub, ['init', '-q']);
      runGit(sub, ['add', '-A']);
      runGit(sub, ['commit', '-qm', 'x']);
      task.git('add', 'sub');
      runGit(sub, ['config', 'core.fsmonitor', evil]);
      task.write({ '.gitmodules': '[submodule "s"]\n\tpath = sub\n\turl = ./x\n\tignore = none\n' });
    },
  },
  {
    name: 'a configuration that never ends',
    observed: ['git/config'],
    act: (task) => {
      rmSync(join(task.folder, '.git/config'));
      execFileSync('mkfifo', [join(task.folder, '.git/config')]);
    },
  },
];

describe('attacks on whoever looks next', () => {
  for (const attack of ATTACKS) {
    it(`${attack.name}: seen, and nothing runs`, async () => {
      const task = await makeTaskWorkspace({ files: { 'src/a.ts': 'one\n', 'src/b.ts': 'two\n' } });
      try {
        const marker = join(task.repository.outside, 'marker');
        const evil = join(task.repository.outside, 'evil');
        writeFiles(task.repository.outside, { evil: { script: `#!/bin/sh\ntouch '${marker}'\nexit 1\n` } });
        attack.act(task, evil);
        rmSync(marker, { force: true });
        task.write({ 'src/a.ts': 'changed\n' });

        await task.look();
        const { snapshot, observations } = await task.snapshot();
        assert.ok((await task.changed(snapshot.tree)).includes('M src/a.ts'));
        const { changes, reader } = await task.workspaces.diff(task.workspace, snapshot.tree);
        for (const change of changes) await reader.addedLines(change);
        await reader.close();
        const checkouts = createCheckouts(task.state);
        const request = { task: 't1', repository: task.facts, workspace: task.workspace, slug: 'task', snapshot };
        const checkout = await checkouts.open(request, NEVER);
        assert.equal(await checkouts.treeOf(request, checkout), snapshot.tree);
        await task.snapshot(2, snapshot.commit);
        task.repository.git('status');
        const gone = await task.workspaces.remove('t1', task.workspace);
        assert.deepEqual(gone, [checkout.folder.path, task.folder, task.workspace.shadow.path]);

        assert.equal(existsSync(marker), false, 'a program of the agent’s ran');
        const seen = observations.git.map(({ rule, subject }) => `${rule} ${subject}`);
        for (const expected of attack.observed) {
          assert.ok(
            seen.some((text) => text.startsWith(expected)),
            `${expected} among ${seen.join(', ')}`,
          );
        }
      } finally {
        await task.remove();
      }
    });
  }

  it('the marker does appear where git is run in the agent’s folder', async () => {
    const task = await makeTaskWorkspace({ files: { a: 'one\n' } });
    try {
      const marker = join(task.repository.outside, 'marker');
      writeFiles(task.repository.outside, { evil: { script: `#!/bin/sh\ntouch '${marker}'\n` } });
      setConfig(task, 'core.fsmonitor', join(task.repository.outside, 'evil'));
      task.git('status');
      assert.equal(existsSync(marker), true);
    } finally {
      await task.remove();
    }
  });

  it('the user’s repository, where nothing guards its configuration, runs nothing while the snapshot comes in', async () => {
    const task = await makeTaskWorkspace({ files: { a: 'one\n' }, isolation: 'copied' });
    try {
      const marker = join(task.repository.outside, 'marker');
      const evil = join(task.repository.outside, 'evil');
      writeFiles(task.repository.outside, { evil: { script: `#!/bin/sh\ntouch '${marker}'\nexit 1\n` } });
      const shadow = pathToFileURL(task.workspace.shadow.path).href;
      const planted = {
        'core.alternateRefsCommand': evil,
        'core.sshCommand': evil,
        'core.fsmonitor': evil,
        'extensions.partialClone': 'origin',
        'remote.origin.url': 'ssh://localhost/x',
        'remote.origin.promisor': 'true',
        'uploadpack.packObjectsHook': evil,
        'url.ssh://localhost/.insteadOf': 'file://',
        [`remote.${shadow}.url`]: shadow,
        [`remote.${shadow}.uploadpack`]: evil,
      };
      for (const [key, value] of Object.entries(planted)) task.repository.git('config', key, value);
      for (const hook of HOOKS) task.repository.write({ [`.git/hooks/${hook}`]: { script: `#!/bin/sh\n${evil}\n` } });
      // A ref to nothing makes a repository with such a remote fetch what is missing.
      const branch = join(task.repository.dir, '.git/refs/heads/main');
      writeFileSync(branch, `${'2'.repeat(40)}\n`);
      task.write({ a: 'two\n' });
      const { snapshot, observations } = await task.snapshot();
      assert.equal(existsSync(marker), false, 'a program of the agent’s ran');
      assert.ok(observations.git.some(({ subject }) => subject === 'core.sshcommand'));
      const stored = join(task.repository.dir, '.git/refs/countersign/t1/1');
      assert.equal(readFileSync(stored, 'utf8').trim(), snapshot.commit);
      rmSync(join(task.repository.dir, '.git/config'));
      writeFileSync(branch, `${task.facts.head}\n`);
      assert.equal(task.repository.git('show', `${snapshot.commit}:a`), 'two');
      assert.equal(task.repository.git('fsck', '--strict', '--connectivity-only'), '');
    } finally {
      await task.remove();
    }
  });

  it('a base whose names lead out of a folder is refused before anything is written', async () => {
    const task = await makeTaskWorkspace({ files: { a: 'one\n' } });
    try {
      const { repository, facts } = task;
      const tree = (...lines: string[]) => {
        const made = execFileSync('git', ['mktree'], { cwd: repository.dir, input: `${lines.join('\n')}\n` });
        return made.toString().trim();
      };
      repository.write({ rules: '*\n' });
      const blob = repository.git('hash-object', '-w', 'rules');
      for (const name of ['..', '.git', '.']) {
        let inner = tree(`100644 blob ${blob}\t.gitignore`);
        for (let depth = 0; depth < 3; depth++) inner = tree(`040000 tree ${inner}\t${name}`);
        const base = repository.git('commit-tree', '-m', 'x', inner);
        const request = { task: 't2', slug: 'two', repository: facts, base, branch: 'b', copy: [] };
        await assert.rejects(task.workspaces.prepare(request, NEVER), { code: 'REPOSITORY_UNSUPPORTED' }, name);
      }
      const left = execFileSync('find', [task.state, '-name', '.gitignore']).toString();
      assert.equal(left, '');
    } finally {
      await task.remove();
    }
  });

  it('a look at the agent’s folder as if it were the user’s is refused', async () => {
    const task = await makeTaskWorkspace({ files: { 'src/a': 'one\n' } });
    try {
      const marker = join(task.repository.outside, 'marker');
      for (const folder of ['checkouts', 'host']) mkdirSync(join(task.state, folder), { recursive: true });
      setConfig(task, 'filter.x.clean', `touch '${marker}'; cat`);
      setConfig(task, 'core.fsmonitor', `touch '${marker}'`);
      task.write({ '.gitattributes': '* filter=x\n', 'src/a': 'changed\n' });
      const link = join(task.repository.outside, 'link');
      symlinkSync(join(task.folder, 'src'), link);
      for (const folder of [task.folder, join(task.folder, 'src'), link]) {
        for (const head of [null, 'HEAD']) {
          await assert.rejects(openComparison({ folder, base: 'HEAD', head }), { code: 'REPOSITORY_UNSUPPORTED' });
        }
      }
      assert.equal(existsSync(marker), false, 'a program of the agent’s ran');
    } finally {
      await task.remove();
    }
  });

  it('a tree that would run a program in a submodule update does not reach the repository', async () => {
    const task = await makeTaskWorkspace({ files: { a: 'one\n' } });
    try {
      writeFileSync(join(task.folder, '.gitmodules'), '[submodule "s"]\n\tpath = s\n\turl = ./s\n\tupdate = !evil\n');
      await assert.rejects(task.snapshot(), { code: 'SNAPSHOT_FAILED', message: /gitmodulesUpdate/ });
      assert.equal(task.repository.git('for-each-ref', 'refs/countersign/t1/1'), '');
    } finally {
      await task.remove();
    }
  });
});
