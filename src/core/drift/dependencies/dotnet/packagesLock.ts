/** packages.lock.json (NuGet documentation, "Enable repeatable package restores using a lock file"). */
import * as z from 'zod';
import { append } from '../../append';
import { parseJson, Unreadable, word, wordTable } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { idOf } from './packageId';

const entry = z.looseObject({
  type: word,
  resolved: word.optional(),
  contentHash: word.optional(),
  dependencies: wordTable.optional(),
});
const packagesLock = z.looseObject({
  version: z.number(),
  dependencies: z.record(word, z.record(word, entry)).optional(),
});

type Framework = Readonly<Record<string, z.output<typeof entry>>>;

/** Reads a lockfile of NuGet. Throws Unreadable. */
export function readPackagesLock(text: string): Lockfile {
  const lock = parseJson(text, packagesLock);
  if (lock.version > 2) throw new Unreadable(`its version ${lock.version} is not known`);
  const packages = new Map<string, LockedPackage>();
  const keys = new Map<string, string[]>();
  for (const [name, framework] of Object.entries(lock.dependencies ?? {})) {
    for (const [key, locked] of entriesOf(name, framework)) {
      packages.set(key, locked);
      append(keys, locked.name, key);
    }
  }
  // Whichever project asks for a package, it is locked once for each framework.
  return { packages, resolve: (_importer, name) => keys.get(idOf(name)) ?? [] };
}

function entriesOf(name: string, framework: Framework): [string, LockedPackage][] {
  const keyOf = (id: string) => JSON.stringify([name, idOf(id)]);
  const fetched = Object.entries(framework).filter(([, { type }]) => type !== 'Project');
  const known = new Set(fetched.map(([id]) => keyOf(id)));
  return fetched.map(([id, { resolved, contentHash, dependencies }]) => [
    keyOf(id),
    {
      name: idOf(id),
      version: resolved ?? null,
      resolved: null,
      integrity: contentHash ?? null,
      hasInstallScript: false,
      needs: Object.keys(dependencies ?? {})
        .map(keyOf)
        .filter((key) => known.has(key)),
    },
  ]);
}
