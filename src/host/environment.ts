/**
 * What the host inherits from the client that happens to start it. It outlives that client and serves others, so what
 * belongs to one terminal, one editor window or one run of npm or git stays behind.
 */
const LEFT_BEHIND =
  /^(GIT_|VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_UNIQUE_ID$|INIT_CWD$|TERM|COLORTERM$|COLUMNS$|LINES$|PWD$|OLDPWD$|SHLVL$|_$)/;

/**
 * @param root     the state directory: the host must open the same one
 * @param electron whether this process is Electron (inside VS Code): then so is the host, and must be told to be a Node
 */
export function hostEnvironment(
  env: NodeJS.ProcessEnv,
  root: string,
  electron = process.versions.electron !== undefined,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !LEFT_BEHIND.test(name));
  return { ...Object.fromEntries(kept), COUNTERSIGN_HOME: root, ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
}
