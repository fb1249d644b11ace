/** The correction as the page previews it: what goes into it, its text, which round it is. Pure. */
import { visibleText } from '../../../core/visible';
import type { Correction } from '../../../webview/review/model';
import type { Translate } from '../../translate';
import { hindranceOf } from './hindrance';
import { counted } from './marks';
import { basisOf, pickedOf, type ReviewState } from './state';

/** Null when the task cannot be corrected now. */
export function correctionOf(state: ReviewState, t: Translate): Correction | null {
  const { packet, draft } = state;
  if (packet.state !== 'ready') return null;
  const { used, allowed } = packet.corrections;
  const { correction } = draft;
  return {
    round:
      used < allowed
        ? t('{0} of {1}', used + 1, allowed)
        : t('{0}, beyond the {1} that is foreseen', used + 1, allowed),
    spent: used >= allowed,
    picked: pickedWords(state, t),
    edition: correction?.edition ?? 0,
    // The person's own words go back to the person as they are: only what others wrote has to be made visible.
    body: correction === null ? '' : correction.edited ? correction.body : visibleText(correction.body),
    fixed: visibleText(correction?.fixed ?? ''),
    outdated: correction?.edited === true && correction.basis !== basisOf(state),
    earlier: correction?.earlier != null,
    why: whyNot(state, t),
  };
}

/** `2 findings, 1 question, 1 remark, 1 check that did not pass`; says so when it is nothing. */
export function pickedWords(state: ReviewState, t: Translate): string {
  const { findings, justify, remarks } = pickedOf(state);
  const failed = failedChecks(state);
  const parts = [
    findings.length === 0
      ? ''
      : counted(findings.length, t('{0} finding', findings.length), t('{0} findings', findings.length)),
    justify.length === 0
      ? ''
      : counted(justify.length, t('{0} question', justify.length), t('{0} questions', justify.length)),
    remarks.length === 0
      ? ''
      : counted(remarks.length, t('{0} remark', remarks.length), t('{0} remarks', remarks.length)),
    failed === 0
      ? ''
      : counted(failed, t('{0} check that did not pass', failed), t('{0} checks that did not pass', failed)),
  ].filter((part) => part !== '');
  return parts.length === 0 ? t('nothing is ticked') : parts.join(', ');
}

/** Whether there is anything that a correction could be composed of. */
export function isPicked(state: ReviewState): boolean {
  const { findings, justify, remarks } = pickedOf(state);
  return findings.length + justify.length + remarks.length + failedChecks(state) > 0;
}

function failedChecks({ packet }: ReviewState): number {
  return packet.checks.filter(({ status }) => status !== 'passed').length;
}

function whyNot(state: ReviewState, t: Translate): string {
  const hindrance = hindranceOf(state, t);
  if (hindrance !== '') return hindrance;
  if ((state.draft.correction?.body ?? '').trim() === '') {
    return isPicked(state) ? t('The text is empty.') : t('Nothing is ticked, and nothing was written.');
  }
  return '';
}
