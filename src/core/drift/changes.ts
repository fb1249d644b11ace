/** Questions about a change that several rules ask. */
import type { Change } from './diff';

/** Modes of git tree entries (gitformat-index). */
export const MODE = { executable: '100755', link: '120000', gitlink: '160000' } as const;

/** Every path that the change touches: both sides of a rename. */
export function pathsOf(change: Change): readonly string[] {
  return change.oldPath !== null && change.oldPath !== change.path ? [change.path, change.oldPath] : [change.path];
}

/** What the change did to one of its paths, in a few words that do not depend on content, for evidence. */
export function describeChange(change: Change, path = change.path): string {
  if (path !== change.path) return `renamed to ${change.path}`;
  switch (change.status) {
    case 'A':
      return 'added';
    case 'D':
      return 'deleted';
    case 'M':
      return change.oldOid === change.newOid ? 'mode changed' : 'modified';
    case 'T':
      return 'type changed';
    case 'R':
      return `renamed from ${change.oldPath}`;
  }
}

/** The kind of what the change did to one of its paths, in a word or two: what many such changes have in common. */
export function kindOfChange(change: Change, path = change.path): string {
  return change.oldPath === null || change.oldPath === change.path ? describeChange(change, path) : 'renamed';
}

/** Whether the head side is an ordinary file whose content is not the base's. */
export function hasNewContent(change: Change): boolean {
  return (
    change.status !== 'D' &&
    change.newOid !== null &&
    change.newOid !== change.oldOid &&
    change.newMode !== MODE.link &&
    change.newMode !== MODE.gitlink
  );
}

/** Whether the path is new in the head tree, by addition or rename. */
export function hasNewPath(change: Change): boolean {
  return change.status === 'A' || change.status === 'R';
}
