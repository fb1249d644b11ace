/** libs.versions.toml (Gradle User Manual, "Version Catalogs"). */
import * as z from 'zod';
import { word } from '../document';
import { merged } from '../merged';
import type { Manifest, Requirement } from '../model';
import { parseToml } from '../toml';

const list = z.union([word, z.array(word)]);
const rich = z.looseObject({
  ref: word.optional(),
  require: word.optional(),
  strictly: word.optional(),
  prefer: word.optional(),
  reject: list.optional(),
  rejectAll: z.boolean().optional(),
});
const version = z.union([word, rich]);
const library = z.looseObject({
  module: word.optional(),
  group: word.optional(),
  name: word.optional(),
  version: version.optional(),
});
const plugin = z.looseObject({ id: word, version: version.optional() });
const catalog = z.looseObject({
  versions: z.record(word, version).optional(),
  libraries: z.record(word, z.union([word, library])).optional(),
  plugins: z.record(word, z.union([word, plugin])).optional(),
  bundles: z.record(word, z.array(word)).optional(),
});

type Version = z.output<typeof version>;
type Catalog = z.output<typeof catalog>;

/** Versions that are no dependency's: of the language, of the platform, of the project itself. */
const OTHER_VERSIONS = /sdk|jdk|java|jvm|target|toolchain|version-?(?:code|name)|^(?:app|project|version)(?:$|-)/i;

/** Reads a version catalog. Throws Unreadable. */
export function readVersionCatalog(text: string): Manifest {
  const toml = parseToml(text, catalog);
  const used = new Set<string>();
  const spec = (value: Version | undefined) => specOf(value, toml.versions ?? {}, used);
  const requirements = [
    ...Object.values(toml.libraries ?? {}).map((value) => libraryOf(value, spec)),
    ...Object.values(toml.plugins ?? {}).map((value) => pluginOf(value, spec)),
    ...bundlesOf(toml),
  ];
  // Read last: what the others refer to is theirs.
  const others = Object.entries(toml.versions ?? {})
    .filter(([name]) => !used.has(name) && !OTHER_VERSIONS.test(name))
    .map(([name, value]) => ({ ...requirement('versions', name, name, spec(value)), ecosystem: 'generic' }));
  return { requirements: merged([...requirements, ...others]), hooks: new Map(), registries: new Map(), faults: [] };
}

function libraryOf(value: string | z.output<typeof library>, spec: (value?: Version) => string): Requirement {
  if (typeof value === 'string') {
    const [group = '', name = '', ...rest] = value.split(':');
    return requirement('libraries', `${group}:${name}`, `${group}:${name}`, rest.join(':'));
  }
  const name = value.module ?? `${value.group ?? ''}:${value.name ?? ''}`;
  return requirement('libraries', name, name, spec(value.version));
}

/** A plugin is fetched by its marker (Gradle User Manual, "Plugin Marker Artifacts"). */
function pluginOf(value: string | z.output<typeof plugin>, spec: (value?: Version) => string): Requirement {
  const colon = typeof value === 'string' ? value.indexOf(':') : -1;
  const id = typeof value === 'string' ? value.slice(0, colon === -1 ? value.length : colon) : value.id;
  const own = typeof value === 'string' ? (colon === -1 ? '' : value.slice(colon + 1)) : spec(value.version);
  return requirement('plugins', id, `${id}:${id}.gradle.plugin`, own);
}

function bundlesOf({ bundles }: Catalog): Requirement[] {
  return Object.entries(bundles ?? {}).flatMap(([bundle, members]) =>
    members.map((member) => ({
      ...requirement(`bundles.${bundle}`, `libs.${member.replaceAll(/[_-]/g, '.')}`, member, `libs.${member}`),
      ecosystem: 'generic',
    })),
  );
}

function requirement(group: string, name: string, target: string, spec: string): Requirement {
  return { group, name, package: target, spec, source: null, everywhere: true };
}

function specOf(value: Version | undefined, versions: Record<string, Version>, used: Set<string>): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value.ref !== undefined) {
    used.add(value.ref);
    const target = Object.hasOwn(versions, value.ref) ? versions[value.ref] : undefined;
    // A version does not refer to another one.
    if (target === undefined || (typeof target !== 'string' && target.ref !== undefined)) return `ref ${value.ref}`;
    return specOf(target, versions, used);
  }
  const { require, strictly, prefer, reject, rejectAll } = value;
  const parts = [
    require,
    strictly && `strictly ${strictly}`,
    prefer && `prefer ${prefer}`,
    reject && `reject ${[reject].flat().join(', ')}`,
    rejectAll && 'reject all',
  ];
  return parts.filter(Boolean).join(' ');
}
