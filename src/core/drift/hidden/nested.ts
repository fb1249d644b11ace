/** `hidden/nested-repo` between two trees: paths that spell `.git`, and folders laid out as a bare repository. */
import type { Change } from '../diff';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import { isGitName } from './gitNames';

/** Judges paths that exist after the change. */
export async function judgeNestedRepositories({ changes, reader }: RuleContext): Promise<readonly RawFinding[]> {
  const present = changes.filter((change) => change.status !== 'D');
  const bare = new Set(present.flatMap(couldBeBare));
  return [...spelledGit(present), ...(bare.size === 0 ? [] : bareLayouts(bare, await reader.paths('head')))];
}

function spelledGit(changes: readonly Change[]): readonly RawFinding[] {
  const byFolder = new Map<string, string[]>();
  for (const { path } of changes) {
    const segments = path.split('/');
    const at = segments.findIndex(isGitName);
    if (at === -1) continue;
    const folder = segments.slice(0, at + 1).join('/');
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  return [...byFolder].map(([folder, paths]) => ({
    rule: 'hidden/nested-repo',
    path: folder,
    message: `${folder} is a spelling of .git, which git on some machine obeys.`,
    evidence: paths.join(', '),
  }));
}

/** Folders of which the path could be the `HEAD`, or lie in the `objects` or `refs`, of a bare repository. */
function couldBeBare({ path }: Change): readonly string[] {
  const segments = path.split('/');
  return segments.flatMap((segment, index) => {
    const isLast = index === segments.length - 1;
    const isPart = isLast ? segment === 'HEAD' : segment === 'objects' || segment === 'refs';
    return isPart ? [segments.slice(0, index).join('/')] : [];
  });
}

function bareLayouts(candidates: ReadonlySet<string>, headPaths: readonly string[]): readonly RawFinding[] {
  const parts = new Map([...candidates].map((folder) => [folder, new Set<string>()]));
  for (const path of headPaths) {
    for (const [folder, found] of parts) {
      const inside = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
      if (inside !== null) found.add(inside.includes('/') ? inside.slice(0, inside.indexOf('/') + 1) : inside);
    }
  }
  return [...parts]
    .filter(([, found]) => found.has('HEAD') && found.has('objects/') && found.has('refs/'))
    .map(([folder, found]) => ({
      rule: 'hidden/nested-repo',
      path: folder === '' ? null : folder,
      message: `${folder || 'The top folder'} is laid out as a bare repository: git run inside it obeys its configuration.`,
      evidence: ['HEAD', 'config', 'hooks/', 'objects/', 'refs/'].filter((part) => found.has(part)).join(', '),
    }));
}
