/** Why a language model of the editor gave no answer, with what to do. Pure. */
import { CountersignError } from '../../../core/errors';
import { visible } from '../../../core/visible';
import type { Translate } from '../../translate';

const SAID = 300;

/** By shape: the editor's errors have a code (`NoPermissions`, `Blocked`, `NotFound`, `Unknown` with a cause). */
export function modelProblem(thrown: unknown, t: Translate): CountersignError {
  if (thrown instanceof CountersignError) return thrown;
  const { code, message, cause } =
    thrown instanceof Error
      ? (thrown as Error & { code?: unknown })
      : { code: '', message: String(thrown), cause: null };
  const none = (what: string, fix: string) => new CountersignError('PLAN_NONE', what, { fix, cause: thrown });
  const another = t('choose another planner');
  switch (code) {
    case 'NoPermissions':
      return none(
        t('you did not let this extension use the model'),
        t('ask again and allow it, or choose another planner'),
      );
    case 'Blocked':
      return none(
        t('the model cannot be used now: its quota is used up, or the request was blocked'),
        t('wait until the quota is back, or choose another planner'),
      );
    case 'NotFound':
      return none(t('this model is not there any more'), another);
    default: {
      const said = cause instanceof Error && message === '' ? cause.message : message;
      return none(t('the model failed: {0}', visible(said.slice(0, SAID))), another);
    }
  }
}
