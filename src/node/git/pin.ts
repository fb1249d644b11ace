/**
 * Refs of ours in the user's repository that keep what a task rests on from being collected: its base, and every stash
 * entry that was there at hand-off. They live under `refs/countersign/<task>/`, where no porcelain command looks.
 */
import { stat } from 'node:fs/promises';
import type { Repository } from '../../core/events';
import { openGit } from './git';
import { stashEntries } from './stash';

/** Where a task's refs live. */
export function taskRefs(task: string): string {
  return `refs/countersign/${task}`;
}

/** The ref of the snapshot that a turn ended with. */
export function snapshotRef(task: string, turn: number): string {
  return `${taskRefs(task)}/${turn}`;
}

/** The ref that keeps a snapshot which another of the same turn took the place of. */
export function replacedRef(task: string, commit: string): string {
  return `${taskRefs(task)}/replaced/${commit}`;
}

/** The ref of what the task adopted last. */
export function adoptedRef(task: string): string {
  return `${taskRefs(task)}/adopted`;
}

/** A ref that no task has yet, for what is being fetched. */
export function arrivingRef(name: string): string {
  return `refs/countersign/arriving/${name}`;
}

/** Pins the base and the stash entries, in one transaction. Pinning again is harmless. */
export async function pin(repository: Pick<Repository, 'commonDir'>, task: string, base: string): Promise<void> {
  const git = openGit(repository.commonDir);
  const entries = (await stashEntries(repository.commonDir)).reverse();
  const updates = [
    `update ${taskRefs(task)}/base\0${base}\0\0`,
    ...entries.map((oid, index) => `update ${taskRefs(task)}/stash/${index}\0${oid}\0\0`),
  ];
  await git.run(['update-ref', '-z', '--stdin'], { input: updates.join('') });
}

/** Every ref of a task, by full name; none where the repository is gone. */
export async function refsOf(repository: Pick<Repository, 'commonDir'>, task: string): Promise<string[]> {
  if ((await stat(repository.commonDir).catch(() => null)) === null) return [];
  return listRefs(repository, `${taskRefs(task)}/`);
}

/** Removes the pins of base and stashes; the snapshots stay, because they are what can be restored. */
export async function unpin(repository: Pick<Repository, 'commonDir'>, task: string): Promise<void> {
  const pins = await listRefs(repository, `${taskRefs(task)}/base`, `${taskRefs(task)}/stash`);
  const updates = pins.map((ref) => `delete ${ref}\0\0`);
  if (updates.length === 0) return;
  await openGit(repository.commonDir).run(['update-ref', '-z', '--stdin'], { input: updates.join('') });
}

async function listRefs({ commonDir }: Pick<Repository, 'commonDir'>, ...below: readonly string[]): Promise<string[]> {
  const listed = await openGit(commonDir).text(['for-each-ref', '--format=%(refname)', ...below]);
  return listed.split('\n').filter((ref) => ref !== '');
}
