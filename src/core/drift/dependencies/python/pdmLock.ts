/** pdm.lock, versions 4 of the format (PDM docs, "Lock file"). */
import * as z from 'zod';
import { word } from '../document';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { parseToml } from '../toml';
import { isInside, placed } from './artifacts';
import { normalName } from './names';
import { parseSpecifier } from './pep508';

const entry = z.looseObject({
  name: word,
  version: word.optional(),
  git: word.optional(),
  revision: word.optional(),
  ref: word.optional(),
  url: word.optional(),
  path: word.optional(),
  files: z.array(z.looseObject({ file: word.optional(), url: word.optional(), hash: word })).optional(),
  dependencies: z.array(word).optional(),
});
const pdmLock = z.looseObject({ package: z.array(entry).optional() });

type Entry = z.output<typeof entry>;

/** Reads a pdm.lock. Throws Unreadable. */
export function readPdmLock(text: string): Lockfile {
  return linked((parseToml(text, pdmLock).package ?? []).flatMap(read));
}

function read(each: Entry): NamedEntry[] {
  const { git, revision, ref, url, path } = each;
  if (path !== undefined && isInside(path) && !/\.(?:whl|zip|gz|bz2|xz|tgz)$/i.test(path)) return [];
  const name = normalName(each.name);
  const artifacts = (each.files ?? []).map((file) => ({ name: file.file, url: file.url, hashes: [file.hash] }));
  const { resolved, integrity } = placed(name, null, url === undefined ? artifacts : []);
  const address =
    git === undefined
      ? (url ?? (path === undefined ? undefined : `file:${path}`))
      : `git+${git}#${revision ?? ref ?? ''}`;
  return [
    {
      name,
      version: each.version ?? null,
      resolved: address ?? resolved,
      integrity: url === undefined ? integrity : placed(name, url, artifacts).integrity,
      hasInstallScript: false,
      wants: (each.dependencies ?? []).flatMap((text) => parseSpecifier(text)?.name ?? []),
    },
  ];
}
