/** `[tool.poetry]` (Poetry docs, "The pyproject.toml file"). */
import * as z from 'zod';
import { word } from '../document';
import type { Parts } from '../parts';
import { sectionsOf } from '../sections';
import { isUsualIndex } from './places';
import { fromTable, requirementTable } from './poetryTable';

const groups = z.record(word, z.looseObject({ dependencies: requirementTable.optional() }));
const sources = z.array(z.looseObject({ name: word.optional(), url: word.optional(), priority: word.optional() }));
const script = z.union([word, z.looseObject({ script: word.optional() })]);

/** Adds what `[tool.poetry]` says: groups of requirements, sources, and a script that builds the project. */
export function addPoetry(poetry: Record<string, unknown>, parts: Parts): void {
  const { requirements, hooks, registries, faults } = parts;
  const read = sectionsOf(poetry, 'tool.poetry.', faults);
  for (const key of ['dependencies', 'dev-dependencies', 'requires-plugins']) {
    requirements.push(...fromTable(read(key, requirementTable), { group: `tool.poetry.${key}` }));
  }
  for (const [name, { dependencies }] of Object.entries(read('group', groups) ?? {})) {
    requirements.push(...fromTable(dependencies, { group: `tool.poetry.group.${name}.dependencies` }));
  }
  for (const { name, url, priority } of read('source', sources) ?? []) {
    if (url === undefined || isUsualIndex(url)) continue;
    registries.set(`tool.poetry.source.${name ?? url}`, priority === undefined ? url : `${url} (${priority})`);
  }
  const build = read('build', script);
  const file = typeof build === 'string' ? build : build?.script;
  if (file !== undefined) hooks.set('tool.poetry.build', file);
}
