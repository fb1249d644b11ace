/** A plan for people at a terminal. */
import type { Plan } from '../core/plan/plan';
import { nameOfKind } from '../core/plan/reasons';
import { formatElapsed } from './progress';
import { table } from './table';

const TEXT_WIDTH = 70;
const DROPPED_TOLD = 10;

/** Each line with its reason, and what was not taken. */
export function planTable(plan: Plan): string {
  const { planner, seconds, briefs, dropped, notes, refused } = plan;
  const who =
    planner.kind === 'none' ? 'no model' : `${planner.name}${planner.version === null ? '' : ` ${planner.version}`}`;
  const head =
    planner.kind === 'none' ? 'a guess, without a model' : `proposed by ${who} in ${formatElapsed(seconds * 1000)}`;
  const parts = briefs.map(({ file, lines, after }) => {
    const order = after.length === 0 ? '' : ` (after ${after.map((index) => briefs[index]?.file ?? '').join(', ')})`;
    const rows = lines.map(({ kind, text, why, note, taken }) => [
      taken ? nameOfKind(kind) : `not taken: ${nameOfKind(kind)}`,
      cut(text),
      [why, note ?? ''].filter((one) => one !== '').join('; '),
    ]);
    return `${file}${order}\n${table(['line', 'text', 'why'], rows)}`;
  });
  const told = dropped.slice(0, DROPPED_TOLD).map(({ what, why }) => `  ${what}: ${why}`);
  const rest = dropped.length > told.length ? [`  and ${dropped.length - told.length} more (--json has all)`] : [];
  return [
    head,
    ...parts,
    ...notes.map((note) => `note: ${note}`),
    ...(dropped.length === 0 ? [] : [`not used of its answer (${dropped.length}):`, ...told, ...rest]),
    ...(refused.length === 0
      ? []
      : [`it asked to do more than read, and was refused: ${refused.slice(0, 3).join('; ')}`]),
  ].join('\n');
}

/** What is asked, and how to answer in another run. */
export function questionLines({ questions }: Plan): string {
  const asked = questions.map(({ text, why }, index) => `  ${index + 1}. ${text}${why === '' ? '' : ` (${why})`}`);
  return ['the planner asks:', ...asked, 'answer with the same command and --answer 1="…"'].join('\n');
}

function cut(text: string): string {
  return text.length <= TEXT_WIDTH ? text : `${text.slice(0, TEXT_WIDTH)}…`;
}
