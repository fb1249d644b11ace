/** conan.lock of Conan 1 and 2 (Conan's documentation, "Lockfiles"). It does not say what needs what. */
import * as z from 'zod';
import { parseJson, Unreadable, word } from '../document';
import type { LockedPackage, Lockfile } from '../model';

const references = z.array(word).nullish();
const conanLock = z.looseObject({
  version: word,
  requires: references,
  build_requires: references,
  python_requires: references,
  config_requires: references,
  graph_lock: z
    .looseObject({ nodes: z.record(word, z.looseObject({ ref: word.nullish(), path: word.nullish() })).optional() })
    .optional(),
});

/** `name/version@user/channel#revision%time`. */
const REFERENCE = /^([^/#%\s]+)\/([^#%\s]+)(?:#([^%\s]+))?(?:%\S+)?$/;

/** Reads a conan.lock. Throws Unreadable. */
export function readConanLock(text: string): Lockfile {
  const lock = parseJson(text, conanLock);
  const nodes = Object.values(lock.graph_lock?.nodes ?? {});
  const all = [
    ...[lock.requires, lock.build_requires, lock.python_requires, lock.config_requires].flatMap((each) => each ?? []),
    // The node with a path is the project itself.
    ...nodes.flatMap(({ ref, path }) => (ref && !path ? [ref] : [])),
  ];
  return { packages: new Map(all.map((each) => [each, locked(each)])), edges: false, resolve: () => [] };
}

function locked(reference: string): LockedPackage {
  const [, name, version, revision] = REFERENCE.exec(reference) ?? [];
  if (name === undefined || version === undefined)
    throw new Unreadable(`${JSON.stringify(reference.slice(0, 100))} is no reference`);
  return { name, version, resolved: null, integrity: revision ?? null, hasInstallScript: false, needs: [] };
}
