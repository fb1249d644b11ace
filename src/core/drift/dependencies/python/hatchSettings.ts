/** `[tool.hatch]` (Hatch docs, "Environments" and "Build configuration"). */
import * as z from 'zod';
import { word } from '../document';
import type { Parts } from '../parts';
import { sectionsOf } from '../sections';
import { requirementsOf } from './pep508';

const list = z.array(word);
const environments = z.record(
  word,
  z.looseObject({ dependencies: list.optional(), 'extra-dependencies': list.optional() }),
);
const hookTable = z.record(word, z.looseObject({ path: word.optional(), dependencies: list.optional() }));
const build = z.looseObject({
  dependencies: list.optional(),
  hooks: hookTable.optional(),
  targets: z.record(word, z.looseObject({ dependencies: list.optional(), hooks: hookTable.optional() })).optional(),
});
const metadata = z.looseObject({ hooks: hookTable.optional() });

type Build = Pick<z.output<typeof build>, 'dependencies' | 'hooks'>;

/** Adds what Hatch is told: requirements of environments and builds, and hooks that run while it builds. */
export function addHatch(hatch: Record<string, unknown>, parts: Parts): void {
  const { requirements, faults } = parts;
  const read = sectionsOf(hatch, 'tool.hatch.', faults);
  for (const [name, environment] of Object.entries(read('envs', environments) ?? {})) {
    for (const key of ['dependencies', 'extra-dependencies'] as const) {
      requirements.push(...requirementsOf(environment[key], { group: `tool.hatch.envs.${name}.${key}` }, faults));
    }
  }
  const building = read('build', build);
  addBuild(building ?? {}, 'tool.hatch.build', parts);
  for (const [name, target] of Object.entries(building?.targets ?? {})) {
    addBuild(target, `tool.hatch.build.targets.${name}`, parts);
  }
  addBuild({ hooks: read('metadata', metadata)?.hooks }, 'tool.hatch.metadata', parts);
}

function addBuild({ dependencies, hooks }: Build, group: string, { requirements, faults, ...parts }: Parts): void {
  requirements.push(...requirementsOf(dependencies, { group: `${group}.dependencies` }, faults));
  for (const [name, hook] of Object.entries(hooks ?? {})) {
    const place = `${group}.hooks.${name}`;
    requirements.push(...requirementsOf(hook.dependencies, { group: `${place}.dependencies` }, faults));
    // Only a hook of one's own is code of the project; the others are packages, listed as requirements.
    if (name === 'custom') parts.hooks.set(place, hook.path ?? 'hatch_build.py');
  }
}
