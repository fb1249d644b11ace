/** pubspec.yaml and pubspec_overrides.yaml (Dart's documentation, "Package dependencies"). */
import * as z from 'zod';
import { parseYaml, word } from '../document';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { pathSource } from '../repositoryPath';

const git = z.union([word, z.looseObject({ url: word, ref: word.optional(), path: word.optional() })]);
const hosted = z.union([word, z.looseObject({ name: word.optional(), url: word.optional() })]);
const dependency = z.union([
  word,
  z.looseObject({
    version: word.optional(),
    git: git.optional(),
    path: word.optional(),
    hosted: hosted.optional(),
    sdk: word.optional(),
  }),
]);
type Dependency = z.output<typeof dependency>;

const tables = z.record(word, z.unknown());
/** A section without entries is an empty scalar. */
const section = z.union([tables, z.literal('')]);

const GROUPS = ['dependencies', 'dev_dependencies', 'dependency_overrides'];
/** The registry of the public, by its names of now and then. */
const USUAL = /^https:\/\/(?:pub\.dev|pub\.dartlang\.org)\/?$/;

/** Reads a pubspec; an entry of an unexpected shape is a fault, and the others count. Throws Unreadable. */
export function readPubspec(text: string, path: string): Manifest {
  const yaml = parseYaml(text, tables);
  const faults: string[] = [];
  const requirements = GROUPS.flatMap((group) => {
    const read = section.safeParse(yaml[group] ?? '');
    if (!read.success) faults.push(group);
    return Object.entries(read.data || {}).flatMap(([name, value]): Requirement[] => {
      const each = dependency.safeParse(value);
      if (each.success) return [requirementOf(group, name, each.data, path)];
      faults.push(`${group}.${name}`);
      return [];
    });
  });
  return { ...EMPTY_MANIFEST, requirements, faults };
}

function requirementOf(group: string, name: string, value: Dependency, path: string): Requirement {
  const table = typeof value === 'string' ? { version: value } : value;
  const itsName = typeof table.hosted === 'object' ? table.hosted.name : undefined;
  return {
    group,
    name,
    package: itsName ?? name,
    spec: specOf(table),
    source: sourceOf(table, path),
    everywhere: group === 'dependency_overrides',
  };
}

type Table = Exclude<Dependency, string>;

/** The version alone as it is written; what says more on one line, however it was written. */
function specOf({ version, git: repository, path, hosted: host, sdk }: Table): string {
  const parts = [
    ...(version === undefined ? [] : [version]),
    ...(repository === undefined ? [] : [`git: ${inline(repository, ['url', 'ref', 'path'])}`]),
    ...(path === undefined ? [] : [`path: ${path}`]),
    ...(host === undefined ? [] : [`hosted: ${inline(host, ['name', 'url'])}`]),
    ...(sdk === undefined ? [] : [`sdk: ${sdk}`]),
  ];
  return parts.join(', ');
}

function inline(value: string | Record<string, unknown>, keys: readonly string[]): string {
  if (typeof value === 'string') return value;
  const pairs = keys.flatMap((key) => (value[key] === undefined ? [] : [`${key}: ${String(value[key])}`]));
  return `{${pairs.join(', ')}}`;
}

function sourceOf({ git: repository, path, hosted: host }: Table, from: string): string | null {
  if (repository !== undefined) return 'git';
  if (path !== undefined) return pathSource(from, path);
  const address = typeof host === 'string' ? host : host?.url;
  return address === undefined || USUAL.test(address) ? null : `the registry ${address}`;
}
