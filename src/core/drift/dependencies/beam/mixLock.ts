/** mix.lock: a map of Elixir's, one tuple a package (the sources of Hex's `Hex.Utils.lock` and of Mix's SCM modules). */
import { Unreadable } from '../document';
import type { LockedPackage, Lockfile } from '../model';
import { type Group, isMark, type Node, splitByComma, textOf, treeOf } from '../tokens';
import { ELIXIR } from './lexicons';
import { atomOf } from './mixDependency';

/** Reads a mix.lock. Throws Unreadable. */
export function readMixLock(text: string): Lockfile {
  const nodes = treeOf(text, ELIXIR);
  const [percent, map] = nodes;
  if (nodes.length === 0) return { packages: new Map(), resolve: () => [] };
  if (nodes.length !== 2 || !isMark(percent, '%') || map?.kind !== 'group') throw new Unreadable('it is no map');
  const packages = new Map(splitByComma(map.nodes).map(entry));
  return { packages, resolve: (_importer, name) => (packages.has(name) ? [name] : []) };
}

/** `"name": {…}`, or `"name" => {…}` as older versions wrote it. */
function entry(nodes: readonly Node[]): [string, LockedPackage] {
  const [key, ...rest] = nodes;
  const tuple = rest.at(-1);
  if (key?.kind !== 'text' || tuple?.kind !== 'group' || tuple.open !== '{')
    throw new Unreadable('an entry is no name and tuple');
  return [key.text, locked(key.text, tuple)];
}

function locked(key: string, tuple: Group): LockedPackage {
  const [kind = [], second = [], third = [], fourth = [], , needs = [], repository = []] = splitByComma(tuple.nodes);
  const shared = { hasInstallScript: false, needs: [] };
  if (atomOf(kind) === 'git') {
    // A commit is as good as a version: it tells two copies apart.
    return {
      ...shared,
      name: key,
      version: textOf(third),
      resolved: gitAddress(textOf(second) ?? ''),
      integrity: null,
    };
  }
  const version = textOf(third);
  if (atomOf(kind) !== 'hex' || version === null) throw new Unreadable(`${key.slice(0, 100)} is of an unknown kind`);
  return {
    name: atomOf(second) ?? textOf(second) ?? key,
    version,
    resolved: registryOf(textOf(repository)),
    // The inner checksum: it covers everything in the package, and older lockfiles have no other.
    integrity: textOf(fourth),
    hasInstallScript: false,
    needs: namesIn(needs),
  };
}

/** Never taken for a registry, whatever its scheme. */
export function gitAddress(address: string): string {
  return /^https?:/i.test(address) ? `git+${address}` : address;
}

/** Organizations are repositories below Hex's own (Hex's documentation, "Private packages"). */
function registryOf(name: string | null): string | null {
  if (name === null || name === 'hexpm') return null;
  const [parent, organization] = name.split(':');
  return parent === 'hexpm' && organization !== undefined
    ? `https://repo.hex.pm/repos/${organization}`
    : `repository:${name}`;
}

/** `[{:name, "~> 1.0", […]}, …]`. */
function namesIn(nodes: readonly Node[]): readonly string[] {
  const [list] = nodes;
  if (list?.kind !== 'group') return [];
  return splitByComma(list.nodes).flatMap(([tuple]) => {
    if (tuple?.kind !== 'group') return [];
    const [name = []] = splitByComma(tuple.nodes);
    return atomOf(name) ?? [];
  });
}
