/** pom.xml (Maven documentation, "POM Reference" and "Maven Model"). */
import { Unreadable } from '../document';
import { merged } from '../merged';
import type { Manifest, Requirement } from '../model';
import { substituted } from '../substitution';
import { childOf, childrenOf, parseXml, textAt, type XmlElement } from '../xml';
import { isUsualRepository } from './repositories';

const PLUGIN_GROUP = 'org.apache.maven.plugins';
/** Properties that are called versions, and decide of no dependency. */
const OTHER_VERSIONS = /^(?:java|jdk|jre|jvm|maven\.compiler|project|app|application|build|api|schema|release)[.-]/i;

/** What a project's own version is put together from (Maven documentation, "CI Friendly Versions"). */
const OWN_VERSION = ['revision', 'sha1', 'changelist'];

/** How a file names the version of its own project (Maven documentation, "Available Variables"). */
const PROJECT_VERSION = [`\${project.version}`, `\${pom.version}`, `\${version}`];

/** Profiles times dependencies: a project of people has a few thousand at most. */
const MOST_COMBINATIONS = 100_000;

/** What the file says of itself. */
interface Properties {
  /** Looks up a property; undefined = not in this file. */
  (name: string): string | undefined;
  readonly ownGroup: string;
  readonly ownVersion: string;
}

/** Reads the pom.xml at a path. Throws Unreadable. */
export function readPom(text: string, path: string): Manifest {
  const root = parseXml(text);
  if (root.name !== 'project') throw new Unreadable('its root is no project');
  const own = propertiesOf(root, new Map());
  const plain = requirementsOf(root, '', own);
  const general = [...parentOf(root, path, own), ...plain];
  const profiles = childrenOf(childOf(root, 'profiles'), 'profile');
  const registries = new Map(registriesOf(root, '', own));
  const isReadInFull = profiles.length * general.length <= MOST_COMBINATIONS;
  const special = profiles.flatMap((profile) => {
    const prefix = `profiles.${textAt(profile, 'id')}.`;
    const properties = propertiesOf(root, propertyMap(profile));
    for (const [setting, url] of registriesOf(profile, prefix, properties)) registries.set(setting, url);
    return [
      ...requirementsOf(profile, prefix, properties),
      ...(isReadInFull ? differing(plain, requirementsOf(root, '', properties), prefix) : []),
    ];
  });
  return {
    requirements: merged([...general, ...special, ...versionProperties(root, text)]),
    hooks: new Map(),
    registries,
    faults: isReadInFull ? [] : ['profiles'],
  };
}

function requirementsOf(root: XmlElement, prefix: string, properties: Properties): Requirement[] {
  return [
    ...dependencies(childOf(root, 'dependencies'), `${prefix}dependencies`, properties, false),
    ...dependencies(
      childOf(root, 'dependencyManagement', 'dependencies'),
      `${prefix}dependencyManagement`,
      properties,
      true,
    ),
    ...plugins(childOf(root, 'build', 'plugins'), `${prefix}plugins`, properties, false),
    ...plugins(childOf(root, 'build', 'pluginManagement', 'plugins'), `${prefix}pluginManagement`, properties, true),
    ...plugins(childOf(root, 'reporting', 'plugins'), `${prefix}reporting.plugins`, properties, false),
    ...childrenOf(childOf(root, 'build', 'extensions'), 'extension').map((element) =>
      requirement(`${prefix}extensions`, element, properties, false),
    ),
  ];
}

/**
 * The parent, unless it is a project of the same repository: by default it is looked for in the folder above, and shares
 * its group with its children.
 */
function parentOf(root: XmlElement, path: string, properties: Properties): Requirement[] {
  const parent = childOf(root, 'parent');
  if (parent === undefined) return [];
  const place = childOf(parent, 'relativePath');
  const isAbove = place === undefined ? path.includes('/') : place.text !== '';
  const isOwn = [textAt(parent, 'groupId'), ''].includes(textAt(root, 'groupId'));
  return isAbove && isOwn ? [] : [requirement('parent', parent, properties, false)];
}

function dependencies(
  list: XmlElement | undefined,
  group: string,
  properties: Properties,
  everywhere: boolean,
): Requirement[] {
  return childrenOf(list, 'dependency').map((element) => {
    const scope = substituted(textAt(element, 'scope'), properties);
    const section = scope === '' || scope === 'compile' ? group : `${group}.${scope}`;
    return requirement(section, element, properties, everywhere);
  });
}

/** Plugins run during a build, and so does what they depend on. */
function plugins(
  list: XmlElement | undefined,
  group: string,
  properties: Properties,
  everywhere: boolean,
): Requirement[] {
  return childrenOf(list, 'plugin').flatMap((element) => {
    const plugin = requirement(group, element, properties, everywhere, PLUGIN_GROUP);
    const inside = childOf(element, 'dependencies');
    return [plugin, ...dependencies(inside, `${group}.${plugin.name}.dependencies`, properties, false)];
  });
}

function requirement(
  group: string,
  element: XmlElement,
  properties: Properties,
  everywhere: boolean,
  defaultGroup = '',
): Requirement {
  const at = (name: string) => substituted(textAt(element, name), properties);
  const coordinates = `${at('groupId') || defaultGroup}:${at('artifactId')}`;
  const variant = [at('type').replace(/^(?:jar|pom)$/, ''), at('classifier')].filter((part) => part !== '');
  const path = at('systemPath');
  // Modules of one project name each other by the version that they are released with.
  const isOwn =
    at('groupId') === properties.ownGroup && [properties.ownVersion, ...PROJECT_VERSION].includes(at('version'));
  return {
    group,
    name: [coordinates, ...variant].join(':'),
    package: coordinates,
    spec: path === '' ? at('version') : `${at('version')} at ${path}`,
    source: path === '' ? null : 'a path',
    everywhere,
    ...(isOwn && path === '' && properties.ownVersion !== '' ? { isOwn } : {}),
  };
}

/** What a profile's properties make of the dependencies outside it. */
function differing(general: readonly Requirement[], special: readonly Requirement[], prefix: string): Requirement[] {
  return special.flatMap((each, index) =>
    each.spec === general[index]?.spec ? [] : [{ ...each, group: `${prefix}${each.group}` }],
  );
}

function propertyMap(element: XmlElement): Map<string, string> {
  return new Map(childOf(element, 'properties')?.children.map(({ name, text }) => [name, text]) ?? []);
}

/**
 * Properties of the file, with those of a profile before them. The project's own version stays verbatim: with each of its
 * releases it would change what the project's modules want of each other.
 */
function propertiesOf(root: XmlElement, profile: ReadonlyMap<string, string>): Properties {
  const named = new Map([...propertyMap(root), ...profile]);
  for (const name of OWN_VERSION) named.delete(name);
  const group = textAt(root, 'groupId') || textAt(root, 'parent', 'groupId');
  if (group !== '') for (const name of ['project.groupId', 'pom.groupId', 'groupId']) named.set(name, group);
  const lookUp = (name: string) => named.get(name);
  const ownVersion = textAt(root, 'version') || textAt(root, 'parent', 'version');
  return Object.assign(lookUp, { ownGroup: group, ownVersion });
}

/**
 * Properties that name a version and are used by other files: a parent's children, or the parent itself whose version
 * they replace.
 */
function versionProperties(root: XmlElement, text: string): Requirement[] {
  const used = new Set([...text.matchAll(/\$\{([^{}]{1,200})\}/g)].map(([, name]) => name));
  return [...propertyMap(root)]
    .filter(([name]) => /(?:^version\.|[.-]version$)/i.test(name) && !OTHER_VERSIONS.test(name) && !used.has(name))
    .map(([name, spec]) => ({
      group: 'properties',
      name,
      package: name,
      spec,
      source: null,
      everywhere: true,
      ecosystem: 'generic',
    }));
}

function registriesOf(root: XmlElement, prefix: string, properties: Properties): [string, string][] {
  return ['repositories', 'pluginRepositories'].flatMap((section) => {
    const item = section === 'repositories' ? 'repository' : 'pluginRepository';
    return childrenOf(childOf(root, section), item).flatMap((element): [string, string][] => {
      const url = substituted(textAt(element, 'url'), properties);
      return isUsualRepository(url) ? [] : [[`${prefix}${section}.${textAt(element, 'id')}`, url]];
    });
  });
}
