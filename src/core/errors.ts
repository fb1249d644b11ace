/**
 * Every error that a person can meet, named once: a stable code, what the process exits with, and what to do about it.
 * Throw with `fail(code, what)`; show with `describeError` (one place: the command line's and the host's edge).
 */

/** Exit codes of the command line. 1: a human is needed; 2: bad input or usage; 3: the work failed; 130: stopped. */
export type ExitCode = 1 | 2 | 3 | 130;

interface ErrorKind {
  readonly exit: ExitCode;
  /** What to do, when the thrower knows nothing better. */
  readonly fix: string;
}

const CATALOG = {
  // Usage and surroundings
  USAGE: { exit: 2, fix: 'run `countersign --help`' },
  NODE_TOO_OLD: { exit: 2, fix: 'install Node.js 20.19 or newer' },
  GIT_MISSING: { exit: 2, fix: 'install git 2.38 or newer and make sure that it is on the PATH' },
  GIT_TOO_OLD: { exit: 2, fix: 'install git 2.38 or newer' },
  CONFIG_INVALID: { exit: 2, fix: 'mend the named line of the configuration file' },
  FILE_NOT_FOUND: { exit: 2, fix: 'check the path' },
  FILE_EXISTS: { exit: 2, fix: 'choose another name; nothing is overwritten' },

  // The brief
  BRIEF_EMPTY: { exit: 2, fix: 'start from `countersign brief new`' },
  BRIEF_TOO_LARGE: { exit: 2, fix: 'shorten the brief; long material belongs in files that the brief names' },
  BRIEF_ENCODING: { exit: 2, fix: 'save the file as UTF-8' },
  BRIEF_FRONT_MATTER: { exit: 2, fix: 'begin the file with `---`, the front matter, and a closing `---`' },
  BRIEF_INVALID: { exit: 2, fix: 'mend the named line' },
  BRIEF_NOT_READY: { exit: 1, fix: 'mend what `countersign brief check` names' },
  PATTERN_INVALID: {
    exit: 2,
    fix: 'use a repository-relative path with `/`, and only `?`, `*`, `**` and `{a,b}` as wildcards',
  },
  POLICY_INVALID: { exit: 2, fix: 'mend the named line of .countersign/policy.yaml' },

  // Planning
  PLAN_NONE: {
    exit: 3,
    fix: 'shape it again with another planner, or without one; `countersign brief shape --planner none` asks nobody',
  },

  // The repository
  NOT_A_REPOSITORY: { exit: 2, fix: 'run it inside a git repository, or name one with --repo' },
  REPOSITORY_BARE: { exit: 2, fix: 'use a clone that has a working tree' },
  REPOSITORY_NOT_OWNED: { exit: 2, fix: 'add it to `safe.directory` of your git configuration, if you trust it' },
  REPOSITORY_EMPTY: { exit: 2, fix: 'make a first commit' },
  REVISION_NOT_FOUND: { exit: 2, fix: 'check the revision; fetch it first if it is only on a remote' },
  GIT_FAILED: { exit: 3, fix: 'see the message of git above; `countersign doctor` checks the surroundings' },
  REPOSITORY_UNSUPPORTED: { exit: 2, fix: 'see the message' },

  // Work of others
  ADOPT_EMPTY: { exit: 2, fix: 'check out the branch that the work is to go to, or name it with --base' },
  ADOPT_UNREACHABLE: { exit: 3, fix: 'fetch it yourself, then adopt the branch that you fetched it to' },
  ADOPT_REFUSED: { exit: 2, fix: 'ask its author to remove what the message names from the history' },
  ADOPT_LIVE: { exit: 1, fix: 'look at the task with `countersign show`, or reject it first' },

  // The task
  TASK_NOT_FOUND: { exit: 2, fix: 'list the tasks with `countersign tasks`' },
  TASK_AMBIGUOUS: { exit: 2, fix: 'type more of the id' },
  TASK_STATE: { exit: 2, fix: 'look at the task with `countersign show`' },
  TASK_LOCKED: { exit: 3, fix: 'wait for the other process, or end it' },
  JOURNAL_CORRUPT: { exit: 3, fix: 'the file was kept as it is; mend or remove the named line' },
  STORAGE_FAILED: { exit: 3, fix: 'free disk space or mend the permissions of the state directory; nothing was lost' },

  // The agent
  AGENT_UNKNOWN: { exit: 2, fix: 'name one that `countersign agents` lists' },
  AGENT_NOT_INSTALLED: { exit: 2, fix: 'install it, or choose another agent' },
  AGENT_FAILED: { exit: 3, fix: 'read the transcript with `countersign log`' },
  AGENT_PROTOCOL: { exit: 3, fix: 'update the agent, or choose another' },
  AGENT_TIMEOUT: { exit: 3, fix: 'raise the budget of the brief, or stop and resume the task' },
  AGENT_BUDGET: { exit: 3, fix: 'raise the budget of the brief, or take what is there to review' },
  AGENT_STEERED: { exit: 1, fix: 'remove the named files from the base, or grant them with `allow: [config]`' },
  COMMAND_FAILED: { exit: 3, fix: 'read the transcript with `countersign log`' },
  SETUP_FAILED: { exit: 3, fix: 'mend the setup command of the brief' },
  SANDBOX_REQUIRED: { exit: 3, fix: 'install bubblewrap, or set `sandbox.mode: auto`' },
  SURVIVORS: { exit: 3, fix: 'end the named processes by hand' },
  STOPPED: { exit: 130, fix: 'resume with `countersign resume`, or reject the task' },

  // Snapshot and verification
  SNAPSHOT_FAILED: { exit: 3, fix: 'see the message; the folder of the task was kept' },
  CHECKOUT_FAILED: { exit: 3, fix: 'see the message; the snapshot was kept' },

  // Review, sign-off, delivery
  SPLIT_REFUSED: { exit: 2, fix: 'name paths that the task changed: some, and not all' },
  TAKEN_OVER: { exit: 1, fix: 'wait until it is handed in or given up' },
  CORRECTION_SPENT: { exit: 1, fix: 'sign off, take it over, split or reject it, or ask for one more with --again' },
  CORRECTION_EMPTY: { exit: 2, fix: 'say what to correct with -m TEXT' },
  SIGNOFF_REFUSED: { exit: 1, fix: 'answer what the message names' },
  SIGNOFF_IDENTITY: {
    exit: 1,
    fix: 'sign off as the named reviewer (git config user.email), or name another in a new brief',
  },
  REVERT_REFUSED: { exit: 2, fix: 'name paths that the task changed' },
  FINDING_UNKNOWN: { exit: 2, fix: 'take the ids from `countersign show`' },
  LANDING_CONFLICT: {
    exit: 1,
    fix: 'hand the brief off again from the new state of the target, or deliver as a branch and merge that by hand',
  },
  LANDING_DIRTY: { exit: 1, fix: 'commit or stash the named files, then sign off again' },
  LANDING_MOVED: { exit: 1, fix: 'sign off again: the target moved while it was being landed' },
  LANDING_BUSY: { exit: 1, fix: 'finish or abort the operation that git names, then sign off again' },
  LANDING_CHECKS: { exit: 1, fix: 'ask for a correction against the moved target, or override with a reason' },
  GATE_FAILED: { exit: 1, fix: 'sign the named commits off, or remove them from the range' },

  // The host
  HOST_UNREACHABLE: {
    exit: 3,
    fix: 'read the log that the message names; `countersign doctor` checks the surroundings',
  },
  HOST_VERSION: { exit: 3, fix: 'stop the older host with `countersign host stop` when its tasks are done' },
  HOST_BUSY: { exit: 1, fix: 'wait for the tasks or stop them; `countersign host stop --force` interrupts them' },
  RPC_INVALID: { exit: 2, fix: 'use a client of the same version' },
  REPLY_TOO_LARGE: { exit: 3, fix: 'read the files of the task in the state directory, which hold the whole' },
  INTERNAL: { exit: 3, fix: 'this is a fault of Countersign: please report it with the message' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof CATALOG;

/** What crosses a process boundary, and what `--json` prints. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix: string;
}

/** The one error class of the product. `message` says what happened; `fix` says what to do. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  readonly code: ErrorCode;
  readonly fix: string;

  constructor(code: ErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fix = options.fix ?? CATALOG[code].fix;
  }

  get exit(): ExitCode {
    return CATALOG[this.code].exit;
  }

  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, fix: this.fix };
  }
}

/** Throws a coded error. */
export function fail(code: ErrorCode, message: string, options?: { fix?: string; cause?: unknown }): never {
  throw new CountersignError(code, message, options);
}

/** Any thrown thing as a coded error; what nobody named is `INTERNAL`, with its own message kept. */
export function toCountersignError(thrown: unknown): CountersignError {
  if (thrown instanceof CountersignError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new CountersignError(isFullDisk(thrown) ? 'STORAGE_FAILED' : 'INTERNAL', message, { cause: thrown });
}

/** A disk without room, or one that may not be written any more, is the fault of no code, wherever it is met. */
function isFullDisk(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('code' in thrown)) return false;
  return thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT' || thrown.code === 'EROFS';
}

/** Whether a string that came from outside is one of our codes. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(CATALOG, code);
}
