import type { Reporting } from '../../../core/brief/readiness';

/**
 * What differs between agents that speak the same wire: plain data, one file for each agent. Where a line rests on how
 * a version behaved, the version is the profile's `oldestSeen`.
 */
export interface AgentProfile {
  readonly id: string;
  readonly name: string;
  /** `acp`: the Agent Client Protocol on stdio. `command`: the brief's own shell command. */
  readonly wire: 'acp' | 'command';
  /** A name on the PATH or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: {
    /** Names that are passed on from the user's environment. Nothing else is, but for PATH and the locale. */
    readonly pass: readonly string[];
    /** Fixed values; they hold the agent's safe mode. */
    readonly set: Readonly<Record<string, string>>;
    /** Set as well when our sandbox holds the agent: one of its own cannot start inside. */
    readonly sandboxed?: Readonly<Record<string, string>>;
  };
  /** A settings file that the agent puts above those of the repository: written anew for every turn. */
  readonly settings: { readonly env: string; readonly json: Readonly<Record<string, unknown>> } | null;
  /**
   * What the agent needs of the user's home folder. Its HOME is a private folder of the task; all else that it keeps
   * there (sessions, caches) stays in it, so that neither the user's settings nor other tasks are within its reach.
   */
  readonly home: {
    /** Sign-in files, relative to HOME: the user's own, by a link, because tokens are renewed in them. */
    readonly link: readonly string[];
    /** Settings files, relative to HOME: copied anew for every turn. */
    readonly copy: readonly string[];
  };
  /** Absolute folders and files beside the worktree that it may write, and read. */
  readonly writable: readonly string[];
  readonly readable: readonly string[];
  /** Whether its processes reach the network: a model behind an API needs it. */
  readonly network: boolean;
  readonly install: string;
  readonly signIn: string;
  /** The oldest version that was seen to work; an older one is noted in the transcript, not refused. */
  readonly oldestSeen: string | null;
  /** What its token numbers mean. */
  readonly usage: string;
  /** The same for who counts: what the numbers cover, and whether a cost in US dollars is told. */
  readonly reports: Reporting;
  /**
   * Modes of its own in which it changes nothing, the best first: ids of session modes, or values of its option of the
   * category `mode`. One that is only asked is put into the first that its session offers. They hold nobody: the folder
   * is read-only and every request is refused whatever the mode is.
   */
  readonly reading: {
    readonly modes: readonly string[];
    /** They start a sandbox of the agent's own, which cannot be inside ours. */
    readonly unsandboxed?: true;
  };
  /** Whether a session may be loaded again in a new process. `never`: it loses the session or the work. */
  readonly load: 'when-offered' | 'never';
  /** Paths which, in the base of the worktree, run code or disarm the agent before anybody is asked. */
  readonly steering: readonly string[];
  /** Trusts the folder that it works in whatever it holds, so that its steering is refused in a sandbox too. */
  readonly trustsFolder: boolean;
  /**
   * How our tools are handed to it: as a server in `mcpServers` of the session, by an option of its command line that takes
   * servers as JSON, or not at all, where it is known not to take them.
   */
  readonly tools: 'session' | 'none' | { readonly option: string };
}

/** What most ACP agents have in common. */
export const ACP_DEFAULTS = {
  wire: 'acp',
  settings: null,
  writable: [],
  readable: [],
  network: true,
  oldestSeen: null,
  usage: 'as the agent reports it',
  reports: { tokens: 'unknown', usd: 'unknown' },
  reading: { modes: [] },
  load: 'when-offered',
  steering: [],
  trustsFolder: false,
  tools: 'session',
} as const satisfies Partial<AgentProfile>;
