/** poetry.lock, versions 1 and 2 of the format (poetry-core's and Poetry's lock files). */
import * as z from 'zod';
import { word } from '../document';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { parseToml } from '../toml';
import { isInside, placed } from './artifacts';
import { normalName } from './names';

const files = z.array(z.looseObject({ file: word, hash: word }));
const entry = z.looseObject({
  name: word,
  version: word.optional(),
  files: files.optional(),
  source: z
    .looseObject({
      type: word,
      url: word.optional(),
      reference: word.optional(),
      resolved_reference: word.optional(),
    })
    .optional(),
  dependencies: z.record(word, z.unknown()).optional(),
});
const poetryLock = z.looseObject({
  package: z.array(entry).optional(),
  metadata: z.looseObject({ files: z.record(word, files).optional() }).optional(),
});

type Entry = z.output<typeof entry>;
type Files = z.output<typeof files>;

/** Reads a poetry.lock. Throws Unreadable. */
export function readPoetryLock(text: string): Lockfile {
  const lock = parseToml(text, poetryLock);
  // Until version 1.5 of Poetry the hashes stood at the end.
  const apart = new Map(Object.entries(lock.metadata?.files ?? {}).map(([name, list]) => [normalName(name), list]));
  return linked((lock.package ?? []).flatMap((each) => read(each, apart.get(normalName(each.name)) ?? [])));
}

function read(each: Entry, apart: Files): NamedEntry[] {
  const { type, url = '', reference, resolved_reference } = each.source ?? { type: 'pypi' };
  if (type === 'directory' && isInside(url)) return [];
  const artifacts = [...(each.files ?? []), ...apart].map(({ file, hash }) => ({ name: file, hashes: [hash] }));
  const name = normalName(each.name);
  const { resolved, integrity } = placed(name, type === 'legacy' ? url : null, artifacts);
  const addresses: Readonly<Record<string, string>> = {
    git: `git+${url}#${resolved_reference ?? reference ?? ''}`,
    url,
    file: `file:${url}`,
    directory: `file:${url}`,
  };
  return [
    {
      name,
      version: each.version ?? null,
      resolved: (Object.hasOwn(addresses, type) ? addresses[type] : undefined) ?? resolved,
      integrity,
      hasInstallScript: false,
      wants: Object.keys(each.dependencies ?? {}).map(normalName),
    },
  ];
}
