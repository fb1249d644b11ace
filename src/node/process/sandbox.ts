/** The arguments of bubblewrap: what a confined process sees of the machine, and nothing else. */
import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join, relative } from 'node:path';
import type { Confinement } from './confinement';
import { CERTIFICATE_VARIABLES } from './environment';
import { isWithin, realHome, toolchainFolders } from './toolchains';

export interface SandboxRequest {
  readonly cwd: string;
  readonly home: string;
  readonly writable: readonly string[];
  readonly readable: readonly string[];
  /** Folders that are seen as empty wherever they lie, save for what is granted below them. */
  readonly hidden: readonly string[];
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
  'maven/logging',
  'maven/m2.conf',
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

/** The private /tmp lives in memory: a quarter of it is the most it may take. */
const TMP_SHARE = 4;

/** Arguments up to the command itself, which follows them. */
export function sandboxArguments(
  confinement: Extract<Confinement, { kind: 'bwrap' }>,
  request: SandboxRequest,
  user: NodeJS.ProcessEnv,
): string[] {
  const size = confinement.sized ? ['--size', String(Math.floor(totalmem() / TMP_SHARE))] : [];
  const all = mounts(request, user);
  const empty = all.filter(([option]) => option === '--tmpfs').map(([, path]) => path);
  return [
    ...confinement.options,
    ...(request.network ? ['--share-net'] : []),
    ...SYSTEM.flatMap(system),
    ...ETC.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev', ...size, '--tmpfs', '/tmp', '--symlink', '/tmp', '/var/tmp'],
    ...all.flatMap(([option, path]) => (option === '--tmpfs' ? [option, path] : [option, path, path])),
    // What is written beside the granted folders shall fail, not vanish. Below /proc lie settings of the kernel that
    // root may write by their mode alone, whatever its capabilities.
    ...[...empty, '/', '/proc'].flatMap((path) => ['--remount-ro', path]),
    ...['--chdir', request.cwd, '--'],
  ];
}

function system(path: string): string[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  return stat.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

type Mount = readonly [option: '--ro-bind-try' | '--bind' | '--tmpfs', path: string];

/**
 * Shown, emptied and granted folders, outer before inner so that the inner one holds; of the same folder the grant
 * holds. A folder to be written that is not there makes bubblewrap fail; what is only read may be absent.
 */
function mounts(request: SandboxRequest, user: NodeJS.ProcessEnv): readonly Mount[] {
  const home = realHome(user);
  const hidden = request.hidden.map(realPath).filter((path) => path !== '/' && existsSync(path));
  // Version managers live in HOME, also where HOME is a repository.
  const beside = hidden.filter((place) => !isWithin(home, place));
  const shown = shownFolders(request, user)
    .filter((path) => !within(realPath(path), beside))
    .map((path) => ['--ro-bind-try', path] as const);
  const granted = [
    ...request.readable.map((path) => ['--ro-bind-try', path] as const),
    ...[...request.writable, request.home].map((path) => ['--bind', path] as const),
  ];
  const empty = new Set([
    ...(SYSTEM.some((root) => isWithin(root, home)) ? [] : [home]),
    ...hidden,
    ...[...shown, ...granted].flatMap(([, path]) => seenThrough(path, hidden)),
  ]);
  const all: Mount[] = [...shown, ...[...empty].map((path) => ['--tmpfs', path] as const), ...granted];
  return all.sort(([, a], [, b]) => depth(a) - depth(b));
}

/** Toolchains, and the certificates that the environment names. */
function shownFolders(request: SandboxRequest, user: NodeJS.ProcessEnv): readonly string[] {
  const certificates = CERTIFICATE_VARIABLES.map((name) => request.environment[name]).filter(
    (path) => path?.startsWith('/') && existsSync(path),
  ) as string[];
  const covered = [...SYSTEM, ...ETC];
  return [...toolchainFolders(user, covered), ...certificates.filter((path) => !within(path, covered))];
}

/** Where hidden places below a folder are seen when the path to that folder leads through links. */
function seenThrough(path: string, hidden: readonly string[]): string[] {
  const real = realPath(path);
  return hidden
    .filter((place) => place !== real && isWithin(place, real))
    .map((place) => join(path, relative(real, place)));
}

/** With links resolved; of what is not there, the path itself. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function within(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isWithin(path, folder));
}

function depth(path: string): number {
  return path.split('/').filter((segment) => segment !== '').length;
}
