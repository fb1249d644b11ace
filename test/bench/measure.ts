/** Timing that a noisy machine cannot fool easily: the two sides of a ratio run in turn, and medians of ratios are told. */

export interface Row {
  readonly what: string;
  /** Ours to theirs, or a plain number with its unit. */
  readonly value: string;
  readonly budget: string;
  readonly detail: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 0 ? (low + high) / 2 : high;
}

/** Milliseconds that the work takes. */
export async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Runs both sides once per round, the first one changing, after one round that does not count.
 * @param ours, theirs given the round's number; return their milliseconds
 */
export async function ratio(
  rounds: number,
  ours: (round: number) => Promise<number>,
  theirs: (round: number) => Promise<number>,
): Promise<{ ratio: number; ours: number; theirs: number; spread: string }> {
  const pairs: { ours: number; theirs: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { ours: 0, theirs: 0 };
    if (round % 2 === 0) pair.ours = await ours(round);
    pair.theirs = await theirs(round);
    if (round % 2 === 1) pair.ours = await ours(round);
    if (round > 0) pairs.push(pair);
  }
  const ratios = pairs.map((pair) => pair.ours / pair.theirs);
  return {
    ratio: median(ratios),
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
    spread: `${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)}`,
  };
}

/** A ratio as a row of the table. */
export function ratioRow(what: string, budget: string, measured: Awaited<ReturnType<typeof ratio>>): Row {
  const { ratio: value, ours, theirs, spread } = measured;
  return {
    what,
    value: value.toFixed(2),
    budget,
    detail: `${ours.toFixed(0)} ms to ${theirs.toFixed(0)} ms, ratios ${spread}`,
  };
}

export function printTable(rows: readonly Row[]): void {
  const width = (pick: (row: Row) => string) => Math.max(...rows.map((row) => pick(row).length));
  const [what, value, budget] = [width((row) => row.what), width((row) => row.value), width((row) => row.budget)];
  for (const row of rows) {
    const cells = [row.what.padEnd(what), row.value.padStart(value), row.budget.padEnd(budget), row.detail];
    process.stdout.write(`${cells.join('  ')}\n`);
  }
}
