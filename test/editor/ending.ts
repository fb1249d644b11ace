/** The end of an editor's places: nobody runs there any more, and nothing is left of them. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Places } from './places';
import { type Leftover, untilNobodyIsLeft } from './processes';

/**
 * Ends Countersign's host, with all that it started, waits until every other process of these places has gone, and
 * deletes them.
 *
 * @throws when a process had to be killed: that is a fault of whoever started it
 */
export async function endPlaces(places: Places): Promise<void> {
  await endHost(places);
  const left = await untilNobodyIsLeft(places.folder);
  await rm(places.folder, { recursive: true, force: true, maxRetries: 3 });
  expectNobody(left);
}

/** Ends Countersign's host, and all that it started. */
export async function endHost({ folder, env }: Places): Promise<void> {
  const stop = [resolve('dist/cli.js'), 'host', 'stop', '--force'];
  // With no host running there is none to stop.
  await promisify(execFile)(process.execPath, stop, { env, cwd: folder }).catch(() => undefined);
}

/** @throws when a process had to be killed, with its command */
export function expectNobody(left: readonly Leftover[]): void {
  if (left.length === 0) return;
  throw new Error(`left running:\n${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
}
