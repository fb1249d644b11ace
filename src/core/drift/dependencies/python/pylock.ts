/** pylock.toml (PEP 751; PyPA specifications, "pylock.toml"). */
import * as z from 'zod';
import { Unreadable, word, wordTable } from '../document';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { parseToml } from '../toml';
import { isInside, placed } from './artifacts';
import { normalName } from './names';

const file = z.looseObject({
  name: word.optional(),
  url: word.optional(),
  path: word.optional(),
  hashes: wordTable.optional(),
});
const entry = z.looseObject({
  name: word,
  version: word.optional(),
  index: word.optional(),
  dependencies: z.array(z.looseObject({ name: word.optional() })).optional(),
  vcs: z
    .looseObject({
      type: word.optional(),
      url: word.optional(),
      path: word.optional(),
      'commit-id': word.optional(),
    })
    .optional(),
  directory: z.looseObject({ path: word }).optional(),
  archive: file.optional(),
  sdist: file.optional(),
  wheels: z.array(file).optional(),
});
const pylock = z.looseObject({ 'lock-version': word, packages: z.array(entry).optional() });

type Entry = z.output<typeof entry>;
type File = z.output<typeof file>;

/** Reads a pylock.toml. Tools may leave out what needs what. Throws Unreadable. */
export function readPylock(text: string): Lockfile {
  const lock = parseToml(text, pylock);
  if (!/^1(?:\.|$)/.test(lock['lock-version'])) throw new Unreadable('its version is not known');
  const entries = lock.packages ?? [];
  const edges = entries.some(({ dependencies }) => dependencies !== undefined);
  return { ...linked(entries.flatMap(read)), edges };
}

function read(each: Entry): NamedEntry[] {
  const { directory, vcs, archive } = each;
  if (directory !== undefined && isInside(directory.path)) return [];
  const name = normalName(each.name);
  const files = [archive, each.sdist, ...(each.wheels ?? [])].filter((one) => one !== undefined);
  const { resolved, integrity } = placed(name, each.index ?? null, files.map(artifact));
  const address =
    vcs !== undefined
      ? `${vcs.type ?? 'git'}+${vcs.url ?? `file:${vcs.path ?? ''}`}#${vcs['commit-id'] ?? ''}`
      : directory !== undefined
        ? `file:${directory.path}`
        : archive && (archive.url ?? `file:${archive.path ?? ''}`);
  return [
    {
      name,
      version: each.version ?? null,
      resolved: address ?? resolved,
      integrity,
      hasInstallScript: false,
      wants: (each.dependencies ?? []).flatMap((want) => (want.name === undefined ? [] : normalName(want.name))),
    },
  ];
}

function artifact({ name, url, path, hashes }: File) {
  return { name: name ?? path, url, hashes: Object.entries(hashes ?? {}).map(([kind, hash]) => `${kind}:${hash}`) };
}
