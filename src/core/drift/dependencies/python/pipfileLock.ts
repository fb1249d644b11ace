/** Pipfile.lock (Pipenv docs, "Pipfile & Pipfile.lock"; pipfile-spec 6). It does not say what needs what. */
import * as z from 'zod';
import { parseJson, word } from '../document';
import { integrityOf } from '../integrity';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { isInside } from './artifacts';
import { normalName } from './names';
import { isUsualIndex } from './places';

const entry = z.looseObject({
  version: word.optional(),
  hashes: z.array(word).optional(),
  index: word.optional(),
  git: word.optional(),
  ref: word.optional(),
  file: word.optional(),
  path: word.optional(),
});
const category = z.record(word, entry);
const meta = z.looseObject({ sources: z.array(z.looseObject({ name: word.optional(), url: word })).optional() });
const pipfileLock = z.looseObject({ _meta: meta.optional() }).catchall(category);

type Entry = z.output<typeof entry>;

/** Reads a Pipfile.lock; a package of two categories is there twice, and counts once. Throws Unreadable. */
export function readPipfileLock(text: string): Lockfile {
  const { _meta, ...categories } = parseJson(text, pipfileLock);
  const sources = _meta?.sources ?? [];
  // Without an index the first source is meant.
  const urlOf = (index: string | undefined) =>
    (index === undefined ? sources[0] : sources.find(({ name }) => name === index))?.url ?? index ?? null;
  const entries = Object.values(categories).flatMap((packages) =>
    Object.entries(packages as z.output<typeof category>).flatMap(([name, each]) =>
      read(name, each, urlOf(each.index)),
    ),
  );
  return { ...linked(entries), edges: false };
}

function read(name: string, each: Entry, index: string | null): NamedEntry[] {
  const { version, hashes, git, ref, file, path } = each;
  if (path !== undefined && isInside(path)) return [];
  const local = path === undefined ? undefined : `file:${path}`;
  const address = git === undefined ? (file ?? local) : `git+${git}#${ref ?? ''}`;
  const registry = index === null || isUsualIndex(index) ? null : index;
  return [
    {
      name: normalName(name),
      version: version?.replace(/^={2,3}/, '') ?? null,
      resolved: address ?? registry,
      integrity: integrityOf((hashes ?? []).map((hash) => ({ name: null, hash }))),
      hasInstallScript: false,
      wants: [],
    },
  ];
}
