/**
 * The environment and the flags of every git call of ours. A git directory may carry configuration that runs programs
 * (hooks, fsmonitor, filters, external diffs); no call of ours reads the machine's or the user's configuration, and what
 * a repository's own configuration can still name is switched off or never reached, because verdicts are computed only
 * through git directories whose configuration we wrote.
 */
import { devNull } from 'node:os';
import { delimiter, isAbsolute } from 'node:path';

/** Git reads no configuration or attributes but the git directory's, asks nothing, fetches nothing, takes no optional lock. */
const HARDENED: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: nullDevice(),
  GIT_ATTR_NOSYSTEM: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
  // Its messages untranslated, and every file name as it is.
  LC_ALL: 'C.UTF-8',
  LANGUAGE: 'C',
};

/** Configuration that outranks the git directory's own, as `key=value`. */
const HARDENED_CONFIG: readonly string[] = [
  `core.hooksPath=${nullDevice()}`,
  'core.fsmonitor=false',
  `core.attributesFile=${nullDevice()}`,
  `core.excludesFile=${nullDevice()}`,
  'core.quotePath=false',
  'core.pager=cat',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'commit.gpgSign=false',
  'log.showSignature=false',
  'protocol.ext.allow=never',
];

/** Variables of the caller's surroundings that steer git or start programs for it; never passed on. */
const STEERING = /^(GIT_|SSH_ASKPASS$|EDITOR$|VISUAL$|PAGER$|PREFIX$|DISPLAY$)/;

/** The null device as git for every platform understands it (git for Windows maps `/dev/null` itself; `NUL` is a file name). */
export function nullDevice(): string {
  return process.platform === 'win32' ? '/dev/null' : devNull;
}

/** The environment for a hardened call: the caller's without anything that steers git, plus the hardening, plus `extra`. */
export function hardenedEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (value !== undefined && !STEERING.test(key)) environment[key] = value;
  }
  return { ...environment, ...HARDENED, ...searchPath(), ...extra };
}

/** Where programs are looked for, without places relative to the current folder: that may be an agent's. */
function searchPath(): { PATH?: string } {
  const { PATH } = process.env;
  if (PATH === undefined) return {};
  return {
    PATH: PATH.split(delimiter)
      .filter((folder) => isAbsolute(folder))
      .join(delimiter),
  };
}

/** The arguments that stand before the subcommand of a hardened call. */
export function hardenedArguments(gitDir: string, workTree: string | null, config: readonly string[]): string[] {
  const flags = [...HARDENED_CONFIG, ...config].flatMap((entry) => ['-c', entry]);
  return [`--git-dir=${gitDir}`, ...(workTree === null ? [] : [`--work-tree=${workTree}`]), ...flags];
}

/** What the user's own shell may say about where configuration is; kept when their configuration is read. */
const CONFIGURATION = new Set([
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
]);

/** What the user's own shell may say about how git reaches a remote. */
const REACHING = new Set(['GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_SSH_VARIANT', 'GIT_PROXY_COMMAND', 'GIT_SSL_CAINFO']);

/** Git's messages untranslated; a question of git's, or of a helper's, would have nobody to answer it. */
const UNATTENDED = { LC_ALL: 'C.UTF-8', LANGUAGE: 'C', GIT_TERMINAL_PROMPT: '0' };

/** The environment in which git reaches a remote as it does for the user. */
export function networkEnvironment(): Record<string, string> {
  const reaching = Object.entries(process.env).filter(([key, value]) => value !== undefined && REACHING.has(key));
  return { ...userEnvironment(), ...(Object.fromEntries(reaching) as Record<string, string>), ...UNATTENDED };
}

/** The environment in which git finds a repository and resolves configuration as it does for the user. */
export function userEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (value !== undefined && (!STEERING.test(key) || CONFIGURATION.has(key))) environment[key] = value;
  }
  return { ...environment, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
}
