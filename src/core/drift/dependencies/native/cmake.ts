/**
 * CMakeLists.txt and `*.cmake`: what FetchContent, ExternalProject, CPM and `file(DOWNLOAD)` fetch (CMake's documentation
 * of these modules; CPM.cmake's README). Whatever else such a file says is no concern of ours.
 */
import { addressFault, addressName } from '../address';
import { joinDuplicates } from '../duplicates';
import { EMPTY_MANIFEST, type Manifest, type Requirement } from '../model';
import { pathSource } from '../repositoryPath';
import { type Argument, type Command, commandsOf } from './cmakeSyntax';
import { expanded, isComputed, variablesOf } from './cmakeVariables';

/** Commands that fetch, by the group that they are shown in. */
const FETCHING: ReadonlyMap<string, string> = new Map([
  ['fetchcontent_declare', 'FetchContent'],
  ['fetchcontent_populate', 'FetchContent'],
  ['externalproject_add', 'ExternalProject'],
  ['cpmaddpackage', 'CPM'],
  ['cpmfindpackage', 'CPM'],
  ['cpmdeclarepackage', 'CPM'],
  ['file', 'DOWNLOAD'],
]);
const MENTIONS =
  /(?:FetchContent_(?:Declare|Populate)|ExternalProject_Add|CPM(?:Add|Find|Declare)Package|file\s{0,20}\(\s{0,20}DOWNLOAD)\b/i;
/** With a low line, or one of these: unquoted upper-case words are values, too. */
const KEYWORD = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|URL|URI|NAME|VERSION|OPTIONS|DEPENDS|SYSTEM|PREFIX|TIMEOUT)$/;
/** What runs when something is fetched. */
const COMMANDS = ['DOWNLOAD_COMMAND', 'UPDATE_COMMAND', 'PATCH_COMMAND'];
const GITHUB = 'github.com/';
/** CPM's short forms of addresses. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['gh', 'https://github.com/'],
  ['gl', 'https://gitlab.com/'],
  ['bb', 'https://bitbucket.org/'],
]);

/** Reads a file of CMake; what is computed is a fault. Throws Unreadable where something may be fetched. */
export function readCmake(text: string, path: string): Manifest {
  if (!MENTIONS.test(text)) return EMPTY_MANIFEST;
  const commands = commandsOf(text);
  const variables = variablesOf(commands);
  const requirements: Requirement[] = [];
  const hooks = new Map<string, string>();
  const faults = new Set<string>();
  for (const command of commands) {
    const fetched = fetchedBy(command, variables);
    if (fetched === null) continue;
    const { group, name, options } = fetched;
    for (const key of COMMANDS) if (options.get(key)) hooks.set(`${group} ${name} ${key}`, options.get(key) ?? '');
    const requirement = requirementOf(fetched, path);
    if (requirement) requirements.push(requirement);
    const isUnknown = requirement ? isComputed(`${requirement.name} ${requirement.spec}`) : isComputed(name);
    // Of a name that is computed nothing is known, and one fault tells it.
    if (isUnknown) faults.add(isComputed(name) ? group : `${group} ${name}`.slice(0, 200));
  }
  return { requirements: joinDuplicates(requirements), hooks, registries: new Map(), faults: [...faults] };
}

interface Fetched {
  readonly group: string;
  readonly name: string;
  readonly options: ReadonlyMap<string, string>;
}

function fetchedBy(command: Command, variables: ReadonlyMap<string, string>): Fetched | null {
  const group = FETCHING.get(command.name);
  if (group === undefined) return null;
  const parts = command.arguments.map((each) => ({ ...each, text: expanded(each.text, variables) }));
  const [first, second, third] = parts;
  if (first === undefined) return null;
  if (group === 'DOWNLOAD') {
    if (first.text !== 'DOWNLOAD' || second === undefined) return null;
    const options = optionsOf(parts.slice(3));
    return { group, name: baseName(third?.text ?? ''), options: new Map([...options, ['URL', second.text]]) };
  }
  if (group !== 'CPM') return { group, name: first.text, options: optionsOf(parts.slice(1)) };
  // One argument in short form, or keywords from the first on.
  const options = KEYWORD.test(first.text) && !first.isQuoted ? optionsOf(parts) : shortForm(first.text);
  const uri = shortForm(options.get('URI') ?? '');
  return { group, name: options.get('NAME') ?? first.text, options: new Map([...options, ...uri]) };
}

/** Keywords, each with what follows up to the next. */
function optionsOf(parts: readonly Argument[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  let key = '';
  for (const { text, isQuoted } of parts) {
    if (!isQuoted && KEYWORD.test(text)) {
      key = text;
      options.set(key, '');
    } else options.set(key, `${options.get(key) ?? ''} ${text}`.trim());
  }
  return options;
}

/** `gh:owner/repository@1.0#tag`, or an address with the same ends. */
function shortForm(text: string): ReadonlyMap<string, string> {
  const [, scheme = '', place = '', version, tag] = /^([a-z]+):([^@#]+)(?:@([^#]*))?(?:#(.*))?$/.exec(text) ?? [];
  if (scheme === '') return new Map();
  const host = HOSTS.get(scheme);
  const address = host === undefined ? `${scheme}:${place}` : `${host}${place}`;
  const isArchive = /\.(?:zip|tgz|txz|tar|tar\.\w+)$/i.test(address);
  return new Map([
    [isArchive ? 'URL' : 'GIT_REPOSITORY', address],
    ...(version === undefined ? [] : [['VERSION', version] as const]),
    ...(tag === undefined ? [] : [['GIT_TAG', tag] as const]),
  ]);
}

/** Null where nothing is fetched: a folder of the project, say, or what was declared elsewhere. */
function requirementOf({ group, name, options }: Fetched, path: string): Requirement | null {
  const repository = repositoryOf(options);
  const url = options.get('URL');
  const place = repository ?? url;
  if (!place) return null;
  const versions = ['VERSION', 'GIT_TAG', 'HG_TAG', 'SVN_REVISION'].flatMap((key) => options.get(key) ?? []);
  const hash =
    options.get('URL_HASH') ?? options.get('EXPECTED_HASH') ?? options.get('URL_MD5') ?? options.get('EXPECTED_MD5');
  const { host, ...named } = identityOf(place, repository === undefined ? name : null);
  return {
    group,
    ...named,
    package: named.name,
    spec: repository === undefined ? place : versions.join(', '),
    source: host ? addressFault(place) : pathSource(path, place),
    everywhere: false,
    // A word that a template's user replaces is no hash.
    ...(hash !== undefined && /^(?:\w+=)?[\da-f]+$|\$/i.test(hash) ? { integrity: hash } : {}),
  };
}

function repositoryOf(options: ReadonlyMap<string, string>): string | undefined {
  for (const [host, key] of [
    ['https://github.com/', 'GITHUB_REPOSITORY'],
    ['https://gitlab.com/', 'GITLAB_REPOSITORY'],
    ['https://bitbucket.org/', 'BITBUCKET_REPOSITORY'],
    ['', 'GIT_REPOSITORY'],
    ['', 'HG_REPOSITORY'],
    ['', 'SVN_REPOSITORY'],
  ] as const) {
    const value = options.get(key);
    if (value) return `${host}${value}`;
  }
  return undefined;
}

/** The repository, or the host of an archive with the name that the project gives it. */
function identityOf(place: string, title: string | null): { name: string; ecosystem: string; host: boolean } {
  const whole = addressName(place);
  const host = whole !== place;
  const [domain = '', owner, repository] = whole.split('/');
  if (whole.startsWith(GITHUB) && owner && repository)
    return { name: `${owner}/${repository}`, ecosystem: 'github', host };
  return { name: title === null ? whole : host ? `${domain}/${title}` : title, ecosystem: 'generic', host };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
