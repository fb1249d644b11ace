/**
 * Which setup commands only install what a lockfile pins, so that their result may be kept and used again. Everything
 * else is run each time. The rules err towards running.
 */
import * as z from 'zod';

export interface PureInstall {
  /** Files that decide the result: the first two must exist. All must be those of the base. */
  readonly manifest: 'package.json';
  readonly lockfile: string;
  readonly settings: '.npmrc';
  /** Files that let the repository's own code or settings into the result: none may exist. */
  readonly obstacles: readonly string[];
}

const OBSTACLES = ['binding.gyp', 'npm-shrinkwrap.json', '.pnpmfile.cjs', 'pnpm-workspace.yaml'].concat([
  '.yarnrc',
  '.yarnrc.yml',
  '.yarn',
  '.pnp.cjs',
  'bunfig.toml',
  'patches',
]);

const COMMANDS: readonly { readonly words: string; readonly needs: readonly string[]; readonly lockfile: string }[] = [
  { words: 'npm ci', needs: [], lockfile: 'package-lock.json' },
  { words: 'pnpm install', needs: ['--frozen-lockfile'], lockfile: 'pnpm-lock.yaml' },
  { words: 'yarn install', needs: ['--frozen-lockfile', '--immutable'], lockfile: 'yarn.lock' },
  { words: 'bun install', needs: ['--frozen-lockfile'], lockfile: 'bun.lock' },
];

/** Flags that change neither where packages come from nor where they go. */
const FLAG =
  /^--(ignore-scripts|no-audit|no-fund|no-progress|prefer-offline|silent|quiet|omit=dev|legacy-peer-deps|frozen-lockfile|immutable)$/;

/** The pure installer that a setup command is, or null. One command, no shell syntax, known flags only. */
export function pureInstallOf(command: string): PureInstall | null {
  const words = command.trim().split(/ +/);
  const known = COMMANDS.find((candidate) => candidate.words === words.slice(0, 2).join(' '));
  const flags = words.slice(2);
  if (known === undefined || !flags.every((flag) => FLAG.test(flag))) return null;
  if (known.needs.length > 0 && !known.needs.some((flag) => flags.includes(flag))) return null;
  return { manifest: 'package.json', lockfile: known.lockfile, settings: '.npmrc', obstacles: OBSTACLES };
}

/** Scripts that a package manager runs in the root package around an install (npm's list holds those of the others). */
const LIFECYCLE = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'dependencies',
  'pnpm:devPreinstall',
];

/** Sources that lie in the repository itself. */
const LOCAL_SOURCE = /"(?:file|link|portal|workspace|patch):|(?:file|link|portal|workspace|patch):[./~]|"link": *true/;

const manifestSchema = z.object({
  scripts: z.record(z.string(), z.unknown()).default({}),
  workspaces: z.undefined().optional(),
  pnpm: z.undefined().optional(),
  packageManager: z.string().optional(),
});

/** Whether the installed result depends on nothing but these two files and the registry. */
export function dependsOnlyOnLockfile(manifest: string, lockfile: string): boolean {
  if (LOCAL_SOURCE.test(manifest) || LOCAL_SOURCE.test(lockfile)) return false;
  let json: unknown;
  try {
    json = JSON.parse(manifest);
  } catch {
    return false;
  }
  const parsed = manifestSchema.safeParse(json);
  return parsed.success && !LIFECYCLE.some((script) => Object.hasOwn(parsed.data.scripts, script));
}
