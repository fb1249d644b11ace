/**
 * Which moves of a lockfile follow from the manifests' changes: what a changed requirement reaches through the
 * lockfile's own edges, in the new file for what came and in the old one for what went.
 */
import { append } from '../append';
import type { Lockfile, LockfileChange, Requirement } from './model';
import { type Move, releaseOf } from './moves';

/** A question about each move of the change. */
export function explain({ before, after, requirements }: LockfileChange): (move: Move) => boolean {
  if (before.edges === false || after.edges === false) return () => requirements.length > 0;
  const newKeys = keysByName(after);
  const oldKeys = keysByName(before);
  const came = reach(
    after,
    requirements.flatMap((each) => startsOf(after, newKeys, each.importer, each.after)),
  );
  // A package that an explained one replaced takes with it what only it needed.
  const replaced = [...namesOf(after, came)].flatMap((name) => oldKeys.get(name) ?? []);
  const went = reach(before, [
    ...requirements.flatMap((each) => startsOf(before, oldKeys, each.importer, each.before)),
    ...replaced,
  ]);
  const cameReleases = releasesOf(after, came);
  const wentReleases = releasesOf(before, went);
  return ({ name, from, to }) =>
    (to === null || cameReleases.has(JSON.stringify([name, releaseOf(to)]))) &&
    (from === null || wentReleases.has(JSON.stringify([name, releaseOf(from)])));
}

function keysByName(lockfile: Lockfile): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  for (const [key, { name }] of lockfile.packages) append(keys, name, key);
  return keys;
}

function startsOf(
  lockfile: Lockfile,
  keys: ReadonlyMap<string, readonly string[]>,
  importer: string,
  requirement: Requirement | null,
): readonly string[] {
  if (requirement === null) return [];
  if (!requirement.everywhere) return lockfile.resolve(importer, requirement.name, requirement.spec);
  return keys.get(requirement.package) ?? [];
}

function reach(lockfile: Lockfile, starts: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const ahead = [...starts];
  for (let key = ahead.pop(); key !== undefined; key = ahead.pop()) {
    if (reached.has(key)) continue;
    reached.add(key);
    ahead.push(...(lockfile.packages.get(key)?.needs ?? []));
  }
  return reached;
}

function namesOf(lockfile: Lockfile, keys: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...keys].flatMap((key) => lockfile.packages.get(key)?.name ?? []));
}

function releasesOf(lockfile: Lockfile, keys: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    [...keys].flatMap((key) => {
      const each = lockfile.packages.get(key);
      return each ? [JSON.stringify([each.name, releaseOf(each)])] : [];
    }),
  );
}
