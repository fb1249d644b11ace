/**
 * Ways in which a folder and its git directory can make whoever looks next run a program: each as a piece of shell that
 * an agent would run in its folder, and what the drift report must say about it.
 */

export interface Vector {
  readonly name: string;
  /** Vectors of one batch are planted by one task; those that would get into each other's way stand in different ones. */
  readonly batch: 'configuration' | 'hooks' | 'links' | 'remade' | 'objects' | 'refs' | 'user';
  /**
   * Shell that plants it.
   * @param evil   a command that creates the vector's marker file, as one word of shell
   * @param user   the user's repository
   */
  readonly plant: (evil: string, user: string) => string;
  /** Rule and beginning of the message of a finding; null where nothing can be seen. */
  readonly seen: readonly [rule: string, subject: string] | null;
}

const set = (key: string, value: string) => `git config --file .git/config --add ${key} ${value}`;

function configured(name: string, key: string, more: readonly string[] = []): Vector {
  return {
    name,
    batch: 'configuration',
    plant: (evil) => [set(key, evil), ...more].join('\n'),
    seen: ['git/config', key.toLowerCase()],
  };
}

const HOOKS = [
  'post-checkout',
  'post-index-change',
  'reference-transaction',
  'pre-commit',
  'post-commit',
  'post-merge',
  'pre-auto-gc',
  'pre-push',
  'update',
  'post-receive',
];

/** Writes executable hooks into a folder. */
const hooks = (folder: string, evil: string) =>
  [
    `mkdir -p ${folder}`,
    `printf '#!/bin/sh\\neval %s\\n' "$(printf %q ${evil})" > ${folder}/hook`,
    `for name in ${HOOKS.join(' ')}; do cp ${folder}/hook ${folder}/$name; chmod +x ${folder}/$name; done`,
  ].join('\n');

export const VECTORS: readonly Vector[] = [
  configured('file system monitor', 'core.fsmonitor'),
  configured('ssh command', 'core.sshCommand'),
  configured('pager', 'core.pager', [set('pager.log', 'true'), set('pager.status', 'true')]),
  configured('editor', 'core.editor'),
  configured('external diff', 'diff.external'),
  configured('diff driver', 'diff.evil.command'),
  configured('text conversion', 'diff.other.textconv'),
  configured('clean filter', 'filter.evil.clean'),
  configured('smudge filter', 'filter.evil.smudge'),
  configured('process filter', 'filter.other.process', [set('filter.other.required', 'false')]),
  configured('merge driver', 'merge.evil.driver', [
    `printf '%s\\n' '* merge=evil' 'src/a.txt filter=evil diff=evil' 'src/b.txt filter=other diff=other' > .gitattributes`,
  ]),
  configured('signing program', 'gpg.program', [set('commit.gpgSign', 'true'), set('log.showSignature', 'true')]),
  configured('credential helper', 'credential.helper'),
  configured('alias', 'alias.fetch'),
  {
    name: 'rewritten address',
    batch: 'configuration',
    plant: (evil) => `${set('"url.ext::sh -c $(printf %s EVIL) .insteadOf"'.replace('EVIL', evil), '/')}\n${set('protocol.ext.allow', 'always')}`,
    seen: ['git/config', 'url.ext::'],
  },
  {
    name: 'included configuration',
    batch: 'configuration',
    plant: (evil) => `git config --file .git/included core.fsmonitor ${evil}\n${set('include.path', 'included')}`,
    seen: ['git/config', 'include.path'],
  },
  {
    name: 'configuration included on a condition',
    batch: 'configuration',
    plant: (evil) =>
      `git config --file .git/on-condition core.hooksPath ${evil}\n${set('includeIf.onbranch:**.path', 'on-condition')}`,
    seen: ['git/config', 'includeif.'],
  },
  {
    name: 'promisor remote and a missing object',
    batch: 'configuration',
    plant: (evil) =>
      [
        set('extensions.partialClone', 'evil'),
        set('remote.evil.promisor', 'true'),
        set('remote.evil.uploadpack', evil),
        set('remote.evil.url', '"$PWD"'),
        `printf '%040d\\n' 2 > .git/refs/heads/broken`,
      ].join('\n'),
    seen: ['git/config', 'extensions.partialclone'],
  },
  {
    name: 'hooks',
    batch: 'hooks',
    plant: (evil) => hooks('.git/hooks', evil),
    seen: ['git/hooks', 'hooks/post-checkout'],
  },
  {
    name: 'hooks elsewhere',
    batch: 'hooks',
    plant: (evil) => `${hooks('.h', evil)}\n${set('core.hooksPath', '"$PWD/.h"')}`,
    seen: ['git/config', 'core.hookspath'],
  },
  {
    name: 'attributes outside the tree',
    batch: 'hooks',
    plant: (evil) => `mkdir -p .git/info\necho '* filter=x' > .git/info/attributes\n${set('filter.x.clean', evil)}`,
    seen: ['git/attributes', 'info/attributes'],
  },
  {
    name: 'configuration of the worktree',
    batch: 'links',
    plant: (evil) =>
      `${set('extensions.worktreeConfig', 'true')}\ngit config --file .git/config.worktree core.fsmonitor ${evil}`,
    seen: ['git/worktree-link', 'extensions.worktreeconfig'],
  },
  {
    name: 'common directory redirected',
    batch: 'links',
    plant: (evil) =>
      [
        'cp -r .git .other',
        `git config --file .other/config core.fsmonitor ${evil}`,
        'rm -rf .other/commondir',
        'echo ../.other > .git/commondir',
      ].join('\n'),
    seen: ['git/worktree-link', 'commondir'],
  },
  {
    name: 'git directory replaced by a link to another',
    batch: 'remade',
    plant: (evil) =>
      `mv .git .moved\ngit config --file .moved/config core.fsmonitor ${evil}\necho 'gitdir: .moved' > .git`,
    seen: ['git/worktree-link', '.git'],
  },
  {
    name: 'replaced object',
    batch: 'objects',
    plant: () =>
      `git replace "$(echo evil | git hash-object -w --stdin)" "$(echo good | git hash-object -w --stdin)"`,
    seen: ['git/objects', 'refs/replace/'],
  },
  {
    name: 'grafted history and borrowed objects',
    batch: 'objects',
    plant: () => `git rev-parse HEAD > .git/info/grafts; mkdir -p .own; echo "$PWD/.own" >> .git/objects/info/alternates`,
    seen: ['git/objects', 'objects/info/alternates'],
  },
  {
    name: 'branches and tags that stand for each other',
    batch: 'refs',
    plant: () =>
      `git tag main; git tag countersign/x; git branch -f main HEAD; git update-ref refs/remotes/origin/main HEAD`,
    seen: ['git/refs', 'refs/tags/main'],
  },
  {
    name: 'the user’s own configuration and hooks',
    batch: 'user',
    plant: (evil, user) =>
      `git config --file ${user}/.git/config core.fsmonitor ${evil}\n${hooks(`${user}/.git/hooks`, evil)}`,
    seen: ['git/config', 'core.fsmonitor'],
  },
  {
    name: 'the user’s own branches and stashes',
    batch: 'user',
    plant: (_evil, user) =>
      `git --git-dir=${user}/.git stash drop -q; git --git-dir=${user}/.git update-ref refs/heads/kept HEAD~1`,
    seen: ['git/refs', ''],
  },
];
