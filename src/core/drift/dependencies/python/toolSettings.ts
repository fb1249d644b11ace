/** `[tool.pdm]`, `[tool.flit]` and `[tool.setuptools]` of a pyproject.toml. */
import * as z from 'zod';
import { word } from '../document';
import type { Parts } from '../parts';
import { sectionsOf } from '../sections';
import { isRequirementsFile, normalName } from './names';
import { requirementsOf } from './pep508';
import { isUsualIndex, sourceOf } from './places';

const loose = z.record(z.string(), z.unknown());
const list = z.array(word);
const lists = z.record(word, list);
const sources = z.array(z.looseObject({ name: word.optional(), url: word.optional() }));
const overrides = z.looseObject({ overrides: z.record(word, word).optional() });
const file = z.looseObject({ file: z.union([word, list]).optional() });
const dynamic = z.looseObject({
  dependencies: file.optional(),
  'optional-dependencies': z.record(word, file).optional(),
});
const building = z.looseObject({ 'custom-hook': word.optional() });

/** Scripts of PDM that run around an install (PDM docs, "Lifecycle and hooks"). */
const INSTALL_SCRIPT = /^(?:pre|post)_(?:install|lock|build)$/;

/** Adds what PDM is told (PDM docs, "Configure the project"). */
export function addPdm(pdm: Record<string, unknown>, { requirements, hooks, registries, faults }: Parts): void {
  const read = sectionsOf(pdm, 'tool.pdm.', faults);
  for (const [name, wanted] of Object.entries(read('dev-dependencies', lists) ?? {})) {
    // `-e` marks what is installed in place; where it comes from stays.
    const plain = wanted.map((text) => text.replace(/^\s*-e\s+/, '')).map(named);
    requirements.push(...requirementsOf(plain, { group: `tool.pdm.dev-dependencies.${name}` }, faults));
  }
  for (const [key, spec] of Object.entries(read('resolution', overrides)?.overrides ?? {})) {
    const name = normalName(key);
    const source = /:\/\//.test(spec) ? sourceOf(spec) : null;
    requirements.push({ group: 'tool.pdm.resolution.overrides', name, package: name, spec, source, everywhere: true });
  }
  for (const { name, url } of read('source', sources) ?? []) {
    if (url !== undefined && !isUsualIndex(url)) registries.set(`tool.pdm.source.${name ?? url}`, url);
  }
  for (const [name, value] of Object.entries(read('scripts', loose) ?? {})) {
    if (INSTALL_SCRIPT.test(name)) hooks.set(`tool.pdm.scripts.${name}`, JSON.stringify(value) ?? '');
  }
  const hook = read('build', building)?.['custom-hook'];
  if (hook !== undefined) hooks.set('tool.pdm.build.custom-hook', hook);
}

/** Adds the metadata of old versions of Flit (Flit docs, "Old style metadata"). */
export function addFlit(flit: Record<string, unknown>, { requirements, faults }: Parts): void {
  const read = sectionsOf(flit, 'tool.flit.', faults);
  const metadata = sectionsOf(read('metadata', loose) ?? {}, 'tool.flit.metadata.', faults);
  for (const key of ['requires', 'dev-requires']) {
    requirements.push(...requirementsOf(metadata(key, list), { group: `tool.flit.metadata.${key}` }, faults));
  }
  for (const [extra, wanted] of Object.entries(metadata('requires-extra', lists) ?? {})) {
    requirements.push(...requirementsOf(wanted, { group: `tool.flit.metadata.requires-extra.${extra}` }, faults));
  }
}

/** Adds what setuptools is told: commands of one's own, and files that requirements are read from. */
export function addSetuptools(setuptools: Record<string, unknown>, { hooks, faults }: Parts): void {
  const read = sectionsOf(setuptools, 'tool.setuptools.', faults);
  for (const [command, value] of Object.entries(read('cmdclass', z.record(word, word)) ?? {})) {
    hooks.set(`tool.setuptools.cmdclass.${command}`, value);
  }
  const from = read('dynamic', dynamic);
  const places = [from?.dependencies, ...Object.values(from?.['optional-dependencies'] ?? {})];
  const files = places.flatMap((place) => place?.file ?? []);
  // A list of another name is read by nobody.
  faults.push(...files.filter((path) => !isRequirementsFile(path)).map((path) => `tool.setuptools.dynamic: ${path}`));
}

/** PDM takes an address whose name stands behind it (`git+…#egg=name`). */
function named(text: string): string {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(text)?.[1];
  return egg !== undefined && /^\S+:\/\//.test(text) ? `${egg} @ ${text}` : text;
}
