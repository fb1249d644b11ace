/** What each intent of the page does. What it names is looked up in what the host said; what is not there does nothing. */
import type { Finding } from '../../core/drift/report';
import { offers } from '../../core/review/answers';
import { REVIEW } from '../../core/review/decisions';
import type { PacketCheck } from '../../core/review/packetSchema';
import { findingsIn } from '../../core/review/reviewer/opinions';
import { type Intent, OVERRIDE_REVIEW } from '../../webview/review/messages';
import { openCorrected } from './afterwards';
import { acceptCriterion, openEvidence, openUnexplained } from './criteria';
import { deliver, reject, revert, sendCorrection } from './deeds';
import { answering, type DraftEdit } from './draft';
import { comparedTurn } from './page/since';
import { treeOf } from './page/state';
import type { ReviewSession } from './session';

/** Does what the person wants; what goes wrong is shown where it belongs on the page. Never throws. */
export async function follow(session: ReviewSession, intent: Intent): Promise<void> {
  try {
    await act(session, intent);
  } catch (thrown) {
    session.problem(placeOf(intent), thrown);
  }
}

function placeOf({ type }: Intent): 'page' | 'correction' | 'signoff' | 'reject' {
  switch (type) {
    case 'compose':
    case 'take-back':
    case 'correction-text':
    case 'send-correction':
      return 'correction';
    case 'delivery':
    case 'sign-off':
      return 'signoff';
    case 'reject':
      return 'reject';
    default:
      return 'page';
  }
}

async function act(session: ReviewSession, intent: Intent): Promise<void> {
  switch (intent.type) {
    case 'ready':
      return session.greet();
    case 'copy-packet':
      return session.editor.copyPacket();
    case 'open-packet':
      return session.editor.run('countersign.showPacket', session.task);
    case 'open-transcript':
      return session.editor.run('countersign.showTranscript', session.task);
    case 'open-brief':
      return session.editor.showBrief();
    case 'open-changes':
      return session.editor.run('countersign.openAllChanges', { task: session.task });
    case 'open-since':
      return openSince(session);
    case 'open-file':
      return openFile(session, intent);
    case 'open-finding':
      return openFinding(session, intent);
    case 'show-log':
      return withCheck(session, intent.check, ({ name }) => session.editor.showLog(name));
    case 'brief-from-check':
      return withCheck(session, intent.check, ({ name }) =>
        session.editor.run('countersign.newBriefFromFailingCheck', session.task, name),
      );
    case 'history':
      return session.readHistory();
    case 'since':
      session.edit({ type: 'since', turn: intent.turn });
      return session.compareSince();
    case 'compose':
      session.problem('correction', null);
      return session.compose(intent.anew);
    case 'delivery':
      session.problem('signoff', null);
      session.edit({ type: 'delivery', mode: intent.mode, to: intent.to });
      return session.previewSignoff();
    case 'revert':
      return withFinding(session, intent.id, (finding) => revert(session, finding));
    case 'send-correction':
      return sendCorrection(session, intent.again);
    case 'sign-off':
      return deliver(session, intent.tree);
    case 'reject':
      return reject(session, intent.reason);
    case 'restore':
      return session.busy(session.editor.t('Restoring'), async () => {
        await session.request('task/restore', { id: session.task });
      });
    case 'resume':
      return session.busy(session.editor.t('Resuming'), async () => {
        await session.request('task/resume', { id: session.task, asItStands: intent.asItStands });
      });
    case 'open-evidence':
      return openEvidence(session, intent);
    case 'open-unexplained':
      return openUnexplained(session, intent.index);
    case 'accept-criterion':
      return acceptCriterion(session, intent);
    case 'open-corrected':
      return openCorrected(session, intent);
    case 'take-over':
      return session.editor.run('countersign.takeOver', session.task);
    case 'split':
      return session.editor.run('countersign.split', session.task);
    case 'hand-in':
      return session.editor.run('countersign.handIn', session.task);
    case 'give-up':
      return session.editor.run('countersign.giveUp', session.task);
    case 'ask-review':
      return session.editor.run('countersign.askForReview', session.task);
    case 'stop':
      return session.editor.run('countersign.stop', session.task);
    case 'answer':
      return answer(session, intent.request, intent.allow);
    default:
      return draft(session, intent);
  }
}

/** Intents that only change the reviewer's draft. */
async function draft(
  session: ReviewSession,
  intent: Extract<
    Intent,
    {
      type:
        | 'include'
        | 'justify'
        | 'accept'
        | 'widen'
        | 'override'
        | 'override-review'
        | 'view'
        | 'text'
        | 'take-back'
        | 'correction-text';
    }
  >,
): Promise<void> {
  const tree = session.state === null ? '' : treeOf(session.state.packet);
  switch (intent.type) {
    case 'include':
      return withFinding(session, intent.id, async ({ id }) => {
        session.edit({ type: 'justify', finding: id, on: false }, { type: 'include', finding: id, on: intent.on });
      });
    case 'justify':
      return withFinding(session, intent.id, async ({ id }) =>
        session.edit({ type: 'justify', finding: id, on: intent.on }),
      );
    case 'accept':
      return withFinding(session, intent.id, async (finding) => {
        if (intent.reason !== '' && !offers(finding, 'accept')) return;
        session.edit(answering(finding, { reason: intent.reason, tree }), ...forgotten(finding));
      });
    case 'widen':
      return withFinding(session, intent.id, async (finding) => {
        if (!offers(finding, 'widen')) return;
        session.edit(answering(finding, { reason: intent.reason, tree, widens: true }), ...forgotten(finding));
      });
    case 'override':
      return withCheck(session, intent.check, async ({ name }) =>
        session.edit(
          { type: 'override', check: name, reason: intent.reason, tree },
          { type: 'text', field: `override:${intent.check}`, text: '' },
        ),
      );
    case 'override-review':
      return session.edit(
        { type: 'override', check: REVIEW, reason: intent.reason, tree },
        { type: 'text', field: OVERRIDE_REVIEW, text: '' },
      );
    case 'view': {
      const { changes } = session.state ?? {};
      if (changes?.kind !== 'known' || intent.list !== session.files) return;
      const mark = changes.value.marks[intent.index];
      if (mark !== undefined) session.edit({ type: 'view', mark, on: intent.on });
      return;
    }
    case 'text':
      return session.edit({ type: 'text', field: intent.field, text: intent.text });
    case 'take-back':
      return session.edit({ type: 'take-back' });
    case 'correction-text':
      return session.edit({ type: 'correction-text', text: intent.text });
  }
}

/** What was begun to be written is kept with the answer. */
function forgotten({ id }: Finding): readonly DraftEdit[] {
  return ['accept', 'widen'].map((answer) => ({ type: 'text', field: `${answer}:${id}`, text: '' }));
}

async function withFinding(
  session: ReviewSession,
  id: string,
  act: (finding: Finding) => Promise<void>,
): Promise<void> {
  const findings = session.state === null ? [] : findingsIn(session.state.packet);
  const finding = findings.find((candidate) => candidate.id === id);
  if (finding !== undefined) await act(finding);
}

async function withCheck(
  session: ReviewSession,
  place: number,
  act: (check: PacketCheck) => Promise<void>,
): Promise<void> {
  const check = session.state?.packet.checks[place];
  if (check !== undefined) await act(check);
}

async function openSince(session: ReviewSession): Promise<void> {
  const from = session.state === null ? null : comparedTurn(session.state);
  if (from !== null) await session.editor.run('countersign.openAllChanges', { task: session.task, from });
}

async function openFile(session: ReviewSession, at: { readonly list: number; readonly index: number }): Promise<void> {
  const { changes } = session.state ?? {};
  if (changes?.kind !== 'known' || at.list !== session.files) return;
  const change = changes.value.changes[at.index];
  if (change === undefined) return;
  await session.editor.run('countersign.openFileDiff', { task: session.task, path: change.path });
}

async function openFinding(
  session: ReviewSession,
  { id, place: index }: { readonly id: string; readonly place: number },
): Promise<void> {
  await withFinding(session, id, async ({ places }) => {
    const place = places[index];
    if (place === undefined) return;
    const at = place.line === null ? { path: place.path } : { path: place.path, line: place.line };
    await session.editor.run('countersign.openFileDiff', { task: session.task, ...at, finding: id });
  });
}

async function answer(session: ReviewSession, request: string, allow: boolean): Promise<void> {
  const asked = session.state?.packet.decisions.find(({ kind, id }) => kind === 'permission' && id === request);
  // It was answered in another window: the new look says so.
  if (asked === undefined) return session.look();
  await session.busy(session.editor.t('Answering'), async () => {
    await session.request('task/answer', { id: session.task, request, allow, by: await session.person() });
  });
}
