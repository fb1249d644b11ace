/** Cargo.toml: what a package or workspace wants, and the build script that it names (Cargo Book, "The Manifest"). */
import * as z from 'zod';
import { word } from '../document';
import type { Manifest, Requirement } from '../model';
import { parseToml } from '../toml';
import { dependency, requirementOf, type Section } from './dependency';

const tables = z.record(word, z.unknown());

/** Sections by the name that they are shown under; Cargo reads the spelling with an underscore, too. */
const KINDS: readonly (readonly [key: string, group: string])[] = [
  ['dependencies', 'dependencies'],
  ['dev-dependencies', 'dev-dependencies'],
  ['dev_dependencies', 'dev-dependencies'],
  ['build-dependencies', 'build-dependencies'],
  ['build_dependencies', 'build-dependencies'],
];
/** Keys of `[package]` by which a build script runs; `links` demands one. */
const BUILD_KEYS = ['build', 'links'];

/** Reads a Cargo.toml; an entry of an unexpected shape is a fault, and the others count. Throws Unreadable. */
export function readCargoToml(text: string, path: string): Manifest {
  const toml = parseToml(text, tables);
  const faults: string[] = [];
  const workspace = tableOf(toml, 'workspace', faults);
  const requirements = [
    ...kinds(toml, path, '', faults),
    ...Object.entries(tableOf(toml, 'target', faults)).flatMap(([target, value]) =>
      kinds(tableOf({ [target]: value }, target, faults), path, `target.${target}.`, faults),
    ),
    ...section(workspace, 'dependencies', { path, group: 'workspace.dependencies', everywhere: true }, faults),
    ...patches(toml, path, faults),
    ...replacements(toml, path, faults),
  ];
  return { requirements, hooks: hooksOf(tableOf(toml, 'package', faults)), registries: new Map(), faults };
}

/** `[patch.<registry>]` of a manifest or of Cargo's configuration. Names what it cannot read in `faults`. */
export function patches(toml: Record<string, unknown>, path: string, faults: string[]): readonly Requirement[] {
  const patch = tableOf(toml, 'patch', faults);
  return Object.keys(patch).flatMap((registry) =>
    section(patch, registry, { path, group: `patch.${registry}`, everywhere: true }, faults),
  );
}

/** A table of a table, empty where there is none. What is no table is a fault. */
export function tableOf(toml: Record<string, unknown>, key: string, faults: string[]): Record<string, unknown> {
  if (!Object.hasOwn(toml, key)) return {};
  const result = tables.safeParse(toml[key]);
  if (!result.success) faults.push(key);
  return result.data ?? {};
}

function kinds(toml: Record<string, unknown>, path: string, prefix: string, faults: string[]): readonly Requirement[] {
  return KINDS.flatMap(([key, group]) =>
    section(toml, key, { path, group: `${prefix}${group}`, everywhere: false }, faults),
  );
}

function section(toml: Record<string, unknown>, key: string, where: Section, faults: string[]): readonly Requirement[] {
  return Object.entries(tableOf(toml, key, faults)).flatMap(([name, value]): Requirement[] => {
    const read = dependency.safeParse(value);
    if (read.success) return [requirementOf(where, name, read.data)];
    faults.push(`${where.group}.${name}`);
    return [];
  });
}

/** `[replace]`, which `[patch]` took the place of: its keys are package ids, `name:version`. */
function replacements(toml: Record<string, unknown>, path: string, faults: string[]): readonly Requirement[] {
  const all = section(toml, 'replace', { path, group: 'replace', everywhere: true }, faults);
  return all.map((each) => {
    const id = each.name.slice(each.name.lastIndexOf('#') + 1);
    return { ...each, package: each.package === each.name ? id.replace(/[:@][^:@]*$/, '') : each.package };
  });
}

function hooksOf(table: Record<string, unknown>): ReadonlyMap<string, string> {
  const named = BUILD_KEYS.flatMap((key) => {
    const value = [table[key] ?? []].flat().filter((each) => typeof each === 'string');
    return value.length === 0 ? [] : [[`package.${key}`, value.join(', ')] as const];
  });
  return new Map(named);
}
