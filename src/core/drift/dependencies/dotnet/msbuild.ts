/**
 * Projects and shared properties of MSBuild: *.csproj and its relatives, Directory.Build.props, Directory.Packages.props
 * (NuGet documentation, "PackageReference in project files" and "Central Package Management"; MSBuild documentation,
 * "How to: Use MSBuild project SDKs").
 */
import { Unreadable } from '../document';
import { merged } from '../merged';
import type { Manifest, Requirement } from '../model';
import { substituted } from '../substitution';
import { childrenOf, parseXml, textAt, type XmlElement } from '../xml';
import { isUsualFeed } from './feeds';
import { hooksOf } from './msbuildHooks';
import { packageOf } from './packageId';

/** Items that name packages; central ones decide versions for many projects. */
const ITEMS: Readonly<Record<string, { readonly everywhere: boolean }>> = {
  PackageReference: { everywhere: false },
  PackageVersion: { everywhere: true },
  GlobalPackageReference: { everywhere: true },
  DotNetCliToolReference: { everywhere: false },
  PackageDownload: { everywhere: false },
};
/** Properties that name places of packages (NuGet documentation, "Restore target"). */
const FEEDS = ['RestoreSources', 'RestoreAdditionalProjectSources', 'RestoreFallbackFolders', 'RestoreConfigFile'];
/** SDKs that come with the tool itself. */
const OWN_SDK = /^microsoft\.net\.sdk(?:\.|$)/i;
/** Properties that are called versions, and decide of no package. */
const OTHER_VERSIONS =
  /^(?:assembly|file|product|informational|target|lang|language|windows|supported|min|max|application|app|android|ios|package|major|minor|patch|build|release|project|version|csharp|net|dotnet|sdk|vs|visualstudio|schema|api|git|semver)/i;

/** Looks up a property; undefined = not in this file. */
type Properties = (name: string) => string | undefined;

/** Reads the MSBuild file at a path. Throws Unreadable. */
export function readMsBuild(text: string, path: string): Manifest {
  const root = parseXml(text);
  if (root.name.toLowerCase() !== 'project') throw new Unreadable('its root is no project');
  const values = propertyValues(root);
  const properties: Properties = (name) => values.get(name.toLowerCase());
  const requirements = [
    ...itemsOf(root, '', properties),
    ...sdksOf(root, properties),
    ...(/\.(?:props|targets)$/i.test(path) ? versionProperties(root, text) : []),
  ];
  return {
    requirements: merged(requirements),
    hooks: hooksOf(root, (value) => fill(value, properties)),
    registries: feedsOf(values, properties),
    faults: [],
  };
}

function fill(text: string, properties: Properties): string {
  return substituted(text, properties, /\$\(([\w.-]{1,200})\)/g);
}

/** Item groups of the project, and of targets and choices in it: what holds only sometimes says when. */
function itemsOf(element: XmlElement, condition: string, properties: Properties): Requirement[] {
  return element.children.flatMap((child) => {
    const when = joined(condition, child);
    const known = Object.hasOwn(ITEMS, child.name) ? ITEMS[child.name] : undefined;
    if (known !== undefined) return itemOf(child, when, known.everywhere, properties);
    if (child.name === 'Reference') return fileOf(child, when, properties);
    return ['ItemGroup', 'Choose', 'When', 'Otherwise', 'Target'].includes(child.name)
      ? itemsOf(child, when, properties)
      : [];
  });
}

function joined(condition: string, { attributes, name }: XmlElement): string {
  const own = attributes.get('Condition')?.replace(/\s+/g, ' ') ?? (name === 'Otherwise' ? 'otherwise' : '');
  return [condition, own].filter((part) => part !== '').join(' and ');
}

function itemOf(element: XmlElement, when: string, everywhere: boolean, properties: Properties): Requirement[] {
  const at = (name: string) => fill(element.attributes.get(name) ?? textAt(element, name), properties);
  const condition = when === '' ? '' : ` [${when}]`;
  const isPrivate = /(?:^|;)\s*all\s*(?:;|$)/i.test(at('PrivateAssets'));
  const override = at('VersionOverride');
  const spec = override === '' ? at('Version') : `${override} (override)`;
  return (['Include', 'Update', 'Remove'] as const).flatMap((action) => {
    const ids = fill(element.attributes.get(action) ?? '', properties).split(';');
    const section = element.name + (action === 'Include' ? (isPrivate ? '.private' : '') : `.${action}`);
    return ids
      .filter((id) => id.trim() !== '')
      .map((id) => packageOf(`${section}${condition}`, id, spec, everywhere || action === 'Update'));
  });
}

/** An assembly by its path: those of the framework have none, and those below `packages` are in packages.config. */
function fileOf(element: XmlElement, when: string, properties: Properties): Requirement[] {
  const path = fill(element.attributes.get('HintPath') ?? textAt(element, 'HintPath'), properties);
  if (path === '' || /(?:^|[\\/])packages[\\/]/i.test(path)) return [];
  const [id = ''] = (element.attributes.get('Include') ?? '').split(',');
  const group = when === '' ? 'Reference' : `Reference [${when}]`;
  return [{ ...packageOf(group, id, path), source: 'a path', ecosystem: 'generic' }];
}

function sdksOf(root: XmlElement, properties: Properties): Requirement[] {
  const attribute = (element: XmlElement, name: string) => fill(element.attributes.get(name) ?? '', properties);
  const named = (root.attributes.get('Sdk') ?? '').split(';').map((each) => fill(each.trim(), properties));
  const elements = [
    ...childrenOf(root, 'Sdk').map((each) => `${attribute(each, 'Name')}/${attribute(each, 'Version')}`),
    ...childrenOf(root, 'Import').map((each) => `${attribute(each, 'Sdk')}/${attribute(each, 'Version')}`),
  ];
  return [...new Set([...named, ...elements])].flatMap((each) => {
    const [id = '', version = ''] = each.split('/', 2);
    return id === '' || (version === '' && OWN_SDK.test(id)) ? [] : [packageOf('Sdk', id, version)];
  });
}

/** Properties by lower-case name; one that has several values under several conditions is all of them. */
function propertyValues(root: XmlElement): ReadonlyMap<string, string> {
  const values = new Map<string, Set<string>>();
  for (const { name, text } of propertyElements(root)) {
    const key = name.toLowerCase();
    values.set(key, (values.get(key) ?? new Set()).add(text));
  }
  return new Map([...values].map(([name, each]) => [name, [...each].slice(0, 20).join(' or ')]));
}

function propertyElements(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => {
    if (child.name === 'PropertyGroup') return [...child.children];
    return ['Choose', 'When', 'Otherwise', 'Target'].includes(child.name) ? propertyElements(child) : [];
  });
}

/** Versions that the projects below use: properties of a shared file which it does not use itself. */
function versionProperties(root: XmlElement, text: string): Requirement[] {
  const used = new Set([...text.matchAll(/\$\(([\w.-]{1,200})\)/g)].map(([, name]) => name?.toLowerCase()));
  return propertyElements(root)
    .filter(({ name }) => /version$/i.test(name) && !OTHER_VERSIONS.test(name) && !used.has(name.toLowerCase()))
    .map(({ name, text: spec }) => ({ ...packageOf('properties', name, spec, true), ecosystem: 'generic' }));
}

function feedsOf(values: ReadonlyMap<string, string>, properties: Properties): ReadonlyMap<string, string> {
  return new Map(
    FEEDS.flatMap((name): [string, string][] => {
      const value = values.get(name.toLowerCase());
      const places = (value === undefined ? '' : fill(value, properties)).split(';').map((each) => each.trim());
      // `$(RestoreSources)` inside itself means what it was before.
      const other = places.filter((place) => place !== '' && !place.startsWith('$(') && !isUsualFeed(place));
      return other.length === 0 ? [] : [[name, other.join(';')]];
    }),
  );
}
