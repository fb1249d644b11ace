/**
 * References to a catalog (`catalog:` of pnpm and yarn), followed on both sides: a range that only moved into the
 * workspace's catalog, or out of it, is the same wish written in another place.
 */
import type { TreeReader } from '../diff';
import { readText } from './document';
import { formatOf } from './formats';
import type { Requirement, RequirementChange } from './model';

/** One manifest's changes. */
interface Changed {
  readonly path: string;
  readonly ecosystem: string;
  readonly changes: readonly RequirementChange[];
}

type Side = 'base' | 'head';
/** What the catalogs that hold for a folder say of an entry. */
type LookUp = (side: Side, path: string, catalog: string, name: string) => Promise<string | null>;

/** A dependency whose range is in a catalog on that side, and the same on the other. */
interface MovedRange {
  readonly path: string;
  readonly side: Side;
  readonly catalog: string;
  readonly name: string;
  readonly range: string;
}

const CATALOG_FILES = ['pnpm-workspace.yaml', '.yarnrc.yml'];
const REFERENCE = /^catalog:(.*)$/;

/** The changes of all manifests, each with what its references stand for. */
export async function followCatalogs<T extends Changed>(
  manifests: readonly T[],
  reader: TreeReader,
): Promise<readonly T[]> {
  const lookUp = entriesOf(reader);
  const followed = await Promise.all(
    manifests.map(async (each) => {
      if (each.ecosystem !== 'npm') return each;
      return { ...each, changes: await Promise.all(each.changes.map((change) => follow(each.path, change, lookUp))) };
    }),
  );
  const moved = followed.flatMap(movedRanges);
  if (moved.length === 0) return followed;
  return followed.map((each) => ({
    ...each,
    changes: each.changes.map((change) => entryOf(each.path, change, moved)),
  }));
}

/** Whether both sides ask for the very same range, one of them through a catalog. */
export function isSameRange({ resolved }: RequirementChange): boolean {
  return resolved !== undefined && resolved.was === resolved.now;
}

/** The catalog that a requirement refers to; null where it is no reference. */
export function catalogOf({ spec, everywhere }: Requirement): string | null {
  const [, name] = (everywhere ? null : REFERENCE.exec(spec.trim())) ?? [];
  return name === undefined ? null : name.trim() || 'default';
}

async function follow(path: string, change: RequirementChange, lookUp: LookUp): Promise<RequirementChange> {
  const { before, after } = change;
  if (before === null || after === null || before.group !== after.group) return change;
  const [from, to] = [catalogOf(before), catalogOf(after)];
  if (from === null && to === null) return change;
  const was = from === null ? before.spec : await lookUp('base', path, from, before.name);
  const now = to === null ? after.spec : await lookUp('head', path, to, after.name);
  return was === null || now === null ? change : { ...change, resolved: { was, now } };
}

function movedRanges({ path, changes }: Changed): readonly MovedRange[] {
  return changes.filter(isSameRange).flatMap(({ before, after, resolved }): MovedRange[] => {
    const range = resolved?.now ?? '';
    const sides = [['base', before] as const, ['head', after] as const];
    return sides.flatMap(([side, each]): MovedRange[] => {
      const catalog = each && catalogOf(each);
      return each && catalog ? [{ path, side, catalog, name: each.name, range }] : [];
    });
  });
}

/** An entry that came to a catalog with a dependency's range, or went from it with one, is no new wish either. */
function entryOf(path: string, change: RequirementChange, moved: readonly MovedRange[]): RequirementChange {
  const { before, after } = change;
  const entry = after ?? before;
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (entry === null || (before !== null && after !== null) || !CATALOG_FILES.includes(file)) return change;
  const folder = path.slice(0, path.length - file.length);
  const side: Side = before === null ? 'head' : 'base';
  const isMoved = moved.some(
    (each) =>
      each.side === side &&
      each.path.startsWith(folder) &&
      each.catalog === nameOf(entry.group) &&
      each.name === entry.name &&
      each.range === entry.spec,
  );
  return isMoved ? { ...change, resolved: { was: entry.spec, now: entry.spec } } : change;
}

/** The catalog that a section is; null where it is another section. */
function nameOf(group: string): string | null {
  if (group === 'catalog') return 'default';
  return group.startsWith('catalogs.') ? group.slice('catalogs.'.length) : null;
}

/** Looks in the folder and in all above it. Where they do not agree nobody knows here which one is installed from. */
function entriesOf(reader: TreeReader): LookUp {
  const files = new Map<string, Promise<readonly Requirement[] | null>>();
  const read = (side: Side, path: string) => {
    const key = JSON.stringify([side, path]);
    const known = files.get(key) ?? requirementsOf(side, path, reader);
    files.set(key, known);
    return known;
  };
  return async (side, path, catalog, name) => {
    const paths = foldersAbove(path).flatMap((folder) => CATALOG_FILES.map((file) => `${folder}${file}`));
    const all = await Promise.all(paths.map((each) => read(side, each)));
    if (all.includes(null)) return null;
    const entries = all.flatMap((each) => each ?? []).filter((each) => each.name === name);
    const specs = new Set(entries.filter(({ group }) => nameOf(group) === catalog).map(({ spec }) => spec));
    const [spec = null] = specs;
    return specs.size === 1 ? spec : null;
  };
}

/** Null for a file that is there and cannot be read. */
async function requirementsOf(side: Side, path: string, reader: TreeReader): Promise<readonly Requirement[] | null> {
  const blob = await reader.at(side, path);
  const format = formatOf(path);
  if (blob === null || format?.kind !== 'manifest') return [];
  if (blob.tooLarge) return null;
  try {
    return (await format.read(readText(blob.bytes), path)).requirements;
  } catch {
    // If the change broke it, that is a finding of its own.
    return null;
  }
}

/** The folder of a file and those above it, each with the slash at its end; the last is `''`. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, index) =>
    parts
      .slice(0, parts.length - index)
      .map((part) => `${part}/`)
      .join(''),
  );
}
