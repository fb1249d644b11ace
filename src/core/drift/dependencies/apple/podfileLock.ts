/** Podfile.lock (the sources of CocoaPods' `Pod::Lockfile`). */
import * as z from 'zod';
import { addressFault } from '../address';
import { parseYaml, word, wordTable } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { staysInside } from '../repositoryPath';
import { isUsualSpecs } from './podCall';

const pods = z.array(z.union([word, z.record(word, z.array(word))]));
const options = z.record(word, wordTable).optional();
const podfileLock = z.looseObject({
  PODS: pods.optional(),
  'SPEC REPOS': z.record(word, z.array(word)).optional(),
  'EXTERNAL SOURCES': options,
  'CHECKOUT OPTIONS': options,
  'SPEC CHECKSUMS': wordTable.optional(),
});
type Lock = z.output<typeof podfileLock>;

interface Pod {
  readonly key: string;
  readonly version: string | null;
  readonly needs: readonly string[];
}

/** Reads a Podfile.lock; `path` is its own. Throws Unreadable. */
export function readPodfileLock(text: string, path: string): Lockfile {
  const lock = parseYaml(text, podfileLock);
  const found = new Map((lock.PODS ?? []).flatMap(podsOf).map((pod) => [pod.key, pod]));
  const placeOf = places(lock, path);
  const packages = new Map<string, LockedPackage>();
  for (const { key, version, needs } of found.values()) {
    const name = rootOf(key);
    const place = placeOf(name);
    if (place === OWN) continue;
    const integrity = lock['SPEC CHECKSUMS']?.[name] ?? null;
    packages.set(key, { name, version, resolved: place, integrity, hasInstallScript: false, needs });
  }
  return { packages, resolve: (_importer, name) => fetched(name, found, packages) };
}

/** `Name (1.0)`, or with what it needs. */
function podsOf(entry: string | Record<string, readonly string[]>): readonly Pod[] {
  const pairs = typeof entry === 'string' ? [[entry, []] as const] : Object.entries(entry);
  return pairs.map(([title, needs]) => ({
    key: nameOf(title),
    version: /\(([^)]*)\)$/.exec(title)?.[1] ?? null,
    needs: needs.map(nameOf),
  }));
}

function nameOf(title: string): string {
  const bracket = title.indexOf(' (');
  return bracket === -1 ? title : title.slice(0, bracket);
}

/** A subspec has the version, the checksum and the place of its pod. */
function rootOf(name: string): string {
  return name.replace(/\/.*$/, '');
}

/** The place of a pod in the repository: it is fetched from nowhere. */
const OWN = Symbol('a folder of the repository');

/** Where a pod is fetched from; null for the public specs. */
function places(lock: Lock, path: string): (name: string) => string | null | typeof OWN {
  const specs = new Map(
    Object.entries(lock['SPEC REPOS'] ?? {}).flatMap(([address, names]) =>
      isUsualSpecs(address) ? [] : names.map((name) => [name, address] as const),
    ),
  );
  const external = new Map(Object.entries(lock['EXTERNAL SOURCES'] ?? {}).map(([key, each]) => [rootOf(key), each]));
  const checkouts = lock['CHECKOUT OPTIONS'] ?? {};
  return (name) => {
    const source = external.get(name);
    if (source === undefined) return specs.get(name) ?? null;
    const [folder, git] = [source[':path'], source[':git']];
    if (folder !== undefined) return staysInside(path, folder) ? OWN : folder;
    const commit = checkouts[name]?.[':commit'] ?? source[':commit'] ?? source[':tag'] ?? source[':branch'] ?? '';
    if (git !== undefined) return /^https?:/i.test(git) ? `git+${git}#${commit}` : `${git}#${commit}`;
    const podspec = source[':podspec'] ?? source[':http'] ?? '';
    return addressFault(podspec) === 'a path' && staysInside(path, podspec) ? null : podspec;
  };
}

/** A pod that is fetched, and in place of one of the repository what that needs. */
function fetched(
  start: string,
  found: ReadonlyMap<string, Pod>,
  packages: ReadonlyMap<string, LockedPackage>,
): readonly string[] {
  const keys: string[] = [];
  const seen = new Set<string>();
  const ahead = [start];
  for (let key = ahead.pop(); key !== undefined; key = ahead.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    if (packages.has(key)) keys.push(key);
    else ahead.push(...(found.get(key)?.needs ?? []));
  }
  return keys;
}
