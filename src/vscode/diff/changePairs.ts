/** Changes as the two sides that a diff editor shows, in the order in which a reviewer looks at them. */
import { boundaryOf } from '../../core/drift/boundaries';
import type { Finding } from '../../core/drift/report';
import { orderByRisk } from '../../core/review/risk';
import { visible } from '../../core/visible';
import type { FileChange, Revision } from '../../host/rpc/reading';
import type { Translate } from '../translate';
import type { Side, SnapshotPlace } from './snapshotPlace';

/**
 * Files of one multi-diff editor: VS Code (1.139) makes the models of all of them before it shows the first. It takes
 * most of the time itself: of a thousand files, the host reads both sides in a third of a second.
 */
export const MOST_OPENED = 300;

export interface ChangePair {
  /** What the entry is called after. */
  readonly label: SnapshotPlace;
  /** Null for a file that was added. */
  readonly original: SnapshotPlace | null;
  /** Null for a file that was deleted. */
  readonly modified: SnapshotPlace | null;
}

export interface Span {
  readonly from: Revision;
  readonly to: Revision;
}

/** The sides of one change; a renamed file has its old path on the left. */
export function pairOf(task: string, change: FileChange, { from, to }: Span): ChangePair {
  const original = change.status === 'A' ? null : { task, at: from, path: change.oldPath ?? change.path };
  const modified = change.status === 'D' ? null : { task, at: to, path: change.path };
  return { label: modified ?? original ?? { task, at: to, path: change.path }, original, modified };
}

/** The change that a path belongs to, by its new name or its old one; null when the path did not change. */
export function changeOf(changes: readonly FileChange[], path: string): FileChange | null {
  return changes.find((change) => change.path === path) ?? changes.find((change) => change.oldPath === path) ?? null;
}

/**
 * On which side of a change a path is to be seen: what was deleted, and the old name of what was renamed, only on the
 * left.
 */
export function sideOf(changes: readonly FileChange[], path: string, { from, to }: Span): Revision {
  const change = changes.find((candidate) => candidate.path === path);
  if (change !== undefined) return change.status === 'D' ? from : to;
  return changes.some(({ oldPath }) => oldPath === path) ? from : to;
}

/** The same, as a side of a diff editor that must show both. */
export function opposite(place: SnapshotPlace): SnapshotPlace & { readonly at: Side } {
  return { ...place, at: 'none' };
}

/** The riskiest first: as the review lists its files. */
export function inReviewOrder(changes: readonly FileChange[], findings: readonly Finding[]): readonly FileChange[] {
  const byPath = new Map(changes.map((change) => [change.path, change]));
  return orderByRisk({ changes, findings, boundaryOf }).flatMap(({ path }) => byPath.get(path) ?? []);
}

/** The title of all changes; it says when not all are there. */
export function changesTitle(
  { title, span, shown, all }: { title: string; span: Span; shown: number; all: number },
  t: Translate,
): string {
  const name = visible(title);
  const turn = `${span.to}`;
  const words =
    span.from === 'base'
      ? t('Changes of {0} (turn {1})', name, turn)
      : t('Changes of {0} (turn {1} since turn {2})', name, turn, `${span.from}`);
  return shown < all ? t('{0}: the {1} riskiest of {2} files', words, shown, all) : words;
}

/** The title of one file's difference. */
export function fileTitle(pair: ChangePair, { from, to }: Span, t: Translate): string {
  const name = (path: string) => visible(path.slice(path.lastIndexOf('/') + 1));
  const left = from === 'base' ? t('base') : t('turn {0}', from);
  const right = t('turn {0}', `${to}`);
  const { original, modified } = pair;
  if (original === null) return t('{0} (added, {1})', name(pair.label.path), right);
  if (modified === null) return t('{0} (deleted since {1})', name(pair.label.path), left);
  const renamed = original.path !== modified.path;
  const shown = renamed ? `${name(original.path)} → ${name(modified.path)}` : name(modified.path);
  return t('{0} ({1} ↔ {2})', shown, left, right);
}
