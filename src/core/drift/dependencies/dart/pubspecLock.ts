/** pubspec.lock (the sources of Pub's `lock_file.dart`). It does not say what needs what. */
import * as z from 'zod';
import { parseYaml, Unreadable, word } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { staysInside } from '../repositoryPath';

const description = z.union([
  word,
  z.looseObject({
    name: word.optional(),
    url: word.optional(),
    sha256: word.optional(),
    path: word.optional(),
    'resolved-ref': word.optional(),
  }),
]);
const entry = z.looseObject({ source: word, version: word.optional(), description: description.optional() });
type Entry = z.output<typeof entry>;

const pubspecLock = z.looseObject({ packages: z.union([z.record(word, entry), z.literal('')]).optional() });

const USUAL = /^https:\/\/(?:pub\.dev|pub\.dartlang\.org)\/?$/;

/** Reads a pubspec.lock; `path` is its own. Throws Unreadable. */
export function readPubspecLock(text: string, path: string): Lockfile {
  const lock = parseYaml(text, pubspecLock);
  const packages = Object.entries(lock.packages || {}).flatMap(([key, value]): [string, LockedPackage][] => {
    const locked = read(key, value, path);
    return locked === null ? [] : [[key, locked]];
  });
  return { packages: new Map(packages), edges: false, resolve: () => [] };
}

/** Null for what is not fetched: parts of an SDK, and folders of the repository. */
function read(key: string, { source, version, description: about }: Entry, from: string): LockedPackage | null {
  const table = typeof about === 'object' ? about : {};
  const shared = { name: table.name ?? key, version: version ?? null, hasInstallScript: false, needs: [] };
  const address = table.url ?? '';
  switch (source) {
    case 'sdk':
      return null;
    case 'hosted':
      return {
        ...shared,
        resolved: USUAL.test(address) || address === '' ? null : address,
        integrity: table.sha256 ?? null,
      };
    case 'git':
      return { ...shared, name: key, resolved: `git+${address}#${table['resolved-ref'] ?? ''}`, integrity: null };
    case 'path': {
      const folder = table.path ?? (typeof about === 'string' ? about : '');
      return staysInside(from, folder) ? null : { ...shared, name: key, resolved: folder, integrity: null };
    }
    default:
      throw new Unreadable(`${key.slice(0, 100)} comes from ${source.slice(0, 100)}, which is not known`);
  }
}
