/**
 * composer.lock (Composer docs, "The lock file"). Packagist keeps no files: it names the repository of a package, and
 * the archive that its host makes of a commit. So the commit stands for the hash, and the repository for the registry.
 */
import * as z from 'zod';
import { parseJson, word } from '../document';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';

const place = z
  .looseObject({
    type: word.nullish(),
    url: word.nullish(),
    reference: word.nullish(),
    shasum: word.nullish(),
  })
  .nullish();
/** An empty table is written as an empty list by PHP. */
const names = z.record(word, z.unknown()).or(z.tuple([])).optional();
const entry = z.looseObject({
  name: word,
  version: word.optional(),
  type: word.nullish(),
  source: place,
  dist: place,
  require: names,
  'notification-url': word.nullish(),
});
const composerLock = z.looseObject({
  packages: z.array(entry).nullish(),
  'packages-dev': z.array(entry).nullish(),
});

type Entry = z.output<typeof entry>;

const PACKAGIST = 'https://packagist.org/downloads/';
/** Hosts whose archives and repositories Packagist points to. */
const HOSTS: readonly RegExp[] = [
  /^https:\/\/api\.(github\.com)\/repos\/([^/]+\/[^/?#]+)\/(?:zip|tar)ball\//i,
  /^https:\/\/codeload\.(github\.com)\/([^/]+\/[^/?#]+)\//i,
  /^https:\/\/(gitlab\.com)\/api\/v4\/projects\/([^/]+)\/repository\/archive/i,
  /^https:\/\/(github\.com|gitlab\.com|bitbucket\.org)\/([^/]+\/[^/?#]+)/i,
];
/** Types of packages that run in Composer itself while it installs. */
const PLUGIN = /^composer-(?:plugin|installer)$/;

/** Reads a composer.lock. Throws Unreadable. */
export function readComposerLock(text: string): Lockfile {
  const lock = parseJson(text, composerLock);
  return linked([...(lock.packages ?? []), ...(lock['packages-dev'] ?? [])].flatMap(read));
}

function read(each: Entry): NamedEntry[] {
  const { dist, source } = each;
  const address = addressOf(each);
  if (address === 'workspace') return [];
  const repositories = [dist?.url, source?.url].flatMap((url) => (url ? [repositoryOf(url)] : []));
  const known = repositories.filter((repository) => repository !== null);
  const isUsual = each['notification-url'] === PACKAGIST && known.length > 0 && known.length === repositories.length;
  const references = [...new Set([dist?.reference, source?.reference])].filter(Boolean);
  const hashes = [...references, ...(dist?.shasum ? [`sha1:${dist.shasum}`] : [])];
  return [
    {
      name: each.name.toLowerCase(),
      version: versionOf(each.version, references[0]),
      resolved: isUsual ? null : address,
      integrity: hashes.length === 0 ? null : hashes.join(' '),
      ...(isUsual ? { repository: [...new Set(known)].sort().join(' and ') } : {}),
      hasInstallScript: PLUGIN.test(each.type ?? ''),
      wants: Object.keys(each.require ?? {}).map((name) => name.toLowerCase()),
    },
  ];
}

/** A branch is another release with each commit. */
function versionOf(version: string | undefined, reference: string | null | undefined): string | null {
  const isBranch = /^dev-|-dev$/.test(version ?? '');
  return version === undefined ? null : isBranch && reference ? `${version}#${reference}` : version;
}

/** Where a package is fetched from: the archive, or the repository where there is none; null for packages of neither. */
function addressOf({ dist, source }: Entry): string | null {
  if (dist?.type === 'path') return isOutside(dist.url ?? '') ? `file:${dist.url}` : 'workspace';
  if (dist?.url) return dist.url;
  return source?.url ? `${source.type ?? 'git'}+${source.url}` : null;
}

function isOutside(path: string): boolean {
  return /^(?:\.\.|[/\\~]|[A-Za-z]:)/.test(path);
}

/** `host/owner/name` of an address on a usual host, else null. */
function repositoryOf(url: string): string | null {
  for (const host of HOSTS) {
    const [, name, path] = host.exec(url) ?? [];
    if (name !== undefined && path !== undefined) {
      return `${name}/${decoded(path).replace(/\.git$/i, '')}`.toLowerCase();
    }
  }
  return null;
}

function decoded(path: string): string {
  return path.replace(/%2f/gi, '/');
}
