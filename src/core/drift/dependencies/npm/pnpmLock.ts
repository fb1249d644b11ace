/** pnpm-lock.yaml, versions 6 and 9 (pnpm/spec, "lockfile"). */
import * as z from 'zod';
import { parseYaml, Unreadable, word, wordTable } from '../document';
import type { LockedPackage, Lockfile } from '../model';

const table = wordTable.optional();
const direct = z.record(word, z.looseObject({ version: word })).optional();
const importer = z.looseObject({
  dependencies: direct,
  devDependencies: direct,
  optionalDependencies: direct,
});
const packageEntry = z.looseObject({
  name: word.optional(),
  version: word.optional(),
  resolution: z
    .looseObject({
      integrity: word.optional(),
      tarball: word.optional(),
      directory: word.optional(),
      repo: word.optional(),
      commit: word.optional(),
    })
    .optional(),
  requiresBuild: word.optional(),
  dependencies: table,
  optionalDependencies: table,
});
const snapshot = z.looseObject({ dependencies: table, optionalDependencies: table }).nullish().or(z.literal(''));
const pnpmLock = importer.extend({
  lockfileVersion: word,
  importers: z.record(word, importer).optional(),
  packages: z.record(word, packageEntry).optional(),
  snapshots: z.record(word, snapshot).optional(),
});

type Importer = z.output<typeof importer>;

/** Reads a lockfile of pnpm. Throws Unreadable. */
export function readPnpmLock(text: string): Lockfile {
  const lock = parseYaml(text, pnpmLock);
  if (!/^[69](?:\.|$)/.test(lock.lockfileVersion)) {
    throw new Unreadable(`its version ${lock.lockfileVersion.slice(0, 20)} is not known`);
  }
  const entries = new Map(Object.entries(lock.packages ?? {}).map(([key, value]) => [normal(key), value]));
  const needs = new Map<string, readonly string[]>();
  for (const [key, value] of entries) needs.set(key, wants(value));
  for (const [key, value] of Object.entries(lock.snapshots ?? {})) needs.set(normal(key), value ? wants(value) : []);
  const packages = new Map<string, LockedPackage>();
  for (const [key, wanted] of needs) {
    const value = entries.get(key) ?? entries.get(withoutPeers(key));
    packages.set(key, { ...read(key, value), needs: wanted });
  }
  // A package with peers is there by its snapshots; the bare entry repeats it.
  for (const key of packages.keys()) {
    const bare = withoutPeers(key);
    if (bare !== key && lock.snapshots && !(bare in lock.snapshots)) packages.delete(bare);
  }
  const importers: Record<string, Importer> = lock.importers ?? { '.': lock };
  return { packages, resolve: (from, name) => directs(importers[from === '' ? '.' : from], name) };
}

function read(key: string, value: z.output<typeof packageEntry> | undefined): LockedPackage {
  const bare = withoutPeers(key);
  const at = bare.indexOf('@', 1);
  const name = value?.name ?? (at === -1 ? bare : bare.slice(0, at));
  const tail = at === -1 ? '' : bare.slice(at + 1);
  const { integrity, tarball, directory, repo, commit } = value?.resolution ?? {};
  const fromKey = tail.includes(':') ? tail : null;
  return {
    name,
    version: value?.version ?? (fromKey === null && tail !== '' ? tail : null),
    resolved: repo ? `${repo}#${commit ?? ''}` : (tarball ?? (directory === undefined ? fromKey : `link:${directory}`)),
    integrity: integrity ?? null,
    hasInstallScript: value?.requiresBuild === 'true',
    needs: [],
  };
}

function wants({ dependencies, optionalDependencies }: Pick<Importer, never> & Wanting): readonly string[] {
  return [dependencies, optionalDependencies].flatMap((section) =>
    Object.entries(section ?? {}).map(([name, version]) => target(name, version)),
  );
}

interface Wanting {
  readonly dependencies?: Record<string, string> | undefined;
  readonly optionalDependencies?: Record<string, string> | undefined;
}

function directs(from: Importer | undefined, name: string): readonly string[] {
  return [from?.dependencies, from?.devDependencies, from?.optionalDependencies].flatMap((section) => {
    const version = section && Object.hasOwn(section, name) ? section[name]?.version : undefined;
    return version === undefined ? [] : [target(name, version)];
  });
}

/** A version names the same package; anything else is the key of another one (an alias, an address). */
function target(name: string, version: string): string {
  const isKey = version.startsWith('/') || /^@?[^@(]+@/.test(version);
  return normal(isKey ? version : `${name}@${version}`);
}

/** Version 6 writes a slash before every key. */
function normal(key: string): string {
  return key.startsWith('/') ? key.slice(1) : key;
}

function withoutPeers(key: string): string {
  const paren = key.indexOf('(');
  return paren === -1 ? key : key.slice(0, paren);
}
