/** Runs one shell command of a brief, confined, with its output on disk. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CountersignError, fail } from '../../core/errors';
import type { Confinement } from '../process/confinement';
import { type Exit, startConfined } from '../process/run';
import { type Captured, capture } from '../process/tail';
import { storageFailure } from '../store/storageFailure';

export interface CommandRequest {
  readonly task: string;
  readonly command: string;
  /** What is added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly home: string;
  /** Beside `cwd`. */
  readonly readable: readonly string[];
  readonly hidden: readonly string[];
  readonly network: boolean;
  readonly limitMs: number;
  /** File for everything it prints. */
  readonly log: string;
}

export interface CommandOutcome extends Exit {
  readonly seconds: number;
  readonly output: Captured;
}

/** How long a stopped command may take to end by itself, in milliseconds. */
const GRACE_MS = 2_000;

/**
 * Test runners take a set CI for: nobody watches. They do not wait for keys, watch files or write snapshots, which
 * would change the tree.
 */
export const UNATTENDED = { CI: 'true' } as const;

/**
 * Runs the command to its end; what it left behind is gone when this returns.
 * @throws STOPPED when `signal` fires; STORAGE_FAILED when the log cannot be written; COMMAND_FAILED
 */
export async function runCommand(
  confinement: Confinement,
  request: CommandRequest,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  refuseStopped(signal);
  await mkdir(dirname(request.log), { recursive: true, mode: 0o700 }).catch((cause) => storage(request.log, cause));
  const begun = performance.now();
  const running = await startConfined(confinement, {
    ...request,
    command: { shell: request.command },
    env: { ...UNATTENDED, ...request.env },
    writable: [request.cwd],
    stdin: 'ignore',
  });
  const stop = () => void running.stop(GRACE_MS);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    const [output, exit] = await Promise.all([
      capture([running.stdout, running.stderr], request.log).catch(async (cause) => {
        await running.stop(0);
        return storage(request.log, cause);
      }),
      running.exited,
    ]);
    refuseStopped(signal);
    return { ...exit, output, seconds: Math.round(performance.now() - begun) / 1000 };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function refuseStopped(signal: AbortSignal): void {
  if (signal.aborted) fail('STOPPED', 'the checks were stopped');
}

function storage(log: string, cause: unknown): never {
  if (cause instanceof CountersignError) throw cause;
  return storageFailure(`${log} could not be written`, cause);
}
