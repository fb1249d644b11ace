/** `[tool.uv]` of a pyproject.toml, and uv.toml (uv docs, "Settings"). */
import * as z from 'zod';
import { word } from '../document';
import { EMPTY_MANIFEST, type Manifest } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { sectionsOf } from '../sections';
import { parseToml } from '../toml';
import { normalName } from './names';
import { requirementsOf } from './pep508';
import { isUsualIndex } from './places';
import { fromTable, requirementTable } from './poetryTable';

const loose = z.record(z.string(), z.unknown());
const list = z.array(word);
const one = z.union([word, list]);
const indexes = z.array(z.looseObject({ name: word.optional(), url: word }));

/** Lists that bend what others resolve to. */
const BENT = ['constraint-dependencies', 'override-dependencies', 'build-constraint-dependencies'];
const INDEX_SETTINGS = ['index-url', 'extra-index-url', 'find-links', 'allow-insecure-host'];

/** Reads a uv.toml. Throws Unreadable. */
export function readUvToml(text: string): Manifest {
  const toml = parseToml(text, loose);
  if (Object.keys(toml).length === 0) return EMPTY_MANIFEST;
  const parts = noParts();
  addUv(toml, 'uv', parts);
  return asManifest(parts);
}

/** Adds what uv is told: requirements of its own, sources of packages, and indexes. */
export function addUv(uv: Record<string, unknown>, prefix: string, parts: Parts): void {
  const { requirements, registries, faults } = parts;
  const read = sectionsOf(uv, `${prefix}.`, faults);
  requirements.push(...requirementsOf(read('dev-dependencies', list), { group: `${prefix}.dev-dependencies` }, faults));
  for (const key of BENT) {
    requirements.push(...requirementsOf(read(key, list), { group: `${prefix}.${key}`, everywhere: true }, faults));
  }
  addSources(read('sources', requirementTable), `${prefix}.sources`, parts);
  for (const { name, url } of read('index', indexes) ?? []) {
    if (!isUsualIndex(url)) registries.set(`${prefix}.index.${name ?? url}`, url);
  }
  const pip = sectionsOf(read('pip', loose) ?? {}, `${prefix}.pip.`, faults);
  for (const [section, reader] of [['', read] as const, ['pip.', pip] as const]) {
    for (const key of INDEX_SETTINGS) {
      const value = reader(key, one) ?? [];
      const urls = (typeof value === 'string' ? [value] : value).filter((url) => !isUsualIndex(url));
      if (urls.length > 0) registries.set(`${prefix}.${section}${key}`, urls.join(' '));
    }
  }
}

/** `[tool.uv.sources]`: where a package comes from that is asked for elsewhere. Members of the workspace are its own. */
function addSources(
  table: z.output<typeof requirementTable> | undefined,
  group: string,
  { requirements }: Parts,
): void {
  for (const requirement of fromTable(table, { group, everywhere: true })) {
    const isMember = /(?:^| )workspace=true(?: |$)/.test(requirement.spec);
    requirements.push({
      ...requirement,
      name: normalName(requirement.name),
      source: isMember ? null : requirement.source,
    });
  }
}
