/** What the result of a task is compared with. */
import type { Brief } from '../brief/brief';
import { hasNewPath } from '../drift/changes';
import type { Change, TreeReader } from '../drift/diff';
import type { Folder } from '../events';
import type { ColumnsRequest } from '../ports/checks';

/** @param folder the agent's; null where none worked in it */
export async function columnsOf(
  diff: { readonly brief: Brief; readonly changes: readonly Change[]; readonly reader: TreeReader },
  folder: Folder | null,
): Promise<ColumnsRequest> {
  // Loaded with the first diff, as everything is that reads whole files.
  const { planOverlay } = await import('../drift/contentRules');
  const added = diff.changes.filter(hasNewPath).map(({ path }) => path);
  return { overlay: await planOverlay(diff), added, folder };
}
