/** Compilers and interpreters that live below HOME or in places of their own: seen read-only, never HOME as a whole. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path';

/**
 * Below HOME, where version managers keep what they installed. Only folders without credentials: of `.cargo`, `.dotnet`
 * and `.local` just the parts named here, also where the PATH names the whole.
 */
const BELOW_HOME = [
  '.asdf',
  '.bun/bin',
  '.cargo/bin',
  '.deno/bin',
  '.dotnet/dotnet',
  '.dotnet/host',
  '.dotnet/packs',
  '.dotnet/sdk',
  '.dotnet/sdk-manifests',
  '.dotnet/shared',
  '.dotnet/templates',
  '.dotnet/tools',
  '.ghcup/bin',
  '.goenv',
  '.jenv',
  '.juliaup',
  '.local/bin',
  '.local/lib',
  '.local/share/fnm',
  '.local/share/mise',
  '.local/share/pipx',
  '.local/share/pnpm',
  '.local/share/uv',
  '.nodenv',
  '.npm-global/bin',
  '.npm-global/lib',
  '.nvm',
  '.pyenv',
  '.rbenv',
  '.rustup',
  '.rvm',
  '.sdkman/candidates',
  '.volta',
  'go/bin',
] as const;

/** How version managers are told where their root is when HOME is another folder. */
const ROOT_VARIABLES: Readonly<Record<string, string>> = {
  ASDF_DATA_DIR: '.asdf',
  MISE_DATA_DIR: '.local/share/mise',
  NODENV_ROOT: '.nodenv',
  NVM_DIR: '.nvm',
  PYENV_ROOT: '.pyenv',
  RBENV_ROOT: '.rbenv',
  RUSTUP_HOME: '.rustup',
  VOLTA_HOME: '.volta',
};

/** What lies beside a `bin` folder and belongs to its programs. */
const SIBLINGS = ['lib', 'lib64', 'libexec', 'share', 'include'] as const;

/** The user's own HOME: not the one that confined processes get. */
export function realHome(environment: NodeJS.ProcessEnv): string {
  return environment.HOME ?? homedir();
}

/** Variables that lead version managers to the user's real installation. */
export function toolchainVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const home = realHome(environment);
  const variables: Record<string, string> = {};
  for (const [name, folder] of Object.entries(ROOT_VARIABLES)) {
    const root = environment[name] ?? join(home, folder);
    if (existsSync(root)) variables[name] = root;
  }
  return variables;
}

/**
 * Existing folders that programs on the PATH need, as far as `covered` (folders that are seen anyway) does not hold them.
 * HOME itself, a folder above it, and drives of another system (`/mnt`) are never among them.
 */
export function toolchainFolders(environment: NodeJS.ProcessEnv, covered: readonly string[]): string[] {
  const home = realHome(environment);
  const parts = BELOW_HOME.map((folder) => join(home, folder));
  const folders = new Set<string>(parts);
  for (const root of Object.values(toolchainVariables(environment))) folders.add(root);
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    for (const found of isAbsolute(folder) ? programFolders(folder, home) : []) folders.add(found);
  }
  const seen = [...folders].filter(
    (folder) =>
      !isWithin(home, folder) &&
      !parts.some((part) => part !== folder && isWithin(part, folder)) &&
      !isWithin(folder, '/mnt') &&
      !covered.some((root) => isWithin(folder, root)) &&
      existsSync(folder),
  );
  return seen.filter((folder) => !seen.some((other) => other !== folder && isWithin(folder, other)));
}

/** A folder of the PATH with what its programs need beside it. */
function programFolders(folder: string, home: string): string[] {
  const parent = dirname(folder);
  const alone = basename(folder) !== 'bin' || isWithin(home, parent) || parent === join(home, '.local');
  return alone ? [folder] : [folder, ...SIBLINGS.map((sibling) => join(parent, sibling))];
}

/** Whether `path` is `folder` or lies below it. Both absolute. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
