/**
 * A second reading of the common manifests, made apart from the product's: other libraries, or plain expressions over
 * lines. It says only which direct dependencies a manifest names, and with which version as it is written.
 */
import { parse as parseToml } from '@iarna/toml';
import { pom } from './maven';
import { type IndependentReader, Names, type Reading } from './reading';
import { gemfile, gemspec } from './ruby';

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
const tableAt = (value: unknown, ...path: string[]): Table => {
  const found = path.reduce<unknown>((at, key) => (isTable(at) ? at[key] : undefined), value);
  return isTable(found) ? found : {};
};

function packageJson(text: string): Reading {
  const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  const names = new Names();
  for (const section of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
    names.addTable(tableAt(json, section), section);
  }
  return names.reading();
}

function composerJson(text: string): Reading {
  const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  return new Names()
    .addTable(tableAt(json, 'require'), 'require')
    .addTable(tableAt(json, 'require-dev'), 'require-dev')
    .reading();
}

function cargoToml(text: string): Reading {
  const toml: unknown = parseToml(text);
  const names = new Names();
  const sections = ['dependencies', 'dev-dependencies', 'build-dependencies'];
  for (const section of sections) names.addTable(tableAt(toml, section), section);
  names.addTable(tableAt(toml, 'workspace', 'dependencies'), 'workspace');
  for (const [condition, target] of Object.entries(tableAt(toml, 'target'))) {
    for (const section of sections) names.addTable(tableAt(target, section), `${condition} ${section}`);
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

function addPython(names: Names, requirement: string, place = ''): void {
  const [, name, rest] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(requirement) ?? [];
  if (name !== undefined) names.add(pythonName(name), (rest ?? '').trim(), place);
}

function requirementsTxt(text: string): Reading {
  const names = new Names();
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const plain = line.replace(/(^|\s)#.*$/, '').replace(/\s--hash=\S+/g, '');
    if (plain.trim() !== '' && !/^\s*-/.test(plain) && !/^\s*(?:\.|\/|\w+:|git\+)/.test(plain)) addPython(names, plain);
  }
  return names.reading();
}

const prefixed = (prefix: string, table: Table): Table =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [`${prefix} ${name}`, value]));

function pyproject(text: string): Reading {
  const toml: unknown = parseToml(text);
  const names = new Names();
  const lists: Table = {
    project: tableAt(toml, 'project').dependencies,
    'build-system': tableAt(toml, 'build-system').requires,
    ...prefixed('extra', tableAt(toml, 'project', 'optional-dependencies')),
    ...prefixed('group', tableAt(toml, 'dependency-groups')),
    ...prefixed('pdm', tableAt(toml, 'tool', 'pdm', 'dev-dependencies')),
  };
  for (const [place, list] of Object.entries(lists)) {
    for (const item of Array.isArray(list) ? list : []) if (typeof item === 'string') addPython(names, item, place);
  }
  const poetry = tableAt(toml, 'tool', 'poetry');
  const tables: Table = {
    poetry: tableAt(poetry, 'dependencies'),
    'poetry-dev': tableAt(poetry, 'dev-dependencies'),
    ...prefixed('poetry', tableAt(poetry, 'group')),
  };
  for (const [place, table] of Object.entries(tables)) {
    const own = place.startsWith('poetry ') ? tableAt(table, 'dependencies') : tableAt(table);
    for (const [name, spec] of Object.entries(own)) names.add(pythonName(name), spec, place);
  }
  return names.reading();
}

/** `uses: owner/repository@ref` of workflows and actions, and the images of jobs and their services. */
function workflow(text: string): Reading {
  const names = new Names();
  for (const [, name, ref] of text.matchAll(/^[ \t]*(?:- )?[ \t]*uses:[ \t]*["']?([\w.-]+\/[\w./-]+)@([^\s"'#]+)/gm)) {
    names.add(name ?? '', ref);
  }
  for (const [, reference = ''] of text.matchAll(/^[ \t]*(?:- )?[ \t]*uses:[ \t]*["']?docker:\/\/([^\s"'#]+)/gm))
    addImage(names, reference);
  // The indentation of the `container:` or `services:` that the lines below stand in.
  let inside = -1;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || /^\s*#/.test(line)) continue;
    const indent = line.search(/\S/);
    if (indent <= inside) inside = -1;
    const [, key, value = ''] = /^\s*(container|services|image):\s*["']?(\$\{\{[^}]*\}\}|[^\s"'#]*)/.exec(line) ?? [];
    const variable = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/.exec(value)?.[1];
    if (key === 'image' ? inside !== -1 : key === 'container')
      for (const image of variable === undefined ? [value] : valuesOf(text, variable)) addImage(names, image);
    if (key !== undefined && key !== 'image' && value === '' && inside === -1) inside = indent;
  }
  return names.reading();
}

/** Values of a key wherever it stands: one, a list on the line, or a list on the lines below. */
function valuesOf(text: string, key: string): readonly string[] {
  const found = text.matchAll(
    new RegExp(`^[ \\t]*(?:- )?[ \\t]*${key}:(.*)((?:\\n[ \\t]+- [^:\\n]+(?::\\S+)?$)*)`, 'gm'),
  );
  return [...found].flatMap(([, own = '', below = '']) =>
    [...`${own.replace(/#.*$/, '')} ${below.replace(/^\s*- /gm, '')}`.matchAll(/[^\s,"'[\]]+/g)].map(([word]) => word),
  );
}

function addImage(names: Names, image: string): void {
  if (image === '' || image === 'scratch' || image.includes('$') || image.startsWith('{')) return;
  const [, name, version] = /^([^@]*?)(?::([^/@]+(?:@.*)?)|(?:@(.*)))?$/.exec(image) ?? [];
  names.add(name ?? image, version ?? image.slice((name ?? '').length));
}

function dockerfile(text: string): Reading {
  const names = new Names();
  const stages = new Set([...text.matchAll(/^FROM\s.*\sAS\s+(\S+)/gim)].map(([, stage]) => stage?.toLowerCase()));
  for (const [, image] of text.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gim)) {
    if (image !== undefined && !stages.has(image.toLowerCase())) addImage(names, image);
  }
  return names.reading();
}

const READERS: readonly (readonly [RegExp, IndependentReader])[] = [
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
export function readerOf(path: string): IndependentReader | null {
  return READERS.find(([form]) => form.test(path))?.[1] ?? null;
}
