/** Package.resolved, versions 1 to 3 (SwiftPM's own `ResolvedPackagesStore`). It does not say what needs what. */
import * as z from 'zod';
import { addressFault, addressName } from '../address';
import { parseJson, word } from '../document';
import type { LockedPackage, Lockfile } from '../model';

const optional = word.nullish();
const state = z.looseObject({ branch: optional, revision: optional, version: optional });
const pin = z.looseObject({ identity: word, kind: optional, location: optional, state });
const oldPin = z.looseObject({ package: optional, repositoryURL: word, state });
const packageResolved = z.union([
  z.looseObject({ version: z.literal(1), object: z.looseObject({ pins: z.array(oldPin) }) }),
  z.looseObject({ version: z.union([z.literal(2), z.literal(3)]), pins: z.array(pin) }),
]);

/** Reads a Package.resolved. Throws Unreadable. */
export function readPackageResolved(text: string): Lockfile {
  const resolved = parseJson(text, packageResolved);
  const pins =
    resolved.version === 1
      ? resolved.object.pins.map((each) => locked(each.repositoryURL, each.state))
      : resolved.pins.map((each) => locked(each.location || each.identity, each.state));
  const packages = new Map(pins.map((each) => [`${each.name} ${each.version}`, each]));
  return { packages, edges: false, resolve: () => [] };
}

/** The address is the name; a commit is the hash of a version, and the version of a branch. */
function locked(location: string, { version, branch, revision }: z.output<typeof state>): LockedPackage {
  const release = version ?? [branch, revision].filter((part) => part).join(' ');
  return {
    name: addressName(location),
    version: release,
    resolved: addressFault(location) === null ? null : location,
    integrity: version ? (revision ?? null) : null,
    hasInstallScript: false,
    needs: [],
  };
}
