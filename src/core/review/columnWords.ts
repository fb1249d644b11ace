/** The columns of a check in words: short, and what they say literally. */
import type { CheckRun, Column } from '../verify/columns';
import type { TestList } from '../verify/comparison';
import type { PacketCheck } from './packetSchema';

/** Names of one list that are shown. */
const NAMES_SHOWN = 10;
const NAME_SHOWN = 120;

/** `passed`, `failed`, `not run`; empty where there is no such column. */
export function baseWords({ base }: Pick<PacketCheck, 'base'>): string {
  return base === undefined ? '' : columnWords(base, 'same tree');
}

/** The result with the base's tests and check configuration. */
export function overlayWords({ overlay }: Pick<PacketCheck, 'overlay'>): string {
  return overlay === undefined ? '' : columnWords(overlay, 'no test changed');
}

function columnWords(column: Column, same: string): string {
  switch (column.kind) {
    case 'ran':
      return column.run.status;
    case 'same':
      return same;
    case 'not-run':
      return 'not run';
  }
}

/** What stands beside the result, in one phrase: `base passed, with the base's tests failed`. */
export function besideWords(check: Pick<PacketCheck, 'base' | 'overlay'>): string {
  const parts = [
    check.base === undefined ? '' : `base ${baseWords(check)}`,
    // That no test changed is told by the silence.
    check.overlay === undefined || check.overlay.kind === 'same' ? '' : `with the base's tests ${overlayWords(check)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export interface Difference {
  /** `Newly failing`, with how many. */
  readonly what: string;
  readonly names: readonly string[];
  readonly more: number;
}

/** What differs between the columns test by test; empty where nothing does or no names are known. */
export function differencesOf({ comparisons }: Pick<PacketCheck, 'comparisons'>): readonly Difference[] {
  const { base = null, needed = null } = comparisons ?? {};
  const lists: readonly (readonly [string, TestList | undefined])[] = [
    ['Newly failing', base?.newlyFailing],
    ['Failing at the base, too', base?.stillFailing],
    ['Ran at the base, gone now', base?.vanished],
    ['Ran at the base, skipped now', base?.newlySkipped],
    ['Newly passing', base?.newlyPassing],
    ["Failing with the base's tests", needed?.tests],
  ];
  return lists.flatMap(([what, list]) => (list === undefined || list.total === 0 ? [] : [differenceOf(what, list)]));
}

function differenceOf(what: string, { total, names }: TestList): Difference {
  const shown = names
    .slice(0, NAMES_SHOWN)
    .map((name) => (name.length > NAME_SHOWN ? `${name.slice(0, NAME_SHOWN)}…` : name));
  return { what: `${what} (${total})`, names: shown, more: total - shown.length };
}

/** Sentences about further runs, and about columns that could not be made. */
export function runWords({ attempts = [], folder, base, overlay }: PacketCheck): readonly string[] {
  const ended = ({ status, exit }: CheckRun) => `${status}${exit === null ? '' : ` (exit ${exit})`}`;
  return [
    ...attempts.map((run) => `Run again at the same tree: ${ended(run)}`),
    ...(folder === undefined
      ? []
      : [`In a copy of the agent's folder: ${ended(folder.run)}; ${folder.ignored.total} ignored there`]),
    ...(base?.kind === 'not-run' ? [`Not run at the base: ${base.why}`] : []),
    ...(overlay?.kind === 'not-run' ? [`Not run with the base's tests: ${overlay.why}`] : []),
  ];
}
