/** The checks of a brief with what came of trying them. Pure. */
import type { PartialBrief } from '../../core/brief/partialBrief';
import { duration } from '../../core/review/words';
import type { CheckStatus } from '../../core/verify/verification';
import { visible, visibleText } from '../../core/visible';
import type { TrialResult } from '../../host/rpc/drafting';
import type { CheckShown, Field, Mark, TrialShown } from '../../webview/brief/messages';
import type { Translate } from '../translate';
import { dataAt } from './formEdits';

/** What is known of one trial. `what`: the command and the setup that ran, so that a result never outlives them. */
export type CheckTrial =
  | { readonly state: 'running'; readonly what: string; readonly since: number; readonly words: string }
  | { readonly state: 'done'; readonly what: string; readonly result: TrialResult }
  | { readonly state: 'failed'; readonly what: string; readonly text: string };

/** By the name of the check. */
export type CheckTrials = ReadonlyMap<string, CheckTrial>;

/** Last part of the output that the form shows; the rest is one click away. */
const OUTPUT_SHOWN = 4_000;

/** What a trial of a check depends on. */
export function trialOf(brief: PartialBrief, index: number): string {
  const places = [`checks.${index}.run`, `checks.${index}.timeout`, `checks.${index}.report`, 'setup'];
  return JSON.stringify(places.map((key) => dataAt(brief.front, key) ?? ''));
}

export function checksOf(
  brief: PartialBrief,
  show: { scalar(key: string): Field },
  { trials, cannotRun }: { readonly trials: CheckTrials; readonly cannotRun: string },
  t: Translate,
): CheckShown[] {
  const list = dataAt(brief.front, 'checks');
  if (!Array.isArray(list)) return [];
  const isOneAtWork = [...trials.values()].some(({ state }) => state === 'running');
  return list.map((_, index): CheckShown => {
    const key = `checks.${index}`;
    const name = show.scalar(`${key}.name`);
    const run = show.scalar(`${key}.run`);
    const trial = trials.get(name.value);
    return {
      key,
      name,
      run,
      timeout: show.scalar(`${key}.timeout`),
      report: show.scalar(`${key}.report`),
      trial: trial === undefined ? { state: 'none' } : shownTrial(trial, trialOf(brief, index), t),
      whyNot: whyNot(cannotRun, isOneAtWork, name.value !== '' && run.value !== '', t),
    };
  });
}

function whyNot(cannotRun: string, isOneAtWork: boolean, isWhole: boolean, t: Translate): string {
  if (cannotRun !== '') return cannotRun;
  if (!isWhole) return t('It needs a name and a command.');
  return isOneAtWork ? t('Another check is being tried.') : '';
}

function shownTrial(trial: CheckTrial, what: string, t: Translate): TrialShown {
  switch (trial.state) {
    case 'running':
      return { state: 'running', since: trial.since, words: visible(trial.words) };
    case 'failed':
      return {
        state: 'done',
        mark: { tone: 'bad', symbol: '✗', words: t('Could not be tried') },
        details: visible(trial.text),
        output: '',
      };
    case 'done': {
      const { result } = trial;
      const old = trial.what === what ? '' : t('of an earlier command');
      const details = [detailsOf(result, t), old].filter((part) => part !== '');
      return {
        state: 'done',
        mark: markOf(result.status, t),
        details: details.join(' · '),
        output: visibleText(result.output.slice(-OUTPUT_SHOWN)).trim(),
      };
    }
  }
}

function markOf(status: CheckStatus, t: Translate): Mark {
  switch (status) {
    case 'passed':
      return { tone: 'good', symbol: '✓', words: t('Passes at base') };
    case 'failed':
      return { tone: 'bad', symbol: '✗', words: t('Fails at base') };
    case 'timeout':
      return { tone: 'bad', symbol: '✗', words: t('Ran out of time') };
    case 'void':
      return { tone: 'careful', symbol: '!', words: t('Changed its own files') };
    case 'missing':
      return { tone: 'bad', symbol: '✗', words: t('Command not found') };
  }
}

function detailsOf({ seconds, exit, counts, note }: TrialResult, t: Translate): string {
  const tally =
    counts === null ? '' : t('{0} passed, {1} failed, {2} skipped', counts.passed, counts.failed, counts.skipped);
  const code = exit === null || exit === 0 ? '' : t('exit {0}', exit);
  const parts = [duration(seconds), tally, code, visible(note ?? '')].filter((part) => part !== '');
  // The note of a check that failed is its exit code.
  return [...new Set(parts)].join(' · ');
}
