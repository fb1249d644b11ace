/** What the review page is composed of, in tests. */
import type { FileChange } from '../../../../src/host/rpc/reading';
import { EMPTY_DRAFT } from '../../../../src/vscode/review/draft';
import { rankedChanges } from '../../../../src/vscode/review/page/files';
import type { ReviewState, SignoffPreview } from '../../../../src/vscode/review/page/state';
import { sampleCheck, sampleDrift, sampleFinding, samplePacket, sampleVerification } from '../../review/sample';

export const PREVIEW: SignoffPreview = {
  by: { name: 'Reviewer', email: 'reviewer@example.com' },
  ref: 'refs/heads/main',
  moved: false,
  checkedOut: true,
  refusal: null,
};

export function sampleChange(change: Partial<FileChange> = {}): FileChange {
  return {
    status: 'M',
    path: 'src/http/retry.ts',
    oldPath: null,
    oldMode: '100644',
    newMode: '100644',
    oldOid: 'a'.repeat(40),
    newOid: 'b'.repeat(40),
    insertions: 96,
    deletions: 2,
    ...change,
  };
}

export function knownChanges(...changes: readonly FileChange[]): ReviewState['changes'] {
  return { kind: 'known', value: rankedChanges({ changes, omitted: 0 }, []) };
}

/** A clean task that is ready, unless told otherwise. */
export function sampleState(change: Partial<ReviewState> = {}): ReviewState {
  return {
    packet: samplePacket(),
    draft: EMPTY_DRAFT,
    changes: knownChanges(sampleChange()),
    since: null,
    history: null,
    signoff: { kind: 'known', value: PREVIEW },
    remarks: [],
    gone: false,
    live: true,
    trusted: true,
    busy: null,
    ...change,
  };
}

/** A finding that blocks (`f1`), one that only tells (`f2`), and a check that failed. */
export function blockedPacket() {
  return samplePacket({
    drift: sampleDrift([sampleFinding(), sampleFinding({ id: 'f2', severity: 'info', rule: 'tests/changed' })]),
    verification: sampleVerification({ checks: [sampleCheck({ status: 'failed', exit: 1, note: 'one failed' })] }),
  });
}
