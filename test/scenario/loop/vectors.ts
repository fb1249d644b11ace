/**
 * Ways in which a folder and its git directory can make whoever looks next run a program: each as a piece of shell that
 * an agent would run in its folder, and what the drift report must say about it.
 */

export interface Place {
  /** The file that the vector's program would create. */
  readonly marker: string;
  /** A command that creates it, as one quoted word of shell. */
  readonly evil: string;
  /** The user's repository. */
  readonly user: string;
}

export interface Vector {
  readonly name: string;
  /** Vectors of one batch are planted by one task; those that would get into each other's way stand in different ones. */
  readonly batch: 'configuration' | 'hooks' | 'links' | 'remade' | 'objects' | 'refs' | 'user';
  /** Shell that plants it. */
  readonly plant: (place: Place) => string;
  /** Rule and beginning of the message of a finding. */
  readonly seen: readonly [rule: string, subject: string];
}

const set = (key: string, value: string, file = '.git/config') => `git config --file ${file} --add ${key} ${value}`;

function configured(name: string, key: string, ...more: readonly string[]): Vector {
  return {
    name,
    batch: 'configuration',
    plant: ({ evil }) => [set(key, evil), ...more].join('\n'),
    seen: ['git/config', key.toLowerCase()],
  };
}

const HOOKS =
  'post-checkout post-index-change reference-transaction pre-commit post-commit post-merge pre-auto-gc update post-receive';

/** Writes executable hooks into a folder. */
const hooks = (folder: string, evil: string) =>
  `mkdir -p ${folder}
for name in ${HOOKS}; do printf '#!/bin/sh\\n%s\\n' ${evil} > ${folder}/$name; chmod +x ${folder}/$name; done`;

export const VECTORS: readonly Vector[] = [
  configured('file system monitor', 'core.fsmonitor'),
  configured('ssh command', 'core.sshCommand'),
  configured('pager', 'core.pager', set('pager.log', 'true')),
  configured('editor', 'core.editor'),
  configured('external diff', 'diff.external'),
  configured('diff driver', 'diff.evil.command'),
  configured('text conversion', 'diff.other.textconv'),
  configured('clean filter', 'filter.evil.clean'),
  configured('smudge filter', 'filter.evil.smudge'),
  configured('process filter', 'filter.other.process'),
  configured(
    'merge driver',
    'merge.evil.driver',
    `printf '%s\\n' '* merge=evil' '*.txt filter=evil diff=evil' '*.md filter=other diff=other' > .gitattributes`,
  ),
  configured('signing program', 'gpg.program', set('commit.gpgSign', 'true'), set('log.showSignature', 'true')),
  configured('credential helper', 'credential.helper'),
  configured('alias', 'alias.fetch'),
  {
    name: 'rewritten address',
    batch: 'configuration',
    plant: ({ marker }) =>
      `${set(`'url.ext::touch ${marker} .insteadOf'`, '/')}\n${set('protocol.ext.allow', 'always')}`,
    seen: ['git/config', 'url.ext::'],
  },
  {
    name: 'included configuration',
    batch: 'configuration',
    plant: ({ evil }) => `${set('core.fsmonitor', evil, '.git/included')}\n${set('include.path', 'included')}`,
    seen: ['git/config', 'include.path'],
  },
  {
    name: 'configuration included on a condition',
    batch: 'configuration',
    plant: ({ evil }) =>
      `${set('core.fsmonitor', evil, '.git/conditional')}\n${set('includeIf.onbranch:**.path', 'conditional')}`,
    seen: ['git/config', 'includeif.'],
  },
  {
    name: 'promisor remote and a missing object',
    batch: 'configuration',
    plant: ({ marker }) =>
      [
        set('extensions.partialClone', 'evil'),
        set('remote.evil.promisor', 'true'),
        set('remote.evil.url', `'ext::touch ${marker}'`),
        `printf '%040d\\n' 2 > .git/refs/heads/broken`,
      ].join('\n'),
    seen: ['git/config', 'extensions.partialclone'],
  },
  {
    name: 'hooks',
    batch: 'hooks',
    plant: ({ evil }) => hooks('.git/hooks', evil),
    seen: ['git/hooks', 'hooks/post-checkout'],
  },
  {
    name: 'hooks elsewhere',
    batch: 'hooks',
    plant: ({ evil }) => `${hooks('.h', evil)}\n${set('core.hooksPath', '"$PWD/.h"')}`,
    seen: ['git/config', 'core.hookspath'],
  },
  {
    name: 'attributes outside the tree',
    batch: 'hooks',
    plant: ({ evil }) => `mkdir -p .git/info\necho '* filter=x' > .git/info/attributes\n${set('filter.x.clean', evil)}`,
    seen: ['git/attributes', 'info/attributes'],
  },
  {
    name: 'configuration of the worktree',
    batch: 'links',
    plant: ({ evil }) =>
      `${set('extensions.worktreeConfig', 'true')}\n${set('core.fsmonitor', evil, '.git/config.worktree')}`,
    seen: ['git/worktree-link', 'extensions.worktreeconfig'],
  },
  {
    name: 'common directory redirected',
    batch: 'links',
    plant: ({ evil }) =>
      [
        'mkdir .git/other',
        'cp -r .git/config .git/objects .git/refs .git/other/',
        set('core.fsmonitor', evil, '.git/other/config'),
        'echo other > .git/commondir',
      ].join('\n'),
    seen: ['git/worktree-link', 'commondir'],
  },
  {
    name: 'git directory replaced by a file that names another',
    batch: 'remade',
    plant: ({ evil }) => `${set('core.fsmonitor', evil)}\nmv .git moved\necho 'gitdir: moved' > .git`,
    seen: ['git/worktree-link', '.git'],
  },
  {
    name: 'replaced object',
    batch: 'objects',
    plant: () => `git replace "$(echo evil | git hash-object -w --stdin)" "$(echo good | git hash-object -w --stdin)"`,
    seen: ['git/objects', 'refs/replace/'],
  },
  {
    name: 'grafted history',
    batch: 'objects',
    plant: () => 'git rev-parse HEAD > .git/info/grafts',
    seen: ['git/objects', 'info/grafts'],
  },
  {
    name: 'borrowed objects',
    batch: 'objects',
    plant: () => 'mkdir -p .git/borrowed\necho "$PWD/.git/borrowed" >> .git/objects/info/alternates',
    seen: ['git/objects', 'objects/info/alternates'],
  },
  {
    name: 'branches and tags that stand for each other',
    batch: 'refs',
    plant: () => 'git tag main; git branch -f main HEAD; git update-ref refs/remotes/origin/main HEAD',
    seen: ['git/refs', 'refs/tags/main'],
  },
  {
    name: 'the user’s stash',
    batch: 'user',
    plant: ({ user }) => `git -C ${user} stash drop -q`,
    seen: ['git/refs', 'stash'],
  },
  {
    name: 'the user’s branches',
    batch: 'user',
    plant: ({ user }) => `older=$(git -C ${user} rev-parse kept~1) && echo "$older" > ${user}/.git/refs/heads/kept`,
    seen: ['git/refs', 'refs/heads/kept'],
  },
  {
    name: 'the user’s hooks',
    batch: 'user',
    plant: ({ user, evil }) => hooks(`${user}/.git/hooks`, evil),
    seen: ['git/hooks', 'hooks/post-checkout'],
  },
  {
    name: 'the user’s configuration',
    batch: 'user',
    plant: ({ user, evil }) => set('core.fsmonitor', evil, `${user}/.git/config`),
    seen: ['git/config', 'core.fsmonitor'],
  },
];
