/** deno.json, deno.jsonc and import_map.json (Deno docs, "deno.json and package.json"). */
import * as z from 'zod';
import { parseJsonc, word } from '../document';
import type { Manifest } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { sectionsOf } from '../sections';
import { denoPackage, denoSource } from './denoSpec';

const loose = z.record(z.string(), z.unknown());
/** An import that is mapped to null is blocked. */
const imports = z.record(word, word.nullable());
const scopes = z.record(word, imports);
const allowed = z.union([z.boolean(), z.array(word), z.looseObject({ allow: z.array(word).optional() })]);

/** Reads a configuration or import map; a section of an unexpected shape is a fault. Throws Unreadable. */
export function readDenoJson(text: string): Manifest {
  const parts = noParts();
  const read = sectionsOf(parseJsonc(text, loose), '', parts.faults);
  addImports('imports', read('imports', imports), parts);
  for (const [scope, section] of Object.entries(read('scopes', scopes) ?? {})) {
    addImports(`scopes ${scope}`, section, parts);
  }
  for (const path of [...(read('links', z.array(word)) ?? []), ...(read('patch', z.array(word)) ?? [])]) {
    const link = { group: 'links', name: path, package: path, spec: path, source: 'a path', everywhere: true };
    parts.requirements.push(link);
  }
  addImportMap(read('importMap', word), parts);
  const scripts = read('allowScripts', allowed);
  if (scripts === true) parts.hooks.set('allowScripts', 'every package may run scripts');
  else if (typeof scripts === 'object') {
    const names = Array.isArray(scripts) ? scripts : (scripts.allow ?? []);
    for (const name of names) parts.hooks.set(`allowScripts.${name}`, 'may run scripts');
  }
  return asManifest(parts);
}

/** Paths and modules of the runtime are no dependencies. */
function addImports(group: string, section: z.output<typeof imports> | undefined, { requirements }: Parts): void {
  for (const [name, spec] of Object.entries(section ?? {})) {
    if (spec === null || /^(?:\.{0,2}\/|\.{1,2}$|(?:node|bun):)/.test(spec)) continue;
    const source = denoSource(spec);
    requirements.push({ group, name, package: denoPackage(spec) ?? name, spec, source, everywhere: false });
  }
}

/** The map is another file: one of the usual name is read for itself. */
function addImportMap(path: string | undefined, { registries, faults }: Parts): void {
  if (path === undefined) return;
  if (/^[a-z][a-z\d+.-]*:/i.test(path)) registries.set('importMap', path);
  else if (!/(?:^|\/)import_map\.json$/.test(path)) faults.push('importMap');
}
