/** bower.json and .bowerrc (Bower docs, "bower.json" and "Configuration"). */
import * as z from 'zod';
import { parseJson, word, wordTable } from '../document';
import type { Manifest } from '../model';
import { asManifest, noParts } from '../parts';
import { sectionsOf } from '../sections';
import { sourceOf } from './spec';

const loose = z.record(z.string(), z.unknown());
const registry = z.union([word, z.looseObject({ search: z.unknown().optional(), register: word.optional() })]);
const USUAL = /^https:\/\/registry\.bower\.io\/?$/;

/** Reads a bower.json; a section of an unexpected shape is a fault, and the others count. Throws Unreadable. */
export function readBowerJson(text: string): Manifest {
  const parts = noParts();
  const read = sectionsOf(parseJson(text, loose), '', parts.faults);
  for (const group of ['dependencies', 'devDependencies', 'resolutions']) {
    for (const [name, spec] of Object.entries(read(group, wordTable) ?? {})) {
      // `package#range` is another package of the registry.
      const other = /^([\w.-]+)#/.exec(spec)?.[1] ?? name;
      const source = other === name ? sourceOf(name, spec.replace(/^[\w.-]+#/, '')) : `the package ${other}`;
      parts.requirements.push({ group, name, package: other, spec, source, everywhere: group === 'resolutions' });
    }
  }
  return asManifest(parts);
}

/** Reads a .bowerrc: registries, and scripts around an install. Throws Unreadable. */
export function readBowerrc(text: string): Manifest {
  const parts = noParts();
  const read = sectionsOf(parseJson(text, loose), '', parts.faults);
  const value = read('registry', registry);
  const address = typeof value === 'string' ? value : value && JSON.stringify(value);
  if (address !== undefined && !USUAL.test(address)) parts.registries.set('registry', address);
  for (const [name, script] of Object.entries(read('scripts', wordTable) ?? {})) {
    parts.hooks.set(`scripts.${name}`, script);
  }
  return asManifest(parts);
}
