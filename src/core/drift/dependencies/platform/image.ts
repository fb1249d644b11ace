/** References to container images (distribution/reference, "Grammar"): `host/path:tag@digest`. */
import type { Requirement } from '../model';

/** Registries that serve what everybody uses; Docker's own is the default. */
const USUAL: ReadonlySet<string> = new Set([
  ...['docker.io', 'index.docker.io', 'registry-1.docker.io', 'ghcr.io', 'quay.io', 'gcr.io', 'registry.k8s.io'],
  ...['mcr.microsoft.com', 'public.ecr.aws', 'registry.access.redhat.com', 'registry.gitlab.com'],
]);
/** Expressions of the files that name images; a colon in one separates no tag. */
const EXPRESSION = /\$\{\{?[^{}]{0,500}\}\}?/g;

/** The requirement of an image, named without its tag; null for `scratch` and for nothing. */
export function imageOf(group: string, reference: string): Requirement | null {
  const text = reference.trim();
  if (text === '' || text === 'scratch') return null;
  const plain = text.replace(EXPRESSION, (found) => '_'.repeat(found.length));
  const at = plain.indexOf('@');
  const end = at === -1 ? plain.length : at;
  const colon = plain.lastIndexOf(':', end - 1);
  const tag = colon > plain.lastIndexOf('/', end - 1) ? colon : end;
  const name = text
    .slice(0, tag)
    .replace(/^(?:(?:index\.|registry-1\.)?docker\.io\/)/, '')
    .replace(/^library\//, '');
  const host = hostOf(plain.slice(0, tag));
  return {
    group,
    name,
    package: name,
    spec: tag === end ? text.slice(end) : text.slice(tag + 1),
    source: host === null ? null : `the registry ${host}`,
    ...(host === null ? {} : { origin: host }),
    everywhere: false,
    ecosystem: 'docker',
  };
}

/** The registry, unless it is a usual one; only names with a dot or a port are hosts. */
function hostOf(name: string): string | null {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash).toLowerCase();
  const isHost = /[.:]/.test(first) || first === 'localhost';
  return isHost && !USUAL.has(first) && !first.includes('_') ? first : null;
}
