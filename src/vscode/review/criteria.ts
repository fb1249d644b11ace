/** What the page's criteria lead to: their evidence in the editor, and a person's word for one of them. */
import { fail } from '../../core/errors';
import type { CriterionEvidence } from '../../core/review/criteria/matrix';
import type { PacketCriterion } from '../../core/review/packetSchema';
import { treeOf } from './page/state';
import type { ReviewSession } from './session';

/** Opens a piece of evidence, named by its place; what is not there any more opens nothing. */
export async function openEvidence(
  session: ReviewSession,
  { criterion: index, piece }: { readonly criterion: number; readonly piece: number },
): Promise<void> {
  const criterion = session.state?.packet.criteria[index];
  const evidence = criterion?.evidence[piece];
  if (criterion === undefined || evidence === undefined) return;
  switch (evidence.kind) {
    case 'check':
      return session.editor.showLog(evidence.check);
    case 'test':
      return openTest(session, criterion, evidence);
    case 'hunk':
      return openPlace(session, evidence);
    case 'remark':
      return openPlace(session, evidence, evidence.finding);
  }
}

/** A test that passed where it stands, as far as that is known and changed; else what its check printed. */
async function openTest(
  session: ReviewSession,
  { evidence }: PacketCriterion,
  { check, file, status }: Extract<CriterionEvidence, { kind: 'test' }>,
): Promise<void> {
  const changes = session.state?.changes;
  const isChanged = changes?.kind === 'known' && changes.value.changes.some(({ path }) => path === file);
  if (file === null || status === 'failed' || !isChanged) return session.editor.showLog(check);
  const named = evidence.find((one) => one.kind === 'hunk' && one.path === file);
  return openPlace(session, { path: file, line: named?.kind === 'hunk' ? named.line : null });
}

/** Opens a changed place that serves no criterion. */
export async function openUnexplained(session: ReviewSession, index: number): Promise<void> {
  const place = session.state?.packet.unexplained?.hunks[index];
  if (place !== undefined) await openPlace(session, place);
}

async function openPlace(
  session: ReviewSession,
  { path, line }: { readonly path: string; readonly line: number | null },
  finding?: string,
): Promise<void> {
  const at = line === null ? { path } : { path, line };
  const about = finding === undefined ? {} : { finding };
  await session.editor.run('countersign.openFileDiff', { task: session.task, ...at, ...about });
}

/** Gives a person's word for a criterion of the tree that the page showed; an empty reason takes it back. */
export async function acceptCriterion(
  session: ReviewSession,
  { criterion: index, tree, reason }: { readonly criterion: number; readonly tree: string; readonly reason: string },
): Promise<void> {
  const { state, editor } = session;
  const criterion = state?.packet.criteria[index];
  if (state === null || criterion === undefined) return;
  const { t } = editor;
  if (tree !== treeOf(state.packet)) {
    return fail('SIGNOFF_REFUSED', t('another tree is under review than the one that was shown'), {
      fix: t('look at the new one first'),
    });
  }
  const said = reason.trim();
  await session.busy(t('Recording your word'), async () => {
    await session.request('task/accept-criterion', {
      ...{ id: session.task, criterion: `${index + 1}`, tree },
      ...(said === '' ? { withdraw: true } : { reason: said }),
    });
    session.edit({ type: 'text', field: `criterion:${index}`, text: '' });
  });
  session.say(said === '' ? t('Taken back.') : t('Recorded: criterion {0} is accepted.', criterion.id));
}
