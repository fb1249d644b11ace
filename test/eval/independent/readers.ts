/**
 * A second reading of the common manifests, made apart from the product's: other libraries, or plain expressions over
 * lines. It says only which direct dependencies a manifest names, and with which version as it is written.
 */
import { parse as parseToml } from '@iarna/toml';

/** Name to version, the versions of several sections joined. */
export type Reading = ReadonlyMap<string, string>;

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
const tableAt = (value: unknown, ...path: string[]): Table => {
  const found = path.reduce<unknown>((at, key) => (isTable(at) ? at[key] : undefined), value);
  return isTable(found) ? found : {};
};

/** Collects names and what is said of them; a name may be said more than once. */
class Names {
  readonly #said = new Map<string, string[]>();

  add(name: string, spec: unknown): void {
    const text = typeof spec === 'string' ? spec : (JSON.stringify(spec) ?? '');
    this.#said.set(name, [...(this.#said.get(name) ?? []), text]);
  }

  addTable(table: Table): this {
    for (const [name, spec] of Object.entries(table)) this.add(name, spec);
    return this;
  }

  reading(): Reading {
    return new Map([...this.#said].map(([name, specs]) => [name, [...new Set(specs)].sort().join(' | ')]));
  }
}

function packageJson(text: string): Reading {
  const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  const names = new Names();
  for (const section of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
    names.addTable(tableAt(json, section));
  }
  return names.reading();
}

function composerJson(text: string): Reading {
  const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  return new Names().addTable(tableAt(json, 'require')).addTable(tableAt(json, 'require-dev')).reading();
}

function cargoToml(text: string): Reading {
  const toml: unknown = parseToml(text);
  const names = new Names();
  const sections = ['dependencies', 'dev-dependencies', 'build-dependencies'];
  for (const section of sections) names.addTable(tableAt(toml, section));
  names.addTable(tableAt(toml, 'workspace', 'dependencies'));
  for (const target of Object.values(tableAt(toml, 'target'))) {
    for (const section of sections) names.addTable(tableAt(target, section));
  }
  return names.reading();
}

/** `require` of a go.mod without what is there for others' sake. */
function goMod(text: string): Reading {
  const names = new Names();
  let inBlock = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^require\s*\(/.test(line)) inBlock = true;
    else if (inBlock && /^\s*\)/.test(line)) inBlock = false;
    else {
      const [, module, version, rest] =
        (inBlock ? /^\s*(\S+)\s+(v\S+)(.*)$/ : /^require\s+(\S+)\s+(v\S+)(.*)$/).exec(line) ?? [];
      if (module !== undefined && !module.startsWith('//') && !/\/\/\s*indirect\b/.test(rest ?? '')) {
        names.add(module, version);
      }
    }
  }
  return names.reading();
}

/** The name that Python means, whatever its punctuation (PEP 503). */
const pythonName = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');

function addPython(names: Names, requirement: string): void {
  const [, name, rest] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(requirement) ?? [];
  if (name !== undefined) names.add(pythonName(name), (rest ?? '').trim());
}

function requirementsTxt(text: string): Reading {
  const names = new Names();
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const plain = line.replace(/(^|\s)#.*$/, '').replace(/\s--hash=\S+/g, '');
    if (plain.trim() !== '' && !/^\s*-/.test(plain) && !/^\s*(?:\.|\/|\w+:|git\+)/.test(plain)) addPython(names, plain);
  }
  return names.reading();
}

function pyproject(text: string): Reading {
  const toml: unknown = parseToml(text);
  const names = new Names();
  const lists = [
    tableAt(toml, 'project').dependencies,
    tableAt(toml, 'build-system').requires,
    ...Object.values(tableAt(toml, 'project', 'optional-dependencies')),
    ...Object.values(tableAt(toml, 'dependency-groups')),
    ...Object.values(tableAt(toml, 'tool', 'pdm', 'dev-dependencies')),
  ];
  for (const list of lists) {
    for (const item of Array.isArray(list) ? list : []) if (typeof item === 'string') addPython(names, item);
  }
  const poetry = tableAt(toml, 'tool', 'poetry');
  const groups = Object.values(tableAt(poetry, 'group')).map((group) => tableAt(group, 'dependencies'));
  for (const table of [tableAt(poetry, 'dependencies'), tableAt(poetry, 'dev-dependencies'), ...groups]) {
    for (const [name, spec] of Object.entries(table)) names.add(pythonName(name), spec);
  }
  return names.reading();
}

/** `gem 'name', 'version'…` of a Gemfile, at the beginning of a line. */
function gemfile(text: string): Reading {
  const names = new Names();
  for (const [, name, rest] of text.matchAll(/^[ \t]*gem[ (]+["']([^"'\n]+)["'](.*)$/gm)) {
    names.add(name ?? '', versionsIn(rest ?? ''));
  }
  return names.reading();
}

function gemspec(text: string): Reading {
  const names = new Names();
  const call = /\.add(?:_runtime|_development)?_dependency[ (]+["']([^"'\n]+)["'](.*)$/gm;
  for (const [, name, rest] of text.matchAll(call)) names.add(name ?? '', versionsIn(rest ?? ''));
  return names.reading();
}

/** Versions, and where a gem comes from when that is not the usual place. */
const versionsIn = (rest: string) => {
  const versions = [...rest.matchAll(/["']([~<>=! \d][^"']*)["']/g)].map(([, it]) => it);
  const places = [...rest.matchAll(/\b(git|github|gist|path|source|branch|tag|ref)(?::| *=>) *["']([^"']*)["']/g)];
  return [...versions, ...places.map(([, option, value]) => `${option}: ${value}`)].join(', ');
};

/** `groupId:artifactId` of every dependency and plugin of a pom, with versions as they are written. */
function pom(text: string): Reading {
  const names = new Names();
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  const properties = new Map(
    [...(/<properties>([\s\S]*?)<\/properties>/.exec(plain)?.[1] ?? '').matchAll(/<([\w.-]+)>([^<]*)<\/\1>/g)].map(
      ([, key, value]) => [key ?? '', (value ?? '').trim()] as const,
    ),
  );
  for (const [, , body] of plain.matchAll(/<(dependency|plugin|parent|extension)>([\s\S]*?)<\/\1>/g)) {
    const own = (body ?? '').replace(/<(exclusions|configuration|executions|dependencies)>[\s\S]*?<\/\1>/g, '');
    const field = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(own)?.[1]?.trim();
    const version = (field('version') ?? '').replace(/\$\{([\w.-]+)\}/g, (all, key) => properties.get(key) ?? all);
    names.add(`${field('groupId') ?? 'org.apache.maven.plugins'}:${field('artifactId') ?? ''}`, version);
  }
  return names.reading();
}

/** `uses: owner/repository@ref` of workflows and actions. */
function workflow(text: string): Reading {
  const names = new Names();
  for (const [, name, ref] of text.matchAll(/^[ \t]*(?:- )?[ \t]*uses:[ \t]*["']?([\w.-]+\/[\w./-]+)@([^\s"'#]+)/gm)) {
    names.add(name ?? '', ref);
  }
  return names.reading();
}

function dockerfile(text: string): Reading {
  const names = new Names();
  const stages = new Set([...text.matchAll(/^FROM\s.*\sAS\s+(\S+)/gim)].map(([, stage]) => stage?.toLowerCase()));
  for (const [, image] of text.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gim)) {
    if (image === undefined || image === 'scratch' || image.includes('$') || stages.has(image.toLowerCase())) continue;
    const [, name, version] = /^([^@]*?)(?::([^/@]+(?:@.*)?)|(?:@(.*)))?$/.exec(image) ?? [];
    names.add(name ?? image, version ?? image.slice((name ?? '').length));
  }
  return names.reading();
}

const READERS: readonly (readonly [RegExp, (text: string) => Reading])[] = [
  [/(?:^|\/)package\.json$/, packageJson],
  [/(?:^|\/)composer\.json$/, composerJson],
  [/(?:^|\/)Cargo\.toml$/, cargoToml],
  [/(?:^|\/)go\.mod$/, goMod],
  [/(?:^|\/)requirements[\w.-]*\.(?:txt|in)$/, requirementsTxt],
  [/(?:^|\/)requirements\/[\w.-]+\.(?:txt|in)$/, requirementsTxt],
  [/(?:^|\/)pyproject\.toml$/, pyproject],
  [/(?:^|\/)(?:Gemfile|gems\.rb)$/, gemfile],
  [/\.gemspec$/, gemspec],
  [/(?:^|\/)pom\.xml$/, pom],
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, workflow],
  [/(?:^|\/)Dockerfile$/, dockerfile],
];

/** The independent reader of a path, or null where there is none. */
export function readerOf(path: string): ((text: string) => Reading) | null {
  return READERS.find(([form]) => form.test(path))?.[1] ?? null;
}
