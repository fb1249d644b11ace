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
const matrix = z.record(word, z.unknown());
const job = z.looseObject({
  strategy: z
    .looseObject({ matrix: matrix.or(word).optional() })
    .or(blank)
    .optional(),
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
      ...imaged('container', each.container, each),
      ...services.flatMap((service) => imaged('services', service, each)),
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

function imaged(group: string, value: Image, { strategy }: z.output<typeof job>): Requirement[] {
  const reference = (typeof value === 'object' ? value.image : value) ?? '';
  const values = typeof strategy === 'object' && typeof strategy.matrix === 'object' ? strategy.matrix : {};
  return filledIn(reference, values).flatMap((each) => imageOf(group, each) ?? []);
}

/** A value of a job's matrix. */
const FROM_MATRIX = /\$\{\{\s{0,10}matrix\.([\w-]{1,100})\s{0,10}\}\}/;
/** Values that are put in. */
const MOST_VALUES = 256;

/** A text with each value that the matrix has for the one name in it; as it stands where it has none, or several names. */
function filledIn(text: string, values: z.output<typeof matrix>): readonly string[] {
  const name = FROM_MATRIX.exec(text)?.[1];
  if (name === undefined) return [text];
  const included = Array.isArray(values.include) ? values.include : [];
  const found = [
    ...(Array.isArray(values[name]) ? values[name] : []),
    ...included.map((each: unknown) => matrix.safeParse(each).data?.[name]),
  ].filter((each): each is string => word.safeParse(each).success && each !== '');
  const texts = found.slice(0, MOST_VALUES).map((each) => text.replace(new RegExp(FROM_MATRIX, 'g'), () => each));
  const isOne = [...text.matchAll(new RegExp(FROM_MATRIX, 'g'))].every(([, other]) => other === name);
  return isOne && texts.length > 0 ? [...new Set(texts)] : [text];
}
