/** pyproject.toml: what the standards put there, and what each tool adds. */
import * as z from 'zod';
import { word } from '../document';
import type { Manifest } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { sectionsOf } from '../sections';
import { parseToml } from '../toml';
import { addHatch } from './hatchSettings';
import { requirementsOf } from './pep508';
import { addPoetry } from './poetrySettings';
import { addFlit, addPdm, addSetuptools } from './toolSettings';
import { addUv } from './uvSettings';

const loose = z.record(z.string(), z.unknown());
const list = z.array(word);
const lists = z.record(word, list);
/** A group lists requirements, and other groups that it includes (PEP 735). */
const groups = z.record(word, z.array(z.union([word, z.record(word, z.unknown())])));

/** Reads a pyproject.toml; a section of an unexpected shape is a fault, and the others count. Throws Unreadable. */
export function readPyproject(text: string): Manifest {
  const toml = parseToml(text, loose);
  const parts = noParts();
  const read = sectionsOf(toml, '', parts.faults);
  addProject(read('project', loose) ?? {}, parts);
  addBuildSystem(read('build-system', loose) ?? {}, parts);
  addGroups(read('dependency-groups', groups) ?? {}, parts);
  const tool = sectionsOf(read('tool', loose) ?? {}, 'tool.', parts.faults);
  addPoetry(tool('poetry', loose) ?? {}, parts);
  addUv(tool('uv', loose) ?? {}, 'tool.uv', parts);
  addPdm(tool('pdm', loose) ?? {}, parts);
  addHatch(tool('hatch', loose) ?? {}, parts);
  addFlit(tool('flit', loose) ?? {}, parts);
  addSetuptools(tool('setuptools', loose) ?? {}, parts);
  return asManifest(parts);
}

/** `dependencies` and `optional-dependencies` (PEP 621). */
function addProject(project: Record<string, unknown>, { requirements, faults }: Parts): void {
  const read = sectionsOf(project, 'project.', faults);
  requirements.push(...requirementsOf(read('dependencies', list), { group: 'dependencies' }, faults));
  for (const [extra, wanted] of Object.entries(read('optional-dependencies', lists) ?? {})) {
    requirements.push(...requirementsOf(wanted, { group: `optional-dependencies.${extra}` }, faults));
  }
}

/** What builds the project (PEP 518), and a backend that is a folder of the project itself (PEP 517). */
function addBuildSystem(build: Record<string, unknown>, { requirements, hooks, faults }: Parts): void {
  const read = sectionsOf(build, 'build-system.', faults);
  requirements.push(...requirementsOf(read('requires', list), { group: 'build-system.requires' }, faults));
  const path = read('backend-path', list);
  if (path === undefined) return;
  hooks.set('build-system.backend-path', `${path.join(', ')}: ${read('build-backend', word) ?? 'setuptools'}`);
}

function addGroups(all: z.output<typeof groups>, { requirements, faults }: Parts): void {
  for (const [name, entries] of Object.entries(all)) {
    const group = `dependency-groups.${name}`;
    const texts = entries.filter((entry) => typeof entry === 'string');
    requirements.push(...requirementsOf(texts, { group }, faults));
    // What an included group asks for is read where it stands.
    const isOther = (entry: string | Record<string, unknown>) =>
      typeof entry === 'object' && !('include-group' in entry);
    if (entries.some(isOther)) faults.push(group);
  }
}
