/** Numbers that commands pass as options: what coverage they ask for, and how many warnings they bear. */

import { commandsOf } from '../../shell/commands';
import { splitArguments, unwrap } from '../../shell/words';

/** Options whose higher number is stricter (pytest-cov, coverage.py, c8, nyc, Vitest, Pylint). */
const FLOORS = [
  ...['--cov-fail-under', '--fail-under', '--branches', '--lines', '--functions', '--statements', '--min-coverage'],
  ...['--coverage.thresholds.lines', '--coverage.thresholds.branches', '--coverage.thresholds.functions'],
  ...['--coverage.thresholds.statements', '--minimum-coverage', '--fail-under-lines', '--fail-under-functions'],
];
/** Options whose lower number is stricter (ESLint, Flake8). */
const CEILINGS = ['--max-warnings', '--max-complexity'];

export interface Lowered {
  readonly option: string;
  readonly before: number;
  /** Null: the option is gone. */
  readonly after: number | null;
}

interface Asked {
  readonly number: number;
  /** The words of the command, to see whether its program is still there without the option. */
  readonly words: readonly string[];
}

/** Options that ask for less than before; one that went with its program is none. */
export function loweredOptions(before: string, after: string): readonly Lowered[] {
  const now = numbersOf(after);
  const programs = new Set(commandsOf(after).flatMap(({ words }) => words));
  return [...numbersOf(before)].flatMap(([option, { number, words }]): readonly Lowered[] => {
    const next = now.get(option)?.number ?? null;
    if (next === null) {
      const stays = unwrap(words)[0] ?? '';
      return programs.has(stays) ? [{ option, before: number, after: null }] : [];
    }
    const worse = FLOORS.includes(option) ? next < number : next > number;
    return worse ? [{ option, before: number, after: next }] : [];
  });
}

/** The least demanding number of each option. */
function numbersOf(text: string): ReadonlyMap<string, Asked> {
  const numbers = new Map<string, Asked>();
  for (const { words } of commandsOf(text)) {
    for (const option of [...FLOORS, ...CEILINGS]) {
      if (!words.some((word) => word === option || word.startsWith(`${option}=`))) continue;
      for (const value of splitArguments(words, [option]).values) {
        const number = Number(value);
        if (value === '' || !Number.isFinite(number)) continue;
        const known = numbers.get(option);
        const isWeaker =
          known === undefined || (FLOORS.includes(option) ? number < known.number : number > known.number);
        if (isWeaker) numbers.set(option, { number, words });
      }
    }
  }
  return numbers;
}
