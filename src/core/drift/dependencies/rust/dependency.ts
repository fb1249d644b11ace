/** One dependency of a Cargo manifest: how it is shown, what package it means, and where that comes from. */
import * as z from 'zod';
import { word } from '../document';
import type { Requirement } from '../model';
import { pathSource } from '../repositoryPath';

const flag = z.boolean().optional();
const text = word.optional();

/** Cargo Book, "Specifying Dependencies"; the spellings with underscores are old ones that Cargo still reads. */
export const dependency = z.union([
  word,
  z.looseObject({
    version: text,
    git: text,
    branch: text,
    tag: text,
    rev: text,
    path: text,
    base: text,
    registry: text,
    'registry-index': text,
    package: text,
    workspace: flag,
    features: z.array(word).optional(),
    'default-features': flag,
    default_features: flag,
    optional: flag,
    artifact: z.union([word, z.array(word)]).optional(),
  }),
]);
type Dependency = z.output<typeof dependency>;
type Table = Exclude<Dependency, string>;

/** Keys that say which package it is, in the order in which they are shown. */
const PLACES = [
  'version',
  'git',
  'branch',
  'tag',
  'rev',
  'path',
  'base',
  'registry',
  'registry-index',
  'package',
] as const;

/** Where a dependency stands: the file, the section, and whether that section bends what others resolve to. */
export interface Section {
  readonly path: string;
  readonly group: string;
  readonly everywhere: boolean;
}

/** A requirement as the rules want it; `name` is the key, which is no package's name where `package` renames. */
export function requirementOf({ path, group, everywhere }: Section, name: string, value: Dependency): Requirement {
  const spec = specOf(value);
  const table = typeof value === 'string' ? {} : value;
  return { group, name, package: table.package ?? name, spec, source: sourceOf(path, table), everywhere };
}

/** A version alone as it is written; anything more as an inline table, so that the form in the file does not matter. */
function specOf(value: Dependency): string {
  if (typeof value === 'string') return value;
  const defaults = value['default-features'] ?? value.default_features;
  const parts = [
    ...PLACES.flatMap((key) => (value[key] === undefined ? [] : [`${key} = ${JSON.stringify(value[key])}`])),
    ...(value.workspace ? ['workspace = true'] : []),
    ...(value.features?.length ? [`features = ${listOf(value.features)}`] : []),
    ...(defaults === false ? ['default-features = false'] : []),
    ...(value.optional ? ['optional = true'] : []),
    ...(value.artifact === undefined ? [] : [`artifact = ${listOf([value.artifact].flat())}`]),
  ];
  return parts.length === 1 && value.version !== undefined ? value.version : `{ ${parts.join(', ')} }`;
}

function listOf(words: readonly string[]): string {
  return `[${[...new Set(words)]
    .sort()
    .map((each) => JSON.stringify(each))
    .join(', ')}]`;
}

function sourceOf(from: string, table: Table): string | null {
  if (table.git !== undefined) return 'git';
  if (table.path !== undefined) return table.base === undefined ? pathSource(from, table.path) : 'a path';
  if (table.registry !== undefined && table.registry !== 'crates-io') return `the registry ${table.registry}`;
  return table['registry-index'] === undefined ? null : 'another registry';
}

/** What a shown spec says of a package: its real name where it is renamed, and the version asked for. */
export function partsOf(spec: string): { readonly package: string | null; readonly version: string | null } {
  if (!spec.startsWith('{ ')) return { package: null, version: spec };
  const quoted = (key: string) => new RegExp(`[{,] ${key} = "([^"\\\\]*)"`).exec(spec)?.[1] ?? null;
  return { package: quoted('package'), version: quoted('version') };
}
