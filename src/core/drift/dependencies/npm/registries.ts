/** .npmrc, .yarnrc and .yarnrc.yml: which registry packages come from. */
import * as z from 'zod';
import { parseYaml, word, wordTable } from '../document';
import { EMPTY_MANIFEST, type Manifest } from '../model';
import { catalogs } from './packageJson';

const table = wordTable.optional();
const server = z.record(word, z.looseObject({ npmRegistryServer: word.optional() })).optional();
const yarnSettings = z.looseObject({
  npmRegistryServer: word.optional(),
  npmScopes: server,
  catalog: table,
  catalogs: z.record(word, wordTable).optional(),
});

/** The setting that names a registry, for all packages or for those of a scope. */
const SETTING = /^(?:@[^\s:]+:)?registry$/;

/** npm's and yarn's own registries: to name one as the registry of all packages says what holds without it. */
const USUAL = /^https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/?$/i;

/** `registry=…` and `@scope:registry=…` of an .npmrc. */
export function readNpmrc(text: string): Manifest {
  return withRegistries(text, '=');
}

/** `registry "…"` and `"@scope:registry" "…"` of yarn 1's .yarnrc. */
export function readYarnrc(text: string): Manifest {
  return withRegistries(text, ' ');
}

/** Registry servers and catalogs of a .yarnrc.yml. Throws Unreadable. */
export function readYarnrcYaml(text: string): Manifest {
  const yaml = parseYaml(text, yarnSettings);
  const registries = new Map<string, string>();
  if (yaml.npmRegistryServer !== undefined && !USUAL.test(yaml.npmRegistryServer))
    registries.set('npmRegistryServer', yaml.npmRegistryServer);
  for (const [scope, { npmRegistryServer }] of Object.entries(yaml.npmScopes ?? {})) {
    if (npmRegistryServer !== undefined) registries.set(`npmScopes.${scope}.npmRegistryServer`, npmRegistryServer);
  }
  return { requirements: catalogs(yaml.catalog, yaml.catalogs), hooks: new Map(), registries, faults: [] };
}

function withRegistries(text: string, separator: string): Manifest {
  const registries = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [key = '', ...value] = line.trim().split(separator);
    const setting = unquoted(key);
    const place = unquoted(value.join(separator));
    if (SETTING.test(setting) && !(setting === 'registry' && USUAL.test(place))) registries.set(setting, place);
  }
  return { ...EMPTY_MANIFEST, registries };
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
}
