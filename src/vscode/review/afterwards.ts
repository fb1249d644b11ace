/** What the page's section on a correction leads to: the evidence of one thing, in the editor. */
import type { CorrectedItem, Regression } from '../../core/review/afterwards/outcome';
import { findingsIn } from '../../core/review/reviewer/opinions';
import { shownItems, shownRegressions } from './page/afterwards';
import type { ReviewSession } from './session';

/** Opens the output of a check, or the place of a finding or a remark; what is not there any more opens nothing. */
export async function openCorrected(
  session: ReviewSession,
  { of, place }: { readonly of: 'broken' | 'items'; readonly place: number },
): Promise<void> {
  const packet = session.state?.packet;
  if (packet === undefined || packet.correction === null) return;
  const shown = of === 'broken' ? shownRegressions(packet.correction) : shownItems(packet.correction);
  const one: CorrectedItem | Regression | undefined = shown[place];
  if (one === undefined) return;
  if (one.kind === 'check' || one.kind === 'tests') {
    const check = packet.checks.find(({ name }) => name === one.id);
    return check === undefined ? undefined : session.editor.showLog(check.name);
  }
  if (one.path === null) return;
  const id = 'now' in one ? one.now : one.id;
  const known = findingsIn(packet).some((finding) => finding.id === id) ? { finding: id } : {};
  const line = one.line === null ? {} : { line: one.line };
  await session.editor.run('countersign.openFileDiff', { task: session.task, path: one.path, ...line, ...known });
}
