/** The arguments of bubblewrap: what a confined process sees of the machine, and nothing else. */
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { Confinement } from './confinement';
import { CERTIFICATE_VARIABLES } from './environment';
import { isWithin, realHome, toolchainFolders } from './toolchains';

export interface SandboxRequest {
  readonly cwd: string;
  readonly home: string;
  readonly writable: readonly string[];
  readonly readable: readonly string[];
  readonly network: boolean;
  /** The environment that the process will get: names certificate files, which must then be there. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Taken as they are: where one is a link (merged /usr), it stays a link. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/opt', '/nix', '/snap'];

/** Of /etc only what programs need to run, resolve names and trust certificates; no keys, no other configuration. */
const ETC = [
  'alternatives',
  'ca-certificates',
  'ca-certificates.conf',
  'debian_version',
  'fonts',
  'group',
  'host.conf',
  'hosts',
  'java-11-openjdk',
  'java-17-openjdk',
  'java-21-openjdk',
  'java-25-openjdk',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'magic',
  'maven',
  'mime.types',
  'networks',
  'nsswitch.conf',
  'os-release',
  'passwd',
  'pki/ca-trust',
  'pki/tls/cert.pem',
  'pki/tls/certs',
  'pki/tls/openssl.cnf',
  'protocols',
  'resolv.conf',
  'services',
  'shells',
  'ssl/cert.pem',
  'ssl/certs',
  'ssl/openssl.cnf',
  'timezone',
].map((name) => `/etc/${name}`);

/**
 * Kernel settings below /proc that root may write by file mode alone, whatever its capabilities: bubblewrap skips them
 * when only the files, and not the folder, are writable. The list is that of the OCI runtime's read-only paths.
 */
const KERNEL = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/mtrr', '/proc/sys', '/proc/sysrq-trigger'];

/** The private /tmp lives in memory: a quarter of it is the most it may take. */
const TMP_SHARE = 4;

/** Arguments up to the command itself, which follows them. */
export function sandboxArguments(
  confinement: Extract<Confinement, { kind: 'bwrap' }>,
  request: SandboxRequest,
  user: NodeJS.ProcessEnv,
): string[] {
  const home = realHome(user);
  const size = confinement.sized ? ['--size', String(Math.floor(totalmem() / TMP_SHARE))] : [];
  const hidden = home === '/' || SYSTEM.some((root) => isWithin(root, home)) ? [] : ['--tmpfs', home];
  return [
    ...confinement.options,
    ...(request.network ? ['--share-net'] : []),
    ...SYSTEM.flatMap(system),
    ...ETC.flatMap((path) => ['--ro-bind-try', path, path]),
    ...[
      '--proc',
      '/proc',
      ...KERNEL.flatMap((path) => ['--ro-bind-try', path, path]),
      '--dev',
      '/dev',
      ...size,
      '--tmpfs',
      '/tmp',
      '--tmpfs',
      '/var/tmp',
    ],
    ...hidden,
    ...mounts(request, user).flatMap(([option, path]) => [option, path, path]),
    // What is written beside the granted folders shall fail, not vanish.
    ...(hidden.length > 0 ? ['--remount-ro', home] : []),
    ...['--remount-ro', '/', '--chdir', request.cwd, '--'],
  ];
}

function system(path: string): string[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  return stat.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

/**
 * Granted folders, outer before inner so that the inner one holds. A folder to be written that is not there makes
 * bubblewrap fail; what is only read may be absent.
 */
function mounts(request: SandboxRequest, user: NodeJS.ProcessEnv): (readonly [string, string])[] {
  const certificates = CERTIFICATE_VARIABLES.map((name) => request.environment[name]).filter(
    (path) => path?.startsWith('/') && existsSync(path),
  ) as string[];
  const covered = [...SYSTEM, ...ETC];
  const optional = [...toolchainFolders(user, covered), ...certificates.filter((path) => !within(path, covered))];
  const all = [
    ...optional.map((path) => ['--ro-bind-try', path] as const),
    ...request.readable.map((path) => ['--ro-bind-try', path] as const),
    ...[...request.writable, request.home].map((path) => ['--bind', path] as const),
  ];
  return all.sort(([, a], [, b]) => depth(a) - depth(b));
}

function within(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isWithin(path, folder));
}

function depth(path: string): number {
  return path.split('/').filter((segment) => segment !== '').length;
}
