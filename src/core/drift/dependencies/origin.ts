/** Where a locked package is fetched from, and whether that is a usual place. */
import type { LockedPackage, Lockfile } from './model';

/** Registries that serve the public npm packages. */
const USUAL: ReadonlySet<string> = new Set(['https://registry.npmjs.org', 'https://registry.yarnpkg.com']);

/** Scheme and host of an address; the scheme alone for paths; null for the configured registry. */
export function originOf(resolved: string | null): string | null {
  if (resolved === null) return null;
  const text = resolved.trim();
  // `user@host:path` is the short form of ssh.
  const short = /^[^@/\s:]+@([^/\s:]+):/.exec(text)?.[1];
  if (short !== undefined) return `ssh://${short}`;
  const scheme = /^([A-Za-z][\w+.-]*):/.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'path:';
  const host = /^[^:]+:\/\/(?:[^/@]*@)?([^/?#]*)/.exec(text)?.[1]?.toLowerCase();
  return host === undefined ? `${scheme}:` : `${scheme}://${host}`;
}

/** An address in a text: with a scheme, or in the short form of ssh. */
const ADDRESS = /(?:[A-Za-z][\w+.-]*:\/\/|[\w.-]+@[\w.-]+:)[^\s"'`,;)\]}]+/;
/** `owner/repository` of GitHub and its like, with a prefix or without. */
const SHORTHAND = /^(?:[a-z]+:)?\w[\w.-]*\/\w[\w.-]*(?=#|$)/;

/**
 * The repository or archive that a text names, without the commit, tag or branch in it; null when it names none. Another
 * tag of the same repository is another version, from the same people.
 */
export function placeOf(text: string): string | null {
  const [address] = ADDRESS.exec(text) ?? SHORTHAND.exec(text.trim()) ?? [];
  if (address === undefined) return null;
  return address
    .replace(/[#?].*$/, '')
    .replace(/(\/[^/@]+)@[^/]*$/, '$1')
    .replace(/\.git$/, '')
    .replace(/\/$/, '');
}

/** Registries and other web hosts that a lockfile already uses. */
export function knownOrigins(lockfile: Lockfile): ReadonlySet<string> {
  const origins = [...lockfile.packages.values()].map((each) => originOf(each.resolved));
  return new Set(origins.filter((origin): origin is string => origin?.startsWith('https://') ?? false));
}

/**
 * What is wrong with where a new package comes from, or null. Usual are the public registries, at the package's own
 * address, and web hosts that the lockfile used before; git, paths and plain http never are.
 */
export function sourceFault(locked: LockedPackage, known: ReadonlySet<string>): string | null {
  const origin = originOf(locked.resolved);
  if (origin === null || locked.resolved === null) return null;
  if (USUAL.has(origin)) return isOwnAddress(locked) ? null : 'is fetched from the address of another package';
  return known.has(origin) ? null : `is fetched from ${origin}`;
}

/** `https://registry/<name>/-/<base name>-<version>.tgz`; a bare registry (bun) is everybody's own. */
function isOwnAddress({ name, version, resolved }: LockedPackage): boolean {
  const path = (resolved ?? '').replace(/^https:\/\/[^/]*/, '').replace(/[?#].*$/, '');
  if (path === '' || path === '/' || version === null) return true;
  const base = name.slice(name.indexOf('/') + 1);
  const expected = `/${name}/-/${base}-${version.replace(/\+.*$/, '')}.tgz`;
  return path.replace(/%2f/gi, '/').toLowerCase() === expected.toLowerCase();
}
