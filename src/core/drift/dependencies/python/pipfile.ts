/** Pipfile (Pipenv docs, "Pipfile & Pipfile.lock"). */
import * as z from 'zod';
import { word } from '../document';
import type { Manifest } from '../model';
import { asManifest, noParts } from '../parts';
import { sectionsOf } from '../sections';
import { parseToml } from '../toml';
import { isUsualIndex } from './places';
import { fromTable, requirementTable } from './poetryTable';

const loose = z.record(z.string(), z.unknown());
const sources = z.array(z.looseObject({ name: word.optional(), url: word, verify_ssl: z.unknown().optional() }));

/** Sections that list no packages; every other one is a category of them. */
const OTHERS: ReadonlySet<string> = new Set(['source', 'requires', 'scripts', 'pipenv']);

/** Reads a Pipfile. Throws Unreadable. */
export function readPipfile(text: string): Manifest {
  const toml = parseToml(text, loose);
  const parts = noParts();
  const read = sectionsOf(toml, '', parts.faults);
  for (const group of Object.keys(toml)) {
    if (!OTHERS.has(group)) parts.requirements.push(...fromTable(read(group, requirementTable), { group }));
  }
  for (const { name, url, verify_ssl } of read('source', sources) ?? []) {
    const isChecked = verify_ssl !== false;
    if (isUsualIndex(url) && isChecked) continue;
    parts.registries.set(`source.${name ?? url}`, isChecked ? url : `${url} (certificates are not checked)`);
  }
  return asManifest(parts);
}
