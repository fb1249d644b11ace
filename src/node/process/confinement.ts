/** How far the processes of a task can be confined on this machine: looked up once, strongest means first. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { fail } from '../../core/errors';

/** The setting: the best there is; bubblewrap or nothing; no confinement. */
export type ConfinementMode = 'auto' | 'required' | 'off';

export type Confinement =
  /** Own mounts, own processes, own network. `options` are those that this version of bubblewrap knows. */
  | { readonly kind: 'bwrap'; readonly file: string; readonly options: readonly string[]; readonly sized: boolean }
  /** Own process ids: nothing survives the first process. Files and network are the user's. */
  | { readonly kind: 'pid-namespace'; readonly file: string }
  /** A process group and a marker in the environment: holds against accidents only. */
  | { readonly kind: 'none'; readonly why: string };

/**
 * What bubblewrap needs to hold even when it is started by root: without a user namespace of its own, root inside can
 * remount a read-only bind as writable.
 */
const BWRAP_OPTIONS = ['--unshare-all', '--unshare-user', '--cap-drop', 'ALL', '--die-with-parent', '--new-session'];
/** Since bubblewrap 0.8: no further user namespaces inside, which keeps that part of the kernel out of reach. */
const BWRAP_NEWER = ['--disable-userns'];
export const UNSHARE_OPTIONS = [
  '--user',
  '--map-current-user',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
] as const;

const PROBE_LIMIT_MS = 10_000;

let strongest: Promise<Confinement> | null = null;

/**
 * The confinement to use under `mode`. The machine is probed at the first call and the answer kept.
 * @throws SANDBOX_REQUIRED when `mode` is `required` and bubblewrap does not work here
 */
export async function findConfinement(mode: ConfinementMode): Promise<Confinement> {
  if (mode === 'off') return { kind: 'none', why: 'switched off by the setting `sandbox.mode`' };
  strongest ??= probeConfinement();
  const found = await strongest;
  if (mode === 'required' && found.kind !== 'bwrap') {
    fail('SANDBOX_REQUIRED', `a sandbox is required and bubblewrap does not work here: ${describeConfinement(found)}`, {
      fix: `${confinementRemedy()}; or set \`sandbox.mode: auto\``,
    });
  }
  return found;
}

/** Tries each means by really starting something in it. */
export async function probeConfinement(environment: NodeJS.ProcessEnv = process.env): Promise<Confinement> {
  if (process.platform !== 'linux') return { kind: 'none', why: `there is no sandbox for ${process.platform} yet` };
  const bwrap = findProgram('bwrap', environment);
  if (bwrap !== null) {
    const tail = ['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--', '/bin/sh', '-c', ':'];
    const newer = [...BWRAP_OPTIONS, ...BWRAP_NEWER];
    if (await works(bwrap, [...newer, ...tail])) return { kind: 'bwrap', file: bwrap, options: newer, sized: true };
    if (await works(bwrap, [...BWRAP_OPTIONS, ...tail])) {
      return { kind: 'bwrap', file: bwrap, options: BWRAP_OPTIONS, sized: false };
    }
  }
  const unshare = findProgram('unshare', environment);
  if (unshare !== null && (await works(unshare, [...UNSHARE_OPTIONS, '/bin/sh', '-c', ':']))) {
    return { kind: 'pid-namespace', file: unshare };
  }
  return {
    kind: 'none',
    why: bwrap === null ? 'bubblewrap is not installed' : 'this machine refuses user namespaces to bubblewrap',
  };
}

/** One sentence for `doctor` and error messages. */
export function describeConfinement(confinement: Confinement): string {
  switch (confinement.kind) {
    case 'bwrap':
      return `bubblewrap (${confinement.file}): files, processes and network are confined`;
    case 'pid-namespace':
      return 'a process namespace: nothing outlives its task, but files and network are not confined';
    case 'none':
      return `no sandbox (${confinement.why}): accidents only, a process that hides can outlive its task`;
  }
}

/** What would let bubblewrap work on this machine, where it does not. */
export function confinementRemedy(environment: NodeJS.ProcessEnv = process.env): string {
  if (process.platform !== 'linux') return 'hand off only what you trust: there is no sandbox for this platform yet';
  const bwrap = findProgram('bwrap', environment);
  if (bwrap === null) return 'install bubblewrap (its program is `bwrap`)';
  return (
    `${bwrap} is there, but the system refuses it user namespaces: raise \`sysctl user.max_user_namespaces\`, set ` +
    '`kernel.unprivileged_userns_clone=1` (Debian), give bwrap an AppArmor profile with `userns` (Ubuntu), or loosen ' +
    'the container that this runs in'
  );
}

/** Absolute path of a program on the PATH, or null. Relative PATH entries are ignored: they would mean the repository. */
export function findProgram(name: string, environment: NodeJS.ProcessEnv = process.env): string | null {
  const endings = process.platform === 'win32' ? (environment.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of (environment.PATH ?? '').split(delimiter).filter(isAbsolute)) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: the next folder may have it.
      }
    }
  }
  return null;
}

function works(file: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(file, [...args], { timeout: PROBE_LIMIT_MS, killSignal: 'SIGKILL' }, (error) => resolve(error === null));
  });
}
