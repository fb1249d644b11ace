/**
 * Which files the base's ignore rules leave out. The agent may rewrite `.gitignore`; what counts is how the rules stood
 * at the base, together with the user's private rules of that time. Git itself is asked, through a folder that holds
 * the base's `.gitignore` files and nothing else.
 */
import { joinNul, openGit, splitNul } from './git';
import { readRegularFileBelow } from './regularFile';
import { skeletonOf } from './shadow';

/** Largest `.gitignore` that is compared, in bytes; a larger one counts as changed. */
const MAX_RULES = 1024 * 1024;

/** Folders that builds and package managers fill; nobody reads what appears in them file by file. */
const BUILD_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  'site-packages',
  'target',
  'build',
  'dist',
  'out',
  'bin',
  'obj',
  'coverage',
  '.nyc_output',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.turbo',
  '.parcel-cache',
  '.cache',
  '.gradle',
  '.terraform',
  '.dart_tool',
  '_build',
  'deps',
  'Pods',
  'DerivedData',
  'vendor',
]);

export function isBuildFolder(name: string): boolean {
  return BUILD_FOLDERS.has(name) || name.endsWith('.egg-info');
}

/** Of some paths of files, those that the base's rules ignore. The paths need not exist. */
export async function ignoredByBase(shadow: string, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  // `check-ignore` does not know literal pathspecs; behind `./` nothing is read as magic.
  const asked = await openGit(shadow, skeletonOf(shadow)).run(['check-ignore', '--no-index', '-z', '--stdin'], {
    input: joinNul(paths.map((path) => `./${path}`)),
    env: { GIT_LITERAL_PATHSPECS: '0' },
    exits: [0, 1],
  });
  return new Set(splitNul(asked.stdout).map((path) => path.slice(2)));
}

/** Whether the `.gitignore` files of a folder are those of the base, byte for byte but for line ends. */
export async function hasBaseRules(
  shadow: string,
  workTree: string,
  base: readonly string[],
  found: readonly string[],
): Promise<boolean> {
  if (base.length !== found.length) return false;
  const known = new Set(base);
  for (const path of found) {
    if (!known.has(path)) return false;
    const [before, now] = await Promise.all([
      readRegularFileBelow(skeletonOf(shadow), path, MAX_RULES),
      readRegularFileBelow(workTree, path, MAX_RULES),
    ]);
    if (before === null || now === null || asLines(before) !== asLines(now)) return false;
  }
  return true;
}

function asLines(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\r\n', '\n');
}
