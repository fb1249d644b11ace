/** vcpkg.json and vcpkg-configuration.json (vcpkg's reference of both files). */
import * as z from 'zod';
import { addressName } from '../address';
import { parseJson, word } from '../document';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { staysInside } from '../repositoryPath';

const feature = z.union([word, z.looseObject({ name: word })]);
const dependency = z.union([
  word,
  z.looseObject({
    name: word,
    'version>=': word.optional(),
    features: z.array(feature).optional(),
    'default-features': z.boolean().optional(),
    host: z.boolean().optional(),
    platform: word.optional(),
  }),
]);
const dependencies = z.array(dependency).optional();
const version = word.optional();
const registry = z.looseObject({
  kind: word.optional(),
  repository: word.optional(),
  path: word.optional(),
  location: word.optional(),
  baseline: word.optional(),
  packages: z.array(word).optional(),
});
const configuration = z.looseObject({
  'default-registry': registry.nullish(),
  registries: z.array(registry).optional(),
  'overlay-ports': z.array(word).optional(),
  'overlay-triplets': z.array(word).optional(),
});
const manifest = z.looseObject({
  dependencies,
  features: z.record(word, z.looseObject({ dependencies })).optional(),
  overrides: z
    .array(
      z.looseObject({
        name: word,
        version,
        'version-string': version,
        'version-semver': version,
        'version-date': version,
      }),
    )
    .optional(),
  'builtin-baseline': word.optional(),
  'vcpkg-configuration': configuration.optional(),
  configuration: configuration.optional(),
});

const USUAL = 'github.com/microsoft/vcpkg';

/** Reads a vcpkg.json. Throws Unreadable. */
export function readVcpkg(text: string, path: string): Manifest {
  const json = parseJson(text, manifest);
  const own = settingsOf(json['vcpkg-configuration'] ?? json.configuration ?? {}, path);
  const baseline = json['builtin-baseline'];
  return {
    ...own,
    requirements: [
      ...required('dependencies', json.dependencies),
      ...Object.entries(json.features ?? {}).flatMap(([name, each]) => required(`features.${name}`, each.dependencies)),
      ...(json.overrides ?? []).map((each) => {
        const [spec = ''] = ['version', 'version-string', 'version-semver', 'version-date'].flatMap(
          (key) => word.safeParse(each[key]).data ?? [],
        );
        return bent('overrides', each.name, spec);
      }),
      ...(baseline === undefined ? [] : [bent('builtin-baseline', 'builtin-baseline', baseline)]),
      ...own.requirements,
    ],
  };
}

/** Reads a vcpkg-configuration.json. Throws Unreadable. */
export function readVcpkgConfiguration(text: string, path: string): Manifest {
  return settingsOf(parseJson(text, configuration), path);
}

function required(group: string, list: z.output<typeof dependencies>): readonly Requirement[] {
  return (list ?? []).map((each) => {
    const name = typeof each === 'string' ? each : each.name;
    const spec = typeof each === 'string' ? '' : specOf(each);
    return { ...bent(group, name, spec), everywhere: false };
  });
}

function specOf(each: Exclude<z.output<typeof dependency>, string>): string {
  const features = (each.features ?? []).map((one) => (typeof one === 'string' ? one : one.name)).sort();
  const least = each['version>='];
  return [
    ...(least === undefined ? [] : [`>= ${least}`]),
    ...(features.length > 0 ? [`features: ${features.join(', ')}`] : []),
    ...(each['default-features'] === false ? ['no default features'] : []),
    ...(each.host ? ['host'] : []),
    ...(each.platform === undefined ? [] : [`platform: ${each.platform}`]),
  ].join('; ');
}

/** Registries and overlays; what fixes the versions of a registry is a requirement that bends all. */
function settingsOf(json: z.output<typeof configuration>, path: string): Manifest {
  const registries = new Map<string, string>();
  const requirements: Requirement[] = [];
  const add = (setting: string, { kind, repository, path: folder, location, baseline }: z.output<typeof registry>) => {
    const place = repository ?? location ?? folder;
    const isUsual = kind === 'builtin' || (repository !== undefined && addressName(repository).toLowerCase() === USUAL);
    if (place !== undefined && !isUsual) registries.set(setting, place);
    if (baseline !== undefined) requirements.push(bent(setting, 'baseline', baseline));
  };
  if (json['default-registry']) add('default-registry', json['default-registry']);
  for (const each of json.registries ?? []) add(`registry of ${[...(each.packages ?? [])].sort().join(', ')}`, each);
  for (const key of ['overlay-ports', 'overlay-triplets'] as const) {
    for (const each of json[key] ?? []) if (!staysInside(path, each)) registries.set(`${key} ${each}`, each);
  }
  return { ...EMPTY_MANIFEST, requirements, registries };
}

function bent(group: string, name: string, spec: string): Requirement {
  return { group, name, package: name, spec, source: null, everywhere: true };
}
