/** Lengths of time in words. Pure: the clock and the language come in. */
import type { TaskSummary } from '../../core/task/summary';
import type { Translate } from '../translate';
import { isAtWork } from './groups';

/** After this long without a sign of life a task says so: agents think for half a minute now and then. */
const SILENT_MS = 60_000;
/** Below a minute, elapsed time is told in steps of this: a row that changes every second cannot be clicked in peace. */
export const STEP_MS = 10_000;

/** How long a task at work has taken so far; for all others, how long ago they changed. */
export function timeWords(task: TaskSummary, now: number, t: Translate): string {
  if (isAtWork(task)) return elapsed(now - Date.parse(task.createdAt), t);
  return agoWords(now - Date.parse(task.updatedAt), t);
}

/** `5 min ago`; below a minute, `just now`. */
export function agoWords(milliseconds: number, t: Translate): string {
  return milliseconds >= 60_000 ? t('{0} ago', elapsed(milliseconds, t)) : t('just now');
}

/** `no sign of life for 2 min`; null for a task that gives one, that waits for a person, or of which none is known. */
export function silenceWords(task: TaskSummary, now: number, t: Translate): string | null {
  if (task.activity === null || task.asking || !isAtWork(task)) return null;
  const silent = now - Date.parse(task.activity.at);
  return silent >= SILENT_MS ? t('no sign of life for {0}', elapsed(silent, t)) : null;
}

/** A length of time in its largest whole unit. Negative ones (a clock that was set back) count as none. */
export function elapsed(milliseconds: number, t: Translate): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (!(minutes >= 1)) return t('{0} s', Math.max(0, Math.floor(milliseconds / STEP_MS) || 0) * (STEP_MS / 1_000));
  if (minutes < 60) return t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48)
    return minutes % 60 === 0 || hours >= 10 ? t('{0} h', hours) : t('{0} h {1} min', hours, minutes % 60);
  return t('{0} days', Math.floor(hours / 24));
}
