/** packages.config, *.nuspec and nuget.config (NuGet documentation, the reference of each). */
import { Unreadable } from '../document';
import { merged } from '../merged';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml';
import { isUsualFeed } from './feeds';
import { packageOf } from './packageId';

/** Reads a packages.config. Throws Unreadable. */
export function readPackagesConfig(text: string): Manifest {
  const root = rootOf(text, 'packages');
  const requirements = childrenOf(root, 'package').map((element) => {
    const isDevelopment = element.attributes.get('developmentDependency')?.toLowerCase() === 'true';
    return named(isDevelopment ? 'packages.development' : 'packages', element);
  });
  return { ...EMPTY_MANIFEST, requirements: merged(requirements) };
}

/** Reads what a package that is to be made depends on. Throws Unreadable. */
export function readNuspec(text: string): Manifest {
  const list = childOf(rootOf(text, 'package'), 'metadata', 'dependencies');
  const groups = childrenOf(list, 'group').flatMap((group) =>
    childrenOf(group, 'dependency').map((element) =>
      named(`dependencies [${group.attributes.get('targetFramework') ?? ''}]`, element),
    ),
  );
  const plain = childrenOf(list, 'dependency').map((element) => named('dependencies', element));
  return { ...EMPTY_MANIFEST, requirements: merged([...plain, ...groups]) };
}

/** Reads which feeds packages come from, and which packages from which feed. Throws Unreadable. */
export function readNugetConfig(text: string): Manifest {
  const root = rootOf(text, 'configuration');
  const registries = new Map<string, string>();
  for (const section of ['packageSources', 'fallbackPackageFolders', 'disabledPackageSources']) {
    for (const element of childrenOf(childOf(root, section), 'add')) {
      const value = element.attributes.get('value') ?? '';
      if (!isUsualFeed(value)) registries.set(`${section}.${element.attributes.get('key') ?? ''}`, value);
    }
  }
  for (const source of childrenOf(childOf(root, 'packageSourceMapping'), 'packageSource')) {
    const patterns = childrenOf(source, 'package').map(({ attributes }) => attributes.get('pattern') ?? '');
    registries.set(`packageSourceMapping.${source.attributes.get('key') ?? ''}`, patterns.sort().join(', '));
  }
  return { ...EMPTY_MANIFEST, registries };
}

function rootOf(text: string, name: string): XmlElement {
  const root = parseXml(text);
  if (root.name !== name) throw new Unreadable(`its root is not ${name}`);
  return root;
}

function named(group: string, { attributes }: XmlElement): Requirement {
  return packageOf(group, attributes.get('id') ?? '', attributes.get('version') ?? '');
}
