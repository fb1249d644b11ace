/** Lockfiles whose packages say by name alone what they need. */
import { append } from '../append';
import type { LockedPackage, Lockfile } from './model';

/** A package before its needs are turned into keys. */
export interface NamedEntry extends Omit<LockedPackage, 'needs'> {
  readonly wants: readonly string[];
}

/** Copies of a package that a name may mean. */
const MOST_COPIES = 50;

/** A lockfile in which a name leads to every copy of that package. Names are in the ecosystem's normal form already. */
export function linked(entries: readonly NamedEntry[]): Lockfile {
  const byName = new Map<string, string[]>();
  for (const [index, { name }] of entries.entries()) append(byName, name, String(index));
  const find = (name: string) => (byName.get(name) ?? []).slice(0, MOST_COPIES);
  const packages = new Map(
    entries.map(({ wants, ...locked }, index): [string, LockedPackage] => {
      return [String(index), { ...locked, needs: [...new Set(wants)].flatMap(find) }];
    }),
  );
  return { packages, resolve: (_importer, name) => find(name) };
}
