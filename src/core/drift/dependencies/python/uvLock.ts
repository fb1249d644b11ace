/** uv.lock, version 1 (uv docs, "The lockfile"; uv's resolver, "lock"). */
import * as z from 'zod';
import { Unreadable, word } from '../document';
import { linked, type NamedEntry } from '../linked';
import type { Lockfile } from '../model';
import { parseToml } from '../toml';
import { isInside, placed } from './artifacts';
import { normalName } from './names';

const file = z.looseObject({
  url: word.optional(),
  path: word.optional(),
  filename: word.optional(),
  hash: word.optional(),
});
const wanted = z.array(z.looseObject({ name: word }));
const wantedTable = z.record(word, wanted);
const source = z.looseObject({
  registry: word.optional(),
  git: word.optional(),
  url: word.optional(),
  path: word.optional(),
  directory: word.optional(),
  editable: word.optional(),
  virtual: word.optional(),
});
const entry = z.looseObject({
  name: word,
  version: word.optional(),
  source: source.optional(),
  sdist: file.optional(),
  wheels: z.array(file).optional(),
  dependencies: wanted.optional(),
  'optional-dependencies': wantedTable.optional(),
  'dev-dependencies': wantedTable.optional(),
});
const uvLock = z.looseObject({ version: z.number().optional(), package: z.array(entry).optional() });

type Entry = z.output<typeof entry>;

/** Reads a uv.lock. Throws Unreadable. */
export function readUvLock(text: string): Lockfile {
  const lock = parseToml(text, uvLock);
  if ((lock.version ?? 1) > 1) throw new Unreadable(`its version ${lock.version} is not known`);
  return linked((lock.package ?? []).flatMap(read));
}

function read(each: Entry): NamedEntry[] {
  const { registry, git, url, path, ...folders } = each.source ?? {};
  const folder = folders.editable ?? folders.virtual ?? folders.directory;
  if (folder !== undefined && isInside(folder)) return [];
  const name = normalName(each.name);
  const artifacts = [...(each.sdist ? [each.sdist] : []), ...(each.wheels ?? [])].map((one) => ({
    name: one.filename ?? one.path,
    // A file beside an address of its own is no file of the registry.
    url: url === undefined && path === undefined ? one.url : null,
    hashes: one.hash === undefined ? [] : [one.hash],
  }));
  const { resolved, integrity } = placed(name, registry ?? null, artifacts);
  const local = path ?? folder;
  const address = git === undefined ? (url ?? (local === undefined ? undefined : `file:${local}`)) : `git+${git}`;
  const tables = [each['optional-dependencies'], each['dev-dependencies']].flatMap((table) =>
    Object.values(table ?? {}),
  );
  return [
    {
      name,
      version: each.version ?? null,
      resolved: address ?? resolved,
      integrity,
      hasInstallScript: false,
      wants: [each.dependencies ?? [], ...tables].flat().map((want) => normalName(want.name)),
    },
  ];
}
