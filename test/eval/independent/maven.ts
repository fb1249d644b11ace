/**
 * A second reading of pom.xml, tag by tag. A module of the same repository is no dependency: as a parent it is left out,
 * and as a dependency at the version that it or the project has, its version says nothing.
 */
import { Names, type Reading, type Surroundings } from './reading';

/** One element that names something by its coordinates, with the names of the elements around it. */
interface Named {
  readonly kind: string;
  readonly place: string;
  readonly fields: ReadonlyMap<string, string>;
}

const KINDS = new Set(['dependency', 'plugin', 'parent', 'extension', 'project']);
/** Where each may stand: what a plugin's configuration calls so is none. */
const AROUND: Readonly<Record<string, string>> = {
  dependency: 'dependencies',
  plugin: 'plugins',
  extension: 'extensions',
  parent: 'project',
};
const FIELDS = new Set(['id', 'groupId', 'artifactId', 'version', 'scope', 'type', 'classifier']);

export async function pom(text: string, around: Surroundings): Promise<Reading> {
  const names = new Names();
  const elements = namedIn(text);
  const own = ownOf(elements);
  const modules = await modulesOf(around);
  const properties = propertiesOf(text, own.groupId);
  for (const { kind, place, fields } of elements) {
    if (kind === 'project') continue;
    const at = (field: string) =>
      (fields.get(field) ?? '').replace(/\$\{([\w.-]+)\}/g, (all, key) => properties.get(key) ?? all);
    const name = `${at('groupId') || 'org.apache.maven.plugins'}:${at('artifactId')}`;
    const module = modules.get(name);
    if (kind === 'parent' && module !== undefined) continue;
    const version = at('version');
    const isOwn =
      module !== undefined && [module, own.version, `\${project.version}`, `\${pom.version}`].includes(version);
    const rest = ['scope', 'type', 'classifier']
      .map(at)
      .filter((part) => part !== '' && !/^(?:compile|jar)$/.test(part));
    names.add(name, [isOwn ? 'own' : version, ...rest].join(' '), place);
  }
  return names.reading();
}

/** Every element with coordinates. A field counts for the element that it stands directly in. */
function namedIn(text: string): readonly Named[] {
  const stack: { name: string; fields: Map<string, string> }[] = [];
  const found: Named[] = [];
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  for (const [, close, name = '', empty, content = ''] of plain.matchAll(
    /<(\/?)([A-Za-z][\w.-]*)(?:\s[^<>]*?)?(\/?)>([^<]*)/g,
  )) {
    if (close === '/') {
      const done = stack.pop();
      if (done === undefined || !KINDS.has(done.name)) continue;
      if (Object.hasOwn(AROUND, done.name) && AROUND[done.name] !== stack.at(-1)?.name) continue;
      const place = stack.map((each) => [each.name, ...labelOf(each.name, each.fields)].join(' ')).join('/');
      found.push({ kind: done.name, place, fields: done.fields });
    } else {
      if (FIELDS.has(name)) stack.at(-1)?.fields.set(name, content.trim());
      if (empty !== '/') stack.push({ name, fields: new Map() });
    }
  }
  return found;
}

/** What tells profiles, and plugins, apart from others. */
function labelOf(name: string, fields: ReadonlyMap<string, string>): readonly string[] {
  return name === 'profile' ? [fields.get('id') ?? ''] : name === 'plugin' ? [fields.get('artifactId') ?? ''] : [];
}

interface Coordinates {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
}

function ownOf(elements: readonly Named[]): Coordinates {
  const project = elements.find(({ kind, place }) => kind === 'project' && place === '')?.fields;
  const parent = elements.find(({ kind, place }) => kind === 'parent' && place === 'project')?.fields;
  return {
    groupId: project?.get('groupId') ?? parent?.get('groupId') ?? '',
    artifactId: project?.get('artifactId') ?? '',
    version: project?.get('version') ?? parent?.get('version') ?? '',
  };
}

function propertiesOf(text: string, group: string): ReadonlyMap<string, string> {
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  const inside = /<properties>([\s\S]*?)<\/properties>/.exec(plain)?.[1] ?? '';
  const own = ['project.groupId', 'pom.groupId', 'groupId'].map((key) => [key, group] as const);
  const named = [...inside.matchAll(/<([\w.-]+)>([^<]*)<\/\1>/g)].map(
    ([, key = '', value = '']) => [key, value.trim()] as const,
  );
  return new Map([...own, ...named]);
}

const KNOWN = new WeakMap<Surroundings, Promise<ReadonlyMap<string, string>>>();

/** `groupId:artifactId` of every module in the tree, with its version. */
function modulesOf(around: Surroundings): Promise<ReadonlyMap<string, string>> {
  const known = KNOWN.get(around) ?? readModules(around);
  KNOWN.set(around, known);
  return known;
}

async function readModules({ paths, text }: Surroundings): Promise<ReadonlyMap<string, string>> {
  const modules = new Map<string, string>();
  for (const path of (await paths()).filter((each) => /(?:^|\/)pom\.xml$/.test(each))) {
    const { groupId, artifactId, version } = ownOf(namedIn((await text(path)) ?? ''));
    modules.set(`${groupId}:${artifactId}`, version);
  }
  return modules;
}
