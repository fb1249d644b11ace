/** The brief's setup command: run in a folder, or answered from what an earlier run of it installed. */
import { join } from 'node:path';
import type { Verification } from '../../core/verify/verification';
import type { Confinement } from '../process/confinement';
import type { Captured } from '../process/tail';
import { runCommand } from './confinedCommand';
import type { SetupCache } from './setupCache';

export interface SetupRequest {
  readonly task: string;
  readonly command: string;
  readonly folder: string;
  readonly home: string;
  readonly readable: readonly string[];
  readonly hidden: readonly string[];
  readonly network: boolean;
  readonly log: string;
  /** Whether these paths are those of the base. */
  readonly unchanged: (paths: readonly string[]) => Promise<boolean>;
}

export interface SetupOutcome extends NonNullable<Verification['setup']> {
  readonly timedOut: boolean;
  /** Null when a kept result was used. */
  readonly output: Captured | null;
}

/** Installing may take long, but not for ever. */
export const SETUP_LIMIT_MS = 30 * 60 * 1000;

/** Prepares `request.folder`. A failure is told in `exit`, not thrown. Throws STOPPED, STORAGE_FAILED, COMMAND_FAILED. */
export async function runSetup(
  confinement: Confinement,
  cache: SetupCache,
  request: SetupRequest,
  signal: AbortSignal,
): Promise<SetupOutcome> {
  const begun = performance.now();
  const run = (folder: string, home: string, log: string) =>
    runCommand(confinement, { ...request, cwd: folder, home, log, limitMs: SETUP_LIMIT_MS }, signal);
  // Without a sandbox a task could reach the store of results: each runs its own.
  const input =
    confinement.kind === 'bwrap' ? await cache.inputOf(request.command, request.folder, request.unchanged) : null;
  if (input !== null) {
    const filled = await cache.fill(request.folder, input, async (folder, home) => {
      return (await run(folder, home, join(home, '..', 'log'))).code === 0;
    });
    const seconds = Math.round(performance.now() - begun) / 1000;
    if (filled !== null) {
      return { command: request.command, exit: 0, seconds, cached: filled === 'kept', timedOut: false, output: null };
    }
  }
  const { code, seconds, timedOut, output } = await run(request.folder, request.home, request.log);
  // One that was stopped and then said that all is well did not finish.
  return { command: request.command, exit: timedOut ? null : code, seconds, cached: false, timedOut, output };
}
