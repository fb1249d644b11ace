/** conda-lock.yml, version 1 (conda-lock docs, "Output"): one entry for each package and platform. */
import * as z from 'zod';
import { parseYaml, Unreadable, word, wordTable } from '../document';
import { integrityOf } from '../integrity';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { placed } from './artifacts';
import { normalName } from './names';

const entry = z.looseObject({
  name: word,
  version: word.optional(),
  manager: word.optional(),
  url: word.optional(),
  hash: wordTable.optional(),
  dependencies: wordTable.nullish().or(z.literal('')),
});
const condaLock = z.looseObject({ version: word.optional(), package: z.array(entry).optional().or(z.literal('')) });

type Entry = z.output<typeof entry>;

/** Public servers of Conda packages, with the channels on them that most environments use. */
const USUAL =
  /^https:\/\/(?:conda\.anaconda\.org\/(?:conda-forge|main|anaconda)|repo\.anaconda\.com\/pkgs\/(?:main|r|free|msys2))\//;

/** Reads a conda-lock.yml. Throws Unreadable. */
export function readCondaLock(text: string): Lockfile {
  const lock = parseYaml(text, condaLock);
  if (lock.version !== undefined && lock.version !== '1') throw new Unreadable('its version is not known');
  return linked((lock.package || []).map(read));
}

function read({ name, version, manager, url, hash, dependencies }: Entry): NamedEntry {
  const [bare = ''] = (url ?? '').split(/[?#]/, 1);
  const file = bare.slice(bare.lastIndexOf('/') + 1);
  const hashes = Object.entries(hash ?? {}).map(([kind, value]) => `${kind}:${value}`);
  const isPip = manager === 'pip';
  const own = isPip ? normalName(name) : name.toLowerCase();
  const build = isPip ? undefined : /-([^-]+?)(?:\.conda|\.tar\.bz2)$/.exec(file)?.[1];
  const pip = placed(own, null, [{ url, hashes }]);
  return {
    name: own,
    // The same version is built many times, with other hashes.
    version: version === undefined ? null : build === undefined ? version : `${version}=${build}`,
    resolved: isPip ? pip.resolved : url === undefined || USUAL.test(url) ? null : url,
    integrity: isPip ? pip.integrity : integrityOf(hashes.map((each) => ({ name: file, hash: each }))),
    hasInstallScript: false,
    wants: Object.keys(dependencies || {}).map((want) => (isPip ? normalName(want) : want.toLowerCase())),
  };
}
