/** pnpm-workspace.yaml: catalogs and the settings that decide what is installed and what may run. */
import * as z from 'zod';
import { parseYaml, word, wordTable } from '../document';
import type { Manifest } from '../model';
import { bent, catalogs, patched } from './packageJson';

const table = wordTable.nullish();
const names = z.array(word).nullish();
const workspace = z.looseObject({
  catalog: table,
  catalogs: z.record(word, wordTable).nullish(),
  overrides: table,
  patchedDependencies: table,
  onlyBuiltDependencies: names,
  allowBuilds: table,
  dangerouslyAllowAllBuilds: word.optional(),
  registry: word.optional(),
  registries: table,
});

/** Reads a pnpm-workspace.yaml; an empty one wants nothing. Throws Unreadable. */
export function readPnpmWorkspace(text: string): Manifest {
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
