/** `.cargo/config.toml`: where crates come from, and what stands in for the compiler (Cargo Book, "Configuration"). */
import * as z from 'zod';
import { word } from '../document';
import type { Manifest } from '../model';
import { parseToml } from '../toml';
import { patches, tableOf } from './cargoToml';

const tables = z.record(word, z.unknown());
const words = z.array(word);

/** Programs that Cargo runs at each build in place of, or around, the compiler. */
const RUN_AT_BUILD = ['rustc', 'rustc-wrapper', 'rustc-workspace-wrapper', 'rustdoc'];
/** Settings of a registry or source that decide where its crates are fetched. */
const REGISTRY_KEYS = ['index', 'default', 'protocol', 'replace-with'];
const SOURCE_KEYS = ['replace-with', 'directory', 'registry', 'local-registry', 'git', 'branch', 'tag', 'rev'];

/** Reads a configuration of Cargo. Throws Unreadable. */
export function readCargoConfig(text: string, path: string): Manifest {
  const toml = parseToml(text, tables);
  const faults: string[] = [];
  const registries = new Map([
    ...settings('registry', tableOf(toml, 'registry', faults), REGISTRY_KEYS),
    ...named(toml, 'registries', REGISTRY_KEYS, faults),
    ...named(toml, 'source', SOURCE_KEYS, faults),
  ]);
  const paths = words.safeParse(toml.paths ?? []);
  if (!paths.success) faults.push('paths');
  for (const each of paths.data ?? []) registries.set(`paths ${each}`, each);
  const hooks = settings('build', tableOf(toml, 'build', faults), RUN_AT_BUILD);
  // Paths are relative to the folder that holds `.cargo`.
  const requirements = patches(toml, path.replace(/\.cargo\/[^/]*$/, 'config'), faults);
  return { requirements, hooks: new Map(hooks), registries, faults };
}

type Settings = readonly (readonly [setting: string, value: string])[];

function named(toml: Record<string, unknown>, key: string, keys: readonly string[], faults: string[]): Settings {
  const table = tableOf(toml, key, faults);
  return Object.keys(table).flatMap((name) => settings(`${key}.${name}`, tableOf(table, name, faults), keys));
}

function settings(prefix: string, table: Record<string, unknown>, keys: readonly string[]): Settings {
  return keys.flatMap((key) => {
    const value = table[key];
    return typeof value === 'string' ? [[`${prefix}.${key}`, value] as const] : [];
  });
}
