/** Pipelines of GitLab: their images, and the pipelines that they include (GitLab documentation, "CI/CD YAML syntax"). */
import * as z from 'zod';
import { parseYaml, word } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { substituted } from '../substitution';
import { imageOf } from './image';

const loose = z.record(z.string(), z.unknown());
const image = z.union([word, z.looseObject({ name: word })]);
const imageJob = z.looseObject({
  image: image.optional().catch(undefined),
  services: z.array(z.unknown()).optional().catch(undefined),
});
const included = z.union([
  word,
  z.looseObject({
    remote: word.optional(),
    project: word.optional(),
    component: word.optional(),
    ref: word.optional(),
    integrity: word.optional(),
  }),
]);

/** Reads a pipeline of one or, with a header of inputs, two documents. Throws Unreadable. */
export function readGitlabPipeline(text: string): Manifest {
  const documents = text.split(/^---(?:[ \t].*)?$/m).map((each) => parseYaml(each, loose));
  const requirements = documents.flatMap((document) => [...images(document), ...includes(document.include)]);
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

function images(document: Record<string, unknown>): Requirement[] {
  const variables = loose.safeParse(document.variables).data ?? {};
  const fill = (reference: string) =>
    substituted(reference, (name) => textOf(variables[name]), /\$\{(\w{1,200})\}|\$(\w{1,200})/g);
  // The file itself says what jobs use by default, and `default` does.
  const jobs = [document, ...Object.values(document)];
  return jobs.flatMap((value) => {
    const job = imageJob.safeParse(value).data;
    const services = (job?.services ?? []).flatMap((each) => image.safeParse(each).data ?? []);
    return [
      ...(job?.image === undefined ? [] : imaged('image', job.image, fill)),
      ...services.flatMap((service) => imaged('services', service, fill)),
    ];
  });
}

function textOf(value: unknown): string | undefined {
  const described = z.looseObject({ value: word }).safeParse(value).data?.value;
  return typeof value === 'string' ? value : described;
}

function imaged(group: string, value: z.output<typeof image>, fill: (reference: string) => string): Requirement[] {
  return [imageOf(group, fill(typeof value === 'string' ? value : value.name)) ?? []].flat();
}

function includes(value: unknown): Requirement[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.flatMap((each): Requirement[] => {
    const item = included.safeParse(each).data;
    const { remote, project, component, ref = '', integrity } = typeof item === 'object' ? item : { remote: item };
    const own = { everywhere: false, ecosystem: 'generic', source: null } as const;
    if (remote !== undefined) {
      if (!/^https?:/i.test(remote)) return [];
      const hash = integrity === undefined ? {} : { integrity };
      return [{ ...own, ...hash, group: 'include', name: remote, package: remote, spec: remote, source: 'a URL' }];
    }
    if (project !== undefined) return [{ ...own, group: 'include', name: project, package: project, spec: ref }];
    if (component === undefined) return [];
    const at = component.lastIndexOf('@');
    const name = at === -1 ? component : component.slice(0, at);
    return [{ ...own, group: 'include', name, package: name, spec: component.slice(name.length + 1) }];
  });
}
