/** What marks a file as viewed. */
import { sha256Hex } from '../../core/hash';
import type { FileChange } from '../../host/rpc/reading';

/** Bound to its path and to what is in it, so that another content is not viewed. */
export function viewMark({ path, status, newOid, newMode }: FileChange): string {
  return sha256Hex(`${status}\0${newMode ?? ''}\0${newOid ?? ''}\0${path}`).slice(0, 16);
}
