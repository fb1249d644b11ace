/** pnpm-workspace.yaml: catalogs and the settings that decide what is installed and what may run. */
import * as z from 'zod';
import { parseYaml } from '../document';
import { EMPTY_MANIFEST, type Manifest } from '../model';
import { bent, catalogs, patched } from './packageJson';

const table = z.record(z.string(), z.string()).nullish();
const names = z.array(z.string()).nullish();
const workspace = z.looseObject({
  catalog: table,
  catalogs: z.record(z.string(), z.record(z.string(), z.string())).nullish(),
  overrides: table,
  patchedDependencies: table,
  onlyBuiltDependencies: names,
  allowBuilds: table,
  dangerouslyAllowAllBuilds: z.string().optional(),
  registry: z.string().optional(),
  registries: table,
});

/** Reads a pnpm-workspace.yaml; an empty one wants nothing. Throws Unreadable. */
export function readPnpmWorkspace(text: string): Manifest {
  if (text.replace(/^\s*#.*$/gm, '').trim() === '') return EMPTY_MANIFEST;
  const yaml = parseYaml(text, workspace);
  const hooks = new Map<string, string>();
  for (const name of yaml.onlyBuiltDependencies ?? []) hooks.set(`onlyBuiltDependencies.${name}`, 'may run scripts');
  for (const [name, value] of Object.entries(yaml.allowBuilds ?? {})) hooks.set(`allowBuilds.${name}`, value);
  if (yaml.dangerouslyAllowAllBuilds !== undefined)
    hooks.set('dangerouslyAllowAllBuilds', yaml.dangerouslyAllowAllBuilds);
  const registries = new Map(Object.entries(yaml.registries ?? {}));
  if (yaml.registry !== undefined) registries.set('registry', yaml.registry);
  return {
    requirements: [
      ...catalogs(yaml.catalog ?? undefined, yaml.catalogs ?? undefined),
      ...bent('overrides', yaml.overrides ?? undefined),
      ...patched('patchedDependencies', yaml.patchedDependencies ?? undefined),
    ],
    hooks,
    registries,
    faults: [],
  };
}
