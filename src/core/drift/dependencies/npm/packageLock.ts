/** package-lock.json and npm-shrinkwrap.json, versions 1, 2 and 3 (npm docs, "package-lock.json"). */
import * as z from 'zod';
import { parseJson, Unreadable, word, wordTable } from '../document';
import type { LockedPackage, Lockfile } from '../model';

const table = wordTable.optional();

const entry = z.looseObject({
  name: word.optional(),
  version: word.optional(),
  resolved: z.union([word, z.boolean()]).optional(),
  integrity: word.optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: table,
  optionalDependencies: table,
  peerDependencies: table,
});

const oldEntry = z.looseObject({
  version: word.optional(),
  resolved: z.union([word, z.boolean()]).optional(),
  integrity: word.optional(),
  requires: z.union([z.boolean(), wordTable]).optional(),
  dependencies: z.record(word, z.unknown()).optional(),
});

const packageLock = z.looseObject({
  lockfileVersion: z.number().optional(),
  packages: z.record(word, entry).optional(),
  dependencies: z.record(word, z.unknown()).optional(),
});

/** Folders in folders: nothing real comes near it. */
const MAX_DEPTH = 200;

/** A package before its needs are turned into keys. */
type Found = Omit<LockedPackage, 'needs'> & { readonly wants: readonly string[] };

/** Reads a lockfile of npm. Throws Unreadable. */
export function readPackageLock(text: string): Lockfile {
  const lock = parseJson(text, packageLock);
  if ((lock.lockfileVersion ?? 1) > 3) throw new Unreadable(`its version ${lock.lockfileVersion} is not known`);
  const found = new Map<string, Found>();
  for (const [key, value] of Object.entries(lock.packages ?? {})) {
    const locked = fromEntry(key, value, lock.packages ?? {});
    if (locked) found.set(key, locked);
  }
  const old = new Map<string, Found>();
  addOldTree(lock.dependencies ?? {}, '', old, 0);
  // npm reads `dependencies` only where there is no `packages`.
  const contradictions = lock.packages ? contradictionsOf(old, found, lock.packages) : new Map<string, string>();
  if (!lock.packages) for (const [key, locked] of old) found.set(key, locked);
  const resolve = (from: string, name: string) => lookUp(found, from, name);
  return {
    packages: new Map(
      [...found].map(([key, { wants, ...locked }]) => {
        return [key, { ...locked, needs: wants.flatMap((name) => resolve(key, name)) }];
      }),
    ),
    resolve,
    contradictions,
  };
}

function fromEntry(key: string, value: z.output<typeof entry>, all: Record<string, unknown>): Found | null {
  const at = key.lastIndexOf('node_modules/');
  // Without `node_modules` it is a folder of the workspace itself.
  if (at === -1) return null;
  const resolved = typeof value.resolved === 'string' ? value.resolved : null;
  const staysInside = value.link === true && resolved !== null && !resolved.startsWith('..') && resolved in all;
  if (staysInside) return null;
  return {
    name: value.name ?? key.slice(at + 'node_modules/'.length),
    version: value.version ?? null,
    resolved: value.link === true ? `link:${resolved ?? ''}` : resolved,
    integrity: value.integrity ?? null,
    hasInstallScript: value.hasInstallScript ?? false,
    wants: [value.dependencies, value.optionalDependencies, value.peerDependencies].flatMap((section) =>
      Object.keys(section ?? {}),
    ),
  };
}

/** The tree of version 1, which version 2 repeats for clients before npm 7. */
function addOldTree(section: Record<string, unknown>, above: string, found: Map<string, Found>, depth: number): void {
  if (depth > MAX_DEPTH) throw new Unreadable('its packages are nested too deeply');
  for (const [name, raw] of Object.entries(section)) {
    const parsed = oldEntry.safeParse(raw);
    if (!parsed.success) throw new Unreadable(`it has an unexpected shape at ${name.slice(0, 200)}`);
    const key = `${above}node_modules/${name}`;
    found.set(key, fromOldEntry(name, parsed.data));
    addOldTree(parsed.data.dependencies ?? {}, `${key}/`, found, depth + 1);
  }
}

/** Where the tree for old clients says other than `packages`, by key. What it merely leaves out says nothing. */
function contradictionsOf(
  old: ReadonlyMap<string, Found>,
  found: ReadonlyMap<string, Found>,
  packages: Record<string, z.output<typeof entry>>,
): ReadonlyMap<string, string> {
  const odd = new Map<string, string>();
  for (const [key, locked] of old) {
    const known = found.get(behindLink(key, packages));
    // A folder of the workspace is there, and nothing that is fetched.
    const isFolder = known === undefined && Object.hasOwn(packages, key) && locked.resolved?.startsWith('file:');
    if (isFolder || (known && isSameStory(known, locked))) continue;
    odd.set(key, `${locked.name}: ${told(known)} → ${told(locked)}`);
  }
  return odd;
}

/** Old clients look for what a linked folder has inside below the link, `packages` has it below the folder. */
function behindLink(key: string, packages: Record<string, z.output<typeof entry>>): string {
  const end = key.indexOf('/node_modules/');
  const link = end === -1 ? undefined : packages[key.slice(0, end)];
  return link?.link === true && typeof link.resolved === 'string' ? link.resolved + key.slice(end) : key;
}

function isSameStory(known: Found, locked: Found): boolean {
  const agree = (one: string | null, other: string | null) => one === null || other === null || one === other;
  const place = ({ resolved }: Found) => resolved?.replace(/^(?:file|link):/, '') ?? null;
  return (
    agree(known.version, locked.version) &&
    agree(place(known), place(locked)) &&
    agree(known.integrity, locked.integrity)
  );
}

function told(locked: Found | undefined): string {
  return locked ? [locked.version, locked.resolved, locked.integrity].filter(Boolean).join(' ') : '(none)';
}

function fromOldEntry(name: string, value: z.output<typeof oldEntry>): Found {
  const version = value.version ?? null;
  const alias = /^npm:(@?[^@]+)@(.+)$/.exec(version ?? '');
  const isAddress = alias === null && version !== null && version.includes(':');
  return {
    name: alias?.[1] ?? name,
    version: isAddress ? null : (alias?.[2] ?? version),
    resolved: isAddress ? version : typeof value.resolved === 'string' ? value.resolved : null,
    integrity: value.integrity ?? null,
    hasInstallScript: false,
    wants: typeof value.requires === 'object' ? Object.keys(value.requires) : [],
  };
}

/** Node's own search: beside the package, then in every folder above it. */
function lookUp(found: ReadonlyMap<string, unknown>, from: string, name: string): readonly string[] {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const key = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (found.has(key)) return [key];
    if (folder === '') return [];
  }
}
