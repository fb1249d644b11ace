/**
 * Hashes of a package's files as one text, and whether two of them agree. A package may have many files (a wheel for
 * each platform, say) which come and go at the same version; a file that stays must keep its hash.
 */
import { append } from '../append';

/** One file of a package: its name where the format tells it, and its hash. */
export interface HashedFile {
  readonly name: string | null;
  readonly hash: string;
}

/** `name#hash` or `hash`, sorted, with spaces between; null when there is none. */
export function integrityOf(files: readonly HashedFile[]): string | null {
  const entries = files.map(({ name, hash }) => (name === null ? hash : `${name.replaceAll(/[\s#]/g, '_')}#${hash}`));
  return entries.length === 0 ? null : [...new Set(entries)].sort().join(' ');
}

/**
 * Whether what is demanded now is no other than before. Nothing demanded before agrees with anything; named files agree
 * when those that both know have the same hashes; of hashes without names some may go, and none may come.
 */
export function isSameIntegrity(was: string | null, now: string | null): boolean {
  if (was === null || was === now) return true;
  if (now === null) return false;
  const before = byName(was);
  const after = byName(now);
  const shared = [...after.keys()].filter((name) => before.has(name));
  if (shared.length === 0) return false;
  return shared.every((name) => isWithin(after.get(name) ?? [], before.get(name) ?? []));
}

/** Hashes by the name of the file; those without a name are one file's. */
function byName(integrity: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const entry of integrity.split(' ')) {
    const hash = entry.lastIndexOf('#');
    const name = entry.slice(0, Math.max(0, hash));
    append(names, name, entry.slice(hash + 1));
  }
  return names;
}

/** A weaker algorithm alone is no part of what was demanded: each that was there must be there still. */
function isWithin(now: readonly string[], was: readonly string[]): boolean {
  const known = new Set(was);
  const algorithms = new Set(now.map(algorithmOf));
  return now.every((hash) => known.has(hash)) && was.every((hash) => algorithms.has(algorithmOf(hash)));
}

/** Algorithms by how hard they are to deceive; the checksum of yarn 2 and later is by SHA-512. */
const STRENGTH: Readonly<Record<string, number>> = { md5: 1, sha1: 2, sha256: 4, sha384: 5, sha512: 6, yarn: 6 };

/**
 * Whether the hashes are of other kinds, so that nobody can compare them, and those of now are no weaker: a lockfile that
 * another version of its tool, or another tool, wrote anew. Only of kinds that are known.
 */
export function isOtherForm(was: string | null, now: string | null): boolean {
  const [before, after] = [was, now].map((each) => (each === null ? [] : each.split(' ').map(formOf)));
  if (before === undefined || after === undefined || before.length === 0 || after.length === 0) return false;
  if ([...before, ...after].some((form) => strengthOf(form) === 0)) return false;
  if (after.some((form) => before.includes(form))) return false;
  const best = (forms: readonly string[]) => Math.max(...forms.map(strengthOf));
  return best(after) >= best(before);
}

/** The algorithm of Subresource Integrity, or yarn's own form: `10c0/…`. */
function formOf(hash: string): string {
  return /^(md5|sha1|sha256|sha384|sha512)-/.exec(hash)?.[1] ?? (cacheKeyOf(hash) === null ? '' : 'yarn');
}

/**
 * Whether both are yarn's, of caches that keep archives in other ways: what yarn hashes is the archive that it keeps, and
 * in front stands the version of its cache with how hard it compresses. The same files have other hashes then.
 */
export function isOtherCache(was: string | null, now: string | null): boolean {
  const [before, after] = [was, now].map((hash) => (hash === null ? null : cacheKeyOf(hash)));
  return typeof before === 'string' && typeof after === 'string' && before !== after;
}

function cacheKeyOf(hash: string): string | null {
  return /^(\d{1,3}(?:c\d{1,2})?)\/\S/.exec(hash)?.[1] ?? null;
}

function strengthOf(form: string): number {
  return Object.hasOwn(STRENGTH, form) ? (STRENGTH[form] ?? 0) : 0;
}

/** `sha256` of `sha256:…`, `sha256=…` or `sha256-…`; nothing where the hash stands alone. */
function algorithmOf(hash: string): string {
  return /^[a-z\d]{2,10}(?=[-:=])/i.exec(hash)?.[0] ?? '';
}
