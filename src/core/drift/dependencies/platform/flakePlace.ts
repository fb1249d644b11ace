/** Where an input of a flake comes from, as an address or as attributes (Nix Reference Manual, "Flake references"). */
import { onGithub, type Place } from './git';

/** Services whose places are `owner/repository`, with their default hosts. */
const SERVICES: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  sourcehut: 'git.sr.ht',
};

/** A place without its revision, and the revision. Null for a path inside the repository. */
export function flakePlace(attributes: Readonly<Record<string, string>>): (Place & { readonly spec: string }) | null {
  const { url, type, id, owner, repo, host, path, ref = '', rev = '', dir } = attributes;
  if (type === 'indirect') return named(id ?? '', ref);
  if (type !== undefined && owner !== undefined && repo !== undefined)
    return shared(type, owner, repo, ref || rev, host);
  if (type === 'path') return pathOf(path ?? '');
  if (url === undefined) return null;
  const spec = [ref, rev, dir].filter(Boolean).join(' ');
  return type === undefined ? fromAddress(url) : elsewhere(url, spec);
}

function fromAddress(url: string): (Place & { readonly spec: string }) | null {
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z\d+.-]*):)?(.*)$/is.exec(url.trim()) ?? [];
  const [place = '', query = ''] = rest.split('?', 2);
  if (Object.hasOwn(SERVICES, scheme)) {
    const [owner = '', repo = '', ...ref] = place.split('/');
    const host = /(?:^|&)host=([^&]+)/.exec(query)?.[1];
    return shared(scheme, decoded(owner), repo, [ref.join('/'), query].filter(Boolean).join('?'), host);
  }
  if (scheme === 'path' || (scheme === '' && /^[./]/.test(place))) return pathOf(place);
  if (scheme === '' || scheme === 'flake') {
    const [id = '', ...ref] = place.split('/');
    return named(id, ref.join('/'));
  }
  return elsewhere(`${scheme}:${place}`, query);
}

function named(id: string, spec: string): Place & { readonly spec: string } {
  return { name: id, package: id, spec, source: null, ecosystem: 'generic' };
}

/** GitHub is the usual place; others are told when they are new. */
function shared(
  type: string,
  owner: string,
  repo: string,
  spec: string,
  host = Object.hasOwn(SERVICES, type) ? SERVICES[type] : type,
): Place & { readonly spec: string } {
  if (host === 'github.com') return { ...onGithub(`${owner}/${repo}`), spec };
  const name = `https://${host}/${owner}/${repo}`;
  return { name, package: name, spec, source: `the host ${host}`, origin: host ?? type, ecosystem: 'generic' };
}

function elsewhere(address: string, spec: string): Place & { readonly spec: string } {
  const name = address.replace(/^git\+/, '').replace(/^tarball\+/, '');
  const source = /^git[+:@]|\.git$/.test(address) ? 'git' : 'a URL';
  return { name, package: name, spec, source, origin: name, ecosystem: 'generic' };
}

function pathOf(path: string): (Place & { readonly spec: string }) | null {
  if (!/^(?:\/|\.\.(?:\/|$))/.test(path)) return null;
  return { name: path, package: path, spec: path, source: 'a path', ecosystem: 'generic' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
