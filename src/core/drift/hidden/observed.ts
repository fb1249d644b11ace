/** `hidden/*` that only a run can show: what the walk of the agent's folder and its index found. */
import type { RunObservations } from '../diff';
import type { RawFinding } from '../report';

const HOW: Readonly<Record<RunObservations['indexHidden'][number]['how'], string>> = {
  'assume-unchanged': 'was marked assume-unchanged',
  'skip-worktree': 'was marked skip-worktree',
  stat: 'had its stat data spoofed',
  'unreadable-index': 'was in an index that could not be read',
};

/** One finding for each thing observed. */
export function judgeObserved(observed: RunObservations): readonly RawFinding[] {
  return [
    ...observed.special.map(({ path, kind }) => ({
      rule: 'hidden/special',
      path,
      message: `${path} is a ${kind}, not a file.`,
      evidence: kind,
    })),
    ...observed.oversize.map(({ path, size }) => ({
      rule: 'hidden/oversize',
      path,
      message: `${path} has ${size} bytes; it was left out of the snapshot.`,
      evidence: `${size} bytes`,
    })),
    ...observed.unreadable.map(({ path, reason }) => ({
      rule: 'hidden/unreadable',
      path,
      message: `${path} could not be read: ${reason}.`,
      evidence: reason,
    })),
    ...observed.nested.map(({ path, files }) => ({
      rule: 'hidden/nested-repo',
      path,
      message: `${path} is a repository of its own, with ${files.length} files that git would have hidden.`,
      evidence: files.join(', '),
    })),
    ...observed.ignored.map((path) => ({
      rule: 'hidden/ignored',
      path,
      message: `${path} is new, and ignore rules hide it.`,
      evidence: 'ignored',
    })),
    ...observed.indexHidden.map(({ path, how }) => ({
      rule: 'hidden/index-flag',
      path,
      message: `${path} changed and ${HOW[how]}, so git status would not have shown it.`,
      evidence: how,
    })),
  ];
}
