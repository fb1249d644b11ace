/** `hidden/nested-repo` between two trees: paths that spell `.git`, and folders laid out as a bare repository. */
import { append } from '../append';
import type { Change } from '../diff';
import type { RuleContext } from '../input';
import type { RawFinding } from '../report';
import { isGitName } from './gitNames';

/** What git takes a folder for a repository by (setup.c: `is_git_directory`). */
const PARTS = ['HEAD', 'objects', 'refs'] as const;

/** Judges paths that exist after the change. */
export async function judgeNestedRepositories({ changes, reader }: RuleContext): Promise<readonly RawFinding[]> {
  const present = changes.filter((change) => change.status !== 'D');
  const touched = new Set(present.flatMap(({ path }) => partsOf(path).map(({ folder }) => folder)));
  return [...spelledGit(present), ...(touched.size === 0 ? [] : bareLayouts(touched, await reader.paths('head')))];
}

function spelledGit(changes: readonly Change[]): readonly RawFinding[] {
  const byFolder = new Map<string, string[]>();
  for (const { path } of changes) {
    const segments = path.split('/');
    const at = segments.findIndex(isGitName);
    if (at === -1) continue;
    const folder = segments.slice(0, at + 1).join('/');
    append(byFolder, folder, path);
  }
  return [...byFolder].map(([folder, paths]) => ({
    rule: 'hidden/nested-repo',
    path: folder,
    message: `${folder} is a spelling of .git, which git on some machine obeys.`,
    evidence: paths.join(', '),
  }));
}

/** Folders of which the path could be the `HEAD`, or lie in the `objects` or `refs`, of a bare repository. */
function partsOf(path: string): readonly { folder: string; part: string }[] {
  if (!PARTS.some((part) => path.includes(part))) return [];
  const segments = path.split('/');
  return segments.flatMap((part, index) => {
    const isLast = index === segments.length - 1;
    const isPart = isLast ? part === 'HEAD' : part === 'objects' || part === 'refs';
    return isPart ? [{ folder: segments.slice(0, index).join('/'), part }] : [];
  });
}

function bareLayouts(touched: ReadonlySet<string>, headPaths: readonly string[]): readonly RawFinding[] {
  const found = new Map<string, Set<string>>();
  for (const { folder, part } of headPaths.flatMap(partsOf)) {
    if (touched.has(folder)) found.set(folder, (found.get(folder) ?? new Set()).add(part));
  }
  return [...found]
    .filter(([, parts]) => parts.size === PARTS.length)
    .map(([folder]) => ({
      rule: 'hidden/nested-repo',
      path: folder === '' ? null : folder,
      message: `${folder || 'The top folder'} is laid out as a bare repository: git run inside it obeys its configuration.`,
      evidence: PARTS.join(', '),
    }));
}
