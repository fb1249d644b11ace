/** yarn.lock of yarn 2 and later ("berry"): YAML, one entry for each resolution. */
import * as z from 'zod';
import { append } from '../../append';
import { parseYaml, word, wordTable } from '../document';
import type { LockedPackage, Lockfile } from '../model';

const table = wordTable.optional();
const entry = z.looseObject({
  version: word.optional(),
  resolution: word.optional(),
  checksum: word.optional(),
  dependencies: table,
});
const metadata = z.looseObject({ cacheKey: word.optional() });
const yarnLock = z.record(word, entry);

/** Copies of a package that a range without an entry of its own may mean. */
const MOST_COPIES = 50;
/** Protocols whose place is the configured registry. */
const REGISTRY = /^npm:/;

/** Whether a yarn.lock is of this format: yarn writes its metadata into every one. */
export function isYarnBerry(text: string): boolean {
  return /^__metadata:/m.test(text);
}

/** Reads a yarn.lock of version 2 and later. Throws Unreadable. */
export function readYarnBerry(text: string): Lockfile {
  const lock = parseYaml(text, yarnLock);
  const entries = Object.entries(lock).filter(([key]) => key !== '__metadata');
  const cacheKey = metadata.safeParse(lock.__metadata).data?.cacheKey ?? null;
  const keyOf = new Map(entries.flatMap(([key]) => key.split(/,\s*/).map((descriptor) => [descriptor, key] as const)));
  const byName = new Map<string, string[]>();
  for (const [key, { resolution }] of entries) {
    const { name } = split(resolution ?? key);
    append(byName, name, key);
  }
  const packages = new Map<string, LockedPackage>();
  const find = (name: string, range: string): readonly string[] => {
    const key = keyOf.get(`${name}@${range}`) ?? keyOf.get(`${name}@npm:${range}`);
    const keys = key === undefined ? (byName.get(name) ?? []).slice(0, MOST_COPIES) : [key];
    return keys.filter((each) => packages.has(each));
  };
  const fetched = entries.filter(([, { resolution }]) => isFetched(split(resolution ?? '').range));
  for (const [key, value] of fetched) packages.set(key, { ...read(key, value, cacheKey), needs: [] });
  for (const [key, { dependencies }] of fetched) {
    const needs = Object.entries(dependencies ?? {}).flatMap(([name, range]) => find(name, range));
    packages.set(key, { ...(packages.get(key) as LockedPackage), needs });
  }
  return { packages, resolve: (_importer, name, spec) => find(name, spec) };
}

/** A checksum without a cache key has that of the whole file. */
function read(
  key: string,
  { version, resolution, checksum }: z.output<typeof entry>,
  cacheKey: string | null,
): LockedPackage {
  const { name, range } = split(resolution ?? key);
  return {
    name,
    version: version ?? null,
    resolved: addressOf(range),
    integrity:
      checksum === undefined
        ? null
        : cacheKey === null || checksum.includes('/')
          ? checksum
          : `${cacheKey}/${checksum}`,
    hasInstallScript: false,
    needs: [],
  };
}

/** yarn's own patch of a package, which it applies by itself: `patch:typescript@npm%3A5.0.0#optional!builtin<compat/…>`. */
const BUILTIN = /^patch:[^#]{1,300}@npm(?:%3A|:)[^#]{1,200}#(?:optional!|~)builtin<[^<>]{1,200}>/;

/** Neither a package of the project, nor one that yarn makes of another which is in the file, too. */
function isFetched(range: string): boolean {
  return !range.startsWith('workspace:') && !BUILTIN.test(range);
}

/** `npm:1.0.0` is the registry, unless an archive's own address is bound to it (`::__archiveUrl=…`). */
function addressOf(range: string): string | null {
  if (!REGISTRY.test(range)) return range === '' ? null : range;
  const bound = /::.*?__archiveUrl=([^&]+)/.exec(range)?.[1];
  if (bound === undefined) return null;
  try {
    return decodeURIComponent(bound);
  } catch {
    return bound;
  }
}

function split(locator: string): { name: string; range: string } {
  const at = locator.indexOf('@', 1);
  if (at === -1) return { name: locator, range: '' };
  return { name: locator.slice(0, at), range: locator.slice(at + 1) };
}
