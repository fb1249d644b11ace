/**
 * Workflows and actions of GitHub (GitHub documentation, "Workflow syntax for GitHub Actions" and "Metadata syntax"). What
 * a workflow does otherwise is not told here.
 */
import * as z from 'zod';
import { parseYaml, word } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { onGithub, repositoryOf } from './git';
import { imageOf } from './image';

/** What stands behind a key may be left out. */
const blank = z.literal('');
const image = z.union([word, z.looseObject({ image: word.optional() })]).optional();
const steps = z.union([z.array(z.looseObject({ uses: word.optional() }).or(word)), word]).optional();
const job = z.looseObject({
  uses: word.optional(),
  container: image,
  services: z.union([z.record(word, image), word]).optional(),
  steps,
});
const workflow = z.looseObject({ jobs: z.record(word, job.or(blank)).or(blank).optional() });
const action = z.looseObject({
  runs: z.looseObject({ image: word.optional(), steps }).or(blank).optional(),
});

type Image = z.output<typeof image>;

/** Reads what a workflow uses. Throws Unreadable. */
export function readWorkflow(text: string): Manifest {
  const { jobs } = parseYaml(text, workflow);
  const requirements = Object.values(jobs || {}).flatMap((each) => {
    if (each === '') return [];
    const services = typeof each.services === 'object' ? Object.values(each.services) : [];
    return [
      ...used('workflows', each.uses),
      ...usedBy(each.steps),
      ...imaged('container', each.container),
      ...services.flatMap((service) => imaged('services', service)),
    ];
  });
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

/** Reads what an action uses itself. Throws Unreadable. */
export function readAction(text: string): Manifest {
  const { runs } = parseYaml(text, action);
  if (!runs) return EMPTY_MANIFEST;
  // Any other image is a Dockerfile of the action.
  const own = runs.image?.startsWith('docker://') ? used('image', runs.image) : [];
  return { ...EMPTY_MANIFEST, requirements: merged([...own, ...usedBy(runs.steps)]) };
}

function usedBy(list: z.output<typeof steps>): Requirement[] {
  return typeof list === 'object'
    ? list.flatMap((step) => used('uses', typeof step === 'object' ? step.uses : ''))
    : [];
}

/** `./` is a path in what was checked out, `$/` one in the workflow's own repository (GitHub documentation, "Find and customize actions"). */
const OWN = /^(?:\.{1,2}|\$)\//;

/** `owner/repository/path@ref`, `docker://image`, or a path in the repository itself. */
function used(group: string, value: string | undefined): Requirement[] {
  const text = value?.trim() ?? '';
  if (text === '' || OWN.test(text)) return [];
  if (text.startsWith('docker://')) return [imageOf(group, text.slice('docker://'.length)) ?? []].flat();
  const at = text.lastIndexOf('@');
  const name = at === -1 ? text : text.slice(0, at);
  const spec = at === -1 ? '' : text.slice(at + 1);
  // Forgejo takes whole addresses.
  const place = /^https?:\/\//i.test(name) ? repositoryOf(name) : onGithub(name);
  return [{ ...place, group, spec, everywhere: false }];
}

function imaged(group: string, value: Image): Requirement[] {
  const reference = typeof value === 'object' ? value.image : value;
  return [imageOf(group, reference ?? '') ?? []].flat();
}
