/** paket.dependencies and paket.lock (Paket documentation, "The paket.dependencies file" and "The paket.lock file"). */
import { append } from '../../append';
import { Unreadable } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type LockedPackage, type Lockfile, type Manifest, type Requirement } from '../model';
import { isUsualFeed } from './feeds';
import { idOf, packageOf } from './packageId';

/** Kinds of files that are fetched by their address. */
const ADDRESSES: ReadonlySet<string> = new Set(['git', 'github', 'gist', 'http']);
const COMMENT = /^(?:\/\/|#)/;

/** Reads a paket.dependencies by its lines. */
export function readPaketDependencies(text: string): Manifest {
  const requirements: Requirement[] = [];
  const registries = new Map<string, string>();
  let group = 'Main';
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const [keyword = '', name = '', ...rest] = line.split(/\s+/);
    const kind = keyword.toLowerCase();
    if (COMMENT.test(line)) continue;
    if (kind === 'group') group = name;
    else if (kind === 'source' && !isUsualFeed(name)) registries.set(`${group}.source ${name}`, name);
    else if (kind === 'nuget' || kind === 'clitool')
      requirements.push(packageOf(`${group}.${kind}`, name, rest.join(' ')));
    else if (ADDRESSES.has(kind)) requirements.push(addressed(`${group}.${kind}`, kind, name, rest.join(' ')));
  }
  return { ...EMPTY_MANIFEST, requirements: merged(requirements), registries };
}

function addressed(group: string, kind: string, place: string, rest: string): Requirement {
  // A branch or commit stands behind a colon, where the place is no address.
  const colon = kind === 'github' || kind === 'gist' ? place.indexOf(':') : -1;
  const name = colon === -1 ? place : place.slice(0, colon);
  const spec = [colon === -1 ? '' : place.slice(colon + 1), rest].filter((part) => part !== '').join(' ');
  const own = { group, name, package: name, spec, everywhere: false };
  return kind === 'github'
    ? { ...own, source: null, ecosystem: 'github' }
    : { ...own, source: kind === 'http' ? 'a URL' : 'git', origin: name, ecosystem: 'generic' };
}

/** A package (four blanks) or what it needs (six): `Name (1.0)`, with restrictions behind it. */
const ENTRY = /^([^\s()]+)(?: \(([^()]*)\))?(?: .*)?$/;
/** Settings of a group, and headings of its sections. */
const HEADING = /^[A-Z][A-Z-]*(?::.*)?$/;

/** Reads a lockfile of Paket. Throws Unreadable. */
export function readPaketLock(text: string): Lockfile {
  const found: (LockedPackage & { readonly wants: string[] })[] = [];
  let remote: string | null = null;
  let isNuget = true;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const depth = raw.length - raw.trimStart().length;
    if (line === '' || COMMENT.test(line)) continue;
    const [, name, version] = ENTRY.exec(line) ?? [];
    if (depth === 0 && (HEADING.test(line) || /^GROUP /.test(line))) {
      if (/^(?:NUGET|GITHUB|GIT|HTTP|GIST|CLITOOL)$/.test(line)) isNuget = line === 'NUGET' || line === 'CLITOOL';
    } else if (depth === 2 && line.startsWith('remote:')) remote = line.slice('remote:'.length).trim();
    else if (depth === 2 && /^(?:specs|protocol):/.test(line)) continue;
    else if (depth === 4 && name !== undefined) found.push(entryOf(name, version ?? null, remote, isNuget));
    else if (depth >= 6 && name !== undefined) found.at(-1)?.wants.push(idOf(name));
    else throw new Unreadable(`line ${index + 1} is not in the format of Paket`);
  }
  return linkedLock(found);
}

function entryOf(
  name: string,
  version: string | null,
  remote: string | null,
  isNuget: boolean,
): LockedPackage & { readonly wants: string[] } {
  const place = remote === null || isUsualFeed(remote) ? null : remote;
  // A file of a repository on GitHub: its place is its name.
  const isShort = place !== null && !isNuget && !place.includes(':');
  return {
    name: isNuget ? idOf(name) : `${remote ?? ''} ${name}`.trim(),
    version,
    resolved: isShort ? null : place,
    integrity: null,
    hasInstallScript: false,
    needs: [],
    wants: [],
  };
}

function linkedLock(found: readonly (LockedPackage & { readonly wants: readonly string[] })[]): Lockfile {
  const keys = new Map<string, string[]>();
  for (const [index, { name }] of found.entries()) {
    append(keys, name, String(index));
    // Files are asked for by their repository.
    const [repository = '', ...file] = name.split(' ');
    if (file.length > 0) append(keys, repository, String(index));
  }
  const find = (name: string) => (keys.get(name) ?? keys.get(idOf(name)) ?? []).slice(0, 50);
  const packages = new Map(
    found.map(({ wants, ...locked }, index): [string, LockedPackage] => [
      String(index),
      { ...locked, needs: [...new Set(wants)].flatMap(find) },
    ]),
  );
  return { packages, resolve: (_importer, name) => find(name) };
}
