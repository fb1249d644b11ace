/** deno.lock, versions 3 to 5 (deno_lockfile, "Format"). */
import * as z from 'zod';
import { append } from '../../append';
import { parseJson, Unreadable, word, wordTable } from '../document';
import { type HashedFile, integrityOf } from '../integrity';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { denoPackage, nameOf, remoteOf } from './denoSpec';

const wants = z.union([z.array(word), wordTable]).optional();
const entry = z.looseObject({
  integrity: word.optional(),
  dependencies: wants,
  optionalDependencies: wants,
  tarball: word.optional(),
  scripts: z.boolean().optional(),
});
const entries = z.record(word, entry).optional();
const sections = z.looseObject({ jsr: entries, npm: entries });
const denoLock = sections.extend({
  version: word,
  packages: sections.optional(),
  remote: wordTable.optional(),
  redirects: wordTable.optional(),
});

type Entry = z.output<typeof entry>;

const REGISTRY = 'https://registry.npmjs.org/';

/** Reads a lockfile of Deno. Throws Unreadable. */
export function readDenoLock(text: string): Lockfile {
  const lock = parseJson(text, denoLock);
  if (!/^[345]$/.test(lock.version)) throw new Unreadable('its version is not known');
  const { jsr, npm } = lock.packages ?? lock;
  const lockfile = linked([
    ...Object.entries(npm ?? {}).map(([key, value]) => read(key, value, '')),
    ...Object.entries(jsr ?? {}).map(([key, value]) => read(key, value, 'jsr:')),
    ...remotes(lock.remote ?? {}),
    ...Object.entries(lock.redirects ?? {}).map(redirect),
  ]);
  return {
    ...lockfile,
    resolve: (importer, name, spec) => lockfile.resolve(importer, denoPackage(spec) ?? name, spec),
  };
}

/** `name@version`, with what peers it has behind an underscore. */
function read(key: string, value: Entry, prefix: string): NamedEntry {
  const name = nameOf(key) ?? key;
  const [version = ''] = key.slice(name.length + 1).split('_', 1);
  const { tarball } = value;
  return {
    name: `${prefix}${name}`,
    version,
    resolved: tarball === undefined || tarball.startsWith(REGISTRY) ? null : tarball,
    integrity: value.integrity ?? null,
    hasInstallScript: value.scripts ?? false,
    wants: [value.dependencies, value.optionalDependencies].flatMap(wantedNames),
  };
}

/** A list of names and specifiers, or (version 3) a table of them. */
function wantedNames(section: z.output<typeof wants>): readonly string[] {
  const texts = Array.isArray(section) ? section : Object.values(section ?? {});
  return texts.flatMap((text) => denoPackage(text) ?? nameOf(text) ?? []);
}

/** Files of one version of a module are one package; an address without a version is its own. */
function remotes(files: Readonly<Record<string, string>>): readonly NamedEntry[] {
  const groups = new Map<string, (HashedFile & { readonly url: string })[]>();
  for (const [url, hash] of Object.entries(files)) {
    const { name, version } = remoteOf(url);
    append(groups, JSON.stringify(version === null ? [url] : [name, version]), { name: url, hash, url });
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { name, version } = remoteOf(first.url);
    const origin = /^[a-z]+:\/\/[^/]*/i.exec(first.url)?.[0] ?? first.url;
    return {
      name,
      version,
      resolved: version === null ? first.url : `${origin}${name.slice(name.split('/', 1)[0]?.length ?? 0)}@${version}`,
      integrity: integrityOf(group),
      hasInstallScript: false,
      wants: [],
    };
  });
}

/** Where an address really leads. */
function redirect([from, to]: readonly [string, string]): NamedEntry {
  const name = `${remoteOf(from).name} (redirect)`;
  return { name, version: null, resolved: to, integrity: null, hasInstallScript: false, wants: [] };
}
