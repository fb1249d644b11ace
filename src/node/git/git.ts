/**
 * The one way to run git. Built on simple-git: its `errors` hook hands us the raw bytes and the exit code, its `input`
 * hook writes stdin. Only a process that must live on (`cat-file`) or be read while it writes (a long patch) is
 * started by `plumbing.ts` instead, with the same environment.
 */
import { CountersignError, fail } from '../../core/errors';
import { hardenedArguments, hardenedEnvironment, networkEnvironment, nullDevice, userEnvironment } from './environment';
import { fullDiskError } from './fullDisk';

/** Most output that one call may give, in bytes; a 500,000-path listing is 40 MB. */
const MAX_OUTPUT = 512 * 1024 * 1024;

/** What simple-git refuses by default and we set ourselves, to values that are safe. */
const UNSAFE = {
  allowAbbreviatedOptions: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeHooksPath: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeTemplateDir: true,
} as const;

export interface RunOptions {
  /** Written to git's standard input. */
  readonly input?: Uint8Array | string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further configuration of this call alone, as `key=value`. */
  readonly config?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Most bytes of output; more is an error. Default 512 MiB. */
  readonly maxBytes?: number;
  /** Exit codes that are no failure. Default `[0]`. */
  readonly exits?: readonly number[];
}

export interface GitOutput {
  readonly exit: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Git bound to one git directory, and to one working tree where the commands need one. */
export interface Git {
  readonly gitDir: string;
  readonly workTree: string | null;
  /**
   * Runs git. Throws GIT_FAILED with git's own message, STORAGE_FAILED when the disk is full, GIT_MISSING, or STOPPED when
   * the signal was aborted.
   */
  run(args: readonly string[], options?: RunOptions): Promise<GitOutput>;
  /** Runs git; its output as UTF-8 text without the last newline. */
  text(args: readonly string[], options?: RunOptions): Promise<string>;
  /** Runs git; its NUL-terminated output split, as UTF-8 text. */
  list(args: readonly string[], options?: RunOptions): Promise<string[]>;
}

/**
 * Opens git on a git directory by name, never by discovery. `config` is added to every call as `-c key=value`.
 * `workTree` must exist when given.
 */
export function openGit(gitDir: string, workTree: string | null = null, config: readonly string[] = []): Git {
  const run = (args: readonly string[], options: RunOptions = {}) =>
    execute(
      {
        cwd: workTree ?? gitDir,
        args: [...hardenedArguments(gitDir, workTree, [...config, ...(options.config ?? [])]), ...args],
        env: hardenedEnvironment(options.env),
        subcommand: args[0] ?? '',
        folders: workTree === null ? [gitDir] : [gitDir, workTree],
      },
      options,
    );
  return {
    gitDir,
    workTree,
    run,
    text: async (args, options) => toText((await run(args, options)).stdout),
    list: async (args, options) => splitNul((await run(args, options)).stdout),
  };
}

/** NUL-terminated records as UTF-8 text. */
export function splitNul(bytes: Buffer): string[] {
  const records = bytes.toString('utf8').split('\0');
  if (records.at(-1) === '') records.pop();
  return records;
}

/** Records as NUL-terminated input. */
export function joinNul(records: Iterable<string>): string {
  let text = '';
  for (const record of records) text += `${record}\0`;
  return text;
}

/**
 * Runs `git` as the user's own shell would, in a folder of the user's: with discovery and the user's configuration.
 * Only for reading configuration and finding a repository, which start no program. Never in a folder of an agent's.
 */
export async function runAsUser(dir: string, args: readonly string[], exits: readonly number[] = [0]): Promise<string> {
  const call = { cwd: dir, args, env: userEnvironment(), subcommand: args[0] ?? '', folders: [] };
  const output = await execute(call, { exits });
  return output.exit === 0 ? output.stdout.toString('utf8') : '';
}

/** What a fetch of ours must not do although the user's own would: run hooks, tidy up, follow submodules, note what it got. */
const FETCH: readonly string[] = [
  ...[`core.hooksPath=${nullDevice()}`, 'core.fsmonitor=false', 'gc.auto=0', 'maintenance.auto=false'],
  ...['fetch.fsckObjects=true', 'fetch.writeCommitGraph=false', 'protocol.ext.allow=never'],
].flatMap((entry) => ['-c', entry]);
const FETCH_ONLY = [
  '--no-tags',
  '--no-prune',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--refmap=',
  '--quiet',
];

/**
 * Fetches one ref of a remote into one ref of ours, as the user's own `git fetch` would reach it: with their addresses,
 * keys, proxies and credential helpers. The one call of ours that speaks with a remote, and only when a person asks for
 * it. Throws GIT_FAILED with git's own message, STOPPED.
 */
export async function fetchAsUser(
  dir: string,
  from: { readonly remote: string; readonly ref: string; readonly into: string },
  signal: AbortSignal,
): Promise<void> {
  const args = [...FETCH, 'fetch', ...FETCH_ONLY, '--end-of-options', from.remote, `+${from.ref}:${from.into}`];
  await execute({ cwd: dir, args, env: networkEnvironment(), subcommand: 'fetch', folders: [] }, { signal });
}

/** Oldest git that has `merge-tree --write-tree` and `cat-file -z`. */
const OLDEST: readonly [number, number] = [2, 38];

let versionRead: Promise<string> | null = null;

/** Git's version such as `2.39.5`, read once a process. Throws GIT_MISSING or GIT_TOO_OLD. */
export function gitVersion(): Promise<string> {
  versionRead ??= readVersion().catch((thrown) => {
    versionRead = null;
    throw thrown;
  });
  return versionRead;
}

async function readVersion(): Promise<string> {
  const output = await execute({
    cwd: process.cwd(),
    args: ['version'],
    env: hardenedEnvironment(),
    subcommand: 'version',
    folders: [],
  });
  const text = toText(output.stdout);
  const match = /(\d+)\.(\d+)(?:\.\d+)*/.exec(text);
  if (match === null) fail('GIT_MISSING', `\`git version\` answered \`${text.slice(0, 200)}\``);
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    fail('GIT_TOO_OLD', `git ${match[0]} is older than ${OLDEST.join('.')}`);
  }
  return match[0];
}

interface Call {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly subcommand: string;
  /** Where it may write. */
  readonly folders: readonly string[];
}

async function execute(call: Call, options: RunOptions = {}): Promise<GitOutput> {
  const { input, signal } = options;
  if (signal?.aborted) fail('STOPPED', 'stopped');
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  let output: GitOutput = { exit: -1, stdout: Buffer.alloc(0), stderr: '' };
  let overflow = false;
  try {
    // Loaded with the first call: a host at rest makes none.
    const { simpleGit } = await import('simple-git');
    const git = simpleGit({
      baseDir: call.cwd,
      abort: stop.signal,
      // Output is whole when the pipes are closed, not some milliseconds after the exit, as the default has it.
      completion: { onClose: true, onExit: false },
      allowEnvironment: Object.keys(call.env),
      unsafe: UNSAFE,
      ...(input === undefined ? {} : { input: () => Buffer.from(input) }),
      errors: (error, result) => {
        output = {
          exit: result.exitCode,
          stdout: Buffer.concat(result.stdOut),
          stderr: Buffer.concat(result.stdErr).toString('utf8'),
        };
        return result.exitCode < 0 || stop.signal.aborted ? error : undefined;
      },
    })
      .env(call.env)
      .outputHandler((_command, stdout) => {
        // After a git that said nothing, simple-git waits another 50 ms for a word; an empty one is enough.
        stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
        let seen = 0;
        stdout.on('data', (chunk: Buffer) => {
          seen += chunk.length;
          if (seen <= (options.maxBytes ?? MAX_OUTPUT) || overflow) return;
          overflow = true;
          stop.abort();
        });
      });
    await git.raw([...call.args]);
  } catch (thrown) {
    throw translate(thrown, call, { overflow, stopped: signal?.aborted === true });
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  // Also behind an exit code that is no failure otherwise: a git that may pass over a file would leave it out.
  const full = output.exit === 0 ? null : await fullDiskError(call.subcommand, output.stderr, call.folders);
  if (full !== null) throw full;
  if (!(options.exits ?? [0]).includes(output.exit)) {
    const said = output.stderr.trim() || toText(output.stdout).slice(0, 2_000);
    fail('GIT_FAILED', `git ${call.subcommand} failed (${output.exit}): ${said.slice(0, 8_000)}`);
  }
  return output;
}

function translate(thrown: unknown, call: Call, why: { overflow: boolean; stopped: boolean }): CountersignError {
  if (why.stopped) return new CountersignError('STOPPED', 'stopped', { cause: thrown });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (why.overflow) return new CountersignError('GIT_FAILED', `git ${call.subcommand} gave more output than allowed`);
  if (/\bENOENT\b/.test(message)) return new CountersignError('GIT_MISSING', 'git was not found', { cause: thrown });
  return new CountersignError('GIT_FAILED', `git ${call.subcommand}: ${message}`, { cause: thrown });
}

function toText(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\r?\n$/, '');
}
