/** Requirements as tables: what Poetry and Pipenv write instead of one line. */
import * as z from 'zod';
import { word } from '../document';
import type { Requirement } from '../model';
import { normalName } from './names';
import { type Place, parseSpecifier } from './pep508';
import { sourceOf } from './places';

/** A version, or what else is said of a package. */
export const tableRequirement = z.union([word, z.record(word, z.unknown())]);
/** Name to one requirement, or to several for different platforms. */
export const requirementTable = z.record(word, z.union([tableRequirement, z.array(tableRequirement)]));

type Entry = z.output<typeof tableRequirement>;

/** Keys that say how a package is installed, and not which. */
const IGNORED: ReadonlySet<string> = new Set(['develop', 'editable', 'version']);
/** The interpreter is no package. */
const INTERPRETER = 'python';

/** The requirements of a table; `indexes` are the names of registries that mean PyPI. */
export function fromTable(table: z.output<typeof requirementTable> | undefined, place: Place): Requirement[] {
  return Object.entries(table ?? {}).flatMap(([key, value]) => {
    const name = normalName(key);
    if (name === INTERPRETER) return [];
    return (Array.isArray(value) ? value : [value]).map((entry) => ({
      group: place.group,
      name,
      package: name,
      ...specOf(entry),
      everywhere: place.everywhere ?? false,
    }));
  });
}

/** The version, and the other keys in a fixed order. */
function specOf(entry: Entry): Pick<Requirement, 'spec' | 'source'> {
  if (typeof entry === 'string') return { spec: versionOf(entry), source: null };
  const version = typeof entry.version === 'string' ? versionOf(entry.version) : '';
  const rest = Object.keys(entry)
    .filter((key) => !IGNORED.has(key))
    .sort()
    .map((key) => `${key}=${textOf(entry[key])}`);
  return { spec: [version, ...rest].filter((part) => part !== '').join(' '), source: placeOf(entry) };
}

function placeOf(entry: Readonly<Record<string, unknown>>): string | null {
  for (const vcs of ['git', 'hg', 'svn', 'bzr']) {
    if (entry[vcs] !== undefined) return vcs === 'git' ? 'git' : 'a repository';
  }
  if (entry.path !== undefined) return entry.path === '.' ? null : 'a path';
  if (entry.url !== undefined) return 'a URL';
  if (entry.file !== undefined) return typeof entry.file === 'string' ? sourceOf(entry.file) : 'a path';
  const index = entry.source ?? entry.index;
  return index === undefined || /^pypi$/i.test(String(index)) ? null : `the index ${textOf(index)}`;
}

/** White space between clauses means nothing. */
function versionOf(text: string): string {
  const spec = parseSpecifier(`x ${text}`)?.spec;
  return spec ?? text.trim().slice(0, 1000);
}

/** A value in one line; tables and lists in the order of their keys. Deep ones are cut: no tool writes them. */
function textOf(value: unknown, depth = 0): string {
  if (depth > 3) return '…';
  if (Array.isArray(value)) return `[${value.map((each) => textOf(each, depth + 1)).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Date) return String(value);
  const table = value as Readonly<Record<string, unknown>>;
  return `{${Object.keys(table)
    .sort()
    .map((key) => `${key}=${textOf(table[key], depth + 1)}`)
    .join(',')}}`;
}
