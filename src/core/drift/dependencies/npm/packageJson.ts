/** package.json: what a project wants, and what it runs while it is installed. */
import * as z from 'zod';
import { parseJson, Unreadable, word, wordTable } from '../document';
import type { Manifest, Requirement } from '../model';
import { sectionsOf } from '../sections';
import { packageOf, sourceOf } from './spec';

const tables = z.record(word, wordTable);
const names = z.array(word);
const bundle = z.union([z.boolean(), names]);
const loose = z.record(z.string(), z.unknown());

/** Scripts that an install runs (npm docs, "Life Cycle Scripts"; pnpm's own hook). */
const INSTALL_SCRIPTS = [
  ...['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare', 'dependencies'],
  ...['predependencies', 'postdependencies', 'prepack', 'postpack', 'pnpm:devPreinstall'],
];

/** Deeper nesting of `overrides` means nothing to npm. */
const MAX_DEPTH = 20;

/** Reads a package.json; a section of an unexpected shape is a fault, and the others count. Throws Unreadable. */
export function readPackageJson(text: string): Manifest {
  const json = parseJson(text, loose);
  const faults: string[] = [];
  const read = sectionsOf(json, '', faults);
  const pnpm = sectionsOf(read('pnpm', loose) ?? {}, 'pnpm.', faults);
  const workspaces = sectionsOf(loose.safeParse(json.workspaces).data ?? {}, 'workspaces.', faults);
  const requirements = [
    ...['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((group) =>
      required(group, read(group, wordTable)),
    ),
    ...bundled(read('bundleDependencies', bundle) ?? read('bundledDependencies', bundle)),
    ...bent('resolutions', read('resolutions', wordTable)),
    ...flatten('overrides', read('overrides', loose) ?? {}, [], 0),
    ...bent('pnpm.overrides', pnpm('overrides', wordTable)),
    ...patched('patchedDependencies', read('patchedDependencies', wordTable)),
    ...patched('pnpm.patchedDependencies', pnpm('patchedDependencies', wordTable)),
    ...catalogs(read('catalog', wordTable), read('catalogs', tables)),
    ...catalogs(workspaces('catalog', wordTable), workspaces('catalogs', tables)),
    ...packageManager(read('packageManager', word)),
  ];
  const trusted = {
    trustedDependencies: read('trustedDependencies', names),
    'pnpm.onlyBuiltDependencies': pnpm('onlyBuiltDependencies', names),
  };
  return { requirements, hooks: hooksOf(json, read('scripts', loose) ?? {}, trusted), registries: new Map(), faults };
}

/** Requirements of a plain section: name to spec. */
export function required(group: string, section: Record<string, string> | undefined): Requirement[] {
  return Object.entries(section ?? {}).map(([name, spec]) => ({
    group,
    name,
    package: packageOf(name, spec),
    spec,
    source: sourceOf(name, spec),
    everywhere: false,
  }));
}

/** Entries that bend what others resolve to: keys may be paths such as `a>b`, `a/b` or `a@1`. */
export function bent(group: string, section: Record<string, string> | undefined): Requirement[] {
  return Object.entries(section ?? {}).map(([key, spec]) => bend(group, key, lastName(key), spec));
}

/** Packages whose content is patched: the spec is the patch file. */
export function patched(group: string, section: Record<string, string> | undefined): Requirement[] {
  return bent(group, section).map((requirement) => ({ ...requirement, source: 'a patch of the package' }));
}

/** The default catalog and the named ones (pnpm, bun, yarn). */
export function catalogs(
  single: Record<string, string> | undefined,
  named: Record<string, Record<string, string>> | undefined,
): Requirement[] {
  const sections: (readonly [string, Record<string, string>])[] = [
    ['catalog', single ?? {}],
    ...Object.entries(named ?? {}).map(([name, section]) => [`catalogs.${name}`, section] as const),
  ];
  return sections.flatMap(([group, section]) =>
    Object.entries(section).map(([name, spec]) => bend(group, name, packageOf(name, spec), spec)),
  );
}

function bend(group: string, name: string, target: string, spec: string): Requirement {
  return { group, name, package: target, spec, source: sourceOf(target, spec), everywhere: true };
}

/** The package that an override's key ends with: `a>@s/b@1` → `@s/b`, `a/b` → `b`. */
function lastName(key: string): string {
  const last = key.slice(key.lastIndexOf('>') + 1).trim();
  const version = last.indexOf('@', Math.max(1, last.lastIndexOf('/') + 1));
  const segments = (version === -1 ? last : last.slice(0, version)).split('/');
  const name = segments.at(-1) ?? last;
  const scope = segments.at(-2);
  return scope?.startsWith('@') ? `${scope}/${name}` : name;
}

/** npm's `overrides` nest: the path of keys is the name, and `.` is the key above it. */
function flatten(
  group: string,
  section: Record<string, unknown>,
  above: readonly string[],
  depth: number,
): Requirement[] {
  if (depth > MAX_DEPTH) throw new Unreadable('its overrides are nested too deeply');
  return Object.entries(section).flatMap(([key, value]): Requirement[] => {
    const path = key === '.' ? above : [...above, key];
    if (typeof value === 'string' && word.safeParse(value).success)
      return [bend(group, path.join('>'), lastName(path.at(-1) ?? key), value)];
    if (typeof value !== 'object' || value === null) throw new Unreadable('its overrides are no names and versions');
    return flatten(group, value as Record<string, unknown>, path, depth + 1);
  });
}

function bundled(value: boolean | readonly string[] | undefined): Requirement[] {
  const list = value === true ? ['*'] : value === false || value === undefined ? [] : value;
  return [...new Set(list)].map((name) => ({
    group: 'bundleDependencies',
    name,
    package: name,
    spec: 'bundled',
    source: null,
    everywhere: false,
  }));
}

function packageManager(value: string | undefined): Requirement[] {
  if (value === undefined) return [];
  const [name = '', ...version] = value.split('@');
  const spec = version.join('@');
  const isAddress = /^https?:/i.test(spec);
  return [
    { group: 'packageManager', name, package: name, spec, source: isAddress ? 'a URL' : null, everywhere: false },
  ];
}

function hooksOf(
  json: Record<string, unknown>,
  scripts: Record<string, unknown>,
  trusted: Record<string, readonly string[] | undefined>,
): ReadonlyMap<string, string> {
  const hooks = new Map<string, string>();
  for (const name of INSTALL_SCRIPTS) {
    if (Object.hasOwn(scripts, name)) hooks.set(`scripts.${name}`, textOf(scripts[name]));
  }
  for (const key of ['husky', 'gitHooks', 'simple-git-hooks']) {
    if (Object.hasOwn(json, key)) hooks.set(key, textOf(json[key]));
  }
  for (const [key, packages] of Object.entries(trusted)) {
    for (const name of packages ?? []) hooks.set(`${key}.${name}`, 'may run scripts');
  }
  return hooks;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // JSON.parse reads deeper nesting than JSON.stringify writes.
    throw new Unreadable('it is nested too deeply');
  }
}
