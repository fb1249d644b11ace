/** Which packages came, went or moved between two lockfiles, wherever the format keeps them. */
import type { LockedPackage, Lockfile } from './model';

/** A package at another version than before. `from` null: it came; `to` null: it went. */
export interface Move {
  readonly name: string;
  readonly from: LockedPackage | null;
  readonly to: LockedPackage | null;
}

/** Compares sets of name and version, so that a package that is only hoisted elsewhere has not moved. */
export function movesOf(before: Lockfile, after: Lockfile): readonly Move[] {
  const old = byName(before);
  const now = byName(after);
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    const went = [...(old.get(name) ?? [])].filter(([version]) => !now.get(name)?.has(version)).map(([, each]) => each);
    const came = [...(now.get(name) ?? [])].filter(([version]) => !old.get(name)?.has(version)).map(([, each]) => each);
    const pairs = Math.max(went.length, came.length);
    return Array.from({ length: pairs }, (_, index) => ({
      name,
      from: went[index] ?? null,
      to: came[index] ?? null,
    }));
  });
}

/** What tells two copies of a package apart: the version, or where it is fetched from when there is none. */
export function releaseOf(locked: LockedPackage): string {
  return locked.version ?? locked.resolved ?? '';
}

function byName(lockfile: Lockfile): ReadonlyMap<string, ReadonlyMap<string, LockedPackage>> {
  const names = new Map<string, Map<string, LockedPackage>>();
  for (const each of lockfile.packages.values()) {
    const versions = names.get(each.name) ?? new Map<string, LockedPackage>();
    names.set(each.name, versions.set(releaseOf(each), each));
  }
  return names;
}
