/** What marks a file as viewed. */
import { createHash } from 'node:crypto';
import type { FileChange } from '../../host/rpc/reading';

/** Bound to its path and to what is in it, so that another content is not viewed. */
export function viewMark({ path, status, newOid, newMode }: FileChange): string {
  // Node's own: a list of thousands of files is marked before any of it is shown.
  return createHash('sha256')
    .update(`${status}\0${newMode ?? ''}\0${newOid ?? ''}\0${path}`)
    .digest('hex')
    .slice(0, 16);
}
