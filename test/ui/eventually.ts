/** Waiting for what no page shows. */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

/** No answer may take longer on a busy machine, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Asks until the answer is as wanted.
 *
 * @returns that answer
 * @throws when it never is: with the last answer
 */
export async function eventually(
  ask: () => string | Promise<string>,
  wanted: (answer: string) => boolean,
): Promise<string> {
  const until = performance.now() + PATIENCE_MS;
  let answer = await ask();
  while (!wanted(answer)) {
    assert.ok(performance.now() < until, `it stayed:\n${answer}`);
    await wait(100);
    answer = await ask();
  }
  return answer;
}

/** Waits until a box holds this text: no locator sees what is typed. */
export async function untilHolds(box: Locator, text: string): Promise<void> {
  await eventually(
    () => box.inputValue(),
    (now) => now === text,
  );
}
