/**
 * Takes paths of the agent's folder back to the base. What comes back is checked out into a folder of ours first, and
 * then exchanged (`revertExchange.ts`). Nothing that is neither in the snapshot nor in the base is touched.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MODE } from '../../core/drift/changes';
import { fail } from '../../core/errors';
import type { Workspace } from '../../core/events';
import type { RevertRequest } from '../../core/ports/workspace';
import { visible } from '../../core/visible';
import { parseChanges } from './diff';
import { joinNul, openGit } from './git';
import { indexOf, withIndexCopy } from './indexFile';
import { exchange, FIX } from './revertExchange';
import { assertFolders, lookAt } from './snapshot';

/** What a path is at the base; null where it is nothing there. */
interface Side {
  readonly mode: string;
  readonly oid: string;
}

interface Difference {
  readonly base: Side | null;
  readonly other: Side | null;
}

/** See `WorkspacePort.revert`. */
export async function revertPaths({ workspace, snapshot, paths }: RevertRequest, signal: AbortSignal): Promise<void> {
  await assertFolders(workspace);
  const { tree } = await lookAt(workspace, signal);
  const [reviewed, now] = [await differences(workspace, snapshot.tree), await differences(workspace, tree)];
  refuseUnsaved(paths, reviewed, now);
  const due = paths.filter((path) => now.has(path));
  const baseMode = (path: string) => now.get(path)?.base?.mode ?? null;
  const leaving = due.filter((path) => baseMode(path) === null);
  const links = due.filter((path) => baseMode(path) === MODE.gitlink);
  const files = due.filter((path) => baseMode(path) !== null && baseMode(path) !== MODE.gitlink);
  const staged = await stageBase(workspace, files, signal);
  try {
    await exchange(workspace, { leaving, links, returning: staged });
    await linkAgain(
      workspace,
      links.map((path) => [path, now.get(path)?.base?.oid ?? ''] as const),
      signal,
    );
  } finally {
    await staged.remove();
  }
}

/** Every path that differs from the base, with no pairing of renames. */
async function differences({ shadow, base }: Workspace, tree: string): Promise<Map<string, Difference>> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--raw', `${base}^{tree}`, `${tree}^{tree}`];
  const changes = parseChanges(await openGit(shadow.path).list(args));
  const side = (mode: string | null, oid: string | null) => (mode === null || oid === null ? null : { mode, oid });
  return new Map(
    changes.map(({ path, oldMode, oldOid, newMode, newOid }) => [
      path,
      { base: side(oldMode, oldOid), other: side(newMode, newOid) },
    ]),
  );
}

/** What was changed after the snapshot is in no history: it is not ours to take back. */
function refuseUnsaved(
  paths: readonly string[],
  reviewed: ReadonlyMap<string, Difference>,
  now: ReadonlyMap<string, Difference>,
): void {
  const isSaved = (path: string): boolean => {
    const found = now.get(path);
    if (found === undefined) return true;
    const seen = reviewed.get(path)?.other ?? null;
    return seen?.oid === found.other?.oid && seen?.mode === found.other?.mode;
  };
  const unsaved = paths.find((path) => !isSaved(path));
  if (unsaved === undefined) return;
  fail('REVERT_REFUSED', `${visible(unsaved)} was changed after the snapshot was taken`, { fix: FIX });
}

interface StagedFiles {
  readonly folder: string;
  readonly paths: readonly string[];
  remove(): Promise<void>;
}

/** The base's files as git writes them, in a folder of ours. */
async function stageBase(
  { shadow, base }: Workspace,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<StagedFiles> {
  const place = join(shadow.path, 'reverting');
  const folder = join(place, 'files');
  const remove = () => rm(place, { recursive: true, force: true });
  // A process that died may have left some.
  await remove();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const git = openGit(shadow.path, folder);
    const env = { GIT_INDEX_FILE: join(place, 'index') };
    if (paths.length > 0) {
      await git.run(['read-tree', `${base}^{tree}`], { env, signal });
      await git.run(['checkout-index', '--force', '-z', '--stdin'], { env, signal, input: joinNul(paths) });
    }
    return { folder, paths, remove };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

/** Submodules come back into the index: git takes none from a folder, since it could be any repository. */
async function linkAgain(
  { shadow }: Workspace,
  links: readonly (readonly [path: string, oid: string])[],
  signal: AbortSignal,
): Promise<void> {
  if (links.length === 0) return;
  const input = joinNul(links.map(([path, oid]) => `${MODE.gitlink} ${oid} 0\t${path}`));
  await withIndexCopy(indexOf(shadow.path), true, (index) =>
    openGit(shadow.path).run(['update-index', '--add', '--replace', '-z', '--index-info'], {
      input,
      signal,
      env: { GIT_INDEX_FILE: index },
    }),
  );
}
