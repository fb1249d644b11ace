/** bun.lock: JSON with trailing commas; packages are short lists. */
import * as z from 'zod';
import { parseJsonc, word, wordTable } from '../document';
import type { LockedPackage, Lockfile } from '../model';

const table = wordTable.optional();
const information = z.looseObject({ dependencies: table, optionalDependencies: table, peerDependencies: table });
const bunLock = z.looseObject({
  workspaces: z.record(word, z.looseObject({ name: word.optional() })).optional(),
  packages: z.record(word, z.array(z.unknown()).min(1)).optional(),
});

/** Reads a bun.lock. Throws Unreadable. */
export function readBunLock(text: string): Lockfile {
  const lock = parseJsonc(text, bunLock);
  const found = new Map<string, LockedPackage & { wants: readonly string[] }>();
  for (const [key, parts] of Object.entries(lock.packages ?? {})) {
    const locked = read(key, parts);
    if (locked) found.set(key, locked);
  }
  const packages = new Map(
    [...found].map(([key, { wants, ...locked }]) => [
      key,
      { ...locked, needs: wants.flatMap((name) => lookUp(found, key, name)) },
    ]),
  );
  return {
    packages,
    resolve: (importer, name) => lookUp(found, lock.workspaces?.[importer]?.name ?? '', name),
  };
}

/** `[name@version, registry, information, integrity]`; addresses have no registry, workspaces no more than a name. */
function read(key: string, parts: readonly unknown[]): (LockedPackage & { wants: readonly string[] }) | null {
  const [first, ...rest] = parts;
  const locator = typeof first === 'string' ? first : key;
  const at = locator.indexOf('@', 1);
  const name = at === -1 ? locator : locator.slice(0, at);
  const version = at === -1 ? '' : locator.slice(at + 1);
  if (version.startsWith('workspace:')) return null;
  const texts = rest.filter((part) => typeof part === 'string');
  const details = information.safeParse(rest.find((part) => typeof part === 'object' && part !== null)).data;
  const registry = typeof rest[0] === 'string' && rest[0] !== '' ? rest[0] : null;
  const isAddress = version.includes(':');
  return {
    name,
    version: isAddress ? null : version,
    resolved: isAddress ? version : registry,
    integrity: texts.find((text) => /^(?:sha\d+-|[0-9a-f]{40})/.test(text)) ?? null,
    hasInstallScript: false,
    needs: [],
    wants: [details?.dependencies, details?.optionalDependencies, details?.peerDependencies].flatMap((section) =>
      Object.keys(section ?? {}),
    ),
  };
}

/** Keys are paths of names: the package's own copy first, then those of each parent. */
function lookUp(found: ReadonlyMap<string, unknown>, from: string, name: string): readonly string[] {
  for (let path = from; ; path = parentOf(path)) {
    const key = path === '' ? name : `${path}/${name}`;
    if (found.has(key)) return [key];
    if (path === '') return [];
  }
}

/** `a/@s/b` → `a`: a scoped name is two segments. */
function parentOf(path: string): string {
  const segments = path.split('/');
  segments.pop();
  if (segments.at(-1)?.startsWith('@')) segments.pop();
  return segments.join('/');
}
