/** .npmrc, .yarnrc and .yarnrc.yml: which registry packages come from. */
import * as z from 'zod';
import { parseYaml } from '../document';
import { EMPTY_MANIFEST, type Manifest } from '../model';
import { catalogs } from './packageJson';

const table = z.record(z.string(), z.string()).optional();
const server = z.record(z.string(), z.looseObject({ npmRegistryServer: z.string().optional() })).optional();
const yarnSettings = z.looseObject({
  npmRegistryServer: z.string().optional(),
  npmScopes: server,
  catalog: table,
  catalogs: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

/** `registry=…` and `@scope:registry=…` of an .npmrc. */
export function readNpmrc(text: string): Manifest {
  return withRegistries(text.matchAll(/^[ \t]*((?:@[^\s:=]+:)?registry)[ \t]*=[ \t]*"?([^"\r\n]*?)"?[ \t]*$/gm));
}

/** `registry "…"` and `"@scope:registry" "…"` of yarn 1's .yarnrc. */
export function readYarnrc(text: string): Manifest {
  return withRegistries(text.matchAll(/^[ \t]*"?((?:@[^\s:"]+:)?registry)"?[ \t]+"?([^"\r\n]*?)"?[ \t]*$/gm));
}

/** Registry servers and catalogs of a .yarnrc.yml. Throws Unreadable. */
export function readYarnrcYaml(text: string): Manifest {
  if (text.replace(/^\s*#.*$/gm, '').trim() === '') return EMPTY_MANIFEST;
  const yaml = parseYaml(text, yarnSettings);
  const registries = new Map<string, string>();
  if (yaml.npmRegistryServer !== undefined) registries.set('npmRegistryServer', yaml.npmRegistryServer);
  for (const [scope, { npmRegistryServer }] of Object.entries(yaml.npmScopes ?? {})) {
    if (npmRegistryServer !== undefined) registries.set(`npmScopes.${scope}.npmRegistryServer`, npmRegistryServer);
  }
  return { requirements: catalogs(yaml.catalog, yaml.catalogs), hooks: new Map(), registries, faults: [] };
}

function withRegistries(lines: Iterable<RegExpMatchArray>): Manifest {
  const registries = new Map([...lines].map(([, setting = '', address = '']) => [setting, address]));
  return { ...EMPTY_MANIFEST, registries };
}
