/** Cargo.lock, versions 1 to 4 (Cargo's own `core/resolver/encode.rs`). */
import * as z from 'zod';
import { append } from '../../append';
import { Unreadable, word } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { parseToml } from '../toml';
import { partsOf } from './dependency';

const entry = z.looseObject({
  name: word,
  version: word,
  source: word.optional(),
  checksum: word.optional(),
  dependencies: z.array(word).optional(),
});
type Entry = z.output<typeof entry>;

const cargoLock = z.looseObject({
  version: z.number().optional(),
  package: z.array(entry).optional(),
  root: entry.optional(),
  metadata: z.record(word, z.unknown()).optional(),
});

const NEWEST = 4;
/** crates.io, by its git index and by its sparse one. */
const USUAL: ReadonlySet<string> = new Set([
  'registry+https://github.com/rust-lang/crates.io-index',
  'sparse+https://index.crates.io/',
]);
/** Copies of a package that one name may mean. */
const MOST_COPIES = 50;

/** Reads a lockfile of Cargo. Throws Unreadable. */
export function readCargoLock(text: string): Lockfile {
  const lock = parseToml(text, cargoLock);
  if ((lock.version ?? 1) > NEWEST) throw new Unreadable(`its version ${lock.version} is not known`);
  const entries = [...(lock.root ? [lock.root] : []), ...(lock.package ?? [])];
  const byKey = new Map(entries.map((each) => [keyOf(each), each]));
  const copiesOf = new Map<string, Entry[]>();
  for (const each of byKey.values()) {
    append(copiesOf, each.name, each);
    append(copiesOf, `${each.name} ${each.version}`, each);
  }
  const needsOf = ({ dependencies }: Entry) =>
    (dependencies ?? []).flatMap((each) => lookUp(copiesOf, each)).map(keyOf);
  const packages = new Map(
    [...byKey].flatMap(([key, each]): [string, LockedPackage][] =>
      each.source === undefined ? [] : [[key, locked(each, lock.metadata ?? {}, needsOf(each))]],
    ),
  );
  return {
    packages,
    resolve: (_importer, name, spec) => {
      const wanted = partsOf(spec);
      const copies = (copiesOf.get(wanted.package ?? name) ?? []).slice(0, MOST_COPIES);
      return fetched(compatible(copies, wanted.version), (key) => byKey.get(key), needsOf);
    },
  };
}

function keyOf({ name, version, source }: Entry): string {
  return `${name} ${version} (${source ?? ''})`;
}

/** Version 1 keeps checksums in a table of its own, by the package's full id. */
function locked(each: Entry, metadata: Record<string, unknown>, needs: readonly string[]): LockedPackage {
  const old = metadata[`checksum ${keyOf(each)}`];
  return {
    name: each.name,
    version: each.version,
    resolved: addressOf(each.source ?? ''),
    integrity: each.checksum ?? (typeof old === 'string' && old !== '<none>' ? old : null),
    hasInstallScript: false,
    needs,
  };
}

/** Registries by their index's plain address; git as it is written, with the commit. */
function addressOf(source: string): string | null {
  return USUAL.has(source) ? null : source.replace(/^(?:registry|sparse)\+/, '');
}

/** `name`, `name version` or `name version (source)`: as much as it takes to tell copies apart. */
function lookUp(copiesOf: ReadonlyMap<string, readonly Entry[]>, dependency: string): readonly Entry[] {
  const [name = '', version, source] = dependency.split(' ');
  const copies = (copiesOf.get(version === undefined ? name : `${name} ${version}`) ?? []).slice(0, MOST_COPIES);
  return copies.filter((each) => source === undefined || each.source === undefined || source === `(${each.source})`);
}

/** Copies that a plain requirement can mean (Cargo Book, "Version requirement syntax"); all where none fits. */
function compatible(copies: readonly Entry[], version: string | null): readonly Entry[] {
  const wanted = /^\s*[\^~=]?\s*(\d+)(?:\.(\d+))?/.exec(version ?? '');
  if (wanted === null) return copies;
  const [, major, minor] = wanted;
  const fitting = copies.filter((each) => {
    const [itsMajor, itsMinor] = each.version.split('.');
    return itsMajor === major && (major !== '0' || minor === undefined || itsMinor === minor);
  });
  return fitting.length > 0 ? fitting : copies;
}

/** Packages that are fetched, and in place of those of the workspace itself what these need. */
function fetched(
  starts: readonly Entry[],
  find: (key: string) => Entry | undefined,
  needsOf: (each: Entry) => readonly string[],
): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const ahead = starts.map(keyOf);
  for (let key = ahead.pop(); key !== undefined; key = ahead.pop()) {
    const each = find(key);
    if (each === undefined || seen.has(key)) continue;
    seen.add(key);
    if (each.source === undefined) ahead.push(...needsOf(each));
    else found.add(key);
  }
  return [...found];
}
