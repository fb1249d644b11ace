/** Compose files (Compose specification, "Services top-level element"). */
import * as z from 'zod';
import { parseYaml, word } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { readDockerfile } from './dockerfile';
import { repositoryOf } from './git';
import { imageOf } from './image';

const blank = z.literal('');
const build = z.union([word, z.looseObject({ context: word.optional(), dockerfile_inline: z.string().optional() })]);
const service = z.looseObject({ image: word.optional(), build: build.optional() });
const services = z.record(word, service.or(blank)).or(blank).optional();
const compose = z.looseObject({ services });

/** Where YAML puts what it merges, which a plain reading does not put in place. */
const MERGED = '<<';

/** Reads the images of services, and what others are built from elsewhere. Throws Unreadable. */
export function readCompose(text: string): Manifest {
  const file = parseYaml(text, compose);
  const requirements = Object.values(file.services || {}).flatMap((each) => {
    if (each === '') return [];
    const image = each.image ?? inheritedImage(each[MERGED]);
    return [...[imageOf('image', image ?? '') ?? []].flat(), ...builtOf(each.build)];
  });
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

function inheritedImage(value: unknown): string | undefined {
  for (const each of Array.isArray(value) ? value : [value]) {
    const image = service.safeParse(each).data?.image;
    if (image !== undefined) return image;
  }
  return undefined;
}

/** The place of a build may be a repository; what is written into the file itself is a Dockerfile. */
function builtOf(value: z.output<typeof build> | undefined): Requirement[] {
  const { context = '', dockerfile_inline: inline = '' } = typeof value === 'object' ? value : { context: value };
  const [address = '', ref = ''] = context.split('#', 2);
  const isElsewhere = /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//i.test(address);
  const place = isElsewhere ? [{ ...repositoryOf(address), group: 'build', spec: ref, everywhere: false }] : [];
  return [...place, ...readDockerfile(inline).requirements];
}
