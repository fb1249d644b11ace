/** Files of a locked Python package: where they are fetched from, and their hashes. */
import { integrityOf } from '../integrity';
import type { LockedPackage } from '../model';
import { normalName } from './names';
import { isUsualIndex } from './places';

/** A wheel or source archive as lockfiles list it. */
export interface Artifact {
  /** Its file name, where it is not the end of the address. */
  readonly name?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly hashes: readonly string[];
}

/** The host that PyPI's files are on (warehouse docs, "Index API"). */
const USUAL_FILES = 'https://files.pythonhosted.org/';

/**
 * The place and the hashes of a package of an index.
 *
 * @param index the index that the lockfile names; null = none is named
 */
export function placed(
  name: string,
  index: string | null,
  artifacts: readonly Artifact[],
): Pick<LockedPackage, 'resolved' | 'integrity'> {
  const isUsual = index === null || isUsualIndex(index);
  const odd = artifacts
    .flatMap(({ url }) => url ?? [])
    .filter((url) => !(isUsual && url.startsWith(USUAL_FILES) && isFileOf(name, url)))
    .filter((url) => isUsual || hostOf(url) !== hostOf(index))
    .sort();
  const files = artifacts.flatMap((artifact) =>
    artifact.hashes.map((hash) => ({ name: artifact.name ?? (artifact.url ? fileOf(artifact.url) : null), hash })),
  );
  return { resolved: odd[0] ?? (isUsual ? null : index), integrity: integrityOf(files) };
}

/** The last segment of an address, without its fragment. */
function fileOf(url: string): string {
  const [bare = ''] = url.split(/[?#]/, 1);
  return bare.slice(bare.lastIndexOf('/') + 1);
}

/** Files begin with the name of their package (PyPA specifications, "Binary distribution format"). */
function isFileOf(name: string, url: string): boolean {
  return normalName(fileOf(url)).startsWith(`${normalName(name)}-`);
}

function hostOf(url: string): string | null {
  return /^[a-z][a-z\d+.-]*:\/\/(?:[^/@]*@)?([^/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? null;
}

/** Whether a path stays below the lockfile's folder: such packages are the workspace's own. */
export function isInside(path: string): boolean {
  if (/^(?:[/\\~]|[A-Za-z]:|[a-z][a-z\d+.-]*:)/i.test(path)) return false;
  let depth = 0;
  for (const segment of path.split(/[/\\]/)) {
    if (segment === '..') depth--;
    else if (segment !== '.' && segment !== '') depth++;
    if (depth < 0) return false;
  }
  return true;
}
