/** environment.yml of Conda (conda docs, "Creating an environment file manually"). */
import * as z from 'zod';
import { parseYaml, word } from '../document';
import type { Manifest } from '../model';
import { asManifest, noParts, type Parts } from '../parts';
import { sectionsOf } from '../sections';
import { channelsOf, matchOf } from './condaMatch';
import { compiledLines } from './requirementLines';
import { readLines } from './requirements';

const loose = z.record(word, z.unknown());
const entries = z.array(z.union([word, z.record(word, z.array(word).nullish().or(z.literal('')))])).or(z.literal(''));

/** Reads an environment; its pip section lists packages of PyPI. Throws Unreadable. */
export function readCondaEnvironment(text: string): Manifest {
  const parts = noParts();
  const read = sectionsOf(parseYaml(text, loose), '', parts.faults);
  const channels = channelsOf(read('channels', z.array(word).or(z.literal(''))) || []);
  if (channels !== null) parts.registries.set('channels', channels);
  for (const entry of read('dependencies', entries) || []) {
    if (typeof entry === 'string') addMatch(entry, parts);
    else for (const [tool, lines] of Object.entries(entry)) addTool(tool, lines || [], parts);
  }
  return asManifest(parts);
}

function addMatch(text: string, { requirements, faults }: Parts): void {
  const match = matchOf(text);
  if (match === null) faults.push(`dependencies: ${text.slice(0, 80)}`);
  else requirements.push({ ...match, group: 'dependencies', package: match.name, everywhere: false });
}

function addTool(tool: string, lines: readonly string[], { requirements, registries, faults }: Parts): void {
  if (tool !== 'pip') {
    faults.push(`dependencies.${tool}`);
    return;
  }
  const pip = readLines(compiledLines(lines.join('\n')), { group: 'pip', everywhere: false, folder: '' });
  requirements.push(...pip.requirements.map((requirement) => ({ ...requirement, ecosystem: 'pypi' })));
  for (const [setting, value] of pip.registries) registries.set(`pip ${setting}`, value);
  faults.push(...pip.faults.map((fault) => `pip: ${fault}`));
}
