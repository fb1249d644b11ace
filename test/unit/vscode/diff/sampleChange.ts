/** What the tests of the diffs are fed with. */
import { type Finding, findingSchema } from '../../../../src/core/drift/report';
import type { FileChange } from '../../../../src/host/rpc/reading';

const OID = 'a'.repeat(40);

export function sampleChange(change: Partial<FileChange>): FileChange {
  return {
    status: 'M',
    path: 'src/retry.ts',
    oldPath: null,
    oldMode: '100644',
    newMode: '100644',
    oldOid: OID,
    newOid: OID.replaceAll('a', 'b'),
    insertions: 3,
    deletions: 1,
    ...change,
  };
}

export function sampleFinding(change: Partial<Finding>): Finding {
  return findingSchema.parse({
    id: '0123456789abcdef',
    rule: 'scope/outside',
    severity: 'block',
    path: 'src/retry.ts',
    line: 3,
    message: 'The brief did not ask for this.',
    evidence: 'changed',
    boundary: null,
    ...change,
  });
}
